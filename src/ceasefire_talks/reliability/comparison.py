"""Two codings side by side: what matches, where they differ, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ceasefire_talks.package.package import Row
from ceasefire_talks.package.record import cell_text
from ceasefire_talks.reliability.coding import Coding
from ceasefire_talks.reliability.columns import COMPARED, Column
from ceasefire_talks.reliability.matching import Matching, in_first_ids, match
from ceasefire_talks.reliability.measures import Pair, Statistic, Unit, alpha_of, exact, interval, share
from ceasefire_talks.reliability.tolerance import TOLERANT

SENTENCES = "sentences"
OUTCOME = "outcome"
ROW = "row"
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that two codings do not have in common.

    Attributes:
        table: the table.
        first_id: the row's id in the first coding; empty where only the second has it.
        second_id: the row's id in the second coding; empty where only the first has it.
        column: the column whose values differ; empty where one coding has no such row.
        first: the first coding's cell, as its file has it.
        second: the second coding's cell, as its file has it.
    """

    table: str
    first_id: str
    second_id: str
    column: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two codings, their compared columns by table, and which of their rows are the same."""

    first: Coding
    second: Coding
    columns: Mapping[str, Sequence[Column]]
    sentences: Sequence[str]
    matching: Matching

    def rows(self, table: str) -> Iterator[tuple[Row, Row]]:
        """The rows of both codings that are the same, the second's with the first's ids."""
        for one, other in self.matching[table].pairs.items():
            second = self.second.units[table][other]
            yield self.first.units[table][one], in_first_ids(second, self.columns[table], self.matching)

    def coverage(self) -> list[Pair]:
        """For each sentence, whether it is coded in either coding."""
        return [(sentence in self.first.coded, sentence in self.second.coded) for sentence in self.sentences]


def compare(
    first: Coding, second: Coding, columns: Mapping[str, Sequence[Column]], sentences: Sequence[str]
) -> Comparison:
    """Match two codings of the same sentences."""
    return Comparison(first, second, columns, sentences, match(first, second, columns))


def disagreements(comparison: Comparison) -> Iterator[Disagreement]:
    """Everything that the two codings do not have in common, by table: rows of one alone, then differing cells."""
    for sentence, (one, other) in zip(comparison.sentences, comparison.coverage(), strict=True):
        if one != other:
            yield Disagreement(SENTENCES, sentence, sentence, OUTCOME, cell_text(one), cell_text(other))
    for table in COMPARED:
        match = comparison.matching[table]
        yield from (Disagreement(table, key, "", "", "", "") for key in match.first_only)
        yield from (Disagreement(table, "", key, "", "", "") for key in match.second_only)
        for (key, other_key), (one, other) in zip(match.pairs.items(), comparison.rows(table), strict=True):
            as_it_came = comparison.second.units[table][other_key]
            for column in comparison.columns[table]:
                if one[column.name] != other[column.name]:
                    cells = (cell_text(row[column.name]) for row in (one, as_it_came))
                    yield Disagreement(table, key, other_key, column.name, *cells)


def agreement(comparison: Comparison) -> list[Row]:
    """The rows of the agreement table, sorted by table, column and measure."""
    rows = [*_coverage(comparison)]
    for table in COMPARED:
        rows += _units(comparison, table)
        pairs = list(comparison.rows(table))
        for column in comparison.columns[table]:
            rows += _column(table, column, pairs)
    return sorted(rows, key=lambda row: (row["table"], row["column"], row["measure"]))


def _coverage(comparison: Comparison) -> Iterator[Row]:
    pairs = comparison.coverage()
    yield _measured(SENTENCES, OUTCOME, "exact", pairs, exact)
    yield from _alpha(SENTENCES, Column(OUTCOME, "nominal", None), pairs)


def _units(comparison: Comparison, table: str) -> Iterator[Row]:
    match = comparison.matching[table]
    both = [(True, True)] * len(match.pairs)
    first_only, second_only = [(True, False)] * len(match.first_only), [(False, True)] * len(match.second_only)
    yield _measured(table, ROW, "f1", [*both, *first_only, *second_only], _f1)
    yield _measured(table, ROW, "precision", [*both, *second_only], _both)
    yield _measured(table, ROW, "recall", [*both, *first_only], _both)


def _both(units: Sequence[Pair]) -> float | None:
    return share([one and other for one, other in units])


def _f1(units: Sequence[Pair]) -> float | None:
    both = sum(one and other for one, other in units)
    return 2 * both / (len(units) + both) if units else None


def _column(table: str, column: Column, rows: Sequence[tuple[Row, Row]]) -> Iterator[Row]:
    pairs = [(one[column.name], other[column.name]) for one, other in rows]
    yield from _alpha(table, column, pairs)
    yield _measured(table, column.name, "exact", pairs, exact)
    if column.kind in TOLERANT:
        tolerant = TOLERANT[column.kind]
        yield _measured(table, column.name, "tolerance", [tolerant(*pair, column.name) for pair in rows], share)


def _alpha(table: str, column: Column, pairs: Sequence[Pair]) -> Iterator[Row]:
    prepare, statistic = alpha_of(column.kind)
    yield _measured(table, column.name, "alpha", prepare(pairs), statistic)


def _measured(table: str, column: str, measure: str, units: Sequence[Unit], statistic: Statistic[Unit]) -> Row:
    value = statistic(units)
    bounds = None if value is None else interval(units, statistic)
    return {
        "table": table,
        "column": column,
        "measure": measure,
        "value": _rounded(value),
        "interval_low": _rounded(bounds[0] if bounds else None),
        "interval_high": _rounded(bounds[1] if bounds else None),
        "n": len(units),
        "note": _note(value is None, bounds is None, len(units)),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _note(undefined: bool, unbounded: bool, units: int) -> str | None:  # noqa: FBT001
    if not units:
        return "Undefined: no unit to compare."
    if undefined:
        return "Undefined: every value is the same, so that chance cannot be told from agreement."
    return "No interval: most resamples hold a single value." if unbounded else None
