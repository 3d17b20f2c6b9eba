"""What any citation format needs to know of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ceasefire_talks.package.package import Row

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)

DATASET = "dataset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A dataset, or a source that its rows come from. What is not known is empty; nothing is made up.

    Attributes:
        key: what a bibliography calls it; letters, digits, `-`, `_`.
        kind: `dataset`, or a kind of the sources table.
        title: its title.
        authors: names as they are to be printed; organisations and persons are not told apart.
        issued: the day, as YYYY-MM-DD.
        accessed: the day it was read, as YYYY-MM-DD.
        version: of a dataset.
        publisher: the medium or organisation.
        url: where it is.
        doi: its DOI, without a resolver.
        language: as BCP 47.
        licences: SPDX identifiers.
        abstract: what it is.
        keywords: its subjects.
        note: which part of it is meant.
    """

    key: str
    kind: str
    title: str
    authors: tuple[str, ...] = ()
    issued: str = ""
    accessed: str = ""
    version: str = ""
    publisher: str = ""
    url: str = ""
    doi: str = ""
    language: str = ""
    licences: tuple[str, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    note: str = ""

    @property
    def year(self) -> str:
        """The year of issue; empty where it is not known."""
        return self.issued[:4]

    @property
    def link(self) -> str:
        """The DOI as an address, else the address itself."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


def of_release(descriptor: Mapping[str, Any], note: str = "") -> Reference:
    """The release that a descriptor describes."""
    contributors = descriptor.get("contributors", ())
    return Reference(
        key=re.sub("[^A-Za-z0-9]+", "_", f"{descriptor['name']}-{descriptor['version']}"),
        kind=DATASET,
        title=descriptor["title"],
        authors=tuple(_line(c["title"]) for c in contributors if "creator" in c.get("roles", ())),
        issued=descriptor["created"][:10],
        version=descriptor["version"],
        url=_address(descriptor.get("homepage", "")),
        doi=doi(descriptor),
        licences=tuple(licence["name"] for licence in descriptor.get("licenses", ()) if "name" in licence),
        abstract=_line(descriptor.get("description", "")),
        keywords=tuple(map(_line, descriptor.get("keywords", ()))),
        note=note,
    )


def of_source(row: Row) -> Reference:
    """A row of the sources table."""
    text = {column: "" if value is None else str(value) for column, value in row.items()}
    return Reference(
        key=text["source_id"],
        kind=text["kind"],
        title=text["title"],
        authors=(text["author"],) if text["author"] else (),
        issued=text["published"],
        accessed=text["accessed"],
        publisher=text["publisher"],
        url=_address(text["url"]),
        language=text["language"],
    )


def doi(descriptor: Mapping[str, Any]) -> str:
    """The DOI that a descriptor names as `doi` or `id`; empty where it has none."""
    for name in ("doi", "id"):
        if found := _DOI.fullmatch(str(descriptor.get(name, ""))):
            return found[1]
    return ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _address(text: str) -> str:
    return text if re.fullmatch(r"https?://\S+", text) else ""
