"""Tables whose rows stand in the descriptor."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_talks.validation.run import check_package
from verdicts import verdict

FIELDS = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]
ENGINES = ("pandas", "polars")


def written(folder, *resources):
    """A package of these resources, each row on a line of its own; the first row of the first stands on line 4."""
    tables = []
    for resource in resources:
        rows = resource["data"]
        is_array = isinstance(rows, list) and bool(rows)
        data = "[\n" + ",\n".join(map(json.dumps, rows)) + "]" if is_array else json.dumps(rows)
        rest = {"schema": {"fields": FIELDS}, **resource}
        del rest["data"]
        tables.append(f'{json.dumps(rest)[:-1]}, "data":\n{data}}}')
    (folder / "datapackage.json").write_text('{"name": "p", "resources": [\n' + ",".join(tables) + "]}", "utf-8")
    return folder


@pytest.fixture
def check(tmp_path):
    """Check a table of some data, on both engines, which must agree."""

    def run(data, fields=FIELDS, *others, resource=None, **schema):
        table = {"name": "t", "data": data, "schema": {"fields": fields, **schema}, **(resource or {})}
        written(tmp_path, table, *others)
        report = check_package(tmp_path, engine="pandas")
        assert verdict(tmp_path, "polars") == verdict(tmp_path, "pandas")
        return report

    return run


def found(report):
    assert report.unchecked == ()
    assert report.delegated == ()
    assert {problem.file for problem in report.problems} <= {"datapackage.json"}
    return [(p.code, p.line, p.column) for p in report.problems]


def column(check, values, **field):
    """The rows, from 0, whose value is not of a column."""
    rows = [{"f": value} for value in values]
    return [line - 4 for _, line, _ in found(check(rows, [{"name": "f", **field}]))]


@pytest.mark.parametrize(
    "data",
    [
        [{"id": 1, "name": "Ada"}, {"name": "Bo", "id": "x"}],
        [["id", "name"], [1, "Ada"], ["x", "Bo"]],
    ],
)
def test_rows_are_objects_or_arrays_behind_a_header(check, data):
    report = check(data, resource={"rows": 2})
    assert found(report) == [("C01", 2 + len(data) + 1, "id")]
    assert report.tables[0].rows == 2


def test_a_problem_has_its_line_cell_and_record(check):
    report = check([{"id": 1, "name": "Ada"}, {"id": 2, "name": 5}, {"id": "3", "name": None}], primaryKey="id")
    (problem,) = report.problems
    assert (problem.line, problem.field, problem.record, problem.value) == (5, 2, "2", "5")
    assert str(problem) == 'datapackage.json:5:2 C01 type 2.name: "5" is a number in JSON, and not a text'


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ({"type": "string"}, ["a", "", None], [1, 1.5, True, {}, []]),
        ({"type": "integer"}, [1, -1, 1.0, "1", None], [1.5, True, "1.0", {}, [], 2**63]),
        ({"type": "number"}, [1, 1.5, 1e22, -0.1, "1.5"], [False, "1,5", [], {}, float("inf")]),
        ({"type": "number", "decimalChar": ",", "groupChar": "."}, [1, 1.5, 1234.5, "1.234,5"], [True, "1,2,3"]),
        ({"type": "boolean"}, [True, False, "true", "0"], [1, 0, 1.0, "yes", []]),
        ({"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}, [True, False, "yes"], ["true", 1]),
        ({"type": "boolean", "trueValues": {"yes": 1}}, [True, False, "yes"], ["true", 1]),
        ({"type": "date"}, ["2024-01-05"], [2024, True, "2024-1-5"]),
        ({"type": "date", "format": "%Y"}, ["2024"], [2024]),
        ({"type": "year"}, [2024, 44, -44, "2024"], ["44", 2024.5, True]),
        ({"type": "object"}, [{}, {"a": [1]}, '{"a": 1}'], [[], 1, "a"]),
        ({"type": "array"}, [[], [1, {}], "[1]"], [{}, 1, "a"]),
        ({"type": "geopoint"}, ["1,2"], [[1, 2], {"lon": 1, "lat": 2}]),
        ({"type": "geopoint", "format": "array"}, [[1, 2], "[1, 2]"], [[1], ["1", "2"], {"lon": 1, "lat": 2}]),
        ({"type": "geopoint", "format": "object"}, [{"lon": 1, "lat": 2}], [[1, 2], {"lon": 1}]),
        ({"type": "geojson"}, [{"type": "Point", "coordinates": [1, 2]}], [{"type": "Point"}, [1, 2]]),
        ({"type": "any"}, [1, True, {}, [], "a", None], []),
        ({}, [1, True, {}, [], "a", None], []),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_values_of_json_are_of_the_type_of_their_column(check, field, right, wrong):
    assert column(check, [*right, *wrong], **field) == list(range(len(right), len(right) + len(wrong)))


def test_null_is_missing_and_so_is_what_is_written_as_a_missing_value(check):
    fields = [
        {"name": "id", "type": "integer", "constraints": {"required": True}, "missingValues": ["-99"]},
        {"name": "name", "constraints": {"required": True}},
    ]
    data = [[-99, "-"], ["-99", ""], [None, "a"], [1, None]]
    assert found(check([["id", "name"], *data], fields, missingValues=["-"])) == [
        ("C02", 5, "id"),
        ("C02", 5, "name"),
        ("C02", 6, "id"),
        ("C02", 7, "id"),
        ("C02", 8, "name"),
    ]


def test_a_text_without_missing_values_is_a_value_whatever_it_is(check):
    fields = [FIELDS[0], {"name": "name", "constraints": {"required": True}}]
    data = [{"id": 1, "name": name} for name in ("", "\ufdd0", " ", "NA", None)]
    assert found(check(data, fields, missingValues=[])) == [("C02", 8, "name")]


def test_constraints_and_keys_hold_for_values(check):
    fields = [
        {"name": "id", "type": "number", "constraints": {"minimum": 1, "enum": [0.0, 1.0, 2.0]}},
        {"name": "name", "type": "object", "constraints": {"unique": True}},
    ]
    data = [[1, {"a": 1, "b": 2}], [1.0, {"b": 2, "a": 1}], [0, {}], [3, None]]
    assert found(check([["id", "name"], *data], fields, primaryKey="id")) == [
        ("K02", 6, "id"),
        ("K04", 6, "name"),
        ("C06", 7, "id"),
        ("C03", 8, "id"),
    ]


def test_foreign_keys_lead_from_and_to_the_descriptor(tmp_path):
    (tmp_path / "f.csv").write_bytes(b"id,name\n1,a\n7,b\n")

    def to(table):
        return {"fields": FIELDS, "foreignKeys": [{"fields": "id", "reference": {"resource": table, "fields": "id"}}]}

    inline = {"name": "t", "data": [{"id": 1, "name": "a"}, {"id": 8, "name": "b"}], "schema": to("f")}
    text = {"name": "c", "format": "csv", "data": "id,name\n8,a\n9,b\n", "schema": to("t")}
    written(tmp_path, inline, text)
    descriptor = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    descriptor["resources"].append({"name": "f", "path": "f.csv", "schema": to("t")})
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    for engine in ENGINES:
        problems = check_package(tmp_path, engine=engine).problems
        assert [(p.code, p.table, p.value) for p in problems] == [
            ("K01", "t", "8"),
            ("K01", "c", "9"),
            ("K01", "f", "7"),
        ]


@pytest.mark.parametrize(
    ("data", "schema", "problems"),
    [
        ([["id", "name"], [1, "a", 2], [1], []], {}, [("F13", 5, None), ("F13", 6, None), ("F14", 7, None)]),
        ([["name", "id"], ["a", 1]], {}, [("F12", 4, "name")]),
        ([["id", "nam"]], {}, [("F09", 4, "name"), ("F10", 4, "nam")]),
        ([["id", "name"]], {}, []),
        ([["id", "id"]], {"fieldsMatch": "partial"}, [("F11", 4, "id")]),
        ([[None, ""], [1, "a"]], {}, [("F14", 4, None)]),
        ([[]], {}, [("F14", 4, None)]),
        ([{"id": 1}, {"name": "a"}], {}, []),
        ([{"id": 1, "age": 5}], {}, [("F09", 3, "name"), ("F10", 3, "age")]),
        ([{"age": 5, "name": "a"}], {"fieldsMatch": "partial"}, []),
        ([], {}, []),
        ([{}, {}], {}, [("F09", 3, "id"), ("F09", 3, "name")]),
    ],
)
def test_a_header_matches_as_the_schema_asks(check, data, schema, problems):
    assert sorted(found(check(data, **schema)), key=str) == sorted(problems, key=str)


@pytest.mark.parametrize(
    ("dialect", "data"),
    [
        ({"header": False}, [["x", "a"]]),
        ({"headerRows": [2]}, [["told"], ["id", "name"], ["x", "a"]]),
        ({"commentRows": [1]}, [["told"], ["id", "name"], ["x", "a"]]),
        ({"caseSensitiveHeader": False}, [["ID", "Name"], ["x", "a"]]),
        ({"caseSensitiveHeader": False}, [{"NAME": "a", "Id": "x"}]),
    ],
)
def test_a_dialect_says_where_the_header_is(check, dialect, data):
    assert found(check(data, resource={"dialect": dialect})) == [("C01", 3 + len(data), "id")]


@pytest.mark.parametrize(
    "resource",
    [{"format": "csv"}, {"mediatype": "text/csv"}, {"format": "csv", "dialect": {"delimiter": ";"}}, {"format": "tsv"}],
)
def test_a_text_is_read_by_its_dialect(check, resource):
    delimiter = resource.get("dialect", {}).get("delimiter") or ("\t" if resource.get("format") == "tsv" else ",")
    report = check("id,name\n1,Ada\nx,Bo\n3\n".replace(",", delimiter), resource={**resource, "rows": 4})
    assert found(report) == [("F03", 3, None), ("F13", 3, None), ("C01", 3, "id")]
    assert "in line 4 of the text" in str(report.problems[1])


def test_bytes_and_hash_are_of_files(check):
    report = check([{"id": 1, "name": "a"}], resource={"bytes": 5, "hash": "00", "rows": 2})
    assert [(p.code, p.line) for p in report.problems] == [("F03", 1)]
    assert [gap.subject for gap in report.unchecked] == ["bytes of table t", "hash of table t"]


def test_a_nul_is_a_problem(check):
    assert found(check([{"id": 1, "name": "a\0b"}])) == [("F06", 4, None)]


def test_lines_are_those_of_yaml(tmp_path):
    (tmp_path / "datapackage.yaml").write_text(
        "resources:\n- name: t\n  schema: {fields: [{name: id, type: integer}]}\n  data:\n  - {id: 1}\n\n  - id: x\n",
        "utf-8",
    )
    report = check_package(tmp_path)
    assert [(p.code, p.file, p.line) for p in report.problems] == [("C01", "datapackage.yaml", 7)]


@pytest.mark.parametrize(
    ("data", "resource", "reason"),
    [
        ([{"id": 1, "name": "a"}, [2, "b"]], {}, "its data stand in the descriptor, and are no table"),
        ([1, 2], {}, "its data stand in the descriptor, and are no table"),
        ({"id": [1], "name": ["a"]}, {}, "its data stand in the descriptor, and are no table"),
        (None, {}, "its data stand in the descriptor, and are no table"),
        ("id,name\n1,a\n", {}, "its data stand in the descriptor, and are not said to be delimited text"),
        (
            "id,name\n1,a\n",
            {"format": "csv", "compression": "gz"},
            "its data stand in the descriptor, and are not said",
        ),
        ([{"id": 1}], {"dialect": {"property": "rows"}}, "its dialect has property"),
    ],
)
def test_what_is_no_table_is_handed_on_with_the_reason(check, data, resource, reason):
    report = check(data, resource=resource)
    (gap,) = (*report.unchecked, *report.delegated)
    assert gap.subject == "table t"
    assert gap.reason.startswith(reason)


def test_a_list_that_is_an_array_is_left_to_frictionless(check):
    fields = [FIELDS[0], {"name": "name", "type": "list", "itemType": "integer"}]
    report = check([["id", "name"], [1, [1, 2]], ["x", ["a"]]], fields)
    assert [str(gap) for gap in report.delegated] == [
        "table t, column name: its lists stand as arrays in the descriptor"
    ]
    assert [(p.code, p.column) for p in report.problems] == [("X01", None), ("C01", "id")]


TEXTS = st.sampled_from(["", "a", "7", "-0", "x,y", 'q"q', "l\nl", "NA", "é", " a", "2024-02-29", "true"])


@settings(max_examples=60)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), max_size=5), st.sampled_from([[""], ["", "NA"], ["7"], []]))
def test_texts_are_judged_as_in_a_file(tmp_path_factory, rows, missing):
    folder = tmp_path_factory.mktemp("package")
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "constraints": {"required": True, "maxLength": 2}}]
    schema = {"fields": fields, "missingValues": missing, "primaryKey": ["a"]}
    rows = [["a", "b"], *rows]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    verdicts = []
    for place in ({"path": "t.csv"}, {"data": rows}, {"data": out.getvalue(), "format": "csv"}):
        (folder / "t.csv").write_text(out.getvalue(), "utf-8", newline="")
        resource = {"name": "t", "schema": schema, **place}
        (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [resource]}), "utf-8")
        problems = check_package(folder).problems
        assert verdict(folder, "polars") == verdict(folder, "pandas")
        verdicts.append(sorted((p.code, p.column or "", p.record or "", p.value or "") for p in problems))
    assert verdicts[0] == verdicts[1] == verdicts[2]
