"""What stands at the foot of every page: whose data they are, under which terms, and what a reader must know."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs.utils.meta import get_data

from ceasefire_talks.package.package import Package, bundled_root
from ceasefire_talks.website.addresses import web_address

STATEMENT = "data-statement"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a package says of itself, in short.

    Attributes:
        licences: name and web address of each, the address empty where none is given.
        notice: a sentence that its data statement wants to see on every page; `statement`, whether there is one.
        bundled: whether it is the package that comes with the program.
    """

    title: str
    version: str
    licences: list[tuple[str, str]]
    notice: str
    statement: bool
    bundled: bool


def imprint(package: Package) -> Imprint:
    """The imprint of a package, from its descriptor and the head of its data statement."""
    descriptor = package.descriptor
    statement = package.root / "docs" / f"{STATEMENT}.md"
    head = get_data(statement.read_text("utf-8"))[1] if statement.is_file() else {}
    licences = [
        (str(one.get("name") or one.get("title")), web_address(str(one.get("path", ""))))
        for one in descriptor.get("licenses", [])
    ]
    return Imprint(
        title=str(descriptor["title"]),
        version=str(descriptor["version"]),
        licences=licences,
        notice=str(head.get("notice", "")),
        statement=statement.is_file(),
        bundled=package.root.resolve() == bundled_root().resolve(),
    )
