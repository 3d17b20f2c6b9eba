"""What a cell of a table shows: its text, a readable label, and where a click on it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from ceasefire_talks.package.frames import readable_names
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.package.record import cell_text, record_key
from ceasefire_talks.schema.model import Field, TableSchema

_EXTERNAL = {"wikidata": "https://www.wikidata.org/wiki/{}", "geonames": "https://www.geonames.org/{}"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text, never as markup: whoever renders it escapes it.

    Attributes:
        text: the value as the CSV file has it, empty where it is missing.
        label: what the value stands for, empty where that is no different.
        href: an address relative to the folder of the table pages, or an absolute one; empty where there is none.
    """

    text: str
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table page; `id` is its anchor."""

    id: str
    cells: list[Cell]


def table_rows(package: Package, table: str) -> list[TableRow]:
    """The rows of a table, in file order, as cells that know their label and link."""
    schema = package.schema(table)
    names = {field.name: readable_names(field, schema, package) for field in schema.fields}
    return [
        TableRow(
            record_key(package, table, row),
            [_cell(schema, field, row, names[field.name] or {}) for field in schema.fields],
        )
        for row in package.records(table)
    ]


def anchor(*parts: str) -> str:
    """The fragment of an address, `#` included, that leads to the element whose id is the parts joined by `/`."""
    return "#" + quote("/".join(parts), safe="/")


def web_address(text: str) -> str:
    """The text if it is an http or https address that a page may link to, else nothing."""
    return text if urlsplit(text).scheme in {"http", "https"} else ""


def _cell(schema: TableSchema, field: Field, row: Row, names: dict[str, str]) -> Cell:
    text = cell_text(row[field.name])
    if not text:
        return Cell("")
    label = names.get(text, "")
    return Cell(text, "" if label == text else label, _href(schema, field, text))


def _href(schema: TableSchema, field: Field, text: str) -> str:
    key = schema.foreign_key(field.name)
    if key is not None:
        return f"{key.table}.html{anchor(text)}"
    if field.name in _EXTERNAL:
        return _EXTERNAL[field.name].format(quote(text))
    if field.name == "url":
        return web_address(text)
    if text in _vocabulary_codes(field):
        return f"../codebook.html{anchor(str(field.descriptor['vocabulary']), text)}"
    return ""


def _vocabulary_codes(field: Field) -> Iterable[str]:
    return (field.enum or ()) if "vocabulary" in field.descriptor else ()
