"""The law of the check: whatever is planted is found at its line and column, and nothing else is."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_talks.package.package import Package
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, copy_of, refresh

PACKAGE = Package(FICTIONAL)
TARGETS = {
    (key.table, column) for s in PACKAGE.schemas.values() for key in s.foreign_keys for column in key.target_fields
}


def bad_cells(field, *, foreign):
    """Texts that break the field, each with the code of the problem; none depends on another cell."""
    wrong = {"integer": ["1.0", "7 ", "x"], "number": ["1e", "1_000", "1,5"], "boolean": ["yes", "2"]}
    wrong["date"] = ["2031-02-30", "14 March", "2031-3-1"]
    yield from ((text, "C01") for text in wrong.get(field.type, []))
    if field.required:
        yield "", "C02"
    if field.enum is not None:
        yield from (("no such code", "C03"), ('État, "x"\n', "C03"))
    if "pattern" in field.constraints:
        yield "?", "C04"
    if foreign:
        yield "nobody", "K01"


def faults():
    for name, schema in PACKAGE.schemas.items():
        ruled = {column for rule in schema.row_rules for column in rule.involved}
        for row in range(len(PACKAGE.records(name))):
            for field in schema.fields:
                if field.name not in schema.primary_key and (name, field.name) not in TARGETS:
                    foreign = schema.foreign_key(field.name) is not None and field.name not in ruled
                    for text, code in bad_cells(field, foreign=foreign):
                        yield name, row, field.name, text, code


FAULTS = list(faults())


@pytest.fixture(scope="module")
def without_model(tmp_path_factory):
    folder = copy_of(FICTIONAL, tmp_path_factory.mktemp("planted") / "package")
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    del descriptor["dataModel"]
    path.write_text(json.dumps(descriptor), "utf-8")
    return folder


def plant(folder, planted):
    """Write the tables with the faults; returns the expected problems."""
    expected = set()
    for name in PACKAGE.tables:
        rows = list(csv.reader(io.StringIO(PACKAGE.path(name).read_text("utf-8"), newline="")))
        for row, column, text, _ in (fault[1:] for fault in planted if fault[0] == name):
            rows[row + 1][rows[0].index(column)] = text
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        (folder / "data" / f"{name}.csv").write_bytes(out.getvalue().encode())
        for row, column, _, code in (fault[1:] for fault in planted if fault[0] == name):
            line = 1 + sum(1 + sum(cell.count("\n") for cell in r) for r in rows[: row + 1])
            expected.add((code, f"data/{name}.csv", line, rows[0].index(column) + 1, column))
    refresh(folder)
    return expected


@settings(max_examples=20)
@given(st.lists(st.sampled_from(FAULTS), max_size=25, unique_by=lambda fault: fault[:3]))
def test_planted_faults_are_all_found_and_nothing_else(without_model, planted):
    expected = plant(without_model, planted)
    report = check_package(without_model)
    found = [(p.code, p.file, p.line, p.field, p.column) for p in report.problems]
    assert set(found) == expected
    assert len(found) == len(expected)


def test_every_kind_of_fault_is_found_in_every_column(without_model):
    by_column = {}
    for fault in FAULTS:
        name, _, column, text, _ = fault
        by_column.setdefault((name, column), {})[text] = fault
    kinds = [list(faults.values()) for faults in by_column.values()]
    for turn in range(max(map(len, kinds))):
        expected = plant(without_model, [faults[turn] for faults in kinds if turn < len(faults)])
        report = check_package(without_model)
        assert {(p.code, p.file, p.line, p.field, p.column) for p in report.problems} == expected


@settings(max_examples=10)
@given(st.lists(st.sampled_from(FAULTS), min_size=1, max_size=10, unique_by=lambda fault: fault[:3]))
def test_the_rules_of_the_data_model_hide_no_planted_fault(tmp_path_factory, planted):
    folder = tmp_path_factory.getbasetemp() / "with-model"
    if not folder.exists():
        copy_of(FICTIONAL, folder)
    expected = plant(folder, planted)
    report = check_package(folder)
    assert expected <= {(p.code, p.file, p.line, p.field, p.column) for p in report.problems}
