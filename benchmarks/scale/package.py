"""Writes the package: streamed in batches, valid or with the planted faults."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import polars as pl

from scale.fault import Fault, write_faults
from scale.faults import moved, plan
from scale.tables import COLUMNS, Sizes, frame, schema

BATCH = 250_000
# Where cells hold line breaks, every so many-th sentence has one, beginning with the BROKEN_FIRST-th.
BROKEN_EVERY, BROKEN_FIRST, BROKEN = 13, 5, ("sentences", "text")


def write(folder: Path, total: int, *, faults: bool, line_breaks: bool = False) -> list[Fault]:
    """Write a package of about that many rows.

    Args:
        folder: made if need be.
        total: of all tables together.
        faults: whether to plant faults.
        line_breaks: whether some cells hold a line break, so that the number of a line is not that of its row.

    Returns:
        What was planted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = Sizes.of(total)
    planted = plan(sizes) if faults else []
    for table in COLUMNS:
        _write_table(folder, table, sizes, [fault for fault in planted if fault.table == table], line_breaks)
    resources = [_resource(table) for table in COLUMNS]
    descriptor = {"name": "large", "profile": "tabular-data-package", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=1), "utf-8")
    return moved(planted, _lines_before) if line_breaks else planted


def _resource(table: str) -> dict[str, object]:
    where = {"name": table, "path": f"{table}.csv", "profile": "tabular-data-resource"}
    return where | {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema(table)}


def _write_table(folder: Path, table: str, sizes: Sizes, faults: list[Fault], line_breaks: bool) -> None:  # noqa: FBT001
    with (folder / f"{table}.csv").open("wb") as file:
        for first in range(0, sizes.rows[table], BATCH):
            last = min(first + BATCH, sizes.rows[table])
            here = [fault for fault in faults if first <= fault.row < last]
            batch = _planted(frame(table, first, last, sizes), first, here)
            if line_breaks and table == BROKEN[0]:
                batch = _broken(batch, first)
            batch.write_csv(file, include_header=first == 0)


def _broken(batch: pl.DataFrame, first: int) -> pl.DataFrame:
    column = pl.col(BROKEN[1])
    rows = pl.int_range(first, first + batch.height)
    breaks = rows % BROKEN_EVERY == BROKEN_FIRST
    return batch.with_columns(pl.when(breaks).then(column.str.replace(" ", "\n")).otherwise(column))


def _lines_before(table: str, row: int) -> int:
    return (row + BROKEN_EVERY - 1 - BROKEN_FIRST) // BROKEN_EVERY if table == BROKEN[0] else 0


def _planted(batch: pl.DataFrame, first: int, faults: list[Fault]) -> pl.DataFrame:
    cells: dict[str, dict[int, str | None]] = defaultdict(dict)
    for fault in faults:
        for column, text in fault.cells.items():
            cells[column][fault.row - first] = text
    damaged = (
        batch[column].scatter(np.fromiter(texts, np.int64), pl.Series(list(texts.values()), dtype=pl.String))
        for column, texts in cells.items()
    )
    return batch.with_columns(*damaged)


def main() -> None:
    """`python -m scale.package FOLDER ROWS [valid|planted]`: the package, and its faults in FOLDER.json."""
    folder, rows, kind = sys.argv[1:]
    write_faults(Path(f"{folder}.json"), write(Path(folder), int(rows), faults=kind == "planted"))


if __name__ == "__main__":
    main()
