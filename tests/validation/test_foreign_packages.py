"""Whatever the standard lets a table be: dialects, encodings, compression, parts, keys, missing values."""

import gzip
import json

import pytest

from ceasefire_talks.validation.run import check_package

FIELDS = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]
RIGHT = b"id,name\n1,Ada\n2,Bo\n"


@pytest.fixture
def check(tmp_path):
    """Check a package of one table: its file's bytes, or those of several files by name."""

    def run(data=RIGHT, fields=FIELDS, *, resource=None, files=None, **schema):
        table = {"name": "t", "path": "t.csv", "schema": {"fields": fields, **schema}, **(resource or {})}
        for name, content in {"t.csv": data, **(files or {})}.items():
            (tmp_path / name).write_bytes(content)
        (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}), "utf-8")
        return check_package(tmp_path)

    return run


def found(report):
    assert report.unchecked == ()
    assert report.delegated == ()
    return [(p.code, p.line, p.column) for p in report.problems]


@pytest.mark.parametrize(
    ("dialect", "data"),
    [
        ({"delimiter": ";"}, b"id;name\nx;A,B\n"),
        ({"delimiter": "\t", "csvddfVersion": 1.2}, b"id\tname\nx\tAda\n"),
        ({"quoteChar": "'"}, b"id,name\nx,'A,\"B'\n"),
        ({"doubleQuote": False, "escapeChar": "\\"}, b'id,name\nx,"A\\",B"\n'),
        ({"escapeChar": "|"}, b"id,name\nx,A|,B\n"),
        ({"skipInitialSpace": True}, b'id, name\nx, "A,B"\n'),
        ({"header": True, "headerRows": [2]}, b"\nid,name\nx,Ada\n"),
        ({"headerRows": [1, 2], "headerJoin": "-"}, b"i,na\nd,me\nx,Ada\n"),
        ({"commentChar": "#"}, b"# told\nid,name\n#,,,\nx,Ada\n# end"),
        ({"commentRows": [1, 3]}, b"told\nid,name\n,,,,\nx,Ada\n"),
        ({"caseSensitiveHeader": False}, b"ID,Name\nx,Ada\n"),
        ({"lineTerminator": "\r\n"}, b"id,name\r\nx,Ada\r\n"),
        ({"nullSequence": "\\N"}, b"id,name\nx,Ada\n\\N,\\N\n"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_dialect_is_read_and_faults_keep_their_place(check, dialect, data):
    fields = FIELDS
    if "headerJoin" in dialect:
        fields = [{**FIELDS[0], "name": "i-d"}, {**FIELDS[1], "name": "na-me"}]
    line = next(n for n, text in enumerate(data.splitlines(), 1) if text.startswith(b"x"))
    assert found(check(data, fields, resource={"dialect": dialect})) == [("C01", line, fields[0]["name"])]


def test_a_table_may_have_no_header(check):
    assert found(check(b"1,Ada\nx,Bo\n3\n", resource={"dialect": {"header": False}})) == [
        ("C01", 2, "id"),
        ("F13", 3, None),
    ]
    assert found(check(b"", resource={"dialect": {"header": False}})) == []


def test_lines_may_end_with_another_character_which_cells_may_hold_in_quotes(check):
    fields = [FIELDS[0], {"name": "name", "constraints": {"enum": ["A;B", "C\nD"]}}]
    assert found(check(b'id,name;1,"A;B";x,"C\nD";', fields, resource={"dialect": {"lineTerminator": ";"}})) == [
        ("C01", 4, "id")
    ]


def test_a_dialect_may_stand_in_a_file_of_its_own(check):
    files = {"dialect.json": b'{"delimiter": ";"}'}
    assert found(check(b"id;name\n1;Ada\n", resource={"dialect": "dialect.json"}, files=files)) == []


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-8-sig", "UTF-8", "shift_jis", "ISO-8859-15"])
def test_an_encoding_is_read(check, encoding):
    letter = "ア" if encoding == "shift_jis" else "é"
    fields = [FIELDS[0], {"name": "name", "constraints": {"enum": [letter]}}]
    data = f"id,name\n1,{letter}\nx,{letter}\n".encode(encoding)
    assert found(check(data, fields, resource={"encoding": encoding})) == [("C01", 3, "id")]


def test_bytes_that_are_not_of_the_encoding_are_named(check):
    report = check(b"id,name\n1,\x81\n", resource={"encoding": "cp1252"})
    assert [(p.code, p.line, p.value, p.expected) for p in report.problems] == [("F05", 2, "\\x81", "CP1252")]


def test_a_file_that_is_not_of_its_encoding_at_all_is_a_problem(check):
    assert [(p.code, p.line) for p in check(resource={"encoding": "utf-16"}).problems] == [("F05", 1)]


@pytest.mark.parametrize("resource", [{"path": "t.csv.gz"}, {"path": "t.csv.gz", "compression": "gz"}])
def test_a_compressed_table_is_read(check, resource):
    packed = gzip.compress(b"id,name\n1,Ada\n") + gzip.compress(b"x,Bo\n")
    report = check(resource={**resource, "bytes": len(packed), "rows": 2}, files={"t.csv.gz": packed})
    assert [(p.code, p.file, p.line) for p in report.problems] == [("C01", "t.csv.gz", 3)]


def test_a_table_of_several_files_is_one_and_rows_know_their_file(check):
    files = {"a.csv": b"id,name\n1,Ada\nx,Bo\n", "b.csv": b"id,name\n1,Cy\n2,Di,\n", "c.csv": b"y,Ed\n"}
    size = sum(map(len, files.values()))
    resource = {"path": list(files), "rows": 5, "bytes": size}
    report = check(resource=resource, files=files, primaryKey="id")
    assert {(p.code, p.file, p.line) for p in report.problems} == {
        ("C01", "a.csv", 3),
        ("K02", "b.csv", 2),
        ("F13", "b.csv", 3),
        ("C01", "c.csv", 1),
    }
    assert report.tables[0].rows == 5


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_a_schema_may_stand_in_a_file_of_its_own_where_its_faults_are_placed(check, suffix):
    text = '{"fields": [\n{"name": "id", "type": "integer"},\n{"name": "name", "constraints": {\n"pattern": "("}}]}'
    report = check(
        b"id,name\nx,Ada\n", resource={"schema": f"schema.{suffix}"}, files={f"schema.{suffix}": text.encode()}
    )
    assert [(p.code, p.file, p.line) for p in report.problems] == [("D07", f"schema.{suffix}", 4), ("C01", "t.csv", 2)]


@pytest.mark.parametrize("text", [b"[]", b"{", b"\xff", b'{"fields": 5}', b"{}"])
def test_a_schema_that_is_none_is_a_problem_of_its_file(check, text):
    report = check(resource={"schema": "schema.json"}, files={"schema.json": text})
    assert {(p.code, p.file) for p in report.problems} <= {("D01", "schema.json"), ("D02", "schema.json")}
    assert report.problems
    assert report.tables[0].rows is None


@pytest.mark.parametrize(
    ("match", "header", "codes"),
    [
        (None, b"name,id\n", ["F12"]),
        ("equal", b"name,id\n", []),
        ("equal", b"id,name,age\n", ["F10"]),
        ("equal", b"id\n", ["F09"]),
        ("subset", b"age,name,id\n", []),
        (["subset"], b"age,name,id\n", []),
        ("subset", b"age,id\n", ["F09"]),
        ("superset", b"name\n", []),
        ("superset", b"name,age\n", ["F10"]),
        ("partial", b"age,name\n", []),
        ("partial", b"age\n", ["F09"]),
    ],
)
def test_a_header_matches_as_the_schema_asks(check, match, header, codes):
    schema = {} if match is None else {"fieldsMatch": match}
    assert [problem.code for problem in check(header, **schema).problems] == codes


TWICE = [FIELDS[0], FIELDS[1], {"name": "name", "type": "integer"}]


@pytest.mark.parametrize("place", ["package", "resource", "schema"])
@pytest.mark.parametrize(("version", "codes"), [("1.0", []), ("2.0", ["D10"]), ("2.1", ["D10"]), (None, [])])
def test_a_name_may_be_repeated_but_in_version_2(tmp_path, place, version, codes):
    said = {} if version is None else {"$schema": f"https://datapackage.org/profiles/{version}/x.json"}
    schema = {"fields": TWICE, **(said if place == "schema" else {})}
    table = {"name": "t", "path": "t.csv", "schema": schema, **(said if place == "resource" else {})}
    package = {"name": "p", "resources": [table], **(said if place == "package" else {})}
    (tmp_path / "t.csv").write_bytes(b"id,name,name\n1,a,5\n2,b,x\n")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    for engine in ("pandas", "polars"):
        problems = [
            (p.code, p.field if p.code == "C01" else None) for p in check_package(tmp_path, engine=engine).problems
        ]
        assert problems == [*((code, None) for code in codes), ("C01", 3)]


def test_the_schema_says_its_version_before_the_package(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,name,name\n")
    profile = "https://datapackage.org/profiles/{}/x.json".format
    schema = {"$schema": profile("1.0"), "fields": TWICE}
    package = {"$schema": profile("2.0"), "resources": [{"name": "t", "path": "t.csv", "schema": schema}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert check_package(tmp_path).ok


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        (b"id,name,name\n", []),
        (b"id,name\n", ["F09"]),
        (b"id,name,name,name\n", ["F10"]),
        (b"name,id,name\n", ["F12"]),
        (b"id,id,name\n", ["F09", "F10"]),
    ],
)
def test_columns_of_one_name_are_told_apart_by_their_order(check, header, codes):
    assert [problem.code for problem in check(header, TWICE).problems] == codes


def test_a_key_that_the_file_may_lack_is_said_to_be_unchecked(check):
    report = check(b"name\nAda\nAda\n", fieldsMatch="superset", primaryKey="id")
    assert report.ok
    assert [str(gap) for gap in report.unchecked] == ["table t: keys with columns that the file lacks: id"]


def test_missing_values_of_a_field_stand_in_for_those_of_the_table(check):
    fields = [
        {"name": "id", "type": "integer", "missingValues": [{"value": "-", "label": "refused"}]},
        {"name": "name", "constraints": {"required": True}},
        {"name": "n", "type": "integer", "missingValues": []},
    ]
    data = b"id,name,n\n-,NA,1\nNA,x,\n,y,2\n"
    assert found(check(data, fields, missingValues=["NA", ""])) == [
        ("C02", 2, "name"),
        ("C01", 3, "id"),
        ("C01", 3, "n"),
        ("C01", 4, "id"),
    ]


def test_without_missing_values_an_empty_cell_is_a_text(check):
    fields = [FIELDS[0], {"name": "name", "constraints": {"required": True, "minLength": 1}}]
    assert found(check(b"id,name\n1,\n", fields, missingValues=[])) == [("C05", 2, "name")]


@pytest.mark.parametrize("categories", [["Ada", "Cy"], [{"value": "Ada", "label": "A"}, {"value": "Cy"}]])
def test_categories_are_a_closed_list(check, categories):
    fields = [FIELDS[0], {"name": "name", "type": "string", "categories": categories, "categoriesOrdered": True}]
    assert found(check(RIGHT, fields)) == [("C03", 3, "name")]


@pytest.mark.parametrize(
    ("schema", "data", "problems"),
    [
        ({"primaryKey": "id"}, b"1,a\n01,b\n", [("K02", 3, "id")]),
        ({"primaryKey": ["id", "name"]}, b"1,a\n1,b\n1,\n", [("K03", 4, "name")]),
        ({"uniqueKeys": [["id", "name"]]}, b"1,a\n1,\n1,\n+1,a\n", [("K04", 5, "id")]),
        ({"foreignKeys": [{"fields": "id", "reference": {"resource": "", "fields": "id"}}]}, b"1,a\n,b\n", []),
        (
            {"foreignKeys": [{"fields": "name", "reference": {"fields": ["id"]}}]},
            b"1,01\n2,3\n",
            [("K01", 2, "name"), ("K01", 3, "name")],
        ),
        (
            {"foreignKeys": [{"fields": ["id", "name"], "reference": {"resource": "t", "fields": ["id", "name"]}}]},
            b"1,a\n2,\n",
            [],
        ),
    ],
)
def test_keys_compare_values(check, schema, data, problems):
    assert found(check(b"id,name\n" + data, **schema)) == problems


def test_a_resource_that_is_no_table_has_its_bytes_compared(check):
    resource = {"path": "picture.png", "bytes": 5, "schema": None}
    report = check(resource=resource, files={"picture.png": b"\x89PNG"})
    assert [p.code for p in report.problems if p.code != "D02"] == ["F01"]


def test_a_table_without_a_schema_is_checked_as_far_as_that_goes(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,name\n1\n")
    (tmp_path / "datapackage.json").write_text('{"resources": [{"name": "t", "path": "t.csv"}]}', "utf-8")
    report = check_package(tmp_path)
    assert [(p.code, p.line) for p in report.problems] == [("F13", 2)]
    assert [str(gap) for gap in report.unchecked] == ["cells of table t: it has no schema"]


def test_without_header_and_schema_the_first_row_tells_how_many_cells_there_are(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"1,a\n2\n")
    table = {"name": "t", "path": "t.csv", "dialect": {"header": False}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [table]}), "utf-8")
    for engine in ("pandas", "polars"):
        assert [(p.code, p.line) for p in check_package(tmp_path, engine=engine).problems] == [("F13", 2)]


def test_a_resource_without_a_name_is_a_problem_and_is_checked(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id\nx\n")
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"resources": [{"path": "t.csv", "schema": schema}]}), "utf-8"
    )
    assert [(p.code, p.table) for p in check_package(tmp_path).problems] == [("D02", None), ("C01", "t")]


def test_a_package_may_be_described_in_yaml(tmp_path):
    last = "    - {name: day, type: date, constraints: {minimum: 2024-01-05}, format: 5}"
    (tmp_path / "t.csv").write_bytes(b"id,day\nx,2024-01-05\n")
    (tmp_path / "datapackage.yml").write_text(
        "created: 2024-01-05\nresources:\n- name: t\n  path: t.csv\n  schema:\n    fields:\n"
        f"    - {{name: id, type: integer}}\n{last}\n",
        "utf-8",
    )
    found = [(p.code, p.file, p.line, p.field) for p in check_package(tmp_path).problems]
    assert found == [("D02", "datapackage.yml", 8, last.rindex("5}") + 1), ("C01", "t.csv", 2, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\n"
        + "".join(f"b{n}: &b{n} [{', '.join(['*a' if n == 0 else f'*b{n - 1}'] * 9)}]\n" for n in range(9)),
        "a: &a [*a]",
        "a: !!python/object/apply:os.getcwd []",
        "a: [",
        "- a",
        "a: " + "[" * 5000,
        "a: 2024-01-05\n? [1]\n: 2",
    ],
)
def test_yaml_that_is_no_descriptor_or_a_bomb_is_one_problem(tmp_path, text):
    (tmp_path / "datapackage.yaml").write_text(text, "utf-8")
    assert [p.code for p in check_package(tmp_path).problems] == ["D01"]
