"""The laws of `--fix`: what only the form had lost comes back, whatever else there is stays as it was."""

import csv
import io
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import Package
from ceasefire_talks.validation.fixing.diff import diff_lines
from ceasefire_talks.validation.fixing.mends import BLANKS, MENDED
from ceasefire_talks.validation.fixing.plan import plan
from ceasefire_talks.validation.fixing.write import write_all
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, copy_of, refresh

PACKAGE = Package(FICTIONAL)
TABLES = {name: PACKAGE.path(name).read_bytes() for name in PACKAGE.tables}
TRIMMED = ("integer", "number", "date", "boolean")


def fixed(folder):
    edits = plan(folder, check_package)
    write_all(edits)
    return edits


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


@st.composite
def damaged(draw, name):
    """A table whose form is broken, and nothing else."""
    header, *rows = rows_of(TABLES[name])
    fields = {field.name: field for field in PACKAGE.schema(name).fields}
    for row in draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else ():
        for at, column in enumerate(header):
            if (fields[column].enum or fields[column].type in TRIMMED) and row[at] and draw(st.booleans()):
                row[at] = row[at].rstrip() + draw(st.text(BLANKS, min_size=1, max_size=3))
    rows = draw(st.permutations(rows))
    order = draw(st.permutations(range(len(header))))
    out = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n"]))
    csv.writer(out, lineterminator=end).writerows([[row[at] for at in order] for row in (header, *rows)])
    lines = out.getvalue().split(end)
    for at in draw(st.lists(st.integers(1, len(lines)), max_size=2)):
        lines.insert(at, "")
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + end.join(lines).encode()


@settings(max_examples=8)
@given(st.data())
def test_what_only_the_form_has_lost_comes_back_to_the_byte(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp() / "form"
    copy_of(FICTIONAL, folder, stale=True)
    for name in data.draw(st.lists(st.sampled_from(PACKAGE.tables), min_size=1, max_size=3, unique=True)):
        (folder / "data" / f"{name}.csv").write_bytes(data.draw(damaged(name)))
    if data.draw(st.booleans()):
        refresh(folder)
    fixed(folder)
    report = check_package(folder)
    assert [str(problem) for problem in report.problems] == []
    assert {name: (folder / "data" / f"{name}.csv").read_bytes() for name in TABLES} == TABLES
    assert json.loads((folder / "datapackage.json").read_text()) == PACKAGE.descriptor


TALKS = b"id,day,kind,at\n" + b"".join(b"t%d,2031-03-%02d,round,a\n" % (n, n) for n in range(1, 6))


def small_package(folder):
    folder.mkdir(exist_ok=True)
    text, kind = {"name": "id", "constraints": {"pattern": "[a-z0-9]+"}}, {"enum": ["round", "pause"]}
    fields = [text, {"name": "day", "type": "date"}, {"name": "kind", "constraints": kind}, {"name": "at"}]
    keys = [{"fields": "at", "reference": {"resource": "places", "fields": "id"}}]
    tables = {"talks": (fields, keys, TALKS), "places": ([text], [], b"id\na\n")}
    resources = []
    for name, (columns, foreign, data) in tables.items():
        (folder / f"{name}.csv").write_bytes(data)
        schema = {"fields": columns, "primaryKey": "id", "foreignKeys": foreign}
        stats = {"bytes": len(data), "rows": data.count(b"\n") - 1, "dialect": {"lineTerminator": "\n"}}
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema, **stats})
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    return folder


@settings(max_examples=40)
@given(st.data())
def test_a_second_time_nothing_is_left_and_nothing_but_the_form_was_touched(tmp_path_factory, data):
    folder = small_package(tmp_path_factory.getbasetemp() / "twice")
    path = folder / "talks.csv"
    broken = bytearray(TALKS)
    junk = [b" ", b"  ,", b"\t", b"\r\n", b"\r", b"\n\n", b'"', b'"x "', b"\xff", b"\0", b",", b"x", b"\xef\xbb\xbf"]
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(broken)))
        broken[at : at + data.draw(st.integers(0, 3))] = data.draw(st.sampled_from(junk))
    path.write_bytes(bytes(broken))
    report = check_package(folder)
    fixed(folder)
    assert plan(folder, check_package) == []
    if all(count.rows is not None for count in report.tables):
        before, now = (Counter(p.code for p in found.problems) for found in (report, check_package(folder)))
        assert all(now[code] <= before[code] for code in MENDED)
    if (after := path.read_bytes()) != broken:
        texts = (d.decode("utf-8").removeprefix("\ufeff").encode() for d in (bytes(broken), after))
        old, new = (Counter(cell.rstrip(BLANKS) for row in rows_of(text) for cell in row) for text in texts)
        assert old == new


def test_a_clean_package_needs_nothing():
    assert plan(FICTIONAL, check_package) == []


@pytest.fixture
def people(tmp_path):
    """Write a package of one table and mend it; returns its file and what was mended."""

    def write(data, fields=({"name": "id"}, {"name": "name"}), *, dialect=None, descriptor=None, **schema):
        table = {
            "name": "people",
            "path": "people.csv",
            "dialect": {"lineTerminator": "\n"} if dialect is None else dialect,
        }
        content = {"resources": [{**table, "schema": {"fields": list(fields), **schema}, **(descriptor or {})}]}
        (tmp_path / "people.csv").write_bytes(data)
        (tmp_path / "datapackage.json").write_text(json.dumps(content))
        edits = fixed(tmp_path)
        return (tmp_path / "people.csv").read_bytes(), [word for edit in edits for word in edit.mended]

    return write


def test_a_quoted_carriage_return_may_be_meant(people):
    data, mended = people(b'id,name\r\na,"A\r\nB"\r\n')
    assert data == b'id,name\na,"A\r\nB"\n'
    assert mended == ["carriage returns removed from line ends: 2"]


def test_line_ends_that_the_descriptor_does_not_forbid_stay(people):
    assert people(b"id,name\r\na,A\r\n", dialect={}) == (b"id,name\r\na,A\r\n", [])


def test_a_blank_line_of_a_table_of_one_column_may_be_a_row(people):
    data = b"id\na\n\nb\n"
    assert people(data, [{"name": "id"}]) == (data, [])


def test_a_header_behind_blank_lines_is_found_and_mended(people):
    data, _ = people(b"\n\n\xc3\xa9,name ,id\nx,A,a\n")
    assert data == "é,id,name\nx,a,A\n".encode() or data == "é,name,id\nx,A,a\n".encode()


def test_ragged_rows_stay_in_their_columns(people):
    data = b"name,id\nA,a\nB\n"
    assert people(data) == (data, [])


def test_blanks_are_only_taken_where_the_cell_then_fits(people):
    fields = [{"name": "id"}, {"name": "name", "constraints": {"enum": ["A", "B "]}}]
    data, mended = people(b'id,name\na ,A  \nb,"A\t"\nc,B \nd,C \n', fields)
    assert data == b'id,name\na ,A\nb,"A"\nc,B \nd,C \n'
    assert mended == ["cells with trailing blanks trimmed: 2"]


def test_blanks_on_which_something_else_relies_stay(people):
    fields = [{"name": "id", "constraints": {"pattern": "[a-z]"}}, {"name": "name"}]
    keys = {"foreignKeys": [{"fields": "name", "reference": {"resource": "", "fields": "id"}}]}
    data = b"id,name\na ,\nb,a \n"
    assert people(data, fields, **keys) == (data, [])


def test_blanks_that_keep_two_keys_apart_stay(people):
    fields = [{"name": "id", "constraints": {"pattern": "[a-z]"}}, {"name": "name"}]
    data = b"id,name\na,\na ,\n"
    assert people(data, fields, primaryKey="id") == (data, [])


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfid,name\na,\xff\n", b'\xef\xbb\xbfid,name\na,"A\nb,B\n', b"\xef\xbb\xbfa\0"]
)
def test_what_is_damaged_is_left_alone(people, data):
    assert people(data, descriptor={"bytes": 1}) == (data, [])


def test_a_file_that_may_be_truncated_does_not_become_the_released_one(people, tmp_path):
    people(b"id,name\na,A\nb", descriptor={"bytes": 14, "rows": 2, "hash": "0" * 32})
    assert json.loads((tmp_path / "datapackage.json").read_text())["resources"][0]["bytes"] == 14


def test_stats_keep_their_algorithm_and_the_descriptor_its_layout(people, tmp_path):
    people(b"id,name\r\na,A\r\n", descriptor={"hash": "sha1:" + "0" * 40, "bytes": 99, "custom": [1, {"x": "é"}]})
    text = (tmp_path / "datapackage.json").read_text()
    assert '"hash": "sha1:2d0fe3a5a12cf9fd2d28ad4b2e2ba95a45cd5e4b"'[:14] in text
    assert '"bytes": 12' in text
    assert '"custom": [1, {"x": "\\u00e9"}]' in text
    assert check_package(tmp_path).ok


def test_a_file_of_two_tables_is_left_alone(tmp_path):
    data = b"\xef\xbb\xbfid,name\na,A\n"
    (tmp_path / "people.csv").write_bytes(data)
    table = {"path": "people.csv", "schema": {"fields": [{"name": "id"}, {"name": "name"}]}}
    content = {"resources": [{"name": "a", **table}, {"name": "b", **table}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(content))
    assert fixed(tmp_path) == []


def test_nothing_is_written_outside_of_the_package(tmp_path):
    folder = tmp_path / "p"
    folder.mkdir()
    outside = b"\xef\xbb\xbfid\na\n"
    (tmp_path / "secret.csv").write_bytes(outside)
    (folder / "link.csv").symlink_to("../secret.csv")
    fields = {"fields": [{"name": "id"}]}
    (folder / "own.csv").write_bytes(outside)
    paths = ["../secret.csv", "link.csv", str(tmp_path / "secret.csv"), "own.csv"]
    tables = [{"name": f"t{n}", "path": path, "schema": fields} for n, path in enumerate(paths)]
    (folder / "datapackage.json").write_text(json.dumps({"resources": tables}))
    assert [edit.file for edit in fixed(folder)] == ["own.csv"]
    (tmp_path / "datapackage.json").write_text("{}")
    (folder / "datapackage.json").unlink()
    (folder / "datapackage.json").symlink_to("../datapackage.json")
    with pytest.raises(PackageError, match="link"):
        fixed(folder)
    assert (tmp_path / "secret.csv").read_bytes() == outside


def test_a_link_within_the_package_stays_a_link(people, tmp_path):
    (tmp_path / "real.csv").write_bytes(b"\xef\xbb\xbfid,name\na,A\n")
    (tmp_path / "link.csv").symlink_to("real.csv")
    people(b"", descriptor={"path": "link.csv"})
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"id,name\na,A\n"


def test_a_diff_shows_what_would_be_hidden_and_bounds_what_is_long(people, tmp_path):
    people(b"id,name\na,A\n")
    (tmp_path / "people.csv").write_bytes(b"id,name\r\n" + b"a,\x1b[2J\r\n" * 6000)
    lines = list(diff_lines(plan(tmp_path, check_package)))
    assert lines[0] == "people.csv: carriage returns removed from line ends: 6001"
    assert lines[1:3] == ["-id,name\\x0d", "+id,name"]
    assert lines[-1] == "… and 11802 more lines of this difference"
    assert not any("\x1b" in line for line in lines)


def test_rows_in_the_descriptor_stay_as_they_are(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,n\n\n1,2\n")
    data = [["id", "n"], [], ["1 ", 2]]
    tables = [{"name": "t", "path": "t.csv", "bytes": 10}, {"name": "inline", "data": data}]
    for table in tables:
        table["schema"] = {"fields": [{"name": name, "type": "integer"} for name in ("id", "n")]}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": tables}), "utf-8")
    assert {edit.file for edit in fixed(tmp_path)} == {"t.csv", "datapackage.json"}
    mended = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]
    assert (mended[0]["bytes"], mended[1]) == (9, tables[1])
    assert [(p.code, p.table) for p in check_package(tmp_path).problems] == [("F14", "inline"), ("C01", "inline")]
