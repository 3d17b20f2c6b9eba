"""A file whose bytes are accounted for is one that the whole proof finds sound, and the reader read it as it stands."""

import csv
import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire_talks.validation.engines import accounting
from ceasefire_talks.validation.engines.accounting import accounted
from ceasefire_talks.validation.engines.heads import Head
from ceasefire_talks.validation.engines.polars_reader import PolarsReader
from ceasefire_talks.validation.engines.reading import Cells, UnreadableError
from ceasefire_talks.validation.engines.structure import Sound, scan
from ceasefire_talks.validation.rows import CELL_LIMIT, read_rows

READER = PolarsReader(in_memory=True)
HEADERS = {2: b"a,b\n", 3: b'a,"b\nb",c\n'}
PER_FILE = settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])


def account(path, body, width):
    """What becomes of a file: its proof, and the rows that the reader made of it."""
    header = HEADERS[width]
    path.write_bytes(header + body)
    head = Head([""] * width, header.count(b"\n"), len(header))
    cells = Cells(path, head.lines, width, ",")
    try:
        read = READER.read([cells])
    except UnreadableError:
        return None, []
    return accounted(cells, head, read.sizes[0]), read.frame.drop("row").collect().rows()


@pytest.fixture(autouse=True, params=[3, 1 << 18], ids=["tiny blocks", "usual blocks"])
def _block(request, monkeypatch):
    monkeypatch.setattr(accounting, "BLOCK", request.param)


@PER_FILE
@given(st.text(st.sampled_from('ab,"\n\r\0é'), max_size=30), st.sampled_from([2, 3]))
def test_what_is_accounted_for_is_sound(tmp_path, body, width):
    found, rows = account(tmp_path / "t.csv", body.encode(), width)
    if found is not None:
        data = (tmp_path / "t.csv").read_bytes()
        whole = scan(data, ",", width)
        assert isinstance(whole, Sound)
        numbers = np.arange(whole.rows)
        assert (found.rows, found.carriage_returns) == (whole.rows, whole.carriage_returns)
        assert found.lines_of(numbers).tolist() == whole.lines_of(numbers).tolist()
        exact = [row.cells for row in read_rows(io.StringIO(data.decode(), newline="\n"))][1:]
        assert [[cell or "" for cell in row] for row in rows] == exact


cell = st.text(st.sampled_from('ab,"é '), max_size=6)


@PER_FILE
@given(st.sampled_from([2, 3]).flatmap(lambda width: st.lists(st.lists(cell, min_size=width, max_size=width))))
def test_a_well_written_file_is_accounted_for(tmp_path, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    width = len(rows[0]) if rows else 2
    found, read = account(tmp_path / "t.csv", out.getvalue().encode(), width)
    assert found is not None
    assert found.rows == len(rows) + 1
    assert len(read) == len(rows)


@pytest.mark.parametrize(
    "body",
    [
        b"1,2\n3\n",
        b"1,2\n\n3,4\n",
        b"1,2,3\n4\n",
        b'1,2\n3,"4\n4"\n',
        b'1,2\n3,4"4\n',
        b'1,2\n3,"4\n',
        b'1,2\n3,"4"4\n',
        b"1,2\r\n3,4\r\n",
        b"1,2\n3,\0\n",
        b"1,2\n3,\xff\n",
        b"1,2\n3," + b"4" * CELL_LIMIT + b"\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_whole_proof(tmp_path, body):
    assert account(tmp_path / "t.csv", body, 2)[0] is None
