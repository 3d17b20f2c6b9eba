"""Figures read anew from their words: bounds, hedge, and the unit where the words hold one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ceasefire_talks.package.record import cell_text
from ceasefire_talks.text.quantities import Quantity, QuantityError, read_quantity
from ceasefire_talks.tracing.coded import Coded, PlacedRow
from ceasefire_talks.tracing.findings import FigureFinding, RowFinding

_OF_A_WHOLE = "1"
_COMPARED = ("low", "high", "qualifier", "unit")


def recompute_figures(coded: Coded, rows: Iterable[RowFinding]) -> Iterator[FigureFinding]:
    """A finding for each figure, from the words that its evidence for `value_text` locates.

    Args:
        coded: the rows of the source.
        rows: the findings on its rows of evidence.
    """
    of_values = {one.record: one for one in rows if (one.table, one.column) == ("figures", "value_text")}
    for figure in coded.figures:
        yield _recompute(figure, of_values.get(figure.row["figure_id"]), coded.unread)


def _recompute(figure: PlacedRow, words: RowFinding | None, unread: str | None) -> FigureFinding:
    if words is None:
        return _finding(figure, status="not-proven", reason="no evidence says where its words stand")
    if words.status != "proven" or words.words is None:
        return _finding(figure, status="not-proven", reason=f"its words are not proven: {words.reason}")
    if unread:
        return _finding(figure, status="not-recomputed", reason=unread)
    try:
        read = read_quantity(words.words)
    except QuantityError as error:
        return _finding(figure, status="not-recomputed", reason=str(error))
    reading = {"low": read.low, "high": read.high, "qualifier": read.qualifier, "unit": unit_in_words(read)}
    differing = [_difference(figure, column, reading[column]) for column in _COMPARED]
    reason = "; ".join(filter(None, differing)) or None
    of_reading = {f"read_{column}": value for column, value in reading.items()}
    return _finding(figure, status="differs" if reason else "recomputed", reason=reason, **of_reading)


def unit_in_words(read: Quantity) -> str | None:
    """The measure unit that the words hold; a share of a whole that is not counted leaves the unit to its members."""
    return None if read.unit == _OF_A_WHOLE and read.low is None and read.high is None else read.unit


def _difference(figure: PlacedRow, column: str, read: object) -> str | None:
    stated = figure.row[column]
    if stated == read or (column == "unit" and read is None):
        return None
    return f"{column}: the row has {cell_text(stated) or 'none'}, its words {cell_text(read) or 'none'}"


def _finding(figure: PlacedRow, **found: Any) -> FigureFinding:
    columns = ("figure_id", "sentence_id", "value_text", *_COMPARED)
    return FigureFinding(**{column: figure.row[column] for column in columns}, place=figure.place, **found)
