"""Markdown without its marks, by way of the web page that it stands for."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
# The parser's own bound of 20 drops what is nested deeper.
_DEEPEST = 100
# A run of brackets costs the square of its length.
_BRACKETS = re.compile(r"[\[\]!]{40,}")


def to_html(markdown: str) -> str:
    """CommonMark with tables and strikethrough, as HTML; the HTML within it is kept and is as untrusted as before."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    html: str = parser.render(_FOOTNOTE.sub("", _BRACKETS.sub("", markdown)))
    return html
