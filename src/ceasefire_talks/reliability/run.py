"""The door to the comparison: finds the codings, and says which extra is missing before anything heavy is imported."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_talks.package.errors import needs_extra
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.package.record import cell_text
from ceasefire_talks.reliability.coding import read_coding
from ceasefire_talks.reliability.columns import columns_by_table

if TYPE_CHECKING:
    from ceasefire_talks.reliability.comparison import Comparison

AGREEMENT = "agreement"
EXTRA = "agreement"
FIRST, SECOND = "first", "second"


def agreement_rows(package: Package, first: Path | None = None, second: Path | None = None) -> list[Row]:
    """How far two codings agree, as rows of the agreement table, sorted by its key.

    Args:
        package: whose sentences were coded, and whose schemas the codings follow.
        first: a folder with a CSV file for each coded table; the package's first coding without it.
        second: the same, for its second.

    Raises:
        PackageError: a coding cannot be read.
        MissingExtraError: the `agreement` extra is not installed.
    """
    compared = _compare(package, first, second)
    from ceasefire_talks.reliability.comparison import agreement

    return agreement(compared)


def disagreement_rows(package: Package, first: Path | None = None, second: Path | None = None) -> list[Row]:
    """Everything that two codings do not have in common.

    Rows of `table`, `first_id`, `second_id`, `column`, `first` and `second`, as the adjudication table has them.

    Args:
        package: as for `agreement_rows`.
        first: as for `agreement_rows`.
        second: as for `agreement_rows`.

    Raises:
        PackageError: a coding cannot be read.
        MissingExtraError: the `agreement` extra is not installed.
    """
    compared = _compare(package, first, second)
    from ceasefire_talks.reliability.comparison import disagreements

    return [asdict(disagreement) for disagreement in disagreements(compared)]


def csv_text(rows: Sequence[Row], columns: Iterable[str]) -> str:
    """Rows in the form of the package's files."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names := list(columns))
    writer.writerows([[cell_text(row[name]) for name in names] for row in rows])
    return out.getvalue()


def drift(rows: Sequence[Row], published: Sequence[Row]) -> list[str]:
    """What is different between computed and published rows of the agreement table, one line each."""
    now, then = _by_key(rows), _by_key(published)
    return [
        f"{'.'.join(key)}: published {_shown(then.get(key))}, computed {_shown(now.get(key))}"
        for key in sorted(now.keys() | then.keys())
        if now.get(key) != then.get(key)
    ]


def agreement_line(row: Row) -> str:
    """A row of the agreement table as one line for a reader."""
    return f"{row['table']:<12} {row['column']:<14} {row['measure']:<9} {_shown(row)}"


def _compare(package: Package, first: Path | None, second: Path | None) -> Comparison:
    with needs_extra(EXTRA):
        from ceasefire_talks.reliability.comparison import compare
    folders = (first or _folder(package, FIRST), second or _folder(package, SECOND))
    one, other = (read_coding(folder, package.schemas) for folder in folders)
    sentences = [row["sentence_id"] for row in package.records("sentences")]
    return compare(one, other, columns_by_table(package.schemas), sentences)


def _folder(package: Package, coding: str) -> Path:
    return package.path(package.in_coding("events", coding)).parent


def _by_key(rows: Iterable[Row]) -> Mapping[tuple[str, str, str], Row]:
    return {(row["table"], row["column"], row["measure"]): row for row in rows}


def _shown(row: Row | None) -> str:
    if row is None:
        return "nothing"
    value = "undefined" if row["value"] is None else f"{row['value']:.3f}"
    bounds = "" if row["interval_low"] is None else f" [{row['interval_low']:.3f}, {row['interval_high']:.3f}]"
    return f"{value}{bounds} n={row['n']}"
