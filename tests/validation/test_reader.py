"""The reader that every engine shares: rows one at a time, in constant memory, with the places of the exact reader."""

import csv
import gzip
import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.validation import bytestreams
from ceasefire_talks.validation.descriptor import read_descriptor
from ceasefire_talks.validation.dialect import Dialect
from ceasefire_talks.validation.reader import TableReader
from ceasefire_talks.validation.rows import Damage, Row, read_rows
from ceasefire_talks.validation.schemas import read_schemas

SCHEMA = {"fields": [{"name": "id"}, {"name": "name"}]}


@pytest.fixture
def opened(tmp_path):
    def open_(data, name="t.csv", **resource):
        (tmp_path / name).write_bytes(data)
        table = {"name": "t", "path": name, "schema": SCHEMA, **resource}
        (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}), "utf-8")
        description = read_descriptor(tmp_path / "datapackage.json")
        read_schemas(description)
        return description, TableReader(description, description.resources[0])

    return open_


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_large_table_takes_little_memory(opened, pack):
    data = b"id,name\n" + b"".join(b'%d,"a name, with a comma"\n' % n for n in range(100_000))
    name = "t.csv.gz" if pack is gzip.compress else "t.csv"
    description, reader = opened(pack(data), name, rows=100_000)
    assert reader.open()
    tracemalloc.start()
    count = sum(1 for _ in reader.rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 100_000
    assert description.problems == []
    assert peak < 12 * bytestreams.CHUNK < len(data) * 1.3


def test_rows_come_while_the_file_is_read_and_the_sums_when_it_is(opened):
    description, reader = opened(b"id,name\na,b\n", rows=5, bytes=1)
    assert reader.open()
    assert reader.fields == {"id": 1, "name": 2}
    assert description.problems == []
    assert [(row.line, row.cells, row.file) for row in reader.rows()] == [(2, ["a", "b"], "t.csv")]
    assert [problem.code for problem in description.problems] == ["F01", "F03"]


def test_a_ragged_row_is_evened_out(opened):
    _, reader = opened(b"id,name\na\nb,c,d\n")
    assert reader.open()
    assert [(row.cells, row.ragged) for row in reader.rows()] == [(["a", ""], True), (["b", "c"], True)]


def test_without_a_header_there_are_no_rows(opened):
    description, reader = opened(b"\n\n")
    assert not reader.open()
    assert list(reader.rows()) == []
    assert [problem.code for problem in description.problems] == ["F04"]


@given(st.lists(st.lists(st.text(alphabet='a,"\n;é', max_size=4), min_size=2, max_size=3), min_size=1, max_size=6))
def test_what_was_written_is_read(rows):
    for dialect in (Dialect(), Dialect(delimiter=";"), Dialect(quote_char="'")):
        out = io.StringIO()
        csv.writer(out, delimiter=dialect.delimiter, quotechar=dialect.quote_char, lineterminator="\n").writerows(rows)
        found = list(read_rows(io.StringIO(out.getvalue(), newline="\n"), dialect))
        assert [row.cells for row in found] == rows
        starts = [1 + sum(1 + sum(c.count("\n") for c in row) for row in rows[:at]) for at in range(len(rows))]
        assert [row.line for row in found] == starts


@given(st.text(alphabet='a,"\n', max_size=30))
def test_every_row_starts_on_a_line_of_its_own(text):
    starts = [row.line for row in read_rows(text.splitlines(keepends=True))]
    assert starts == sorted(set(starts))
    assert starts[:1] == ([1] if text else [])


@given(st.text(alphabet="aé\n\r\u2028\x0b", max_size=40), st.integers(1, 7))
def test_bytes_become_lines_however_they_are_cut(text, size):
    data = text.encode()
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    lines = list(bytestreams.split(bytestreams.decoded(chunks, "utf-8")))
    assert "".join(lines) == text
    assert all(line.endswith("\n") for line in lines[:-1])


def test_damage_ends_where_the_line_does():
    found = list(read_rows(['a,"b\n', "c,d\n", 'e,"f" g\n', "h,i\n"]))
    assert [(type(row), row.line) for row in found] == [(Damage, 1), (Row, 2), (Damage, 3), (Row, 4)]


@pytest.mark.parametrize(
    "name", ["utf-8", "UTF8", "latin-1", "cp1252", "utf-16-le", "shift_jis", "macroman", "us-ascii"]
)
def test_encodings_of_text_are_known(name):
    assert bytestreams.codec(name)


@pytest.mark.parametrize(
    "name",
    ["utf-7", "idna", "punycode", "rot13", "hex", "zlib", "unicode_escape", "undefined", "../x", "", "os", "mbcs"],
)
def test_what_is_no_encoding_of_text_is_not(name):
    assert bytestreams.codec(name) is None


def test_a_file_that_expands_without_end_is_left(monkeypatch):
    monkeypatch.setattr(bytestreams, "RATIO_FREE", 1 << 20)
    packed = gzip.compress(b"0" * (1 << 24))
    parts = []
    with pytest.raises(bytestreams.ExpansionError):
        parts.extend(bytestreams.expanded([packed]))
    assert sum(map(len, parts)) <= max(1 << 20, 200 * len(packed))


@pytest.mark.parametrize("data", [b"not gzip", gzip.compress(b"abc")[:-3], gzip.compress(b"abc") + b"rubbish"])
def test_a_damaged_file_says_so(data):
    with pytest.raises(bytestreams.CompressionError):
        list(bytestreams.expanded([data]))


def test_a_line_without_end_is_left():
    with pytest.raises(bytestreams.LineError):
        list(bytestreams.split(["a" * (1 << 20)] * 20))
