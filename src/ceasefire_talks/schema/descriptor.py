"""datapackage.json, made from the definition, the package's own metadata and the files that are there."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from ceasefire_talks.schema.codings import coding_schema
from ceasefire_talks.schema.definition import CODED_TABLES, TABLES, coding_resource, table_schema

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
GENERATED = ("$schema", "sources", "resources")
DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}
# What a package has besides once two codings of its text have been compared.
COMPARISON_TABLES = ("agreement", "adjudication")


def build(root: Path, metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The descriptor of the package in `root`, whose tables lie in `root/data`, codings in `root/data/codings/NAME`.

    Args:
        root: the package's folder.
        metadata: what it says of the package as a whole (name, title, version, ...); what `metadata_of` finds by
            default.

    Raises:
        FileNotFoundError: a table's file is missing.
        ValueError: the descriptor that is there is not a JSON object.
    """
    vocabulary = _records(root / "data" / "vocabulary.csv")
    for row in vocabulary:
        row["rank"] = int(row["rank"]) if row["rank"] else 0
    traced = [row for row in _records(root / "data" / "sources.csv") if row["trace_level"] == "sentence"]
    sources = [{"title": row["title"], "path": row["url"]} for row in traced]
    return {
        "$schema": PROFILE,
        **(metadata_of(root) if metadata is None else metadata),
        **({"sources": sources} if sources else {}),
        "resources": [*_tables(root, vocabulary), *_codings(root, vocabulary)],
    }


def metadata_of(root: Path) -> Mapping[str, Any]:
    """What the package in `root` says of itself as a whole: its own descriptor's words, or this release's.

    The release's metadata hold where there is no descriptor, and where the descriptor bears this release's name.

    Raises:
        ValueError: the descriptor that is there is not a JSON object.
    """
    release = package_metadata()
    path = root / "datapackage.json"
    there = _json_object(path) if path.is_file() else release
    if there.get("name") == release["name"]:
        return release
    return {name: value for name, value in there.items() if name not in GENERATED}


def package_metadata() -> dict[str, Any]:
    """What the descriptor says of the package as a whole: name, version, licences, contributors."""
    metadata: dict[str, Any] = json.loads(files(__package__).joinpath("package.json").read_text("utf-8"))
    return metadata


def _json_object(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name} is not JSON ({error}), and it says whose package this is; correct it") from error
    if isinstance(content, dict):
        return content
    raise ValueError(f"{path.name} is not a JSON object, and it says whose package this is; correct it")


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
