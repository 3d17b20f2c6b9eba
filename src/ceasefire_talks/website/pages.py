"""The generated pages of the site: one a table, the dictionary, the codebook, how to cite, the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from ceasefire_talks.package.package import DESCRIPTOR, Package, Row
from ceasefire_talks.publishing.citation import cite, formats
from ceasefire_talks.publishing.citation.reference import doi
from ceasefire_talks.schema.model import Field, TableSchema
from ceasefire_talks.website.addresses import is_numbered, record_path
from ceasefire_talks.website.agreement import agreement_svg
from ceasefire_talks.website.cells import Cell, TableRow, table_rows
from ceasefire_talks.website.checked_against import comparison
from ceasefire_talks.website.imprint import Imprint, imprint
from ceasefire_talks.website.pictures.map import place_map
from ceasefire_talks.website.pictures.rivals import quantities
from ceasefire_talks.website.pictures.stances import matrix
from ceasefire_talks.website.pictures.timeline import timeline
from ceasefire_talks.website.pictures.voices import affiliations, voices
from ceasefire_talks.website.prose import own_words
from ceasefire_talks.website.records import RecordPage, Records
from ceasefire_talks.website.rules import families
from ceasefire_talks.website.templating import render
from ceasefire_talks.website.verify.pages import article_files

VOCABULARY = "vocabulary"
AGREEMENT = "agreement"
# The rows of a table that one page shows without a script, and the codes that a filter may list.
ROWS_A_PAGE = 500
MOST_CODES = 60
_PROSE = {"summary", "note", "definition", "include", "exclude", "subject", "reason", "topic", "condition", "title"}


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site.

    Attributes:
        path: where it lies, relative to the root of the site's sources, with forward slashes.
        content: its Markdown or HTML; what makes it, where there are many of its kind; or the file whose bytes it is.
        in_nav: whether the navigation should lead to it; false for those that other pages lead to.
    """

    path: str
    content: str | Callable[[], str] | Path
    in_nav: bool = True

    def text(self) -> str:
        """Its content, made now if it was not before.

        Raises:
            OSError: it is a file that cannot be read.
            UnicodeError: it is a file that is not UTF-8.
        """
        if isinstance(self.content, Path):
            return self.content.read_text("utf-8")
        return self.content if isinstance(self.content, str) else self.content()


@dataclass(frozen=True, slots=True)
class Scheme:
    """One closed list of the codebook: the rows of the vocabulary, then the codes of other standards."""

    name: str
    field: Field
    rows: list[Row]
    standard: dict[str, str]


def pages(
    package: Package, program: argparse.ArgumentParser, styles: Sequence[str] = (), *, with_home: bool = False
) -> Iterator[Page]:
    """Everything of the site that is made from the package and the program's own help.

    Args:
        package: whose pages they are.
        program: the command-line program.
        styles: the style sheets that pages without MkDocs link, relative to the root of the site.
        with_home: whether to make a home page too, for a package that wrote none.
    """
    records = Records(package)
    foot = imprint(package)
    yield from _copies(package)
    yield from _table_pages(package, records, foot)
    yield from _record_pages(records, styles, foot)
    yield from _picture_pages(package, records)
    yield from (Page(*file) for file in article_files(records, styles))
    if with_home:
        yield _page(
            "index.md", template="home.md", citation=cite(package.descriptor, "apa"), package=package, foot=foot
        )
    paths = {resource["name"]: resource["path"] for resource in package.descriptor["resources"]}
    yield _page("dictionary.md", package=package, paths=paths, example=partial(_example, records))
    yield _page("codebook.md", schemes=list(schemes(package)))
    if AGREEMENT in package.tables:
        yield Page("agreement.svg", agreement_svg(package.records(AGREEMENT)))
    if "corroborations" in package.tables:
        yield _page("checked-against.md", c=comparison(package), own_words=own_words(package, "checked-against.md"))
    yield _page("rules.md", families=families())
    yield _page("cite.md", **_citations(package), package=package, imprint=foot, cited=_cited(records))
    yield _page("cli.md", program=program, commands=_subcommands(program))
    yield Page("anchoring-vectors.json", Path(str(files("ceasefire_talks.text").joinpath("vectors.json"))))


def schemes(package: Package) -> Iterator[Scheme]:
    """The closed lists in the order of the tables and their fields."""
    rows = package.records(VOCABULARY)
    for table, schema in package.schemas.items():
        for field in schema.fields:
            name = field.descriptor.get("vocabulary")
            if name is not None:
                own = [row for row in rows if row["scheme"] == name]
                known = {row["code"] for row in own}
                yield Scheme(f"{table}.{field.name}", field, own, _without(field.labels, known))


def _without(labels: dict[str, str], known: set[str]) -> dict[str, str]:
    return {code: label for code, label in labels.items() if code not in known}


def _citations(package: Package) -> dict[str, Any]:
    texts = {name: cite(package.descriptor, name) for name in formats()}
    return {"citations": texts, "has_doi": bool(doi(package.descriptor))}


def _copies(package: Package) -> Iterator[Page]:
    yield Page(DESCRIPTOR, package.root / DESCRIPTOR)
    for resource in package.descriptor["resources"]:
        yield Page(str(resource["path"]), package.path(resource["name"]))


def _example(records: Records, table: str, field: Field) -> str:
    """The example of the definition where the package holds it, else a value that it does hold."""
    values = (row.cells[field.name].text for row in records.rows[table])
    held = dict.fromkeys(value for value in values if value)
    defined = str(field.descriptor.get("example", ""))
    return defined if defined in held else next(iter(held), "")


def _cited(records: Records) -> tuple[str, list[str]]:
    """A table and two of its ids, to show how rows are cited."""
    for table, rows in records.rows.items():
        if is_numbered(records.package.schema(table)) and len(rows) > 1:
            return table, [row.id for row in rows[:2]]
    return "", []


def _record_pages(records: Records, styles: Sequence[str], foot: Imprint) -> Iterator[Page]:
    # Thousands of pages: MkDocs would take minutes, a template of our own takes a second.
    for path, gather in records.pages():
        yield Page(path, partial(_record_page, gather, styles, foot), in_nav=False)


def _record_page(gather: Callable[[], RecordPage], styles: Sequence[str], foot: Imprint) -> str:
    return render("record.html", page=gather(), styles=styles, imprint=foot)


def _picture_pages(package: Package, records: Records) -> Iterator[Page]:
    if "positions" in package.tables:
        yield _page("positions.md", matrix=matrix(package), rows=records.rows["positions"], base="")
        yield _page("actors.md", v=voices(package), members=affiliations(package))
    if "events" in package.tables:
        yield _page("timeline.md", t=timeline(package))
    if "figures" in package.tables:
        yield _page("figures.md", quantities=quantities(package))
    if "places" in package.tables:
        yield _page("map.md", map=place_map(package))


def _table_pages(package: Package, records: Records, foot: Imprint) -> Iterator[Page]:
    resources = package.descriptor["resources"]
    yield _page("tables/index.md", template="tables.md", resources=resources)
    for resource in resources:
        name = resource["name"]
        yield from _pages_of_rows(package, resource, records.rows.get(name) or table_rows(package, name), foot)


def _pages_of_rows(package: Package, resource: Row, rows: list[TableRow], foot: Imprint) -> Iterator[Page]:
    name = resource["name"]
    schema = package.schema(name)
    numbered = len(schema.primary_key) == 1 and name in package.tables
    numbers = range(1, max(len(rows) - 1, 0) // ROWS_A_PAGE + 2)
    for number in numbers:
        yield _page(
            f"tables/{name}{'' if number == 1 else f'.{number}'}.md",
            template="table.md",
            in_nav=name in package.tables and number == 1,
            resource=resource,
            schema=schema,
            kinds=[_kind(field) for field in schema.fields],
            filters=list(_filters(schema, rows)),
            folder=record_path(schema, "").removesuffix(".html") if numbered else "",
            total=len(rows),
            rows=rows[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE],
            number=number,
            numbers=numbers,
            imprint=foot,
        )


def _filters(schema: TableSchema, rows: list[TableRow]) -> Iterator[tuple[Field, list[Cell]]]:
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


def _subcommands(program: argparse.ArgumentParser, *of: str) -> dict[str, argparse.ArgumentParser]:
    groups = [action for action in program._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
    found = {}
    for name, parser in ((name, parser) for group in groups for name, parser in group.choices.items()):
        found |= {" ".join((*of, name)): parser, **_subcommands(parser, *of, name)}
    return found


def _page(path: str, *, template: str | None = None, in_nav: bool = True, **context: Any) -> Page:
    return Page(path, render(template or path, **context), in_nav)
