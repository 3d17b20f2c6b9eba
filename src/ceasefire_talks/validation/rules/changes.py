"""The change ledger: what it speaks of is there, or was withdrawn and stays so."""

from __future__ import annotations

from collections.abc import Iterator

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, cells, rule
from ceasefire_talks.validation.table import Finding, rows_where

_NEEDS = {"changes": ("record", "column", "new")}


@rule(
    Code(
        "M31",
        "changed-record",
        "The change ledger speaks of a record that is neither there nor withdrawn.",
        "A row vanished without a trace.",
        "Restore the row, or withdraw it by a row of changes.csv with `column` and `new` empty.",
    ),
    _NEEDS,
)
def changed_record(tables: Tables) -> Iterator[Finding]:
    """Every record of the ledger exists or has a tombstone."""
    present, withdrawn = _present(tables), _withdrawn(tables)
    rows = cells(tables["changes"], "record")
    for row, record in zip(rows["row"], rows["record"], strict=True):
        if record not in present and record not in withdrawn:
            message = f"{quoted(record)} is in no table and was not withdrawn"
            yield Finding("changes", row, "record", message, "the id of a row")


@rule(
    Code(
        "M32",
        "withdrawn-id",
        "A withdrawn id is in use.",
        "Who cites the id means the withdrawn row and gets another.",
        "Give the row a new id.",
    ),
    _NEEDS,
)
def withdrawn_id(tables: Tables) -> Iterator[Finding]:
    """No row has an id that was withdrawn."""
    present = _present(tables)
    for record, row in _withdrawn(tables).items():
        if record in present:
            yield Finding(
                "changes", row, "record", f"{quoted(record)} is withdrawn, but is in the data", "an id not in use"
            )


def _present(tables: Tables) -> set[str]:
    keyed = (table for table in tables.values() if table.name != "changes")
    return {key for table in keyed for row in range(len(table.texts)) if (key := table.record(row)) is not None}


def _withdrawn(tables: Tables) -> dict[str, int]:
    changes = tables["changes"].texts
    tombstones = changes["record"].notna() & changes["column"].isna() & changes["new"].isna()
    rows = rows_where(tombstones)
    return dict(zip(changes["record"].iloc[rows], rows, strict=True))


RULES = (changed_record, withdrawn_id)
