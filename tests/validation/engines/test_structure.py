import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_talks.validation.engines import structure
from ceasefire_talks.validation.engines.structure import Doubt, Sound, scan
from ceasefire_talks.validation.rows import CELL_LIMIT, Damage, read_rows

cells = st.text(st.sampled_from('ab,"\n é'), max_size=6)
tables = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1))


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@pytest.fixture(params=[8, 1 << 18], ids=["tiny blocks", "usual blocks"])
def _block(request, monkeypatch):
    monkeypatch.setattr(structure, "BLOCK", request.param)


@pytest.mark.usefixtures("_block")
@settings(max_examples=200)
@given(tables)
def test_a_well_written_file_is_sound_and_its_rows_start_where_the_exact_reader_says(rows):
    text = as_csv(rows)
    found = scan(text.encode(), ",", len(rows[0]))
    exact = list(read_rows(text.splitlines(keepends=True) if "\x85" in text else _lines(text)))
    assert isinstance(found, Sound)
    assert found.rows == len(rows) == len(exact)
    assert found.lines_of(np.arange(len(rows))).tolist() == [row.line for row in exact]


@pytest.mark.usefixtures("_block")
@settings(max_examples=300)
@given(st.text(st.sampled_from('a,"\n\r\0é'), min_size=1, max_size=30), st.integers(1, 3))
def test_no_file_is_sound_that_the_exact_reader_finds_fault_with(text, width):
    found = scan(text.encode(), ",", width)
    if isinstance(found, Sound):
        exact = list(read_rows(_lines(text.replace("\r\n", "\n"))))
        assert "\r" not in text.replace("\r\n", "\n")
        assert "\0" not in text
        assert not any(isinstance(row, Damage) for row in exact)
        assert {len(row.cells) for row in exact} == {width}
        assert len(exact) == found.rows


def _lines(text):
    return [f"{line}\n" for line in text.split("\n")[:-1]] + ([text.split("\n")[-1]] if text[-1:] != "\n" else [])


@pytest.mark.parametrize(
    ("data", "width", "reason"),
    [
        (b"a,b\n1,2,3\n4\n", 2, "more or fewer cells"),
        (b"a,b\n1,2\n3", 2, "fewer cells"),
        (b'a,b\n1,"2\n', 2, "never closed"),
        (b'a,b\n1,2"\n', 2, "quote"),
        (b'a,b\n"1"x,2\n', 2, "within a cell"),
        (b"a\n\nb\n", 1, "blank"),
        (b"a\r\n\r\nb\r\n", 1, "blank"),
        (b"a,b\n\xff,2\n", 2, "not UTF-8"),
        (b"a,b\n\0,2\n", 2, "NUL"),
        (b"a,b\r\n1,2\n", 2, "different ways"),
        (b'a,b\r\n1,"2\r\n"\r\n', 2, "carriage returns within quotes"),
        (b"a\n" + b"x" * (CELL_LIMIT + 2) + b"\n", 1, "long"),
        (b'a\n"' + b"x\n" * structure.LONGEST_ROW + b'"\n', 1, "too long"),
    ],
)
def test_each_doubt_is_named(data, width, reason):
    found = scan(data, ",", width)
    assert isinstance(found, Doubt)
    assert reason in found.reason
