"""The mends. Each changes a sheet in place, and only where the check reports the problem that it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ceasefire_talks.validation.fixing.sheet import Row, Sheet, text_of, with_text
from ceasefire_talks.validation.problem import Problem

BLANKS = " \t"
# Of a cell: it does not fit its column, or points nowhere.
OF_CELLS = frozenset(("C01", "C02", "C03", "C04", "C05", "C06", "K01"))
DAMAGE = frozenset(("F04", "F05", "F06", "F15"))
RAGGED = "F13"
UNKNOWN_COLUMN, REPEATED_COLUMN = "F10", "F11"

Place = tuple[int, int]


@dataclass(slots=True)
class Work:
    """A sheet under repair.

    Attributes:
        sheet: its rows.
        columns: those of the schema, in order.
        key: the primary key.
        missing: the texts that mean that a value is missing.
        problems: what the check found in it last, by code.
        done: what was mended, in words.
        trimmed: cells whose trailing blanks were taken away, with what they were.
    """

    sheet: Sheet
    columns: Sequence[str]
    key: Sequence[str]
    missing: Sequence[str]
    problems: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    trimmed: dict[Place, str] = field(default_factory=dict)

    @property
    def header(self) -> list[str]:
        """The names of the columns as they stand in the file."""
        rows = self.sheet.filled
        return [text_of(cell) for cell in rows[0].cells] if rows else []

    def has(self, codes: Iterable[str]) -> bool:
        """Whether the check reports one of these."""
        return any(code in self.problems for code in codes)

    @property
    def is_even(self) -> bool:
        """Whether every row has as many cells as the header, and no column stands twice."""
        return not self.has((RAGGED, REPEATED_COLUMN))


def byte_order_mark(work: Work) -> None:
    """F07: take the mark away."""
    if work.sheet.has_mark:
        work.sheet.has_mark = False
        work.done.append("byte-order mark removed")


def line_ends(work: Work) -> None:
    """F08: line feeds at the ends of rows; within quotes a carriage return may be meant."""
    rows = [row for row in work.sheet.rows if row.end not in ("", "\n")]
    for row in rows:
        row.end = "\n"
    if rows:
        work.done.append(f"carriage returns removed from line ends: {len(rows)}")


def blank_lines(work: Work) -> None:
    """F14: leave them out; but in a table of one column such a line may be a row with an empty cell."""
    filled = work.sheet.filled
    count = len(work.sheet.rows) - len(filled)
    if count and len(work.columns) > 1:
        work.sheet.rows = filled
        work.done.append(f"blank lines removed: {count}")


def header_blanks(work: Work) -> None:
    """F10: take trailing blanks from a name, if a column of the schema is then found."""
    cells = work.sheet.filled[0].cells if work.sheet.filled else []
    for at, name in enumerate(work.header):
        trimmed = name.rstrip(BLANKS)
        if name not in work.columns and trimmed in work.columns and trimmed not in work.header:
            cells[at] = with_text(cells[at], trimmed)
            work.done.append(f"trailing blanks removed from the column name {trimmed}")


def column_order(work: Work) -> None:
    """F12: the order of the schema; columns that it does not know keep their place."""
    header = work.header
    known = [at for at, name in enumerate(header) if name in work.columns]
    wanted = sorted(known, key=lambda at: work.columns.index(header[at]))
    if not work.is_even or wanted == known:
        return
    order = dict(zip(known, wanted, strict=True))
    for row in work.sheet.filled:
        row.cells = [row.cells[order.get(at, at)] for at in range(len(row.cells))]
    work.done.append("columns put in the order of the schema")


def trailing_blanks(work: Work) -> None:
    """C01 to C06, K01: take trailing blanks from cells that do not fit; the next check tells which fit then."""
    places = {(p.line, p.field) for code in OF_CELLS for p in work.problems.get(code, ())}
    for line, row in work.sheet.numbered() if places else ():
        for at, cell in enumerate(row.cells, 1):
            text = text_of(cell)
            if (line, at) in places and text != text.rstrip(BLANKS):
                work.trimmed[line, at] = cell
                row.cells[at - 1] = with_text(cell, text.rstrip(BLANKS))


def restored(work: Work, places: Iterable[Place]) -> None:
    """Give cells back the blanks that were taken from them."""
    back = {place: work.trimmed.pop(place) for place in set(places) & set(work.trimmed)}
    for line, row in work.sheet.numbered() if back else ():
        for at in range(len(row.cells)):
            row.cells[at] = back.get((line, at + 1), row.cells[at])


def row_order(work: Work) -> None:
    """M24: the order of the primary key, in code points; rows with the same key stay in their order."""
    header, rows = work.header, work.sheet.rows
    if not work.is_even or not set(work.key) <= set(header) or len(work.sheet.filled) < len(rows):
        return
    places = [header.index(name) for name in work.key]

    def key(row: Row) -> list[str]:
        texts = (text_of(row.cells[at]) for at in places)
        return ["" if text in work.missing else text for text in texts]

    # The last line keeps having no line end, if it has none.
    ends = [row.end for row in rows]
    rows[1:] = sorted(rows[1:], key=key)
    for row, end in zip(rows, ends, strict=True):
        row.end = end
    work.done.append("rows sorted by the primary key")


# By the code of the problem. Those of the form come first, since the rest is found by what they leave.
FORM: Mapping[str, Callable[[Work], None]] = {
    "F07": byte_order_mark,
    "F08": line_ends,
    "F14": blank_lines,
    UNKNOWN_COLUMN: header_blanks,
    "F12": column_order,
}
ORDER = "M24"
STATS = frozenset(("F01", "F02", "F03"))
MENDED = frozenset((*FORM, ORDER, *STATS, *OF_CELLS))
