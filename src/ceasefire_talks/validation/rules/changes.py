"""The change ledger: what it speaks of is there, or was withdrawn and stays so."""

from __future__ import annotations

from collections.abc import Iterator

from ceasefire_talks.schema.definition import is_of_coding
from ceasefire_talks.schema.keys import KEY_SEPARATOR
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, rule

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
    for row, record in tables["changes"].each("record"):
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
    present: set[str] = set()
    for name, table in tables.items():
        if name != "changes" and table.schema.primary_key and not is_of_coding(name):
            keys = [KEY_SEPARATOR.join(key) for _, *key in table.each(*table.schema.primary_key)]
            present |= {*keys, *(f"{name}{KEY_SEPARATOR}{key}" for key in keys)}
    return present


def _withdrawn(tables: Tables) -> dict[str, int]:
    columns, values = tables["changes"].column("column"), tables["changes"].column("new")
    rows = tables["changes"].each("record")
    return {record: row for row, record in rows if columns[row] is None and values[row] is None}


RULES = (changed_record, withdrawn_id)
