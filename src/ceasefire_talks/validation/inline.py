"""Tables whose rows stand in the descriptor: as text of CSV, as arrays or as objects of JSON.

A value of JSON is written as the text that it would be in a file, so that all that follows judges it alike. What such a
text cannot say is told here: which cells are null, and which hold a value of another type than their column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, TypeAlias

from ceasefire_talks.schema.keys import KEY_SEPARATOR
from ceasefire_talks.schema.lexical import expected, reader
from ceasefire_talks.schema.model import Field, TableSchema
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.description import Description, Resource
from ceasefire_talks.validation.faults import TYPE
from ceasefire_talks.validation.header import in_schema_case
from ceasefire_talks.validation.positions import JsonPath
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.reader import NUL, TableReader
from ceasefire_talks.validation.rows import Damage, Row

# Whether a value of JSON is one of a column's type, by type and, where that decides, format.
_TYPES_OF: Mapping[type, tuple[str, ...]] = {
    bool: ("boolean",),
    int: ("integer", "number", "year"),
    float: ("integer", "number"),
    dict: ("object", "geojson", "geopoint object"),
    list: ("array", "geopoint array"),
}
_KINDS = {bool: "true or false", int: "a number", float: "a number", dict: "an object", list: "an array"}
_Column: TypeAlias = tuple[Field, frozenset[str]]  # with the texts that stand for a missing value in it
_ANY: _Column = (Field("", "any", {}), frozenset())
_REPLACEMENT = "\ufffd"
# A character that no text should have; see `_mark`.
_UNUSED = "\ufdd0"


def is_tabular(data: Any) -> bool:
    """Whether it is what the standard calls tabular data in JSON: an array of arrays, or one of objects."""
    return isinstance(data, list) and any(all(isinstance(row, kind) for row in data) for kind in (list, dict))


def cells_of(data: Any) -> Iterator[Any]:
    """The cells of tabular data in JSON, those of a header among them; none of anything else."""
    rows = data if isinstance(data, list) else ()
    return (cell for row in rows for cell in (row.values() if isinstance(row, dict) else row))


def reader_of(description: Description, resource: Resource) -> TableReader:
    """What reads the rows of a resource, wherever they stand."""
    if resource.data is None:
        return TableReader(description, resource)
    return _TextReader(description, resource) if isinstance(resource.data, str) else _ValueReader(description, resource)


class _InlineReader(TableReader):
    """Rows in the descriptor: they have the lines that they have there, and neither bytes nor hash of their own."""

    def compare_stats(self, rows: int | None, size: int, digest: str | None = None) -> None:
        """See `TableReader.compare_stats`."""
        del size, digest
        for name in ("bytes", "hash"):
            if name in self.resource.descriptor:
                self._description.skip(f"{name} of table {self.resource.name}", "its data stand in the descriptor")
        self._compare_rows(rows)

    @property
    def _place(self) -> JsonPath:
        return (*self.resource.place, "data")

    def _first_line(self) -> int:
        document = self._description.document
        return document.position(self._place)[0] if document else 1


class _TextReader(_InlineReader):
    """Rows of delimited text, which stands on one line of the descriptor, or begins there."""

    def __init__(self, description: Description, resource: Resource) -> None:
        super().__init__(description, resource)
        self._line = self._first_line()

    def rows(self) -> Iterator[Row]:
        """See `TableReader.rows`."""
        for row in super().rows():
            row.line = self._line
            yield row

    def _files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        yield self.resource.file, iter([self.resource.data.encode("utf-8")])

    def _report(self, code: Code, line: int, message: str, **details: Any) -> None:
        super()._report(code, self._line, f"{message}, in line {line} of the text", **details)


class _ValueReader(_InlineReader):
    """Rows of values of JSON."""

    def _all_rows(self) -> Iterator[Row | None]:
        has_objects = all(isinstance(row, dict) for row in self.resource.data)
        rows = self._objects() if has_objects else self._arrays()
        # Objects may have no key at all; then there is no table.
        if self.width if has_objects else self._take_header(rows):
            self._has_columns = True
            columns = {at: self._column(name) for name, at in self.fields.items()}
            mark = _mark(cells_of(self.resource.data))
            self.schema = _marked(self.schema, mark)
            yield None
            yield from (self._written(row, columns, mark) for row in self._body(rows))
            self.compare_stats(self.count, 0)

    def _numbered(self) -> Iterator[tuple[int, int, Any]]:
        """Every item of the data with its number and its line, both from 1."""
        data, document = self.resource.data, self._description.document
        lines = document.lines(self._place) if document else []
        if len(lines) != len(data):
            lines = [self._first_line()] * len(data)
        return zip(count(1), lines, data, strict=False)

    def _objects(self) -> Iterator[Row | Damage]:
        keys = list(dict.fromkeys(key for row in self.resource.data for key in row))
        names = keys if self._dialect.case_sensitive_header else in_schema_case(keys, self.schema.columns)
        # Objects have no order, so that theirs is that of the schema; in no row at all no column is missing.
        order = {name: at for at, name in enumerate(self.schema.columns)}
        columns = sorted(zip(names, keys, strict=True), key=lambda pair: order.get(pair[0], len(order)))
        self.use_header([name for name, _ in columns] if self.resource.data else list(order), self._first_line())
        return (Row(line, [row.get(key) for _, key in columns], at) for at, line, row in self._numbered())

    def _arrays(self) -> Iterator[Row | Damage]:
        last = max(self._dialect.header_rows, default=0)
        for number, line, cells in self._numbered():
            if number not in self._dialect.comment_rows:
                is_header = number <= last
                yield Row(line, [_text(cell, _ANY[0]) or "" for cell in cells] if is_header else list(cells), number)

    def _column(self, name: str) -> _Column:
        field = self.schema.field(name)
        return field, frozenset(self.schema.missing(field))

    def _written(self, row: Row, columns: Mapping[int, _Column], mark: str) -> Row:
        """The row with its values as texts; those of another type than their column are reported."""
        values: Sequence[Any] = row.cells
        row.cells = [self._cell(row, value, columns.get(at, _ANY), mark) for at, value in enumerate(values, 1)]
        for at, (field, _) in columns.items() if not row.ragged else ():
            if _is_foreign(value := values[at - 1], field) and _is_readable(row.cells[at - 1], field):
                self._report_foreign(row, value, field, mark)
        return row

    def _cell(self, row: Row, value: Any, column: _Column, mark: str) -> str:
        field, missing = column
        text = _text(value, field)
        if text is None or text in missing:
            return mark
        if "\0" in text:
            self._report(NUL, row.line, "a NUL character", value="\\x00", expected="no NUL")
        return text.replace("\0", _REPLACEMENT)

    def _report_foreign(self, row: Row, value: Any, field: Field, mark: str) -> None:
        at, key = self.fields[field.name], [row.cells[self.fields[name] - 1] for name in self.schema.primary_key]
        text, right = row.cells[at - 1], expected(field)
        message = f"{quoted(text)} is {_KINDS[type(value)]} in JSON, and not {right}"
        record = KEY_SEPARATOR.join(key) if key and mark not in key else None
        place: dict[str, Any] = {"column": field.name, "field": at, "value": text, "record": record}
        self._report(TYPE, row.line, message, expected=right, **place)


def _mark(cells: Iterable[Any]) -> str:
    """A text for missing cells that no cell has."""
    texts = {cell for cell in cells if isinstance(cell, str)}
    return next(mark for mark in (_UNUSED * length for length in count()) if mark not in texts)


def _marked(schema: TableSchema, mark: str) -> TableSchema:
    """A schema of which that is the one missing value: null is missing even where no text is."""
    fields = (replace(field, descriptor={**field.descriptor, "missingValues": [mark]}) for field in schema.fields)
    return replace(schema, fields=tuple(fields), missing_values=(mark,))


def _is_foreign(value: Any, field: Field) -> bool:
    """Whether a value of JSON is of another type than its column; a text is judged by its form."""
    if value is None or isinstance(value, str) or "type" not in field.descriptor or field.type == "any":
        return False
    return not {field.type, f"{field.type} {field.format}"} & {*_TYPES_OF[type(value)]}


def _is_readable(text: str, field: Field) -> bool:
    try:
        reader(field)(text)
    except ValueError:
        return False
    return True


def _text(value: Any, field: Field) -> str | None:
    """A value of JSON in the form that its column has for it; None where it is missing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) and field.type == "boolean":
        options: Iterable[str] = field.descriptor.get(f"{str(value).lower()}Values") or [str(value).lower()]
        # Whatever can be gone through is taken for a list, as by the reader.
        return next(iter(options))
    if isinstance(value, float) and field.type == "integer" and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and field.type == "year":
        return f"{value:0{5 if value < 0 else 4}d}"
    text = json.dumps(value, ensure_ascii=False)
    return text.replace(".", field.descriptor.get("decimalChar", ".")) if field.type == "number" else text
