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
    schema = _definition(table)
    rows = list(vocabulary)
    for field in schema["fields"]:
        _word_example(field)
        if "vocabulary" in field:
            _close(field, f"{table}.{field['name']}", rows)
    return schema


def coding_resource(table: str, coding: str) -> str:
    """The name of the resource that holds a table of a coding."""
    return f"{coding}-{table}"


def is_of_coding(resource: str) -> bool:
    """Whether a resource, by its name, holds a table of a coding that is kept as it came."""
    return resource not in CODED_TABLES and resource.rpartition("-")[2] in CODED_TABLES


def _definition(table: str) -> dict[str, Any]:
    path = files(__package__).joinpath("tables", f"{table}.json")
    if not path.is_file():
        return _described(table)
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema


def _described(table: str) -> dict[str, Any]:
    # A wheel has the definitions in its descriptor alone, where the vocabulary has filled the closed lists.
    descriptor = json.loads(files("ceasefire_talks").joinpath("datapackage.json").read_text("utf-8"))
    schemas: dict[str, dict[str, Any]] = {resource["name"]: resource["schema"] for resource in descriptor["resources"]}
    standard = json.loads(_read("standard-codes.json")).get(table, {})
    for field in schemas[table]["fields"]:
        if field.pop("categories", None):
            del field["constraints"]["enum"]
            if not field["constraints"]:
                del field["constraints"]
        if field["name"] in standard:
            field["standardCodes"] = standard[field["name"]]
    return schemas[table]


def _read(*path: str) -> str:
    return files(__package__).joinpath(*path).read_text("utf-8")


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
