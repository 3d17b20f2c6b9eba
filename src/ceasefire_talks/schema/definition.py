"""The Table Schema files of this folder, with their closed lists filled from the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

TABLES = (
    "sources",
    "sentences",
    "actors",
    "places",
    "events",
    "participants",
    "relations",
    "positions",
    "figures",
    "evidence",
    "corroborations",
    "vocabulary",
    "changes",
)

# What a coder writes who codes a text with the tables' codebook; the rest describes the text or judges the coding.
CODED_TABLES = ("actors", "places", "events", "participants", "positions", "figures", "evidence")

Vocabulary = Iterable[Mapping[str, Any]]


def table_schema(table: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The Table Schema of one table, complete with `enum` and `categories` of its coded fields.

    Args:
        table: one of `TABLES`.
        vocabulary: rows with `scheme`, `code`, `rank` and `label`.
    """
    schema: dict[str, Any] = json.loads(_read("tables", f"{table}.json"))
    rows = list(vocabulary)
    for field in schema["fields"]:
        _word_example(field)
        if "vocabulary" in field:
            _close(field, f"{table}.{field['name']}", rows)
    return schema


def package_metadata() -> dict[str, Any]:
    """What the descriptor says of the package as a whole: name, version, licences, contributors."""
    metadata: dict[str, Any] = json.loads(_read("package.json"))
    return metadata


def _read(*path: str) -> str:
    return files("ceasefire_talks.schema").joinpath(*path).read_text("utf-8")


def _word_example(field: dict[str, Any]) -> None:
    # The Data Package profile wants a text even where the field is a number.
    if "example" in field and not isinstance(field["example"], str):
        field["example"] = json.dumps(field["example"])


def _close(field: dict[str, Any], scheme: str, vocabulary: list[Mapping[str, Any]]) -> None:
    rows = [row for row in vocabulary if row["scheme"] == scheme]
    if field.get("categoriesOrdered"):
        rows.sort(key=lambda row: row["rank"])
    codes = [{"value": row["code"], "label": row["label"]} for row in rows] + field.pop("standardCodes", [])
    if codes:
        field["categories"] = codes
        field.setdefault("constraints", {})["enum"] = [code["value"] for code in codes]
    field["vocabulary"] = scheme
