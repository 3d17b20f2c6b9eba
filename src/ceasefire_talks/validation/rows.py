"""CSV as rows with the physical line on which each starts. Damage is noted, and reading goes on behind it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ceasefire_talks.validation.dialect import DEFAULT, Dialect

CELL_LIMIT = 131_072
ROW_LIMIT = 128 * CELL_LIMIT


@dataclass(slots=True)
class Row:
    """A row of a file.

    Attributes:
        line: the physical line, from 1, on which it starts.
        cells: its texts, none where the line is blank.
        number: its number in the file, from 1; comments, blank lines and damaged rows count.
        ragged: whether it had more or fewer cells than the header; they are then cut, or filled up with empty ones.
        file: the file, relative to the package.
    """

    line: int
    cells: list[str]
    number: int = 0
    ragged: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class Damage:
    """A line, from 1, on which a row starts that cannot be read, and why."""

    line: int
    reason: str
    number: int = 0


def read_rows(lines: Iterable[str], dialect: Dialect = DEFAULT) -> Iterator[Row | Damage]:
    """The rows of a file, given as physical lines with their LF. Keeps only the lines since the start of a row.

    A quoted cell may span lines. Where quoting is broken, the line is damage and reading resumes on the next, so that
    one stray quote hides no other fault. Cells are bounded, so that a quote that is never closed cannot fill the
    memory; by ourselves too, since any library may raise the limit of Python's csv module for the whole process.
    """
    source = _Lines(lines, dialect.comment_char)
    while not source.is_exhausted:
        try:
            for cells in csv.reader(source, **dialect.csv_options):
                line, number = source.end_row()
                is_too_long = max(map(len, cells), default=0) > CELL_LIMIT
                yield Damage(line, _TOO_LONG, number) if is_too_long else Row(line, cells, number)
        except (csv.Error, _RowTooLongError) as error:
            line, number = source.end_line()
            yield Damage(line, next((r for e, r in _REASONS.items() if e in str(error)), str(error)), number)


class _RowTooLongError(Exception):
    pass


class _Lines(Iterator[str]):
    """Physical lines, of which those since the start of the row are kept, to go on behind the first of them."""

    def __init__(self, lines: Iterable[str], comment: str | None) -> None:
        self._lines = iter(lines)
        self._comment = comment
        self._row: list[str] = []
        self._again: list[str] = []
        self._length = 0
        self._before = 0
        self._rows = 0
        self.is_exhausted = False

    def __next__(self) -> str:
        line = self._following()
        while self._comment is not None and not self._row and line.startswith(self._comment):
            self._before += 1
            self._rows += 1
            line = self._following()
        self._row.append(line)
        self._length += len(line)
        if self._length > ROW_LIMIT:
            raise _RowTooLongError("field larger")
        return line

    def _following(self) -> str:
        if self._again:
            return self._again.pop()
        try:
            return next(self._lines)
        except StopIteration:
            self.is_exhausted = True
            raise

    def end_row(self) -> tuple[int, int]:
        """The line on which the row starts that was read, and its number."""
        return self._end(len(self._row))

    def end_line(self) -> tuple[int, int]:
        """The same, where only its first line is behind us."""
        self._again.extend(reversed(self._row[1:]))
        self.is_exhausted = self.is_exhausted and not self._again
        return self._end(1)

    def _end(self, lines: int) -> tuple[int, int]:
        start = self._before + 1
        self._before += lines
        self._rows += 1
        self._row.clear()
        self._length = 0
        return start, self._rows


_TOO_LONG = "a cell is too long to be read, or a quote is never closed"
_REASONS = {
    "unexpected end of data": "a quote is opened and never closed",
    "expected after": "text stands behind a closing quote",
    "field larger": _TOO_LONG,
}
