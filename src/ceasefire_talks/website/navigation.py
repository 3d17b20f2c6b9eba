"""The navigation of a site: the same order for every package, with those pages that it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

TABLES = "Tables"
ABOUT = "About"
_ORDER: dict[str, dict[str, str]] = {
    "See": {
        "Who stands where": "positions.md",
        "Timeline": "timeline.md",
        "Figures": "figures.md",
        "Who speaks for whom": "actors.md",
        "Map": "map.md",
    },
    "Verify": {"In your browser": "verify.md", "By the program": "trace.md"},
    TABLES: {},
    "Reference": {
        "Dictionary": "dictionary.md",
        "Codebook": "codebook.md",
        "Coding rules": "coding-rules.md",
        "Checking a package": "checking.md",
        "Large packages": "engines.md",
        "Rules of the check": "rules.md",
        "Forms of cells": "forms.md",
        "Beside frictionless": "differences.md",
        "Coding the next article": "coding-the-next-article.md",
        "Anchoring": "anchoring.md",
        "Robustness": "robustness.md",
        "Speed": "speed.md",
        "Python": "api.md",
        "Command line": "cli.md",
    },
    ABOUT: {
        "Read me": "readme.md",
        "Data statement": "data-statement.md",
        "Reliability": "reliability.md",
        "Checked against": "checked-against.md",
        "How to cite": "cite.md",
        "Versions and changes": "versions.md",
        "Files of a release": "release-files.md",
        "Tested with": "clients.md",
        "Changelog": "changelog.md",
        "Dependencies": "dependencies.md",
    },
}
_FIRST = {"Home": "index.md", "Use the data": "use.md"}


def navigation(pages: Iterable[str], tables: Iterable[str]) -> list[dict[str, Any]]:
    """The navigation as MkDocs wants it.

    Args:
        pages: the Markdown pages that there are, relative to the root of the site's sources.
        tables: the names of the tables, in their order.
    """
    there = dict.fromkeys(pages)
    known = {page for section in (_FIRST, *_ORDER.values()) for page in section.values()}
    of_tables = ["tables/index.md", *(f"tables/{table}.md" for table in tables)]
    sections: dict[str, list[Any]] = {title: _present(section, there) for title, section in _ORDER.items()}
    sections[TABLES] = [page for page in of_tables if page in there]
    sections[ABOUT] += [page for page in there if page not in known and not page.startswith("tables/")]
    return [*_present(_FIRST, there), *({title: entries} for title, entries in sections.items() if entries)]


def _present(section: dict[str, str], there: dict[str, None]) -> list[dict[str, str]]:
    return [{title: page} for title, page in section.items() if page in there]
