"""A difference as plain values, for JSON."""

from __future__ import annotations

from typing import Any

from ceasefire_talks.publishing.diff.model import PackageDiff, Redefinition, Row, TableDiff


def as_data(diff: PackageDiff) -> dict[str, Any]:
    """The whole difference: dicts, lists, texts, numbers and None.

    Returns:
        `same`, `old` and `new` (each `name` and `version`), `metadata`, `uncompared`, and `tables` by name, each with
        `key`, `definitions`, `added` and `removed` (rows as `key` and filled `cells`), and `changed` (rows as `key`
        and `cells`, each `[old, new]`).
    """
    names = zip(("old", "new"), (diff.old, diff.new), diff.versions, strict=True)
    return {
        "same": not diff,
        **{side: {"name": name, "version": version} for side, name, version in names},
        "metadata": [_definition(change) for change in diff.metadata],
        "tables": {table.table: _table(table) for table in diff.tables},
        "uncompared": list(diff.uncompared),
    }


def _table(table: TableDiff) -> dict[str, Any]:
    return {
        "key": list(table.key),
        "definitions": [_definition(change) for change in table.definitions],
        "added": [_row(row) for row in table.added],
        "removed": [_row(row) for row in table.removed],
        "changed": [
            {"key": list(row.key), "cells": {column: list(cells) for column, cells in row.cells.items()}}
            for row in table.changed
        ],
    }


def _row(row: Row) -> dict[str, Any]:
    return {"key": list(row.key), "cells": dict(row.cells)}


def _definition(change: Redefinition) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "column": change.column,
        "property": change.property,
        "old": change.old,
        "new": change.new,
    }
