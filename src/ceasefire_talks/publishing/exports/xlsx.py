"""The tables as a workbook for Excel and LibreOffice: typed cells, so that no program has to guess what a cell is."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ceasefire_talks.package.errors import PackageError, needs_extra
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.citation import cite
from ceasefire_talks.publishing.exports.tables import labelled_fields, schemas

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
EXACT_DIGITS = 10**15
FIRST_DAY = date(1900, 3, 1)
WIDTHS = {"integer": 12, "number": 12, "boolean": 10, "date": 12, "string": 24}
FORMATS = {"string": "@", "integer": "0", "number": "General", "boolean": "General", "date": "yyyy-mm-dd"}
COLUMNS = ("table", "column", "title", "type", "unit", "required", "description")
CODES = ("table", "column", "code", "label")


def workbook(package: Package) -> bytes:
    """Every table as a sheet with a frozen header, then the sheets `columns` and `codes`; the first is `about`.

    Texts are text cells (never a formula, a number or a date), days are dates, and what a cell of that type cannot hold
    exactly (days before March 1900, integers of more than 15 digits) is text.

    Raises:
        MissingExtraError: the `release` extra is not installed.
        PackageError: a text is longer than a cell can hold.
    """
    with needs_extra("release"):
        from xlsxwriter import Workbook
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        created = datetime.fromisoformat(package.descriptor["created"]).replace(tzinfo=None)
        book.set_properties({"title": package.descriptor["title"], "created": created})
        _sheet(book, "about", ("property", "value"), ("string", "string"), _about(package))
        for schema in schemas(package):
            types = [field.type for field in schema.fields]
            rows = (list(row.values()) for row in package.records(schema.name))
            _sheet(book, schema.name[:LONGEST_NAME], schema.columns, types, rows)
        _sheet(book, "columns", COLUMNS, ("string",) * len(COLUMNS), _columns(package))
        _sheet(book, "codes", CODES, ("string",) * len(CODES), _codes(package))
    return file.getvalue()


def _about(package: Package) -> Iterator[tuple[str, str]]:
    d = package.descriptor
    yield from ((name, d[name]) for name in ("title", "version", "created", "description"))
    yield "citation", cite(d, "apa")
    yield from (("licence", licence.get("title") or licence["name"]) for licence in d["licenses"])
    yield "empty cells", "not stated, unknown or not applicable"
    yield "times and dates", "days as dates; columns described as EDTF are text"


def _columns(package: Package) -> Iterator[Sequence[str]]:
    for schema in schemas(package):
        for field in schema.fields:
            unit, required = field.descriptor.get("unit", ""), "yes" if field.required else "no"
            yield schema.name, field.name, field.title, field.type, unit, required, field.description


def _codes(package: Package) -> Iterator[Sequence[str]]:
    for schema in schemas(package):
        for field in labelled_fields(schema):
            yield from ((schema.name, field.name, code, label) for code, label in field.labels.items())


def _sheet(book: Workbook, name: str, header: Sequence[str], types: Sequence[str], rows: Any) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "num_format": "@"})
    formats = {type_: book.add_format({"num_format": FORMATS.get(type_, "@")}) for type_ in dict.fromkeys(types)}
    sheet.freeze_panes(1, 0)
    for column, (title, type_) in enumerate(zip(header, types, strict=True)):
        sheet.set_column(column, column, WIDTHS.get(type_, WIDTHS["string"]), formats[type_])
        sheet.write_string(0, column, title, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, (value, type_) in enumerate(zip(row, types, strict=True)):
            if value is not None:
                _write(sheet, (last, column), value, formats[type_])
    sheet.autofilter(0, 0, last, len(header) - 1)


def _write(sheet: Worksheet, cell: tuple[int, int], value: Any, style: Format) -> None:
    writers: dict[type, Callable[..., Any]] = {
        bool: sheet.write_boolean,
        int: sheet.write_number,
        float: sheet.write_number,
        date: sheet.write_datetime,
    }
    if type(value) not in writers or not _exact(value):
        if len(str(value)) > LONGEST_TEXT:
            raise PackageError(f"cell {cell} of sheet {sheet.name} is longer than {LONGEST_TEXT} characters")
        sheet.write_string(*cell, str(value), style)
    else:
        writers[type(value)](*cell, value, style)


def _exact(value: Any) -> bool:
    if isinstance(value, date):
        return value >= FIRST_DAY
    return not isinstance(value, int) or abs(value) < EXACT_DIGITS
