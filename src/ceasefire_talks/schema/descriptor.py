"""datapackage.json, made from the definition, the release's metadata and the files that are there."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ceasefire_talks.schema.definition import TABLES, package_metadata, table_schema

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def build(root: Path, metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The descriptor of the package in `root`, whose tables lie in `root/data`.

    Args:
        root: the package's folder.
        metadata: what it says of the package as a whole (name, title, version, ...); this release's by default.

    Raises:
        FileNotFoundError: a table's file is missing.
    """
    vocabulary = _records(root / "data" / "vocabulary.csv")
    for row in vocabulary:
        row["rank"] = int(row["rank"]) if row["rank"] else 0
    sources = _records(root / "data" / "sources.csv")
    return {
        "$schema": PROFILE,
        **(package_metadata() if metadata is None else metadata),
        "sources": [{"title": row["title"], "path": row["url"]} for row in sources if row["trace_level"] == "sentence"],
        "resources": [_resource(root, table, vocabulary) for table in TABLES],
    }


def serialise(descriptor: dict[str, Any]) -> bytes:
    """The descriptor as the bytes of datapackage.json."""
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(root: Path, table: str, vocabulary: list[dict[str, Any]]) -> dict[str, Any]:
    path = root / "data" / f"{table}.csv"
    data = path.read_bytes()
    schema = table_schema(table, vocabulary)
    return {
        "$schema": RESOURCE_PROFILE,
        "name": table,
        "type": "table",
        "title": schema["title"],
        "description": schema["description"],
        "path": f"data/{table}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "rows": len(_records(path)),
        "schema": schema,
    }


def _records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
