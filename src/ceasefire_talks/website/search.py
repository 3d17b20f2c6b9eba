"""The records in the search index, each by what it is called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from markupsafe import escape

from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.package.record import cell_text, record_key
from ceasefire_talks.website.addresses import record_path


def with_records(index: bytes, package: Package) -> bytes:
    """The index that the theme made, and in it every record of the tables whose rows have a name.

    Args:
        index: as the theme's plugin writes it, JSON.
        package: whose records they are.
    """
    content: dict[str, Any] = json.loads(index)
    content["docs"] += _entries(package)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _entries(package: Package) -> Iterator[dict[str, str]]:
    for table, schema in package.schemas.items():
        if schema.label_field is not None:
            for row in package.records(table):
                key = record_key(package, table, row)
                # The theme shows both as HTML.
                yield {
                    "location": record_path(schema, key),
                    "title": str(escape(f"{key}: {row[schema.label_field]}")),
                    "text": str(escape(f"{schema.title}. {_told(row)}")),
                }


def _told(row: Row) -> str:
    """Its other cells of prose, in which a reader may look for a word."""
    told = [
        cell_text(row[name]) for name in ("described_as", "condition", "quote", "value_text", "note") if name in row
    ]
    return " ".join(filter(None, told))
