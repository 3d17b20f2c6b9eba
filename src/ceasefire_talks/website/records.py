"""The page of a record: all that the package says of it, gathered once for all records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial

from ceasefire_talks.package.corroboration import SUBJECTS
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.publishing.citation.apa import as_apa
from ceasefire_talks.publishing.citation.reference import of_release
from ceasefire_talks.publishing.citation.subset import Subset, select
from ceasefire_talks.schema.model import Field, TableSchema
from ceasefire_talks.website.addresses import record_path, web_address
from ceasefire_talks.website.cells import Cell, TableRow, in_articles, table_rows

EVIDENCE, REPORTS, CHANGES = "evidence", "corroborations", "changes"
# Beyond this a page only says how many rows refer to its record: the table itself is the place to read them.
MOST_MENTIONS = 100
MOST_ABOUT = 250


@dataclass(frozen=True, slots=True)
class Mention:
    """A row that refers to a record, in words."""

    id: str
    href: str
    text: str


@dataclass(slots=True)
class Mentions:
    """The rows of one table that refer to a record in one column; the first of them, and how many there are."""

    table: str
    column: Field
    first: list[Mention] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What the page of a record shows.

    Attributes:
        path: relative to the root of the site; `base` leads back there.
        title: of its table.
        label: what the record is, in a line; empty where its table has no such column.
        filled: its fields that are filled, with their cells; `empty`, the others.
        evidence: its rows of the evidence table, `reports` those of the corroborations, of very many the first;
            `counts`, how many there are.
        changes: its rows of the change ledger.
        mentions: what refers to it, by table and column.
        citation: how to cite it.
        withdrawn: the row of the ledger that withdrew it.
        in_article: where the page of its article shows it; empty where none does.
    """

    path: str
    base: str
    table: str
    title: str
    id: str
    label: str
    filled: list[tuple[Field, Cell]]
    empty: list[Field]
    evidence: list[TableRow]
    reports: list[tuple[TableRow, str]]
    changes: list[TableRow]
    mentions: list[Mentions]
    citation: str
    withdrawn: Row | None = None
    in_article: str = ""
    counts: tuple[int, int] = (0, 0)


class Records:
    """All records of a package, indexed by what refers to what, so that each page takes the same little time."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.rows = {table: table_rows(package, table) for table in package.tables}

    def rows_of(self, table: str) -> list[TableRow]:
        """The rows of a table, or of one that a coding keeps beside it."""
        return self.rows[table] if table in self.rows else table_rows(self.package, table)

    def pages(self) -> Iterator[tuple[str, Callable[[], RecordPage]]]:
        """Where the page of each record lies, of the withdrawn ones last, with what gathers its content."""
        for table, rows in self.rows.items():
            schema = self.package.schema(table)
            yield from ((row.href, partial(self._page, schema, row)) for row in rows)
        yield from self._withdrawn()

    def _page(self, schema: TableSchema, row: TableRow) -> RecordPage:
        filled = [(f, row.cells[f.name]) for f in schema.fields if row.cells[f.name].text]
        evidence, reports = (self._about[table].get((schema.name, row.id), []) for table in (EVIDENCE, REPORTS))
        return RecordPage(
            path=row.href,
            base="../" * row.href.count("/"),
            table=schema.name,
            title=schema.title,
            id=row.id,
            label=row.cells[schema.label_field].text if schema.label_field else "",
            filled=filled,
            empty=[f for f in schema.fields if not row.cells[f.name].text],
            evidence=evidence[:MOST_ABOUT],
            reports=[(r, self._web[r.cells["source_id"].text]) for r in reports[:MOST_ABOUT]],
            changes=[*self._changes.get(f"{schema.name}/{row.id}", []), *self._changes.get(row.id, [])],
            mentions=list(self._mentions.get((schema.name, row.id), {}).values()),
            citation=self._citation(schema.name, row.id),
            in_article=self._in_articles.get(schema.name, {}).get(row.id, ""),
            counts=(len(evidence), len(reports)),
        )

    def _withdrawn(self) -> Iterator[tuple[str, Callable[[], RecordPage]]]:
        for change in self.package.records(CHANGES) if CHANGES in self.rows else []:
            table, _, own_id = change["record"].rpartition("/")
            if change["column"] is None and change["new"] is None and table in self.rows:
                schema = self.package.schema(table)
                yield record_path(schema, own_id), partial(self._tombstone, schema, own_id, change)

    def _tombstone(self, schema: TableSchema, own_id: str, change: Row) -> RecordPage:
        path = record_path(schema, own_id)
        return RecordPage(
            path, "../" * path.count("/"), schema.name, schema.title, own_id, "", [], [], [], [],
            self._changes[change["record"]], [], "", change,
        )  # fmt: skip

    @cached_property
    def _about(self) -> dict[str, dict[tuple[str, str], list[TableRow]]]:
        return {table: self._by_subject(table) for table in (EVIDENCE, REPORTS)}

    def _by_subject(self, table: str) -> dict[tuple[str, str], list[TableRow]]:
        found: dict[tuple[str, str], list[TableRow]] = defaultdict(list)
        columns = {"place_id": "places", **{column: subject for subject, column in SUBJECTS.items()}}
        for row in self.rows.get(table, []):
            for column, subject in columns.items():
                if column in row.cells and row.cells[column].text:
                    found[subject, row.cells[column].text].append(row)
        return found

    @cached_property
    def _in_articles(self) -> dict[str, dict[str, str]]:
        return {table: in_articles(self.package, table) for table in ("sources", "sentences", EVIDENCE)}

    @cached_property
    def _web(self) -> dict[str, str]:
        sources = self.package.records("sources") if "sources" in self.rows else []
        return defaultdict(str, {row["source_id"]: web_address(row["url"] or "") for row in sources})

    @cached_property
    def _changes(self) -> dict[str, list[TableRow]]:
        found: dict[str, list[TableRow]] = defaultdict(list)
        for row in self.rows.get(CHANGES, []):
            found[row.cells["record"].text].append(row)
        return found

    @cached_property
    def _mentions(self) -> dict[tuple[str, str], dict[tuple[str, str], Mentions]]:
        found: dict[tuple[str, str], dict[tuple[str, str], Mentions]] = defaultdict(dict)
        for table, column, target, row in self._references():
            schema = self.package.schema(table)
            group = found[target, row.cells[column].text].setdefault(
                (table, column), Mentions(table, schema.field(column))
            )
            group.count += 1
            if group.count <= MOST_MENTIONS:
                group.first.append(Mention(row.id, row.href, _in_words(schema, row, column)))
        return found

    def _references(self) -> Iterator[tuple[str, str, str, TableRow]]:
        # What a page shows in a section of its own is no mention.
        shown = {(table, column) for table in (EVIDENCE, REPORTS) for column in ("place_id", *SUBJECTS.values())}
        for table, rows in self.rows.items():
            for key in self.package.schema(table).foreign_keys:
                if len(key.fields) == 1 and (table, key.fields[0]) not in shown:
                    yield from ((table, key.fields[0], key.table, r) for r in rows if r.cells[key.fields[0]].text)

    @cached_property
    def _all(self) -> Subset:
        return select(self.package, self.package.tables)

    @cached_property
    def _shared_ids(self) -> set[str]:
        ids = [record for lines in self._all.rows.values() for record in lines]
        seen: set[str] = set()
        return {record for record in ids if record in seen or seen.add(record)}  # type: ignore[func-returns-value]

    def _citation(self, table: str, record: str) -> str:
        name = f"{table}/{record}" if record in self._shared_ids else record
        row = Subset({table: self._all.headers[table]}, {table: {record: self._all.rows[table][record]}}, (name,))
        descriptor = self.package.descriptor
        return as_apa([of_release(descriptor, note=row.statement(descriptor["version"]))])


def _in_words(schema: TableSchema, row: TableRow, but: str) -> str:
    if schema.label_field:
        return row.cells[schema.label_field].text
    left_out = {but, "sentence_id", "note", "start", "end"}
    if len(schema.primary_key) == 1:
        left_out.update(schema.primary_key)
    told = [cell.name for name, cell in row.cells.items() if name not in left_out and cell.text]
    return ", ".join(told)
