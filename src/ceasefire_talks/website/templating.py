"""The templates of the site, every value in them escaped."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from ceasefire_talks.website.addresses import anchor, from_page
from ceasefire_talks.website.page import numbered


def render(template: str, **context: Any) -> str:
    """The text that a template makes of its context."""
    return _templates().get_template(f"{template}.jinja").render(context)


def code_spans(text: str) -> Markup:
    """Escaped text in which what stands between backticks is marked up as code."""
    parts = re.split(r"`([^`]+)`", text)
    marked = [escape(part) if n % 2 == 0 else Markup("<code>{}</code>").format(part) for n, part in enumerate(parts)]
    return Markup("").join(marked)


def plain(text: str) -> Markup:
    """Text that Markdown takes for nothing but text: all that could be markup is written as an entity."""
    return Markup("").join(c if c.isalnum() or c == " " else Markup("&#{};").format(ord(c)) for c in text)


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ceasefire_talks.website"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code_spans"] = code_spans
    environment.filters["plain"] = plain
    environment.filters["numbered"] = numbered
    environment.filters["from_page"] = from_page
    environment.globals["anchor"] = anchor
    return environment
