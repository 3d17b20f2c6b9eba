"""Pages that people wrote: those of the package itself, and those about the program, which are true of any package."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator
from pathlib import Path

from mkdocs.utils.meta import get_data

from ceasefire_talks.package.package import Package, bundled_root
from ceasefire_talks.website.addresses import web_address

FOLDER = "docs"
HOME = "index.md"
OF_THE_PROGRAM = ("anchoring.md", "trace.md", "checking.md", "coding-rules.md", "coding-the-next-article.md")
OF_THE_PACKAGE = {"README.md": "readme.md", "CHANGELOG.md": "changelog.md"}
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()\s]*)\)")


def pages_about_the_program(package: Package) -> Iterator[tuple[str, Path]]:
    """Those that the package has no page of its own for: where each lies on the site, and its file."""
    for name in OF_THE_PROGRAM:
        if not (package.root / FOLDER / name).is_file():
            yield name, bundled_root() / FOLDER / name


def pages_beside_the_data(package: Package, known: Container[str]) -> Iterator[tuple[str, str]]:
    """README and changelog as pages; the README only where the package wrote no home page.

    Args:
        package: whose they are.
        known: the other files of the site. Links that lead to none of them become their text.
    """
    has_home = (package.root / FOLDER / HOME).is_file()
    for name, page in OF_THE_PACKAGE.items():
        path = package.root / name
        if path.is_file() and not (has_home and name == "README.md"):
            yield page, with_links(path.read_text("utf-8"), known)


def own_words(package: Package, page: str) -> str:
    """What the package's own `docs/` says on a page that is generated; empty where it says nothing."""
    path = package.root / FOLDER / page
    return str(get_data(path.read_text("utf-8"))[0]) if path.is_file() else ""


def with_links(markdown: str, known: Container[str]) -> str:
    """Markdown of the package's root as it reads on the site."""
    return _LINK.sub(lambda link: _adapted(link, known), markdown)


def _adapted(link: re.Match[str], known: Container[str]) -> str:
    _, text, target = link.groups()
    path, mark, fragment = target.partition("#")
    page = posixpath.normpath(path.removeprefix(f"{FOLDER}/")) if path else ""
    page = OF_THE_PACKAGE.get(page, page)
    if web_address(target) or not path:
        return link[0]
    return f"{link[1]}[{text}]({page}{mark}{fragment})" if page in known else text
