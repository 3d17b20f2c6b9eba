"""A difference as text: one line a table, then a line a definition, row and cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ceasefire_talks.publishing.diff.model import PackageDiff, Redefinition, TableDiff
from ceasefire_talks.validation.problem import neutral, quoted


def as_text(diff: PackageDiff, limit: int | None = None) -> Iterator[str]:
    """The lines of a difference, safe for a terminal.

    Args:
        diff: what differs.
        limit: how many rows of a kind are shown a table; all without it. The counts are always of all.
    """
    return map(neutral, _lines(diff, limit))


def summary(table: TableDiff) -> str:
    """What differs in a table, in numbers."""
    counts = {"added": table.added, "removed": table.removed, "changed": table.changed}
    rows = [f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'} {what}" for what, rows in counts.items() if rows]
    definitions = [f"{len(table.definitions)} in the definition"] if table.definitions and not table.whole else []
    return ", ".join([*([f"table {table.whole}"] if table.whole else []), *definitions, *rows])


def definition(change: Redefinition) -> str:
    """One definition that differs, in a line."""
    subject = f"column {change.column}" if change.column else ""
    if not change.property:
        return f"{subject} {change.kind}"
    words = [subject, change.property, f"{change.kind}:", f"{plain(change.old)} -> {plain(change.new)}"]
    return " ".join(word for word in words if word)


def plain(value: Any) -> str:
    """A property's value, shortened where it is long."""
    return quoted(value) if isinstance(value, str) else quoted(json.dumps(value, ensure_ascii=False))[1:-1]


def title(diff: PackageDiff) -> str:
    """Which packages were compared."""
    old, new = (f"{name} ({version})" for name, version in zip((diff.old, diff.new), diff.versions, strict=True))
    return f"{old} -> {new}"


def _lines(diff: PackageDiff, limit: int | None) -> Iterator[str]:
    yield title(diff)
    yield from (f"  package: {definition(change)}" for change in diff.metadata)
    for table in diff.tables:
        yield f"{table.table}: {summary(table)}"
        yield from _table(table, limit)
    yield from (f"not compared: {name} is no table" for name in diff.uncompared)
    if not diff:
        yield "no difference in tables, definitions and metadata"


def _table(table: TableDiff, limit: int | None) -> Iterator[str]:
    if not table.whole:
        yield from (f"  {definition(change)}" for change in table.definitions)
    for sign, rows in (("-", table.removed), ("+", table.added)):
        for row in rows[:limit]:
            yield f"  {sign} {row.record or _cells(row.cells)}"
        yield from _more(rows, limit, sign)
    for change in table.changed[:limit]:
        yield f"  ~ {change.record}"
        yield from (f"      {column}: {_cell(old)} -> {_cell(new)}" for column, (old, new) in change.cells.items())
    yield from _more(table.changed, limit, "~")


def _more(rows: Sequence[object], limit: int | None, sign: str) -> Iterator[str]:
    if limit is not None and len(rows) > limit:
        yield f"  {sign} and {len(rows) - limit:,} more"


def _cells(cells: Any) -> str:
    return ", ".join(f"{column}={_cell(cell)}" for column, cell in cells.items())


def _cell(text: str) -> str:
    return f'"{text}"' if text else "empty"
