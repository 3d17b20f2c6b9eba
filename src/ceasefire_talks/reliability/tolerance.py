"""Which values that are not equal still agree: ranges that overlap, days at most one day apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from ceasefire_talks.package.package import Row
from ceasefire_talks.reliability.columns import Kind
from ceasefire_talks.text.edtf import EdtfError, parse

Bounds = tuple[Any, Any]
Tolerant = Callable[[Row, Row, str], bool]

ONE_DAY = timedelta(days=1)


def dates_overlap(one: Row, other: Row, column: str) -> bool:
    """Whether two EDTF dates may be the same time; an undated row agrees with an undated one alone."""
    return _agree(_date_bounds(one[column]), _date_bounds(other[column]))


def within_a_day(one: Row, other: Row, column: str) -> bool:
    """Whether two days are equal or next to each other; an empty one agrees with an empty one alone."""
    first, second = one[column], other[column]
    return first is second if first is None or second is None else bool(abs(first - second) <= ONE_DAY)


def ranges_overlap(one: Row, other: Row, _: str) -> bool:
    """Whether two figures may be the same number, by `low` and `high`; one without any agrees with its like alone."""
    return _agree(_number_bounds(one), _number_bounds(other))


TOLERANT: Mapping[Kind, Tolerant] = {"edtf": dates_overlap, "day": within_a_day, "number": ranges_overlap}


def _agree(one: Bounds | None, other: Bounds | None) -> bool:
    if one is None or other is None:
        return one is other
    return _reaches(one[0], other[1]) and _reaches(other[0], one[1])


def _reaches(start: Any, end: Any) -> bool:
    return start is None or end is None or start <= end


def _date_bounds(text: str | None) -> tuple[date | None, date | None] | None:
    if text is None:
        return None
    try:
        parsed = parse(text)
    except EdtfError:
        return None
    return parsed.earliest, parsed.latest


def _number_bounds(row: Row) -> Bounds | None:
    return None if row["low"] is None and row["high"] is None else (row["low"], row["high"])
