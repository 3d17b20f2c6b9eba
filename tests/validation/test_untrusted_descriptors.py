import json
import random
from importlib.resources import files

import pytest
from jsonschema.validators import validator_for

from ceasefire_talks.validation.positions import line_and_column, shown
from ceasefire_talks.validation.run import check_package
from ceasefire_talks.validation.shape import PACKAGE
from packages import FICTIONAL, copy_of

FIELDS = [{"name": "id", "type": "string"}, {"name": "name", "type": "string"}]


@pytest.fixture
def check(tmp_path):
    def run(fields=FIELDS, data=b"id,name\na,Ada\n", *, resource=None, **schema):
        table = {"name": "people", "path": "people.csv", "schema": {"fields": fields, **schema}, **(resource or {})}
        (tmp_path / "package").mkdir(exist_ok=True)
        (tmp_path / "package" / "people.csv").write_bytes(data)
        (tmp_path / "secret.csv").write_bytes(b"id,name\nroot,secret\n")
        descriptor = {"name": "people", "resources": [table]}
        (tmp_path / "package" / "datapackage.json").write_text(json.dumps(descriptor, indent=2), "utf-8")
        return check_package(tmp_path / "package")

    return run


def codes(report):
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize(
    "path",
    [
        "../secret.csv",
        "data/../../secret.csv",
        "/etc/passwd",
        "~/secret.csv",
        "C:/secret.csv",
        "..\\secret.csv",
        "http://localhost/people.csv",
        "https://localhost/people.csv",
        "file:///etc/passwd",
        "ftp://localhost/people.csv",
        "",
        "people.csv\0",
    ],
)
def test_no_path_leaves_the_package_and_nothing_is_fetched(check, path):
    report = check(resource={"path": path})
    assert codes(report) == ["D03"]
    assert "secret" not in str(report).replace("secret.csv", "")
    assert report.tables[0].rows is None


def test_a_symbolic_link_out_of_the_package_is_not_followed(check, tmp_path):
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "link.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "package" / "folder").symlink_to(tmp_path)
    for path in ("link.csv", "folder/secret.csv"):
        assert codes(check(resource={"path": path})) == ["D03"]


def test_a_symbolic_link_within_the_package_is(check, tmp_path):
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "link.csv").symlink_to("people.csv")
    assert check(resource={"path": "link.csv"}).ok


def test_remote_schemas_are_not_fetched_and_said_to_be_unchecked(check):
    report = check(resource={"schema": "http://localhost/schema.json"})
    gap = "table people: its schema stands at http://localhost/schema.json; nothing is fetched unless that is allowed"
    assert [str(gap) for gap in report.unchecked] == [gap]
    assert "not checked" in report.verdict


def test_even_where_fetching_is_allowed_no_private_address_is_asked(check, tmp_path):
    check(resource={"schema": "http://localhost:9/schema.json"})
    (gap,) = check_package(tmp_path / "package", allow_remote=True).unchecked
    assert "http://localhost:9/schema.json; " in gap.reason
    assert "private" in gap.reason or "public" in gap.reason


def test_a_local_copy_stands_in_for_a_remote_schema(check, tmp_path):
    check(resource={"schema": "http://localhost/schema.json"})
    copy = tmp_path / "schema.json"
    copy.write_text(json.dumps({"fields": [FIELDS[0], {"name": "name", "type": "integer"}]}), "utf-8")
    assert codes(check_package(tmp_path / "package", schemas={"http://localhost/schema.json": copy})) == ["C01"]


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        ({"data": [{"id": "a", "name": "b"}], "path": "x.csv"}, "it has both a path and data"),
        ({"path": "people.csv.zip"}, "it is compressed by zip"),
        ({"path": "people.csv", "compression": "xz"}, "it is compressed by xz"),
        ({"encoding": "utf-7"}, "its encoding is utf-7"),
        ({"encoding": "rot13"}, "its encoding is rot13"),
        ({"path": "people.xlsx"}, "its format is xlsx"),
        ({"dialect": {"delimiter": "::"}}, 'its dialect cannot be read: "delimiter" must be a 1-character string'),
        ({"dialect": {"sheetName": "people"}}, "its dialect has sheetName"),
    ],
)
def test_a_table_beyond_this_check_is_named_with_the_reason(check, resource, reason):
    report = check(resource=resource)
    (gap,) = (*report.unchecked, *report.delegated)
    assert gap.subject == "table people"
    assert gap.reason.startswith(reason)


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ({"type": "string", "format": "wkt"}, "format wkt of type string"),
        ({"type": "date", "format": "DD/MM/YYYY"}, "format DD/MM/YYYY of type date"),
    ],
)
def test_a_column_beyond_this_check_is_named_and_the_rest_is_checked(check, field, reason):
    fields = [{**FIELDS[0], "constraints": {"required": True}}, {"name": "name", **field}]
    report = check(fields, b"id,name\n,whatever\n")
    (gap,) = (*report.unchecked, *report.delegated)
    assert gap.reason.startswith(reason)
    assert [code for code in codes(report) if code != "X01"] == ["C02"]


def test_a_pattern_with_lookaround_is_left_to_frictionless_and_the_other_constraints_are_not(check):
    constraints = {"pattern": "(?=a)a+", "minLength": 3}
    report = check([{**FIELDS[0], "constraints": constraints}, FIELDS[1]], b"id,name\nb,Bo\n")
    assert [gap.subject for gap in report.delegated] == ["table people, column id"]
    assert codes(report) == ["C05", "X01"]


def test_a_pattern_that_explodes_elsewhere_does_not_hang(check):
    fields = [{**FIELDS[0], "constraints": {"pattern": "(a+)+"}}, FIELDS[1]]
    assert codes(check(fields, b"id,name\n" + b"a" * 5000 + b"b,Bo\n")) == ["C04"]


@pytest.mark.parametrize(
    ("constraints", "type_"),
    [
        ({"minimum": "few"}, "integer"),
        ({"minimum": True}, "integer"),
        ({"maximum": "2024-02-30"}, "date"),
        ({"minimum": 1}, "string"),
        ({"minimum": [1]}, "number"),
        ({"pattern": "a"}, "integer"),
        ({"minLength": 1}, "date"),
        ({"enum": ["one"]}, "integer"),
    ],
)
def test_a_constraint_that_cannot_be_applied_is_a_problem_and_the_rest_is_checked(check, constraints, type_):
    field = {"name": "name", "type": type_, "constraints": {**constraints, "required": True}}
    assert codes(check([FIELDS[0], field], b"id,name\na,\n")) == ["D08", "C02"]


@pytest.mark.parametrize(
    "rule",
    [
        {"rule": "no-such-kind", "fields": ["id"]},
        {"rule": "ordered", "fields": ["id"]},
        {"rule": "required-when", "fields": ["id"]},
        {"rule": "required-when", "fields": ["id"], "when": {"name": 5}},
        {"rule": "required-when", "fields": ["id"], "when": {}},
        {"rule": "composed", "fields": ["id", "name"]},
        {"rule": "composed", "fields": ["id", "name"], "template": "{"},
        {"rule": "edtf-bounds", "fields": ["id"]},
    ],
)
def test_a_row_rule_that_cannot_be_applied_is_a_problem(check, rule):
    assert codes(check(rowRules=[{"name": "r", **rule}])) == ["D08"]


def test_a_row_rule_for_columns_of_other_types_is_a_problem(check):
    fields = [{"name": "id", "type": "string"}, {"name": "name", "type": "integer"}]
    assert codes(
        check(fields, b"id,name\na,1\n", rowRules=[{"name": "r", "rule": "ordered", "fields": ["id", "name"]}])
    ) == ["D08"]


def test_a_row_rule_that_fails_on_its_columns_is_said_to_be_unchecked(check):
    rule = {"name": "r", "rule": "composed", "fields": ["id", "name"], "template": "{name.real}"}
    report = check(data=b"id,name\na,1\n", rowRules=[rule])
    assert report.ok
    assert "row rule r" in str(report.unchecked[0])


@pytest.mark.parametrize(
    "schema",
    [
        {"primaryKey": "nme"},
        {"uniqueKeys": [["id", "nme"]]},
        {"foreignKeys": [{"fields": "nme", "reference": {"fields": "id"}}]},
        {"foreignKeys": [{"fields": "name", "reference": {"fields": "nme"}}]},
        {"foreignKeys": [{"fields": "name", "reference": {"resource": "persons", "fields": "id"}}]},
        {"foreignKeys": [{"fields": ["id", "name"], "reference": {"fields": "id"}}]},
        {"rowRules": [{"name": "r", "rule": "edtf", "fields": ["nme"]}]},
    ],
)
def test_a_key_or_rule_that_points_nowhere_is_a_problem(check, schema):
    assert codes(check(**schema)) == ["D06"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", 1),
        (b"[]", 1),
        (b"{}", 1),
        (b'"text"', 1),
        (b'{\n"name": \xff}', 2),
        (b'{\n\n"name" 1}', 3),
        (b'{"name": "\\ud800", "resources": []}', 1),
        (b"[" * 100_000, 1),
        (b'{"resources": ' + b"[" * 60 + b"]" * 60 + b"}", 1),
        (b'{"n": ' + b"1" * 5000 + b"}", 1),
    ],
)
def test_what_is_no_descriptor_is_one_problem(tmp_path, text, line):
    (tmp_path / "datapackage.json").write_bytes(text)
    report = check_package(tmp_path)
    assert [(p.code, p.line) for p in report.problems] == [("D01", line)]


def test_a_flaw_of_the_profile_leaves_the_rest_checked(check):
    fields = [{**FIELDS[0], "title": 5}, {**FIELDS[1], "constraints": {"required": "yes", "minLength": 4}}]
    report = check(fields, b"id,name\na,Ada\nb,\n", resource={"bytes": -1, "title": []})
    assert codes(report) == ["D02"] * 4 + ["C05"]


def test_the_shape_is_the_profiles_but_for_what_this_project_adds():
    descriptor = json.loads((FICTIONAL / "datapackage.json").read_text("utf-8"))
    descriptor["resources"] = descriptor["resources"][6:7]
    profile = json.loads(files("dplib").joinpath("profiles", "2.0", "datapackage.json").read_text("utf-8"))
    validator = validator_for(profile)(profile)
    stricter, laxer = set(), set()
    for path in _paths(descriptor):
        for value in (5, "text", [], {}, True, -1):
            broken = _with(descriptor, path, value)
            refused = any(PACKAGE.mismatches(broken, ()))
            if refused == validator.is_valid(broken):
                name = "/".join(part for part in path if isinstance(part, str)).removeprefix("resources/")
                (stricter if refused else laxer).add(name)
    keys = {f"schema/rowRules{part}" for part in ("", "/name", "/rule", "/fields")} | {"schema/foreignKeys/fields"}
    assert stricter <= {"dataModel", "contributors", "bytes", "rows", "schema/title", "schema/description"} | keys
    # What these hold is looked at when the schemas are read, or is of no account to a check.
    values = {f"schema/fields/{part}" for part in ("example", "constraints/enum", "categories", "categories/value")}
    assert laxer <= {"type", "dialect", "schema/foreignKeys/fields", "schema/foreignKeys/reference/fields"} | values


def _with(descriptor, path, value):
    copy = json.loads(json.dumps(descriptor))
    *parents, last = path
    place = copy
    for part in parents:
        place = place[part]
    place[last] = value
    return copy


def _paths(value, path=()):
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from _paths(child, (*path, key))


def test_every_value_of_a_descriptor_is_found_at_its_place():
    text = (FICTIONAL / "datapackage.json").read_text("utf-8")
    lines = text.split("\n")
    descriptor = json.loads(text)
    paths = list(_paths(descriptor))
    for path in random.Random(3).sample(paths, 60):
        value = descriptor
        for part in path:
            value = value[part]
        line, column = line_and_column(text, path)
        opening = {dict: "{", list: "["}.get(type(value)) or json.dumps(value, ensure_ascii=False)
        assert lines[line - 1][column - 1 :].startswith(opening)


def test_a_missing_value_is_placed_at_its_nearest_ancestor():
    text = '{\n "a": [\n  {"b": 1}\n ]\n}'
    assert line_and_column(text, ("a", 0, "c", "d")) == (3, 3)
    assert line_and_column(text, ("z",)) == (1, 1)
    assert shown(("a", 0, "c")) == "a[0].c"


def test_packages_of_others_are_checked_without_the_rules_of_the_data_model(tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "p", FICTIONAL.parent / "rules" / "M20-formula")
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    del descriptor["dataModel"]
    path.write_text(json.dumps(descriptor), "utf-8")
    report = check_package(folder)
    assert report.ok
    assert report.coverage is None


def test_a_header_row_beyond_all_numbers_is_in_no_file(check):
    assert "F04" in codes(check(resource={"dialect": {"headerRows": [2**63]}}))


def test_a_key_may_point_into_a_table_whose_columns_have_no_names(tmp_path):
    key = {"fields": "id", "reference": {"resource": "other", "fields": "ide"}}
    table = {"name": "t", "path": "t.csv", "schema": {"fields": FIELDS, "foreignKeys": [key]}}
    other = {"name": "other", "path": "gone.csv", "schema": {"fields": [{"name": None}, {"name": "id"}]}}
    (tmp_path / "t.csv").write_bytes(b"id,name\na,Ada\n")
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table, other]}), "utf-8")
    assert "D06" in codes(check_package(tmp_path))
