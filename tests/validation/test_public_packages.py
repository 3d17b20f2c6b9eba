"""Packages that nobody here wrote: our verdict beside that of frictionless, every difference with its reason."""

import json
import shutil

import pytest
from frictionless import FrictionlessException, Package

from ceasefire_talks.validation.descriptor import read_descriptor
from ceasefire_talks.validation.run import check_package

CAMTRAP = "https://raw.githubusercontent.com/tdwg/camtrap-dp/1.0.2"
CAMTRAP_TABLES = ("deployments", "media", "observations")


@pytest.fixture
def camtrap(public_packages, tmp_path):
    """The example with its schemas in files of its own: their addresses are remote."""
    folder = shutil.copytree(public_packages / "camtrap-dp" / "example", tmp_path / "camtrap")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    del descriptor["profile"]
    for resource in descriptor["resources"]:
        if "schema" in resource:
            resource["schema"] = resource["schema"].rpartition("/")[2]
            shutil.copy(public_packages / "camtrap-dp" / resource["schema"], folder)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def verdict(report):
    return report.ok, {count.table: count.rows for count in report.tables}, [str(gap) for gap in report.unchecked]


def theirs(path):
    report = Package(str(path)).validate()
    return report.valid, {task.name: task.stats["rows"] for task in report.tasks}


def test_gdp_is_valid_for_both(public_packages):
    path = public_packages / "gdp" / "datapackage.json"
    ok, rows, unchecked = verdict(check_package(path))
    assert (ok, rows, unchecked) == (True, {"top-economies": 230, "gdp": 13979}, [])
    assert theirs(path) == (ok, rows)


def test_country_codes_is_valid_for_both_once_frictionless_knows_that_it_is_yaml(public_packages, tmp_path):
    path = public_packages / "country-codes" / "datapackage.yml"
    ok, rows, unchecked = verdict(check_package(path))
    assert (ok, rows, unchecked) == (True, {"country-codes": 249}, [])
    with pytest.raises(FrictionlessException, match="cannot retrieve metadata"):
        theirs(path)
    shutil.copytree(path.parent, tmp_path / "p")
    (tmp_path / "p" / "datapackage.yml").rename(tmp_path / "p" / "datapackage.yaml")
    assert theirs(tmp_path / "p" / "datapackage.yaml") == (ok, rows)


def test_camtrap_dp_is_not_fetched_and_says_so(public_packages):
    ok, rows, unchecked = verdict(check_package(public_packages / "camtrap-dp" / "example"))
    assert (ok, rows) == (True, dict.fromkeys((*CAMTRAP_TABLES, "individuals")))
    assert [
        f"its schema stands at {CAMTRAP}/{table}-table-schema.json" in gap
        for table, gap in zip(CAMTRAP_TABLES, unchecked, strict=True)
    ] == [True] * 3


def test_camtrap_dp_is_valid_for_both_with_its_schemas_beside_it(camtrap):
    report = check_package(camtrap)
    ok, rows, unchecked = verdict(report)
    assert (ok, unchecked) == (True, []), "\n".join(map(str, report.problems))
    # The pattern of a media type is one that RE2 does not run, and the individuals stand in the descriptor.
    assert [gap.subject for gap in report.delegated] == ["table individuals", "table media, column filePath"]
    counted = {"deployments": 4, "media": 423, "observations": 549}
    assert rows == {**counted, "individuals": None}
    assert theirs(camtrap / "datapackage.json") == (ok, {**counted, "individuals": 1})


def test_local_copies_stand_in_for_remote_schemas(public_packages):
    folder = public_packages / "camtrap-dp"
    copies = {f"{CAMTRAP}/{name}-table-schema.json": folder / f"{name}-table-schema.json" for name in CAMTRAP_TABLES}
    description = read_descriptor(folder / "example" / "datapackage.json", schemas=copies)
    assert [resource.name for resource in description.resources] == list(CAMTRAP_TABLES)
    assert description.unchecked == []
    assert description.problems == []


@pytest.mark.parametrize(
    ("table", "line", "column", "value", "code"),
    [
        ("observations", 2, "deploymentID", "no-such", "K01"),
        ("observations", 3, "observationType", "rat", "C03"),
        ("observations", 4, "eventStart", "2020-05-30 02:57", "C01"),
        ("deployments", 2, "latitude", "95", "C06"),
        ("media", 5, "mediaID", "", "C02"),
    ],
)
def test_a_fault_is_found_by_both_at_its_place(camtrap, table, line, column, value, code):
    path = camtrap / f"{table}.csv"
    lines = path.read_text("utf-8").split("\n")
    at = lines[0].split(",").index(column)
    cells = lines[line - 1].split(",")
    cells[at] = value
    lines[line - 1] = ",".join(cells)
    path.write_text("\n".join(lines), "utf-8")
    found = [(p.code, p.file, p.line, p.column) for p in check_package(camtrap).problems]
    assert (code, path.name, line, column) in found
    assert not theirs(camtrap / "datapackage.json")[0]
