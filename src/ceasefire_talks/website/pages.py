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
from ceasefire_talks.schema.model import Field
from ceasefire_talks.website.addresses import is_numbered
from ceasefire_talks.website.agreement import agreement_svg
from ceasefire_talks.website.checked_against import comparison
from ceasefire_talks.website.explore import table_pages
from ceasefire_talks.website.imprint import Imprint, imprint
from ceasefire_talks.website.page import Page, numbered
from ceasefire_talks.website.pictures.map import place_map
from ceasefire_talks.website.pictures.rivals import quantities
from ceasefire_talks.website.pictures.stances import STANCES_A_CELL, matrices
from ceasefire_talks.website.pictures.timeline import timelines
from ceasefire_talks.website.pictures.voices import affiliations, voices
from ceasefire_talks.website.prose import own_words
from ceasefire_talks.website.records import RecordPage, Records
from ceasefire_talks.website.rules import families
from ceasefire_talks.website.templating import render
from ceasefire_talks.website.verify.pages import article_files

VOCABULARY = "vocabulary"
AGREEMENT = "agreement"


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
    yield from table_pages(package, records.rows_of, foot)
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
    yield from _rule_pages(styles, foot)
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


def _rule_pages(styles: Sequence[str], foot: Imprint) -> Iterator[Page]:
    for family in families():
        for rule, example in family.rules:
            page = partial(
                render, "rule.html", rule=rule, example=example, family=family.title, styles=styles, imprint=foot
            )
            yield Page(f"rules/{rule.code}.html", page, in_nav=False)


def _record_page(gather: Callable[[], RecordPage], styles: Sequence[str], foot: Imprint) -> str:
    return render("record.html", page=gather(), styles=styles, imprint=foot)


def _picture_pages(package: Package, records: Records) -> Iterator[Page]:
    if "positions" in package.tables:
        for matrix in matrices(package, records.rows["positions"]):
            late = partial(render, "positions.html", matrix=matrix, base="", most=STANCES_A_CELL)
            yield _of_many("positions.md", matrix.part.number, late, matrix=matrix)
        trees = affiliations(records.rows["actors"])
        yield _page("actors.md", v=voices(records.rows["positions"]), trees=trees)
    if "events" in package.tables:
        for t in timelines(package, records.rows["events"], records.rows["participants"]):
            yield _of_many("timeline.md", t.part.number, partial(render, "bars.html", bars=t.part.items, t=t), t=t)
    if "figures" in package.tables:
        for part in quantities(package):
            late = partial(render, "quantities.html", quantities=part.items)
            yield _of_many("figures.md", part.number, late, part=part)
    if "places" in package.tables:
        yield _page("map.md", map=place_map(package))


def _of_many(path: str, number: int, late: Callable[[], str], **context: Any) -> Page:
    return Page(numbered(path, number), render(path, **context), number == 1, late)


def _subcommands(program: argparse.ArgumentParser, *of: str) -> dict[str, argparse.ArgumentParser]:
    groups = [action for action in program._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
    found: dict[str, argparse.ArgumentParser] = {}
    for name, parser in ((name, parser) for group in groups for name, parser in group.choices.items()):
        found |= {" ".join((*of, name)): parser, **_subcommands(parser, *of, name)}
    return found


def _page(path: str, *, template: str | None = None, in_nav: bool = True, **context: Any) -> Page:
    return Page(path, render(template or path, **context), in_nav)
