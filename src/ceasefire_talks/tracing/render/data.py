"""Findings as plain values, for JSON. The sentences of the copy are left out, so that a log may hold the rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

from ceasefire_talks.tracing.findings import Findings, Place

# Words of the copy, in the sentences, in the spans of their evidence, and besides.
_WORDS_OF_THE_COPY = {"sentences": ("text",), "rows": ("words",), "new": ("text",)}


def as_data(findings: Findings) -> dict[str, Any]:
    """The findings as dicts, lists, strings, numbers, booleans and None; `place` is `file:line`."""
    data: dict[str, Any] = {"ok": findings.ok, "summary": findings.summary}
    for field in fields(findings):
        value = getattr(findings, field.name)
        data[field.name] = _list(field.name, value) if isinstance(value, tuple) else value
    return data


def _list(name: str, findings: tuple[Any, ...]) -> list[dict[str, Any]]:
    left_out = _WORDS_OF_THE_COPY.get(name, ())
    return [
        {field.name: _plain(getattr(one, field.name)) for field in fields(one) if field.name not in left_out}
        for one in findings
    ]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, (Place, dt.date)) else value
