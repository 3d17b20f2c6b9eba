"""The Table Schemas of codings that are kept beside the tables."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from ceasefire_talks.schema.definition import CODED_TABLES, Vocabulary, coding_resource, table_schema


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


def _open(field: dict[str, Any], used: AbstractSet[str]) -> None:
    codes = field.get("constraints", {}).get("enum")
    if codes is not None and not used <= set(codes):
        del field["constraints"]["enum"], field["categories"]
        field.pop("categoriesOrdered", None)
