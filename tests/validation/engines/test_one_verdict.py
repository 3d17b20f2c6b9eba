"""pandera on pandas, and the same constraints on polars: one verdict, row by row."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_talks.validation.engines import polars_reader
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, RULES, copy_of
from verdicts import verdict

CASES = sorted(path.name for path in RULES.iterdir())

texts = st.sampled_from(
    [
        "",
        "a",
        "b",
        "ab",
        "NA",
        "A1",
        "B22",
        "é",
        " a",
        'q"q',
        "x,y",
        "l\nl",
        "-",
        "0",
        "-0",
        "1",
        "+1",
        "01",
        "7",
        "12",
        "-3",
        "1.0",
        "1.5",
        "1e3",
        "9999999999999999999",
        "9" * 30,
        "NaN",
        "INF",
        "true",
        "false",
        "True",
        "1",
        "2024-02-29",
        "2023-02-29",
        "2024-2-1",
        "1999-12-31",
        "0000-01-01",
        "2024",
        "999",
        "P1D",
        "12:30:00",
        "[1]",
        "{}",
    ]
)
constraints = st.fixed_dictionaries(
    {},
    optional={
        "required": st.booleans(),
        "unique": st.booleans(),
        "enum": st.one_of(
            st.lists(st.sampled_from(["a", "b", "7", "2024-02-29", "true", "1.5"]), min_size=1, max_size=3),
            st.lists(st.sampled_from([7, 0, 1.5, 10**400]), max_size=3),
        ),
        "pattern": st.sampled_from(["[a-z]+", r"[A-B]\d{1,2}", r"\ba", "(a|b)*", "a?"]),
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(1, 3),
        "minimum": st.sampled_from([0, 1, 1.5, "2024-01-01", "1", 10**400]),
        "maximum": st.sampled_from([7, 12, "2024-12-31", "2"]),
        "exclusiveMinimum": st.sampled_from([0, "2023-01-01"]),
        "exclusiveMaximum": st.sampled_from([12, "2025-01-01"]),
    },
)
fields = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["string", "integer", "number", "boolean", "date", "year", "time", "any", "array"]),
        "constraints": constraints,
    },
    optional={"missingValues": st.sampled_from([["", "NA"], ["-"], []])},
)


@st.composite
def packages(draw):
    width = draw(st.integers(1, 3))
    names = [f"c{index}" for index in range(width)]
    schema = {"fields": [{"name": name, **draw(fields)} for name in names]}
    if draw(st.booleans()):
        schema["missingValues"] = draw(st.sampled_from([["", "NA"], ["-"], [""], []]))
    if draw(st.booleans()):
        schema["primaryKey"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2))
    if draw(st.booleans()):
        parts = draw(st.integers(1, 2))
        fields_, target = (draw(st.lists(st.sampled_from(names), min_size=parts, max_size=parts)) for _ in range(2))
        reference = {"resource": draw(st.sampled_from(["", "other"])), "fields": target}
        schema["foreignKeys"] = [{"fields": fields_, "reference": reference}]
    if width > 1 and draw(st.booleans()):
        kind = draw(st.sampled_from(["both-or-neither", "exactly-one", "ordered"]))
        schema["rowRules"] = [{"name": "rule", "rule": kind, "fields": names[:2]}]
    row = st.lists(texts, min_size=width, max_size=width)
    rows = [draw(st.lists(row, max_size=6)) for _ in range(2)]
    damage = draw(st.sampled_from(["", "", "", "a,b,c,d,e\n", '"\n', "\n", "\r", "\0", 'a"b\n']))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    files = {name: _csv(names, body, quoting) for name, body in zip(("table", "other"), rows, strict=True)}
    files["table"] += damage
    resources = [
        {"name": name, "path": f"{name}.csv", "schema": schema if name == "table" else _plain(schema)} for name in files
    ]
    return {"name": "p", "resources": resources}, files


def _plain(schema):
    return {"fields": [{"name": field["name"], "type": field["type"]} for field in schema["fields"]]}


def _csv(names, rows, quoting):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=quoting).writerows([names, *rows])
    return out.getvalue()


@pytest.fixture(params=[polars_reader.MEMORY_SHARE, 0], ids=["in memory", "streaming"])
def _memory(request, monkeypatch):
    monkeypatch.setattr(polars_reader, "MEMORY_SHARE", request.param)


@pytest.mark.usefixtures("_memory")
@settings(max_examples=100)
@given(packages())
def test_any_package_gets_the_same_verdict_on_polars(tmp_path_factory, package):
    descriptor, files = package
    folder = tmp_path_factory.mktemp("package")
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text.encode())
    assert verdict(folder, "polars") == verdict(folder, "pandas")


@pytest.mark.usefixtures("_memory")
@pytest.mark.parametrize("case", CASES)
def test_each_failing_fixture_gets_the_same_verdict_on_polars(case, tmp_path):
    options = json.loads((RULES / case / "expected.json").read_text("utf-8"))
    del options["problems"]
    is_whole = (RULES / case / "datapackage.json").exists()
    folder = RULES / case if is_whole else copy_of(FICTIONAL, tmp_path / "package", RULES / case, **options)
    assert verdict(folder, "polars") == verdict(folder, "pandas")


def test_the_bundled_package_gets_the_same_verdict_on_polars():
    assert check_package(FICTIONAL, engine="polars") == check_package(FICTIONAL, engine="pandas")


def test_rows_without_header_have_as_many_cells_as_the_schema(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"1,2\n3\n")
    table = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "id"}]}, "dialect": {"header": False}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}), "utf-8")
    assert [(p.code, p.line) for p in check_package(tmp_path, engine="polars").problems] == [("F13", 1)]


def test_a_header_that_is_not_utf_8_is_found(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,\xff\n1,a\n")
    schema = {"fields": [{"name": "id"}, {"name": "name"}], "fieldsMatch": "partial"}
    resources = [{"name": "t", "path": "t.csv", "schema": schema}]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}), "utf-8")
    assert [(p.code, p.line) for p in check_package(tmp_path, engine="polars").problems] == [("F05", 1)]
