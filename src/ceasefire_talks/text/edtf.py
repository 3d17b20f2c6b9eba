"""Dates of uncertain extent: the part of EDTF (ISO 8601-2, levels 0 to 2) that the tables use, and its bounds.

| form | meaning |
|---|---|
| `2024-11-20`, `2024-11`, `2024` | a day, a month, a year |
| `2024-11~`, `2024?`, `2024%` | approximate, uncertain, both |
| `a/b`, `a/..`, `../b` | throughout an interval; still going on; began at an unknown time |
| `[a..b]`, `[a,b]`, `[..b]`, `[a..]` | once, on one of these days |
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year", "range"]
Kind = Literal["date", "interval", "set"]

_SIMPLE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")


class EdtfError(ValueError):
    """The text is not a date of the EDTF subset; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A parsed date.

    Attributes:
        kind: a date, an interval (throughout), or a one-of set (once).
        precision: of a plain date its unit; of an interval or a set always `range`.
        earliest: the first day it may cover; None where that side is open or unknown.
        latest: the last day it may cover; None where that side is open or unknown.
        qualified: it is marked approximate or uncertain, so that its true bounds may be wider.
    """

    kind: Kind
    precision: Precision
    earliest: date | None
    latest: date | None
    qualified: bool


def parse(text: str) -> Edtf:
    """Read one date.

    Raises:
        EdtfError: it is none of the forms above, names no day of the calendar, or ends before it begins.
    """
    if text.startswith("[") and text.endswith("]"):
        return _parse_set(text)
    if "/" in text:
        return _parse_interval(text)
    return _parse_simple(text)


def _parse_simple(text: str) -> Edtf:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        raise EdtfError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD, with ~, ? or % behind it")
    year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
    assert year is not None
    try:
        earliest = date(year, month or 1, day or 1)
    except ValueError as error:
        raise EdtfError(f"{text!r} is no day of the calendar") from error
    last_month = month or 12
    latest = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    precision: Precision = "day" if day else "month" if month else "year"
    return Edtf("date", precision, earliest, latest, bool(match[4]))


def _parse_interval(text: str) -> Edtf:
    first, _, last = text.partition("/")
    if first == last == "..":
        raise EdtfError(f"{text!r} has no bound")
    return _between("interval", text, first, last)


def _parse_set(text: str) -> Edtf:
    parts = [_parse_set_part(text, part) for part in text[1:-1].split(",")]
    earliest = [part.earliest for part in parts]
    latest = [part.latest for part in parts]
    return Edtf(
        "set",
        "range",
        min((day for day in earliest if day), default=None) if all(earliest) else None,
        max((day for day in latest if day), default=None) if all(latest) else None,
        any(part.qualified for part in parts),
    )


def _parse_set_part(text: str, part: str) -> Edtf:
    if ".." not in part:
        return _parse_simple(part)
    first, _, last = part.partition("..")
    if not first and not last:
        raise EdtfError(f"{text!r} has no bound")
    return _between("set", text, first or "..", last or "..")


def _between(kind: Kind, text: str, first: str, last: str) -> Edtf:
    begin = None if first == ".." else _parse_simple(first)
    end = None if last == ".." else _parse_simple(last)
    earliest = begin.earliest if begin else None
    latest = end.latest if end else None
    if earliest and latest and latest < earliest:
        raise EdtfError(f"{text!r} ends before it begins")
    return Edtf(kind, "range", earliest, latest, any(part.qualified for part in (begin, end) if part))
