import hashlib
import json
import subprocess
import sys
from importlib.resources import files

import pytest
from jsonschema.validators import validator_for

from ceasefire_talks.schema.definition import TABLES
from ceasefire_talks.schema.descriptor import COMPARISON_TABLES, build, serialise

PROFILES = {
    "datapackage": lambda d: [d],
    "dataresource": lambda d: d["resources"],
    "tableschema": lambda d: [r["schema"] for r in d["resources"]],
    "tabledialect": lambda d: [r["dialect"] for r in d["resources"]],
}


def profile_errors(name, descriptor):
    # dplib's own check fetches the profile from the network; the copy that it ships is the same.
    profile = json.loads(files("dplib").joinpath("profiles", "2.0", f"{name}.json").read_text("utf-8"))
    validator = validator_for(profile)(profile)
    return [
        f"{e.json_path}: {e.message[:200]}" for part in PROFILES[name](descriptor) for e in validator.iter_errors(part)
    ]


@pytest.mark.parametrize("name", PROFILES)
def test_the_descriptor_is_valid_by_the_profiles_of_data_package_2(name, bundled):
    assert profile_errors(name, bundled.descriptor) == []


def test_the_profile_can_say_no(bundled):
    broken = json.loads(json.dumps(bundled.descriptor))
    broken["resources"][0]["path"] = 5
    assert any("resources[0]" in error for error in profile_errors("datapackage", broken))


def test_the_descriptor_has_not_drifted(checkout):
    assert (checkout / "datapackage.json").read_bytes() == serialise(build(checkout)), "run `ceasefire-talks describe`"


def test_resources_are_the_tables_in_order(bundled):
    assert tuple(bundled.tables) == (*TABLES, *COMPARISON_TABLES)


def test_bytes_and_hashes_are_those_of_the_files(bundled):
    for resource in bundled.descriptor["resources"]:
        data = bundled.path(resource["name"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_every_field_is_described_with_an_example(bundled):
    for table, schema in bundled.schemas.items():
        for field in schema.fields:
            where = f"{table}.{field.name}"
            assert field.descriptor.get("title"), where
            assert field.description.endswith((".", "`")), where
            assert str(field.descriptor.get("example", "")), where
            if field.type in {"integer", "number"} and "pattern" not in field.constraints:
                assert field.descriptor.get("unit") or field.name in {"geonames", "ucdp", "rank"}, where


def test_closed_lists_come_from_the_vocabulary(bundled):
    coded = {f"{t}.{f.name}": f for t, s in bundled.schemas.items() for f in s.fields if "vocabulary" in f.descriptor}
    for row in bundled.records("vocabulary"):
        assert row["code"] in (coded[row["scheme"]].enum or ()), row


@pytest.mark.slow
def test_stock_frictionless_finds_the_package_valid(bundled):
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
        cwd=bundled.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
