"""Spark on this machine gives the verdict of the reference, row by row."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, copy_of, refresh
from verdicts import verdict

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")]


@pytest.fixture(scope="module", autouse=True)
def _session():
    pytest.importorskip("pyspark")
    from ceasefire_talks.validation.engines.spark_engine import _started  # one Java machine for all tests

    with Path(os.devnull).open("wb") as log:
        session = _started("local[2]", log)
    yield
    session.stop()


def test_spark_gives_the_verdict_of_the_reference(tmp_path):
    folder = _with_faults(tmp_path)
    found = verdict(folder, "spark")
    assert found == verdict(folder, "pandas")
    assert {problem.code for problem in found[1]} >= {"C01", "C02", "C03", "C06", "K01", "K02", "R03", "R09"}


def _with_faults(folder):
    names = ["Id", "id", "a.b", "kind", "n", "day", "date", "up"]
    types = ["string", "string", "string", "string", "integer", "date", "string", "string"]
    constraints = [
        {"required": True},
        {"pattern": "(a|b)+"},
        {"pattern": "x[0-9]{2}"},
        {"enum": ["one", "two"]},
        {"minimum": 0},
        {"maximum": "2024-12-31"},
        {},
        {},
    ]
    fields = [{"name": n, "type": t, "constraints": c} for n, t, c in zip(names, types, constraints, strict=True)]
    rules = [
        {"name": "dated", "rule": "edtf", "fields": "date"},
        {"name": "in-order", "rule": "ordered", "fields": ["Id", "id"]},
    ]
    schema = {
        "fields": fields,
        "primaryKey": "Id",
        "rowRules": rules,
        "missingValues": ["", "-"],
        "foreignKeys": [{"fields": "up", "reference": {"resource": "", "fields": "Id"}}],
    }
    rows = [
        "a,b,x12,one,1,2024-02-29,2024,a",
        "b,bb,x1,three,-1,2024-02-30,2024-13,b",
        "b,a,,two,x,2025-01-01,2024-02,nobody",
        ",-,x12,-,007,0000-01-01,,",
        '"a a","""q""","x\n1",one,99999999999999999999,2024-01-01,2024-01-02/2024-01-01,é',
    ]
    (folder / "t.csv.gz").write_bytes(gzip.compress("\n".join([",".join(names), *rows, ""]).encode()))
    resource = {"name": "t", "path": "t.csv.gz", "schema": schema}
    (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [resource]}), "utf-8")
    return folder


def test_a_table_without_rows_and_rules_on_dates(tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "package")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    kept = ("events", "places")
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] in kept]
    del descriptor["dataModel"]
    for resource in descriptor["resources"]:
        schema = resource["schema"]
        schema["foreignKeys"] = [k for k in schema["foreignKeys"] if k["reference"]["resource"] in ("", *kept)]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    lines = (folder / "data" / "places.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "data" / "places.csv").write_text(lines[0], "utf-8")
    refresh(folder)
    found = verdict(folder, "spark")
    assert found == verdict(folder, "pandas")
    assert {problem.code for problem in found[1]} == {"K01"}


def test_a_master_that_there_is_not_is_said_in_one_line():
    program = "from ceasefire_talks.commands import main; raise SystemExit(main())"
    command = [
        sys.executable,
        "-c",
        program,
        "check",
        str(FICTIONAL),
        "--engine",
        "spark",
        "--master",
        "no-such-master",
    ]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == 2
    assert "no-such-master" in found.stderr
    assert "Traceback" not in found.stderr


def test_an_engine_that_there_is_not_is_refused():
    with pytest.raises(PackageError, match="polars"):
        check_package(FICTIONAL, engine="polar")
