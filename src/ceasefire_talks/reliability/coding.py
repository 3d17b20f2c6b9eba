"""What one coder made of a text: rows by table, and the words that each rests on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import Row, read_rows
from ceasefire_talks.schema.definition import CODED_TABLES
from ceasefire_talks.schema.keys import KEY_SEPARATOR
from ceasefire_talks.schema.model import TableSchema

EVIDENCE = "evidence"
PARTICIPANTS = "participants"
KEYS = {
    "actors": "actor_id",
    "places": "place_id",
    "events": "event_id",
    "positions": "position_id",
    "figures": "figure_id",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a sentence; `start` and `end` count code points within it, end-exclusive."""

    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coding:
    """The units of one coding.

    Attributes:
        units: by table, then by id, the rows that the text supports; a participant's id is its event's and its
            actor's, joined by `/`.
        spans: by table, then by id, the words that support a row as a whole.
        coded: the sentences that support anything.
    """

    units: Mapping[str, Mapping[str, Row]]
    spans: Mapping[str, Mapping[str, list[Span]]]
    coded: frozenset[str]


def read_coding(folder: Path, schemas: Mapping[str, TableSchema]) -> Coding:
    """Read a folder that holds a CSV file for each coded table.

    Raises:
        PackageError: a file is missing or lacks a column, or a cell is not of its column's type.
    """
    return make_coding({table: _read(folder / f"{table}.csv", schemas[table]) for table in CODED_TABLES})


def make_coding(tables: Mapping[str, Iterable[Row]]) -> Coding:
    """The units of coded tables that were read before. Rows without a sentence do not come from the text."""
    evidence = list(tables[EVIDENCE])
    units = {
        table: {row[key]: row for row in tables[table] if row["sentence_id"] is not None} for table, key in KEYS.items()
    }
    spans = {table: _spans(evidence, key) for table, key in KEYS.items()}
    return Coding(
        {**units, PARTICIPANTS: _participants(tables[PARTICIPANTS])},
        spans,
        frozenset(row["sentence_id"] for row in evidence),
    )


def _read(path: Path, schema: TableSchema) -> list[Row]:
    try:
        rows = read_rows(path, schema)
    except OSError as error:
        raise PackageError(f"cannot read {path}: {error.strerror}; a coding has a file of that name") from error
    except KeyError as error:
        raise PackageError(f"cannot read {path}: it has an unknown column {error}") from error
    except (ValueError, csv.Error) as error:
        raise PackageError(f"cannot read {path}: {error}") from error
    missing = next((column for column in schema.columns if rows and column not in rows[0]), None)
    if missing is not None:
        raise PackageError(f"cannot read {path}: it lacks the column {missing!r}")
    return rows


def _spans(evidence: Iterable[Row], key: str) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for row in evidence:
        if row[key] is not None and row["column"] is None:
            found.setdefault(row[key], []).append(Span(row["sentence_id"], row["start"], row["end"]))
    return found


def _participants(rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        unit = found.setdefault(KEY_SEPARATOR.join((row["event_id"], row["actor_id"])), {**row, "role": ""})
        unit["role"] = "+".join(sorted(filter(None, [*unit["role"].split("+"), row["role"]])))
    return found
