"""Days, months and years put into EDTF, and the choice between the years that an incomplete date may mean."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ceasefire_talks.text.times.model import Context, TimeError

# Of two years, the nearer is meant if it is nearer by this many days; else both readings are kept.
_CLEARLY_NEARER = 60
# Far enough to meet a leap day, even across a century.
_YEARS_AROUND = 8


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One day, month, year or stretch of days, with its EDTF form inside a set."""

    earliest: date
    latest: date
    text: str


SpanOfYear = Callable[[int], Span | None]


def day(value: date) -> Span:
    """One day."""
    return Span(value, value, value.isoformat())


def month(year: int, number: int) -> Span:
    """One month of a year."""
    return Span(date(year, number, 1), _last_day(year, number), f"{year:04d}-{number:02d}")


def year(number: int) -> Span:
    """One year."""
    return Span(date(number, 1, 1), date(number, 12, 31), f"{number:04d}")


def stretch(earliest: date, latest: date) -> Span:
    """The days from one to another, both included."""
    return day(earliest) if earliest == latest else Span(earliest, latest, f"{earliest}..{latest}")


def part_of_month(year_: int, number: int, part: str) -> Span:
    """The first ten days, the second ten, or the rest of a month: early, mid, late."""
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, _last_day(year_, number).day)}[part]
    return stretch(date(year_, number, first), date(year_, number, last))


def part_of_year(number: int, part: str) -> Span:
    """The first four months, the second four, or the last four of a year: early, mid, late."""
    first = {"early": 1, "mid": 5, "late": 9}[part]
    return stretch(date(number, first, 1), _last_day(number, first + 3))


def once(spans: Iterable[Span]) -> str:
    """EDTF for "once, in one of these"."""
    parts = [span.text for span in sorted(set(spans))]
    return parts[0] if len(parts) == 1 and ".." not in parts[0] else f"[{','.join(parts)}]"


def throughout(earliest: date, latest: date) -> str:
    """EDTF for "all the days from one to another"."""
    return f"{earliest}/{latest}"


def shift_months(value: date, months: int) -> date:
    """The same day some months later (earlier if negative), or the last of a month that has no such day.

    Raises:
        TimeError: the calendar does not reach so far.
    """
    number, month_ = divmod(value.year * 12 + value.month - 1 + months, 12)
    return date(number, month_ + 1, min(value.day, _last_day(number, month_ + 1).day))


def shift_days(value: date, days: int) -> date:
    """The day some days later, earlier if negative."""
    return value + timedelta(days=days)


def in_some_year(context: Context, make: SpanOfYear, years: int = _YEARS_AROUND) -> list[Span]:
    """The years' readings of a date without its year: past or future as the context has it, else the nearest.

    Args:
        context: with the day of publication to measure from.
        make: the date in a year; None in a year that has no such day.
        years: how many years before and behind are considered.

    Raises:
        TimeError: no year around has such a day, or such a day of the week.
    """
    centre = context.published.year
    spans = [span for number in range(centre - years, centre + years + 1) if (span := make(number))]
    spans.sort(key=lambda span: _distance(span, context.published))
    if context.direction == "past":
        spans = [span for span in spans if span.earliest <= context.published][:1]
    elif context.direction == "future":
        spans = [span for span in spans if span.latest >= context.published][:1]
    if not spans:
        raise TimeError("no year around has such a day, or such a day of the week")
    nearest = _distance(spans[0], context.published)
    return [span for span in spans[:2] if _distance(span, context.published) - nearest < _CLEARLY_NEARER]


def _distance(span: Span, from_: date) -> int:
    if span.earliest <= from_ <= span.latest:
        return 0
    return min(abs((span.earliest - from_).days), abs((span.latest - from_).days))


def _last_day(year_: int, number: int) -> date:
    return date(year_, number, calendar.monthrange(year_, number)[1])
