"""datapackage.json, made from the definition, the release's metadata and the files that are there."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ceasefire_talks.schema.definition import (
    CODED_TABLES,
    COMPARISON_TABLES,
    TABLES,
    coding_resource,
    coding_schema,
    package_metadata,
    table_schema,
)

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def build(root: Path, metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The descriptor of the package in `root`, whose tables lie in `root/data`, codings in `root/data/codings/NAME`.

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
        "resources": [*_tables(root, vocabulary), *_codings(root, vocabulary)],
    }


def serialise(descriptor: dict[str, Any]) -> bytes:
    """The descriptor as the bytes of datapackage.json."""
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _tables(root: Path, vocabulary: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    compared = (table for table in COMPARISON_TABLES if (root / "data" / f"{table}.csv").is_file())
    for table in (*TABLES, *compared):
        yield _resource(table, root, f"data/{table}.csv", table_schema(table, vocabulary))


def _codings(root: Path, vocabulary: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for folder in sorted(path for path in (root / "data" / "codings").glob("*") if path.is_dir()):
        for table in CODED_TABLES:
            path = f"data/codings/{folder.name}/{table}.csv"
            schema = coding_schema(table, folder.name, vocabulary, _records(root / path))
            of_coding = {"coding": folder.name, "table": table}
            yield _resource(coding_resource(table, folder.name), root, path, schema) | of_coding


def _resource(name: str, root: Path, path: str, schema: dict[str, Any]) -> dict[str, Any]:
    data = (root / path).read_bytes()
    return {
        "$schema": RESOURCE_PROFILE,
        "name": name,
        "type": "table",
        "title": schema["title"],
        "description": schema["description"],
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "rows": len(_records(root / path)),
        "schema": schema,
    }


def _records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
