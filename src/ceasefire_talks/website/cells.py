"""What a cell of a table shows: its text, a readable label, and where a click on it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from ceasefire_talks.package.frames import readable_names
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.package.record import cell_text, record_key
from ceasefire_talks.schema.model import Field, TableSchema
from ceasefire_talks.website.addresses import anchor, record_path, web_address

__all__ = ["Cell", "TableRow", "anchor", "table_rows", "web_address"]

_EXTERNAL = {"wikidata": "https://www.wikidata.org/wiki/{}", "geonames": "https://www.geonames.org/{}"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text, never as markup: whoever renders it escapes it.

    Attributes:
        text: the value as the CSV file has it, empty where it is missing.
        label: what the value stands for, empty where that is no different.
        href: an address relative to the root of the site, or an absolute one; empty where there is none.
    """

    text: str
    label: str = ""
    href: str = ""

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.label or self.text

    @property
    def gloss(self) -> str:
        """The label, where it says more than the text beside it."""
        return "" if self.label.casefold() == self.text.casefold() else self.label


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table.

    Attributes:
        id: its primary key, joined by `/`; its anchor on the table's page.
        href: its own page, relative to the root of the site; empty where it has none.
        cells: by column.
    """

    id: str
    href: str
    cells: dict[str, Cell]


def table_rows(package: Package, table: str) -> list[TableRow]:
    """The rows of a table, in file order, as cells that know their label and link."""
    schema = package.schema(table)
    names = {field.name: readable_names(field, schema, package) for field in schema.fields}
    return [
        _row(package, schema, row, {f.name: _cell(package, schema, f, row, names[f.name] or {}) for f in schema.fields})
        for row in package.records(table)
    ]


def _row(package: Package, schema: TableSchema, row: Row, cells: dict[str, Cell]) -> TableRow:
    key = record_key(package, schema.name, row)
    return TableRow(key, record_path(schema, key) if schema.name in package.schemas else "", cells)


def _cell(package: Package, schema: TableSchema, field: Field, row: Row, names: dict[str, str]) -> Cell:
    text = cell_text(row[field.name])
    if not text:
        return Cell("")
    label = names.get(text, "")
    return Cell(text, "" if label == text else label, _href(package, schema, field, text))


def _href(package: Package, schema: TableSchema, field: Field, text: str) -> str:
    if schema.foreign_key(field.name) is not None:
        return _target(package, schema, field, text)
    if (field.name,) == schema.primary_key and schema.name in package.schemas:
        return record_path(schema, text)
    if field.name in _EXTERNAL:
        return _EXTERNAL[field.name].format(quote(text))
    if field.name == "url":
        return web_address(text)
    if text in _vocabulary_codes(field):
        return f"codebook.html{anchor(str(field.descriptor['vocabulary']), text)}"
    return ""


def _target(package: Package, schema: TableSchema, field: Field, text: str) -> str:
    key = schema.foreign_key(field.name)
    if key is None:
        return ""
    # Rows of a coding that is kept beside the tables have no pages of their own.
    own_page = key.table in package.schemas
    return record_path(package.schema(key.table), text) if own_page else f"tables/{key.table}.html{anchor(text)}"


def _vocabulary_codes(field: Field) -> Iterable[str]:
    return (field.enum or ()) if "vocabulary" in field.descriptor else ()
