"""What a fast engine need not import, it does not: pandas and pandera take longer than a million rows."""

import json
import subprocess
import sys

PROGRAM = """
import sys
import ceasefire_talks as ct
report = ct.check(sys.argv[1], engine="polars")
print(*(problem.code for problem in report.problems))
print(*({"pandas", "pandera"} & set(sys.modules)))
"""
FIELDS = [{"name": "id", "type": "string"}, {"name": "n", "type": "integer", "constraints": {"maximum": 9}}]


def checked(folder, fields):
    schema = {
        "fields": fields,
        "primaryKey": "id",
        "foreignKeys": [{"fields": "id", "reference": {"resource": "others", "fields": "id"}}],
        "rowRules": [{"name": "both", "rule": "both-or-neither", "fields": ["id", "n"]}],
    }
    others = {"name": "others", "path": "others.csv", "schema": {"fields": FIELDS[:1]}}
    descriptor = {"name": "p", "resources": [{"name": "t", "path": "t.csv", "schema": schema}, others]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    (folder / "t.csv").write_text("id,n\na,1\na,10\nb,x\nc,\n")
    (folder / "others.csv").write_text("id\na\nb\n")
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_faults_of_every_kind_are_found_without_pandas(tmp_path):
    codes, imported = checked(tmp_path, FIELDS)
    assert codes.split() == ["K02", "C06", "C01", "K01", "R02"]
    assert imported == ""


def test_what_cannot_be_compiled_is_judged_by_pandera(tmp_path):
    codes, imported = checked(tmp_path, [FIELDS[0], {"name": "n", "type": "duration"}])
    assert codes.split().count("C01") == 3
    assert set(imported.split()) == {"pandas", "pandera"}
