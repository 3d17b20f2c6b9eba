import json
import os
import re

import pytest
from frictionless import Field as TheirField
from frictionless import FrictionlessException, Package
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ceasefire_talks.schema.lexical import reader
from ceasefire_talks.schema.model import Field
from ceasefire_talks.validation.run import check_package
from differences import LISTED, differences_page, forms_page

REWRITE = "CEASEFIRE_TALKS_REWRITE"
CELLS = LISTED["cells"]
PACKAGES = LISTED["packages"]
PACKAGE = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "p"}

# Per column: texts near to what its type allows, to be spoilt.
SEEDS = [
    ({"type": "integer"}, ["1", "-7", "+5", "007", "9223372036854775807"]),
    ({"type": "integer", "groupChar": ","}, ["1,000", "-12,34"]),
    ({"type": "integer", "bareNumber": False}, ["EUR 95", "95%", "$-5"]),
    ({"type": "number"}, ["1", "-.5", "5.", "+1.5", "1e5", "1E-2", "NaN", "-INF"]),
    ({"type": "number", "groupChar": ".", "decimalChar": ","}, ["1.234,5", "0,5", "7"]),
    ({"type": "number", "bareNumber": False}, ["5 EUR", "€-.5", "Nr. 5"]),
    ({"type": "boolean"}, ["true", "TRUE", "1", "False", "0"]),
    ({"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}, ["yes", "no", "true"]),
    ({"type": "date"}, ["2024-01-05", "2024-02-29", "0001-01-01"]),
    ({"type": "date", "format": "%d/%m/%Y"}, ["05/01/2024", "5/1/2024"]),
    ({"type": "datetime"}, ["2024-01-26T15:00:00", "2024-01-26T15:00:00.3+02:00", "2024-01-26T24:00:00Z"]),
    ({"type": "datetime", "format": "%Y-%m-%d %H:%M"}, ["2024-01-05 07:30"]),
    ({"type": "time"}, ["07:30:00", "23:59:59"]),
    ({"type": "year"}, ["2024", "0001", "-0044"]),
    ({"type": "yearmonth"}, ["2024-01", "-0044-12"]),
    ({"type": "duration"}, ["P1Y2M3DT4H5M6.7S", "-P1D", "PT36H"]),
    ({"type": "geopoint"}, ["90.5, 45.5", "-180,90", "1e1,2"]),
    ({"type": "geopoint", "format": "array"}, ["[90.5, 45.5]", '["1", true]']),
    ({"type": "geopoint", "format": "object"}, ['{"lon": 90.5, "lat": 45.5}']),
    ({"type": "object"}, ["{}", '{"a": 1}']),
    ({"type": "array"}, ["[]", "[1, null]"]),
    ({"type": "list"}, ["a,b", ","]),
    ({"type": "list", "itemType": "integer", "delimiter": ";"}, ["1;2", "+3"]),
    ({"type": "list", "itemType": "date"}, ["2024-01-05,2024-01-06"]),
    ({"type": "string"}, ["NA", " a "]),
    ({"type": "string", "format": "email"}, ["a.b+c@example.org", "a@b.co"]),
    ({"type": "string", "format": "uri"}, ["https://example.org/a?b#c", "urn:x:y"]),
    ({"type": "string", "format": "uuid"}, ["123e4567-e89b-12d3-a456-426614174000"]),
    ({"type": "string", "format": "binary"}, ["YWI=", "AAAA"]),
    (
        {"type": "geojson"},
        ['{"type": "Point", "coordinates": [1, 2]}', '{"type":"Feature","geometry":null,"properties":{}}'],
    ),
    ({"type": "geojson", "format": "topojson"}, ['{"type": "Topology", "objects": {}, "arcs": []}']),
    ({"type": "any"}, ["x"]),
]


def here(field, cell):
    try:
        reader(Field("f", field["type"], field, strict=False))(cell)
    except ValueError:
        return False
    return True


def there(field, cell):
    return not TheirField.from_descriptor({"name": "f", **field}).read_cell(cell)[1]


def listed(field, cell, *, valid_there):
    format_ = field.get("format", "default")
    return [
        entry["slug"]
        for entry in CELLS
        if field["type"] in entry["types"]
        and ("pattern" if "%" in format_ else format_) in entry["formats"]
        and entry.get("option", "type") in field
        and (entry["frictionless"] == "valid") == valid_there
        and re.fullmatch(entry["cells"], cell)
    ]


@st.composite
def spoilt(draw):
    field, texts = draw(st.sampled_from(SEEDS))
    cell = list(draw(st.sampled_from(texts)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(cell)))
        new = draw(st.sampled_from([*'0123456789+-.,eE_ :;TZ/\n\t１é{}[]"', *cell]))
        cell[at : at + draw(st.integers(0, 1))] = draw(st.sampled_from([[new], []]))
    return field, "".join(cell)


@settings(max_examples=1500)
@given(spoilt())
@example(({"type": "integer"}, "1_000"))
def test_random_cells_are_judged_alike_but_for_what_is_listed(drawn):
    field, cell = drawn
    if cell == "":  # missing for frictionless, and never asked for here
        return
    ours, theirs = here(field, cell), there(field, cell)
    assert ours == theirs or listed(field, cell, valid_there=theirs), f"{field} {cell!r}: here {ours}, there {theirs}"


@pytest.mark.parametrize("entry", CELLS, ids=lambda entry: entry["slug"])
def test_each_listed_cell_is_judged_differently(entry):
    field, cell = entry["example"]["field"], entry["example"]["cell"]
    valid_there = entry["frictionless"] == "valid"
    assert there(field, cell) is valid_there
    assert here(field, cell) is not valid_there
    assert entry["slug"] in listed(field, cell, valid_there=valid_there)


@pytest.mark.parametrize("entry", PACKAGES, ids=lambda entry: entry["slug"])
def test_each_listed_package_is_judged_as_it_says(entry, tmp_path):
    for name, text in entry["files"].items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "datapackage.json").write_text(json.dumps({**PACKAGE, "resources": entry["resources"]}), "utf-8")
    report = check_package(tmp_path)
    assert [[p.code, p.file, p.line] for p in report.problems] == entry["here"]
    assert report.unchecked == ()
    assert theirs(tmp_path / "datapackage.json") == entry["frictionless"]


TEXTS = {
    "string": ["", "a", "ab", "abc", "NA"],
    "integer": ["", "1", "2", "03", "x", "NA"],
    "number": ["", "1", "1.0", "2.5", "1e1", "x"],
    "boolean": ["", "true", "0", "maybe"],
    "date": ["", "2024-01-05", "2024-02-30", "2023-12-31"],
}
CONSTRAINTS = {
    "string": [("minLength", 2), ("maxLength", 2), ("pattern", "[a-b]+"), ("enum", ["a", "ab"])],
    "integer": [("minimum", 2), ("exclusiveMaximum", 3), ("enum", [1, 3])],
    "number": [("maximum", 2), ("exclusiveMinimum", 1), ("enum", [1, 10])],
    "boolean": [("enum", [True])],
    "date": [("minimum", "2024-01-01"), ("enum", ["2024-01-05"])],
}


@st.composite
def tables(draw):
    types = draw(st.lists(st.sampled_from(sorted(TEXTS)), min_size=2, max_size=3))
    fields = []
    for at, type_ in enumerate(types):
        given = dict(draw(st.lists(st.sampled_from(CONSTRAINTS[type_]), max_size=2)))
        given |= {name: True for name in ("required", "unique") if draw(st.integers(0, 4)) == 0}
        fields.append({"name": f"f{at}", "type": type_, "constraints": given})
    rows = draw(st.lists(st.tuples(*(st.sampled_from(TEXTS[type_]) for type_ in types)), max_size=6))
    schema = {"fields": fields, "missingValues": draw(st.sampled_from([[""], ["", "NA"]]))}
    if draw(st.booleans()):
        schema["primaryKey"] = [field["name"] for field in fields[: draw(st.integers(1, 2))]]
    return schema, [row for row in rows if any(row)]


@settings(max_examples=60)
@given(tables())
def test_random_tables_have_the_same_faulty_cells(tmp_path_factory, drawn):
    schema, rows = drawn
    folder = tmp_path_factory.mktemp("table")
    lines = [[field["name"] for field in schema["fields"]], *rows]
    (folder / "t.csv").write_text("".join(f"{','.join(line)}\n" for line in lines), "utf-8")
    resources = [{"name": "t", "path": "t.csv", "schema": schema}]
    (folder / "datapackage.json").write_text(json.dumps({**PACKAGE, "resources": resources}), "utf-8")
    ours = {(p.line, p.column) for p in check_package(folder).problems if p.code.startswith("C")}
    (task,) = Package(str(folder / "datapackage.json")).validate().tasks
    found = [error for error in task.errors if error.type in ("type-error", "constraint-error")]
    assert ours == {(error.row_number, error.field_name) for error in found}


VALUES = {
    "string": ["a", "ab", "", 5, 1.5, True, {}, ["a"]],
    "integer": [1, 2, -7, 3.0, 1.5, "2", "x", False, []],
    "number": [1, 2.5, -0.5, "1e1", "x", True, {}],
    "boolean": [True, False, "true", "0", 1, 0, "maybe"],
    "date": ["2024-01-05", "2024-02-30", 2024, True],
    "year": [2024, "2031", 31, 2024.5, "x"],
    "object": [{}, {"a": [1]}, '{"a": 1}', "[]", 1],
    "array": [[], [1, {}], "[1]", "{}", 1],
}


@settings(max_examples=60)
@given(st.data())
def test_random_values_in_a_descriptor_have_the_same_faulty_cells(tmp_path_factory, data):
    types = data.draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=3))
    fields = [{"name": f"f{at}", "type": type_} for at, type_ in enumerate(types)]
    row = st.tuples(*(st.sampled_from([None, *VALUES[type_]]) for type_ in types))
    rows = [row for row in data.draw(st.lists(row, min_size=1, max_size=5)) if not set(map(str, row)) <= {"", "None"}]
    schema = {"fields": fields, "missingValues": data.draw(st.sampled_from([[""], ["", "2", "x"]]))}
    if data.draw(st.booleans()):
        found = [dict(zip([field["name"] for field in fields], row, strict=True)) for row in rows]
    else:
        found = [[field["name"] for field in fields], *map(list, rows)]
    folder = tmp_path_factory.mktemp("table")
    path = folder / "datapackage.json"
    text = "[\n" + ",\n".join(map(json.dumps, found)) + "]"
    package = json.dumps({**PACKAGE, "resources": [{"name": "t", "schema": schema, "data": "DATA"}]})
    path.write_text(package.replace('"DATA"', text), "utf-8")
    # Their rows are counted from the header, ours stand on lines of their own behind the first.
    before = 0 if rows and isinstance(found[0], dict) else 1
    ours = {(p.line - before, p.column) for p in check_package(folder).problems}
    if found:
        (task,) = Package(str(path)).validate().tasks
        assert ours == {(error.row_number, error.field_name) for error in task.errors if error.type != "blank-row"}


def theirs(path):
    try:
        report = Package(str(path)).validate()
    except FrictionlessException as error:
        return [error.error.type]
    return [error.type for error in (*report.errors, *(error for task in report.tasks for error in task.errors))]


@pytest.mark.parametrize(("name", "page"), [("differences", differences_page), ("forms", forms_page)])
def test_the_page_is_current(name, page, checkout):
    path = checkout / "docs" / f"{name}.md"
    if os.environ.get(REWRITE):
        path.write_text(page(), "utf-8")
    assert path.read_text("utf-8") == page(), "run `make examples` if the new page is right"
