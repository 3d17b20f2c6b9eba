"""Citations as CSL-JSON, which Zotero, pandoc and citeproc read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ceasefire_talks.publishing.citation.reference import DATASET, Reference

_TYPES = {DATASET: "dataset", "news": "article-newspaper", "report": "report"}
_OTHER = "webpage"


def as_csl_json(references: Sequence[Reference]) -> str:
    """An array with an item for each reference."""
    return json.dumps([_item(reference) for reference in references], ensure_ascii=False, indent=2)


def _item(reference: Reference) -> dict[str, Any]:
    kind = _TYPES.get(reference.kind, _OTHER)
    # A newspaper article is in its newspaper; a report is published by somebody.
    medium = "publisher" if kind in ("report", "dataset") else "container-title"
    item = {
        "id": reference.key,
        "type": kind,
        "title": reference.title,
        "author": [{"literal": name} for name in reference.authors],
        "issued": _date(reference.issued),
        "accessed": _date(reference.accessed) if reference.url else {},
        "version": reference.version,
        medium: reference.publisher,
        "DOI": reference.doi,
        "URL": reference.url,
        "language": reference.language,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _date(day: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else {}
