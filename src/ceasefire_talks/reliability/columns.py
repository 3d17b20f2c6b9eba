"""Which columns are compared, and on which scale their values lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ceasefire_talks.schema.definition import CODED_TABLES
from ceasefire_talks.schema.model import Field, TableSchema

Kind = Literal["nominal", "number", "day", "edtf"]

# Left out are words of the coder's own (names, summaries, notes, conditions), free choices of what to quote, and
# identifiers and coordinates, which do not come from the text.
COMPARED = {
    "actors": ("kind", "affiliation", "country", "talks_role", "sentence_id"),
    "places": ("kind", "part_of", "country", "sentence_id"),
    "events": (
        *("type", "status", "date", "date_min", "date_max", "date_precision", "date_basis"),
        *("place_id", "part_of", "sentence_id"),
    ),
    "participants": ("role", "sentence_id"),
    "positions": (
        *("actor_id", "voiced_by", "issue", "stance", "addressee"),
        *("date", "date_min", "date_max", "date_precision", "date_basis", "currency"),
        *("supersedes", "event_id", "sentence_id"),
    ),
    "figures": (
        *("measure", "low", "high", "qualifier", "unit", "value_text", "population", "cumulative", "claimant"),
        *("period", "as_of", "place_id", "event_id", "sentence_id"),
    ),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A compared column.

    Attributes:
        name: its name.
        kind: what its values are: codes, ids and texts without an order; numbers; days; EDTF dates.
        refers_to: the coded table whose ids it holds, if it does.
    """

    name: str
    kind: Kind
    refers_to: str | None


def compared(schema: TableSchema) -> Iterator[Column]:
    """The compared columns of a table, in order."""
    for name in COMPARED[schema.name]:
        key = schema.foreign_key(name)
        refers_to = key.table if key and key.table in CODED_TABLES else None
        yield Column(name, _kind(schema.field(name)), refers_to)


def columns_by_table(schemas: Mapping[str, TableSchema]) -> dict[str, tuple[Column, ...]]:
    """The compared columns of every coded table."""
    return {table: tuple(compared(schemas[table])) for table in COMPARED}


def _kind(field: Field) -> Kind:
    if field.type == "number":
        return "number"
    if field.type == "date":
        return "day"
    return "edtf" if field.descriptor.get("notation") == "EDTF" else "nominal"
