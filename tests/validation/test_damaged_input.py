import csv
import json
import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.validation.run import check_package
from packages import FICTIONAL, copy_of

FIELDS = [{"name": "id"}, {"name": "name"}]
DESCRIPTOR = (FICTIONAL / "datapackage.json").read_bytes()
EVENTS = (FICTIONAL / "data" / "events.csv").read_bytes()


@pytest.fixture
def people(tmp_path):
    def write(data, fields=FIELDS, **resource):
        schema = {"fields": fields}
        tables = [{"name": "people", "path": "people.csv", "schema": schema, **resource}]
        (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": tables}), "utf-8")
        (tmp_path / "people.csv").write_bytes(data)
        return check_package(tmp_path)

    return write


def codes(report):
    return [(problem.code, problem.line) for problem in report.problems]


@pytest.mark.parametrize("header", [b",\n", b"  \n", b'"","",""\n'])
def test_a_header_without_a_name_is_a_problem(people, header):
    report = people(header + b"a,b\n")
    assert codes(report) == [("F14", 1)]
    assert report.tables[0].rows is None


def test_a_quoted_cell_may_span_lines_and_rows_keep_their_physical_line(people):
    report = people(b'id,name\n"a","A\n\n\nB"\nb\n"c\n",C,D\n')
    assert codes(report) == [("F13", 6), ("F13", 7)]
    assert report.tables[0].rows == 3


def test_a_stray_quote_hides_no_other_fault(people):
    report = people(b'id,name\na,"A\nb,B,B\nc,C\n,,\n')
    assert codes(report) == [("F15", 2), ("F13", 3), ("F13", 5)]


def test_every_line_with_foreign_bytes_is_named_with_them(people):
    report = people(b"id,name\na,\xff\xfe\nb,B\nc,\xe4\n")
    assert [(p.code, p.line, p.value) for p in report.problems] == [("F05", 2, "\\xff\\xfe"), ("F05", 4, "\\xe4")]


def test_utf_16_is_reported_and_not_read_as_something_else(people):
    report = people("id,name\na,Ada\n".encode("utf-16"))
    assert {"F05", "F06"} <= {code for code, _ in codes(report)}


def test_old_line_ends_are_reported_and_counted(people):
    dialect = {"lineTerminator": "\n"}
    assert codes(people(b"id,name\ra,Ada\rb\r", dialect=dialect)) == [("F08", 1), ("F13", 3)]
    assert codes(people(b"id,name\r\na,Ada\r\n")) == [], "CRLF is what the standard takes for granted"


@pytest.mark.parametrize("limit", [131_072, 10_000_000])
def test_a_cell_beyond_all_measure_is_refused_whatever_limit_a_library_has_set(people, limit, request):
    request.addfinalizer(partial(csv.field_size_limit, csv.field_size_limit(limit)))
    report = people(b"id,name\na," + b"x" * 200_000 + b"\nb,B,B\n")
    assert codes(report) == [("F15", 2), ("F13", 3)]


@pytest.mark.parametrize("data", [b"", b"\n", b" \n\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_header_is_a_problem(people, data):
    report = people(data)
    assert not report.ok
    assert report.tables[0].rows is None


def test_a_table_without_rows_is_valid(people):
    assert people(b"id,name\n").ok
    assert people(b"id,name").ok


def test_padding_of_a_ragged_row_is_not_reported_as_empty_cells(people):
    fields = [{"name": "id"}, {"name": "name", "constraints": {"required": True}}]
    assert codes(people(b"id,name\na\nb,\n", fields)) == [("F13", 2), ("C02", 3)]


def test_a_bad_header_stops_no_check_of_the_columns_that_are_there(people):
    fields = [{"name": "id"}, {"name": "name"}, {"name": "age", "type": "integer"}]
    report = people(b"age,Name,id\nten,Ada,a\n", fields)
    assert [(p.code, p.line, p.column) for p in report.problems] == [
        ("F09", 1, "name"),
        ("F12", 1, "age"),
        ("F10", 1, "Name"),
        ("C01", 2, "age"),
    ]


def test_what_is_no_package_cannot_be_run(tmp_path):
    for path in (tmp_path, tmp_path / "missing", tmp_path / "missing.json"):
        with pytest.raises(PackageError, match=r"datapackage\.json"):
            check_package(path)


def test_a_descriptor_may_have_any_name(tmp_path):
    copy_of(FICTIONAL, tmp_path / "p")
    descriptor = (tmp_path / "p" / "datapackage.json").rename(tmp_path / "p" / "other.json")
    assert check_package(descriptor).ok


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_opened(tmp_path):
    copy_of(FICTIONAL, tmp_path / "p")
    relations = tmp_path / "p" / "data" / "relations.csv"
    relations.unlink()
    os.mkfifo(relations)
    assert "D04" in {code for code, _ in codes(check_package(tmp_path / "p"))}


@pytest.mark.parametrize("table", [path.stem for path in (FICTIONAL / "data").iterdir()])
def test_the_loss_of_any_table_stops_nothing(tmp_path, table):
    folder = copy_of(FICTIONAL, tmp_path / "p")
    (folder / "data" / f"{table}.csv").unlink()
    report = check_package(folder)
    assert "D04" in {code for code, _ in codes(report)}
    assert [count.table for count in report.tables if count.rows is None] == [table]


@settings(max_examples=30)
@given(st.data())
def test_no_damage_to_the_bytes_of_a_table_raises(tmp_path_factory, data):
    folder = _shared_copy(tmp_path_factory)
    (folder / "data" / "events.csv").write_bytes(data.draw(_mutated(EVENTS)))
    report = check_package(folder)
    assert str(report)
    assert json.dumps(report.to_dict())


@settings(max_examples=30)
@given(st.data())
def test_no_damage_to_the_bytes_of_the_descriptor_raises(tmp_path_factory, data):
    folder = _shared_copy(tmp_path_factory)
    (folder / "data" / "events.csv").write_bytes(EVENTS)
    (folder / "datapackage.json").write_bytes(data.draw(_mutated(DESCRIPTOR)))
    assert str(check_package(folder))
    (folder / "datapackage.json").write_bytes(DESCRIPTOR)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=40)
@given(st.data())
def test_no_value_in_the_place_of_a_property_raises(tmp_path_factory, data):
    folder = _shared_copy(tmp_path_factory)
    descriptor = json.loads(DESCRIPTOR)
    descriptor["resources"] = data.draw(st.permutations(descriptor["resources"]))[:2]
    place = descriptor
    for _ in range(data.draw(st.integers(0, 6))):
        children = list(place.values()) if isinstance(place, dict) else place
        containers = [child for child in children if isinstance(child, dict | list) and child]
        if not containers:
            break
        place = data.draw(st.sampled_from(containers))
    key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    place[key] = data.draw(_JSON)
    (folder / "other.json").write_text(json.dumps(descriptor), "utf-8")
    assert str(check_package(folder / "other.json"))


def _shared_copy(factory) -> Path:
    folder = factory.getbasetemp() / "shared"
    return folder if folder.exists() else copy_of(FICTIONAL, folder)


@st.composite
def _mutated(draw, original):
    data = bytearray(original)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        junk = draw(
            st.binary(max_size=8) | st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"{", b"}", b"[", b"]"])
        )
        data[at : at + length] = junk
    return bytes(data)
