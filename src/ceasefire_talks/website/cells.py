"""What a cell of a table shows: its text, a readable label, and where a click on it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from ceasefire_talks.package.frames import readable_names
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.package.record import cell_text, record_key
from ceasefire_talks.schema.model import Field, TableSchema
from ceasefire_talks.website.addresses import anchor, article_path, record_path, web_address

EXTERNAL = {"wikidata": "https://www.wikidata.org/wiki/{}", "geonames": "https://www.geonames.org/{}"}


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


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's values stand for, and where they lead.

    Attributes:
        source: what its values come from: a table, or the scheme of a closed list; empty where they are free.
        names: a readable name for those that have one.
        href: the address of a value, relative to the root of the site, or absolute; empty where there is none.
    """

    source: str
    names: Mapping[str, str]
    href: Callable[[str], str]
    _made: dict[str, Cell] = field(default_factory=dict)

    def cell(self, text: str) -> Cell:
        """The cell that shows a value; one for all cells of that value."""
        if text not in self._made:
            label = self.names.get(text, "")
            self._made[text] = Cell(text, "" if label == text else label, self.href(text) if text else "")
        return self._made[text]


def columns(package: Package, table: str) -> dict[str, Column]:
    """The columns of a table by name."""
    schema = package.schema(table)
    return {one.name: _column(package, schema, one) for one in schema.fields}


def table_rows(package: Package, table: str) -> list[TableRow]:
    """The rows of a table, in file order, as cells that know their label and link."""
    schema = package.schema(table)
    makers = {name: column.cell for name, column in columns(package, table).items()}
    return [
        _row(package, schema, row, {name: make(cell_text(row[name])) for name, make in makers.items()})
        for row in package.records(table)
    ]


def _row(package: Package, schema: TableSchema, row: Row, cells: dict[str, Cell]) -> TableRow:
    key = record_key(package, schema.name, row)
    return TableRow(key, record_path(schema, key) if schema.name in package.schemas else "", cells)


def in_articles(package: Package, table: str) -> dict[str, str]:
    """Where the pages of articles show the sources, the sentences or the rows of evidence, by id."""
    if not {"sources", "sentences", "evidence"} <= set(package.tables):
        return {}
    if table == "sources":
        rows = [row["source_id"] for row in package.records(table) if row["trace_level"] == "sentence"]
        return {source: article_path(package.schema(table), source) for source in rows}
    if table == "sentences":
        return _anchored(package, table, "sentence_id", "source_id", in_articles(package, "sources"))
    if table == "evidence":
        pages = {sentence: page.partition("#")[0] for sentence, page in in_articles(package, "sentences").items()}
        return _anchored(package, table, "evidence_id", "sentence_id", pages)
    return {}


def _anchored(package: Package, table: str, key: str, within: str, pages: Mapping[str, str]) -> dict[str, str]:
    rows = package.records(table)
    return {row[key]: pages[row[within]] + anchor(row[key]) for row in rows if row[within] in pages}


def _column(package: Package, schema: TableSchema, one: Field) -> Column:
    names = readable_names(one, schema, package) or {}
    key = schema.foreign_key(one.name)
    if key is not None:
        return Column(key.table, names, _href_of_key(package, key.table))
    if "vocabulary" in one.descriptor:
        scheme = str(one.descriptor["vocabulary"])
        return Column(scheme, names, _href_of_code(scheme, one))
    return Column("", names, _href_of_text(package, schema, one))


def _href_of_key(package: Package, table: str) -> Callable[[str], str]:
    schema = package.schema(table)
    # Rows of a coding that is kept beside the tables have no pages of their own.
    if table not in package.schemas:
        return lambda text: f"tables/{table}.html{anchor(text)}"
    shown = in_articles(package, table)
    return lambda text: shown.get(text) or record_path(schema, text)


def _href_of_code(scheme: str, one: Field) -> Callable[[str], str]:
    codes = set(one.enum or ())
    return lambda text: f"codebook.html{anchor(scheme, text)}" if text in codes else ""


def _href_of_text(package: Package, schema: TableSchema, one: Field) -> Callable[[str], str]:
    if (one.name,) == schema.primary_key and schema.name in package.schemas:
        return lambda text: record_path(schema, text)
    if one.name in EXTERNAL:
        pattern = EXTERNAL[one.name]
        return lambda text: pattern.format(quote(text))
    return web_address if one.name == "url" else lambda _: ""
