"""The files of the site that show an article without its words and verify a reader's copy of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from ceasefire_talks.website.imprint import Imprint, imprint
from ceasefire_talks.website.records import Records
from ceasefire_talks.website.templating import render
from ceasefire_talks.website.verify.article import Article, articles

INDEX = "verify.md"
SCRIPTS = ("anchoring.js", "matching.js", "reading.js", "verify.js")
STYLE = "verify.css"


def article_files(records: Records, styles: Sequence[str] = ()) -> Iterator[tuple[str, str | Path, bool]]:
    """A page for each sentence-traced source, the page that lists them, and their scripts and style sheet.

    Args:
        records: of the package.
        styles: the style sheets of the site, relative to its root.

    Yields:
        Where a file lies, relative to the root of the site; its content, or the file whose bytes it is; and whether
        the navigation leads to it.
    """
    found = list(articles(records))
    yield INDEX, render("verify.md", articles=found), True
    for article in found:
        yield article.path, _article_page(article, imprint(records.package), styles), False
    here = files("ceasefire_talks.website.verify")
    for script in SCRIPTS:
        yield f"scripts/{script}", Path(str(here / script)), False
    yield f"stylesheets/{STYLE}", Path(str(here / STYLE)), False


def _article_page(article: Article, foot: Imprint, styles: Sequence[str]) -> str:
    return render(
        "article.html",
        article=article,
        base="../",
        styles=[*styles, f"stylesheets/{STYLE}"],
        scripts=SCRIPTS,
        ledger=_in_script(article.ledger()),
        imprint=foot,
    )


def _in_script(value: object) -> Markup:
    """JSON that no parser of HTML takes for the end of its script, or for a comment."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
