"""Stages 2 and 3: the bytes of a table's file against the descriptor, and its rows as texts at their lines."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

import pandas as pd

from ceasefire_talks.schema import rules
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.descriptor import Description, Resource
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rows import Damage, Row, read_rows
from ceasefire_talks.validation.table import Table

_DESCRIBE = "If the file is right, run `ceasefire-talks describe`; if not, restore it."

BYTES = Code(
    "F01",
    "bytes",
    "The file is longer or shorter than the descriptor says.",
    "It is not the file that was released.",
    _DESCRIBE,
)
HASH = Code(
    "F02",
    "hash",
    "The file has another hash than the descriptor says.",
    "It is not the file that was released.",
    _DESCRIBE,
)
ROW_COUNT = Code(
    "F03",
    "row-count",
    "The file has more or fewer rows than the descriptor says.",
    "Rows were lost or added since the descriptor was written.",
    _DESCRIBE,
)
EMPTY = Code(
    "F04",
    "empty-file",
    "The file is empty.",
    "Not even its columns are known.",
    "Restore the file; a table without rows still has its header.",
)
NOT_UTF8 = Code(
    "F05",
    "not-utf-8",
    "A line holds bytes that are not UTF-8.",
    "Readers stop there, or show other letters than were meant.",
    "Save the file as UTF-8.",
)
NUL = Code(
    "F06",
    "nul",
    "A line holds a NUL character.",
    "Many readers cut the cell or the file off there.",
    "Remove the character.",
)
BYTE_ORDER_MARK = Code(
    "F07",
    "byte-order-mark",
    "The file begins with a byte-order mark.",
    "Readers take it for a part of the first column's name.",
    "Save the file as UTF-8 without a byte-order mark.",
)
LINE_END = Code(
    "F08",
    "line-end",
    "A line ends with a carriage return, although the descriptor says that lines end with a line feed.",
    "Hashes and offsets differ between copies of the file.",
    "Save the file with LF as the line end.",
)
MISSING_COLUMN = Code(
    "F09",
    "missing-column",
    "The header lacks a column of the schema.",
    "Readers that ask for the column fail.",
    "Add the column to the file, or take it out of the schema.",
)
UNKNOWN_COLUMN = Code(
    "F10",
    "unknown-column",
    "The header has a column that the schema does not know.",
    "Nobody says what it means, and nothing checks it.",
    "Describe the column in the schema, or remove it from the file.",
)
REPEATED_COLUMN = Code(
    "F11",
    "repeated-column",
    "The header has a column twice.",
    "Which of the two a reader gets is chance.",
    "Remove or rename one of them.",
)
COLUMN_ORDER = Code(
    "F12",
    "column-order",
    "The columns stand in another order than in the schema.",
    "Readers that go by position mix the columns up.",
    "Put the columns into the order of the schema.",
)
RAGGED = Code(
    "F13",
    "ragged-row",
    "A row has more or fewer cells than the header.",
    "Cells slip into the wrong column, or are lost.",
    "Give the row as many cells as the header; put a cell that holds a comma into quotes.",
)
BLANK = Code(
    "F14",
    "blank-line",
    "A line is blank.",
    "Some readers make an empty row of it.",
    "Remove the line.",
)
QUOTING = Code(
    "F15",
    "quoting",
    "The quotes of a row are broken, or a cell of it is too long to be read.",
    "Readers swallow the rows behind it.",
    "Put the whole cell into quotes, and double every quote within it.",
)

# What stands in the place of bytes and characters that were reported and that no frame should hold.
_REPLACEMENT = "\ufffd"
_UNREADABLE = re.compile("[\udc80-\udcff]")


def read_table(description: Description, resource: Resource) -> Table | None:
    """Read the file of a table, and note in the description what is wrong with its bytes, lines and header.

    Returns:
        The table with its texts; None where not even a header can be read.
    """
    reader = _Reader(description, resource)
    data = resource.path.read_bytes()
    reader.compare_bytes(data)
    if not data.strip():
        reader.report(EMPTY, 1, "the file is empty", expected="a header row")
        return None
    return reader.read(data)


class _Reader:
    def __init__(self, description: Description, resource: Resource) -> None:
        self.description = description
        self.descriptor: Mapping[str, Any] = resource.descriptor
        self.schema = description.schemas[resource.name]
        self.place = resource.place
        self.file = resource.file

    def report(self, code: Code, line: int, message: str, **details: Any) -> None:
        place: dict[str, Any] = {"table": self.schema.name, "file": self.file, "line": line}
        self.description.problems.append(code.problem(message, **place, **details))

    def compare_bytes(self, data: bytes) -> None:
        announced = self.descriptor.get("bytes")
        if announced is not None and announced != len(data):
            self.report(BYTES, 1, f"{len(data)} bytes, the descriptor says {announced}", expected=f"{announced} bytes")
        elif "hash" in self.descriptor:
            self._compare_hash(data, self.descriptor["hash"])

    def _compare_hash(self, data: bytes, announced: str) -> None:
        algorithm, _, digest = announced.rpartition(":")
        if (algorithm or "md5") not in ("md5", "sha1", "sha256", "sha512"):
            self.description.skip(f"hash of table {self.schema.name}", f"algorithm {algorithm}")
            return
        found = hashlib.new(algorithm or "md5", data, usedforsecurity=False).hexdigest()
        if found != digest.lower():
            self.report(HASH, 1, f"the hash is {found}, the descriptor says {digest}", value=found, expected=digest)

    def read(self, data: bytes) -> Table | None:
        found = list(read_rows(self._lines(data)))
        rows = [row for row in found if isinstance(row, Row) and row.cells]
        for row in found:
            self._report_unsound(row)
        if not rows or rows[0] is not found[0]:
            return None
        header, *body = rows
        fields = self._read_header(header)
        self._compare_count(len(body))
        return self._table(fields, body, len(header.cells))

    def _report_unsound(self, row: Row | Damage) -> None:
        if isinstance(row, Damage):
            self.report(QUOTING, row.line, row.reason, expected="quoting as in RFC 4180")
        elif not row.cells:
            self.report(BLANK, row.line, "the line is blank", expected="a row")

    def _lines(self, data: bytes) -> list[str]:
        text = data.decode("utf-8", "surrogateescape")
        if text.startswith("\ufeff"):
            self.report(BYTE_ORDER_MARK, 1, "the file begins with a byte-order mark", expected="no byte-order mark")
            text = text[1:]
        if "\r" in text:
            self._report_line_ends(text)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = _split(text)
        if _UNREADABLE.search(text) or "\0" in text:
            lines = [self._readable(number, line) for number, line in enumerate(lines, 1)]
        return lines

    def _report_line_ends(self, text: str) -> None:
        terminator = self.descriptor.get("dialect", {}).get("lineTerminator")
        if terminator == "\n":
            line = text.count("\n", 0, text.index("\r")) + 1
            self.report(
                LINE_END, line, f"{text.count(chr(13))} carriage returns, the first on this line", expected="LF"
            )

    def _readable(self, number: int, line: str) -> str:
        if _UNREADABLE.search(line):
            shown = "".join(f"\\x{ord(c) - 0xDC00:02x}" for c in _UNREADABLE.findall(line))
            self.report(NOT_UTF8, number, f"{quoted(shown)} is not UTF-8", value=shown, expected="UTF-8")
            line = _UNREADABLE.sub(_REPLACEMENT, line)
        if "\0" in line:
            self.report(NUL, number, "a NUL character", value="\\x00", expected="no NUL")
        return line.replace("\0", _REPLACEMENT)

    def _read_header(self, header: Row) -> dict[str, int]:
        names, columns = header.cells, self.schema.columns
        for name, count in Counter(names).items():
            if count > 1:
                self._report_column(REPEATED_COLUMN, header, name, f"stands {count} times")
        for name in dict.fromkeys(names):
            if name not in columns:
                near = get_close_matches(name, [c for c in columns if c not in names], n=1)
                hint = f"; nearest is {quoted(near[0])}" if near else ""
                self._report_column(UNKNOWN_COLUMN, header, name, f"is not in the schema{hint}")
        for name in columns:
            if name not in names:
                self._report_column(MISSING_COLUMN, header, name, "is not in the header")
        self._compare_order(header)
        return {name: names.index(name) + 1 for name in columns if name in names}

    def _compare_order(self, header: Row) -> None:
        found = [name for name in dict.fromkeys(header.cells) if name in self.schema.columns]
        expected = [name for name in self.schema.columns if name in found]
        for name, wanted in zip(found, expected, strict=True):
            if name != wanted:
                self._report_column(COLUMN_ORDER, header, name, f"stands where {quoted(wanted)} belongs")
                return

    def _report_column(self, code: Code, header: Row, name: str, fault: str) -> None:
        position = header.cells.index(name) + 1 if name in header.cells else None
        expected = ", ".join(self.schema.columns)
        message = f"{quoted(name)} {fault}"
        self.report(code, header.line, message, column=name, field=position, value=name, expected=expected)

    def _compare_count(self, rows: int) -> None:
        announced = self.descriptor.get("rows")
        if announced is not None and announced != rows:
            self.report(ROW_COUNT, 1, f"{rows} rows, the descriptor says {announced}", expected=f"{announced} rows")

    def _table(self, fields: dict[str, int], body: list[Row], width: int) -> Table:
        ragged = [number for number, row in enumerate(body) if len(row.cells) != width]
        for number in ragged:
            row = body[number]
            self.report(RAGGED, row.line, f"{len(row.cells)} cells, the header has {width}", expected=f"{width} cells")
            row.cells.extend([""] * (width - len(row.cells)))
        missing = set(self.schema.missing_values)
        columns = {
            name: pd.array([None if (cell := row.cells[at - 1]) in missing else cell for row in body], dtype="str")
            for name, at in fields.items()
        }
        texts = pd.DataFrame(columns, index=range(len(body)))
        table = Table(_restricted(self.schema, fields), self.file, [row.line for row in body], fields, texts)
        for name in fields if ragged else ():
            table.mark(name, ragged)
        return table


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    last = lines.pop()
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _restricted(schema: TableSchema, columns: Mapping[str, int]) -> TableSchema:
    def there(names: Sequence[str]) -> bool:
        return set(names) <= set(columns)

    return replace(
        schema,
        fields=tuple(field for field in schema.fields if field.name in columns),
        primary_key=schema.primary_key if there(schema.primary_key) else (),
        unique_keys=tuple(filter(there, schema.unique_keys)),
        foreign_keys=tuple(key for key in schema.foreign_keys if there(key.fields)),
        row_rules=tuple(rule for rule in schema.row_rules if there(rules.involved(rule))),
    )
