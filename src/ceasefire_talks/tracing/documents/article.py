"""Which lines of a web page are its article.

An extractor alone loses sentences: on the pages of `tests/tracing/webpages.py` trafilatura keeps 69 % of them and
readability 59 %, headlines, captions and credits above all. So the lines are read from the page itself, all of them,
and the extractor only says where the article begins and ends; between, what the page marks as furniture is left out.
"""

from __future__ import annotations

import logging
import re

import trafilatura

from ceasefire_talks.tracing.documents.webpage import Line, Page

_WORDS = re.compile(r"\w+")
_RUN = 3
_MOSTLY = 0.5
# The extractor's time grows with the square of some of these. Within them it took 5 seconds for the worst of 28 pages
# made to slow it down; beyond them, up to minutes.
_MOST_CHARACTERS = 5_000_000
_MOST_ELEMENTS = 15_000
_MOST_ATTRIBUTES = 500
_DEEPEST = 100

logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def article_lines(html: str, page: Page) -> list[Line]:
    """The lines of the article, in the order of the page: headline, dateline, caption and credit with the text.

    Args:
        html: the page.
        page: what `read_page` makes of it.
    """
    lines = page.lines
    kept = _kept(lines, _extract(html, page))
    if True not in kept:
        return [line for line in lines if _is_text(line)]
    first = kept.index(True)
    last = len(kept) - kept[::-1].index(True)
    first = _beginning(lines[:first], first)
    return [line for i, line in enumerate(lines) if kept[i] or (first <= i < last and _is_text(line))]


def _beginning(before: list[Line], first: int) -> int:
    """Where the headline is, or the first line that is no furniture."""
    headlines = (i for i, line in enumerate(before) if line.headline)
    texts = (i for i, line in enumerate(before) if _is_text(line))
    return next(headlines, next(texts, first))


def _is_text(line: Line) -> bool:
    return not line.furniture and line.linked < _MOSTLY


def _kept(lines: list[Line], extracted: str) -> list[bool]:
    words = _words(extracted)
    runs = {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    return [_is_among(line.text, runs) for line in lines]


def _is_among(text: str, runs: set[tuple[str, ...]]) -> bool:
    words = _words(text)
    own = [tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    return bool(own) and sum(run in runs for run in own) > _MOSTLY * len(own)


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())


def _extract(html: str, page: Page) -> str:
    if not _is_moderate(html, page):
        return ""
    try:
        return trafilatura.extract(html, include_comments=False) or ""
    except Exception:  # noqa: BLE001 - the extractor only advises, and a page that it fails on is read without it
        return ""


def _is_moderate(html: str, page: Page) -> bool:
    return (
        len(html) <= _MOST_CHARACTERS
        and page.elements <= _MOST_ELEMENTS
        and page.attributes <= _MOST_ATTRIBUTES
        and page.depth <= _DEEPEST
    )
