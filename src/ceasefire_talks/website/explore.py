"""The pages of the tables: rows that can be searched, filtered and sorted, in pages that stay light."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from markupsafe import escape

from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.schema.model import Field, TableSchema
from ceasefire_talks.website.addresses import file_name, record_path
from ceasefire_talks.website.cells import EXTERNAL, Cell, Column, TableRow, columns
from ceasefire_talks.website.imprint import Imprint
from ceasefire_talks.website.page import Page, Part, numbered, parts
from ceasefire_talks.website.templating import render

# What one page shows of a table without a script, and the codes that a filter may list.
ROWS_A_PAGE = 500
BYTES_A_PAGE = 250_000
MOST_CODES = 60
# Of markup, around a cell, a link and a label.
_AROUND = {"row": 20, "cell": 18, "link": 20, "label": 32, "permalink": 90}
_PROSE = {"summary", "note", "definition", "include", "exclude", "subject", "reason", "topic", "condition", "title"}


def table_pages(package: Package, rows_of: Callable[[str], Sequence[TableRow]], imprint: Imprint) -> Iterator[Page]:
    """The list of the tables, the pages of each, and what the values of long tables stand for.

    Args:
        package: whose tables they are.
        rows_of: the rows of a table by its name.
        imprint: of the package.
    """
    resources = package.descriptor["resources"]
    yield Page("tables/index.md", render("tables.md", resources=resources))
    labelled: dict[str, Column] = {}
    for resource in resources:
        shares = parts(rows_of(resource["name"]), ROWS_A_PAGE, _weight, BYTES_A_PAGE)
        if len(shares) > 1:
            labelled |= {column.source: column for column in columns(package, resource["name"]).values()}
        yield from _pages_of_rows(package, resource, shares, imprint)
    for source, column in labelled.items():
        if source:
            made = partial(_labels, package, source, column)
            yield Page(f"tables/labels/{file_name(source)}.json", made, in_nav=False)


def _pages_of_rows(package: Package, resource: Row, shares: list[Part[TableRow]], imprint: Imprint) -> Iterator[Page]:
    name = resource["name"]
    schema = package.schema(name)
    kinds = [_kind(field) for field in schema.fields]
    codes = list(_filters(schema, [row for share in shares for row in share.items]))
    sources = {c: file_name(made.source) for c, made in columns(package, name).items()} if len(shares) > 1 else {}
    for share in shares:
        head = render(
            "table.md",
            resource=resource,
            schema=schema,
            kinds=kinds,
            filters=codes,
            folder=record_path(schema, "").removesuffix(".html") if name in package.tables else "",
            total=sum(len(one.items) for one in shares),
            sources=sources,
            external=EXTERNAL,
            part=share,
            imprint=imprint,
        )
        path = numbered(f"tables/{name}.md", share.number)
        in_nav = name in package.tables and share.number == 1
        yield Page(path, head, in_nav, partial(render, "rows.html", rows=share.items, kinds=kinds, schema=schema))


def _weight(row: TableRow) -> int:
    weight = _AROUND["row"] + len(escape(row.id)) + sum(map(_weight_of_cell, row.cells.values()))
    own_link = next(iter(row.cells.values())).href == row.href
    return weight if own_link else weight + _AROUND["permalink"] + len(row.href) + len(escape(row.id))


def _weight_of_cell(cell: Cell) -> int:
    weight = _AROUND["cell"] + len(escape(cell.text).encode())
    if cell.href:
        weight += _AROUND["link"] + len(escape(cell.href).encode())
    return weight + (_AROUND["label"] + len(escape(cell.gloss).encode()) if cell.gloss else 0)


def _labels(package: Package, source: str, column: Column) -> str:
    """The labels and addresses of all values of a column, for rows that a script reads from the CSV file."""
    named = {resource["name"] for resource in package.descriptor["resources"]}
    if source in named:
        values = [row[package.schema(source).primary_key[0]] for row in package.records(source)]
    else:
        values = list(column.names)
    cells = map(column.cell, values)
    return json.dumps({cell.text: [cell.gloss, cell.href] for cell in cells}, ensure_ascii=False, separators=(",", ":"))


def _filters(schema: TableSchema, rows: Sequence[TableRow]) -> Iterator[tuple[Field, list[Cell]]]:
    for field in schema.fields:
        if field.enum:
            codes = {row.cells[field.name] for row in rows if row.cells[field.name].text}
            if 1 < len(codes) <= MOST_CODES:
                yield field, sorted(codes, key=lambda cell: cell.name)


def _kind(field: Field) -> str:
    if field.type in {"integer", "number"}:
        return "number"
    if field.descriptor.get("constraints", {}).get("pattern", "").endswith("{64}$"):
        return "hash"
    return "text" if field.name in _PROSE else ""
