import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.validation.fixing.sheet import taken_apart, text_of, with_text

TEXTS = st.text(st.sampled_from('ab,;"\n\r é'), max_size=12)


@given(TEXTS, st.sampled_from(",;\t"))
def test_what_can_be_taken_apart_goes_together_again_and_is_what_csv_reads(text, delimiter):
    sheet = taken_apart(text.encode(), delimiter)
    try:
        rows = list(csv.reader(_lines(text), delimiter=delimiter, strict=True))
    except csv.Error:
        assert sheet is None
        return
    assert str(sheet) == text
    assert [[text_of(cell) for cell in row.cells] for row in sheet.filled] == [row for row in rows if row]


def _lines(text):
    return text.splitlines(keepends=True)


@given(TEXTS)
def test_a_row_knows_the_line_on_which_it_starts(text):
    sheet = taken_apart(text.encode(), ",")
    if sheet is not None:
        before = 0
        for line, row in sheet.numbered():
            seen = text[:before].replace("\r\n", "\n").replace("\r", "\n")
            assert line == 1 + seen.count("\n")
            before += len(",".join(row.cells) + row.end)


@given(st.booleans(), TEXTS, TEXTS)
def test_a_cell_keeps_its_quotes(quoted, old, new):
    cell = '"' + old.replace('"', '""') + '"' if quoted else "plain"
    if quoted or not set(new) & set(',"\n\r'):
        assert text_of(with_text(cell, new)) == new
        assert with_text(cell, new).startswith('"') == quoted


@pytest.mark.parametrize("data", [b"\xff", b'a\n"b', b'"a"b\n', b'a,"b"c\n'])
def test_what_is_damaged_is_not_taken_apart(data):
    assert taken_apart(data, ",") is None


def test_a_mark_is_told_from_text():
    sheet = taken_apart(b"\xef\xbb\xbfid\na\n", ",")
    assert sheet.has_mark
    assert [row.cells for row in sheet.rows] == [["id"], ["a"]]


def test_a_long_quote_that_is_never_closed_takes_no_long():
    assert taken_apart(b'"' + b'a""' * 1_000_000, ",") is None
