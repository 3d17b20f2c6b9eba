"""The Table Schema files of this folder, with their closed lists filled from the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
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

# What a package has besides once two codings of its text have been compared.
COMPARISON_TABLES = ("agreement", "adjudication")

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


def coding_schema(table: str, coding: str, vocabulary: Vocabulary, rows: Vocabulary) -> dict[str, Any]:
    """The Table Schema of a coded table in a coding that is kept as it came.

    It is the table's own, but keys into coded tables point within the coding, and a closed list is left out where the
    coding has a code that is not in it: codebooks change, codings do not.

    Args:
        table: one of `CODED_TABLES`.
        coding: its name.
        vocabulary: rows with `scheme`, `code`, `rank` and `label`.
        rows: the coding's rows of the table.
    """
    schema = table_schema(table, vocabulary)
    schema["title"] = f"{schema['title']}, {coding} coding"
    schema["description"] = f"{schema['description']} The {coding} coding, as it came; nothing in it is corrected."
    used = list(rows)
    for field in schema["fields"]:
        if field.pop("vocabulary", None):
            _open(field, {row[field["name"]] for row in used} - {""})
    for key in schema["foreignKeys"]:
        if key["reference"]["resource"] in CODED_TABLES:
            key["reference"]["resource"] = coding_resource(key["reference"]["resource"], coding)
    return schema


def coding_resource(table: str, coding: str) -> str:
    """The name of the resource that holds a table of a coding."""
    return f"{coding}-{table}"


def is_of_coding(resource: str) -> bool:
    """Whether a resource, by its name, holds a table of a coding that is kept as it came."""
    return resource not in CODED_TABLES and resource.rpartition("-")[2] in CODED_TABLES


def package_metadata() -> dict[str, Any]:
    """What the descriptor says of the package as a whole: name, version, licences, contributors."""
    metadata: dict[str, Any] = json.loads(_read("package.json"))
    return metadata


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


def _open(field: dict[str, Any], used: AbstractSet[str]) -> None:
    codes = field.get("constraints", {}).get("enum")
    if codes is not None and not used <= set(codes):
        del field["constraints"]["enum"], field["categories"]
        field.pop("categoriesOrdered", None)
