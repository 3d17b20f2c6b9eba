"""CSV as rows with the physical line on which each starts. Damage is noted, and reading goes on behind it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

CELL_LIMIT = 131_072


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file; `line` is the physical line, from 1, on which it starts."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Damage:
    """A line, from 1, on which a row starts that cannot be read, and why."""

    line: int
    reason: str


def read_rows(lines: list[str]) -> Iterator[Row | Damage]:
    """The rows of a file, given as physical lines with their LF.

    A quoted cell may span lines. Where quoting is broken, the line is damage and reading resumes on the next, so that
    one stray quote hides no other fault. Cells are bounded, so that a quote that is never closed cannot fill the
    memory; by ourselves too, since any library may raise the limit of Python's csv module for the whole process.
    """
    start = 0
    while start < len(lines):
        reader = csv.reader(map(lines.__getitem__, range(start, len(lines))), strict=True)
        offset, before = start, 0
        try:
            for cells in reader:
                line = offset + before + 1
                yield Damage(line, _TOO_LONG) if max(map(len, cells), default=0) > CELL_LIMIT else Row(line, cells)
                before = reader.line_num
        except csv.Error as error:
            yield Damage(offset + before + 1, next((r for e, r in _REASONS.items() if e in str(error)), str(error)))
            start = offset + before + 1
        else:
            return


_TOO_LONG = "a cell is too long to be read, or a quote is never closed"
_REASONS = {
    "unexpected end of data": "a quote is opened and never closed",
    "expected after": "text stands behind a closing quote",
    "field larger": _TOO_LONG,
}
