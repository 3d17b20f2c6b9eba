"""CSV text taken apart without loss, so that what is not mended keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

BOM = "\ufeff"
_BREAK = re.compile("\r\n|\r|\n")


@dataclass(slots=True)
class Row:
    """A row: its cells as they are written, quotes and all, and its line end; empty at the end of a file."""

    cells: list[str]
    end: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on the line."""
        return self.cells == [""]


@dataclass(slots=True)
class Sheet:
    """A CSV file. `str()` of it is its text."""

    delimiter: str
    rows: list[Row] = field(default_factory=list)
    has_mark: bool = False

    @property
    def filled(self) -> list[Row]:
        """The rows that are not blank, header first."""
        return [row for row in self.rows if not row.is_blank]

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """The rows with the physical line, from 1, on which each starts."""
        line = 1
        for row in self.rows:
            yield line, row
            line += 1 + sum(len(_BREAK.findall(cell)) for cell in row.cells if cell.startswith('"'))

    def __str__(self) -> str:
        mark = BOM if self.has_mark else ""
        return mark + "".join(self.delimiter.join(row.cells) + row.end for row in self.rows)


def taken_apart(data: bytes, delimiter: str) -> Sheet | None:
    """The file's rows and cells; None where it is not UTF-8, or its quoting is broken."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    sheet = Sheet(delimiter, has_mark=text.startswith(BOM))
    at, cells = len(BOM) if sheet.has_mark else 0, list[str]()
    while at < len(text) or cells:
        match = _cell(delimiter).match(text, at)
        if match is None:
            return None
        cells.append(match["cell"])
        at = match.end()
        if match["end"] != delimiter:
            sheet.rows.append(Row(cells, match["end"]))
            cells = []
    return sheet


def text_of(cell: str) -> str:
    """What a cell holds."""
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def with_text(cell: str, text: str) -> str:
    """A cell that holds another text, in quotes if it was."""
    return '"' + text.replace('"', '""') + '"' if cell.startswith('"') else text


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    apart = re.escape(delimiter)
    quoted, plain = r'"[^"]*+(?:""[^"]*+)*+"', rf'[^"{apart}\r\n][^{apart}\r\n]*+'
    return re.compile(rf"(?P<cell>{quoted}|{plain}|)(?P<end>{apart}|\r\n|\r|\n|\Z)")
