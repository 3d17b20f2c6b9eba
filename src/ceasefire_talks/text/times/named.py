"""Dates by their name: days, months and years, in full or without the year, and days of the week."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ceasefire_talks.text.english import WEEKDAYS
from ceasefire_talks.text.times.model import Basis, Context, Reading, TimeError
from ceasefire_talks.text.times.patterns import Rules, day_number, month_number, part_name
from ceasefire_talks.text.times.spans import (
    Span,
    SpanOfYear,
    day,
    in_some_year,
    month,
    once,
    part_of_month,
    part_of_year,
    stretch,
    throughout,
    year,
)

RULES = Rules()
_DATE = r"(?:(?:the )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH})|(?P<month2>{MONTH}) (?:the )?(?P<day2>{DAY}))"
_HEDGE = "(?P<hedge>(?:around|about|circa) )?"
_WEEK = 7


@RULES.add("{AT}" + _HEDGE + r"(?:(?P<weekday>{WEEKDAY}),? )?" + _DATE + r"(?:,? (?P<year>{YEAR}))?")
def _day(match: re.Match[str], context: Context) -> Reading:
    number, name = match["day"] or match["day2"], match["month"] or match["month2"]
    make: SpanOfYear = lambda y: _on_weekday(match["weekday"], _calendar_day(y, name, number))  # noqa: E731
    # A day of the week fits some year or other; it must fit this one, the last or the next.
    reading = _by_year(match, context, make, **({"years": 1} if match["weekday"] else {}))
    return _approximate(reading) if match["hedge"] else reading


@RULES.add(r"{AT}(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
def _iso_day(match: re.Match[str], context: Context) -> Reading:  # noqa: ARG001
    return Reading(once([_require(_valid(int(match["year"]), int(match["month"]), int(match["day"])))]), "stated")


@RULES.add(r"{AT}(?P<one>[0-9]{1,2})/(?P<other>[0-9]{1,2})/(?P<year>{YEAR})")
def _numeric_day(match: re.Match[str], context: Context) -> Reading:  # noqa: ARG001
    one, other, year_ = int(match["one"]), int(match["other"]), int(match["year"])
    spans = {span for span in (_valid(year_, other, one), _valid(year_, one, other)) if span}
    if len(spans) != 1:
        raise TimeError("day and month cannot be told apart" if spans else "no such day")
    return Reading(once(spans), "stated")


@RULES.add("{AT}" + _HEDGE + r"(?P<month>{MONTH})(?:,? (?:of )?(?P<year>{YEAR}))?")
def _month(match: re.Match[str], context: Context) -> Reading:
    reading = _by_year(match, context, lambda y: month(y, month_number(match["month"])))
    return _approximate(reading) if match["hedge"] else reading


@RULES.add(r"{AT}(?P<part>{PART})[ -](?P<month>{MONTH})(?:,? (?:of )?(?P<year>{YEAR}))?")
def _part_of_month(match: re.Match[str], context: Context) -> Reading:
    number, part = month_number(match["month"]), part_name(match["part"])
    return _by_year(match, context, lambda y: part_of_month(y, number, part))


@RULES.add("{AT}" + _HEDGE + r"(?:the (?:year )?)?(?P<year>{YEAR})")
def _year(match: re.Match[str], context: Context) -> Reading:  # noqa: ARG001
    reading = Reading(once([year(int(match["year"]))]), "stated")
    return _approximate(reading) if match["hedge"] else reading


@RULES.add(r"{AT}(?P<part>{PART})[ -](?P<year>{YEAR})")
def _part_of_year(match: re.Match[str], context: Context) -> Reading:  # noqa: ARG001
    return Reading(once([part_of_year(int(match["year"]), part_name(match["part"]))]), "stated")


@RULES.add(r"{AT}the (?P<which>first|second|third|fourth) (?P<unit>half|quarter) of (?P<year>{YEAR})")
def _half_or_quarter(match: re.Match[str], context: Context) -> Reading:  # noqa: ARG001
    months = 6 if match["unit"] == "half" else 3
    first = ("first", "second", "third", "fourth").index(match["which"]) * months + 1
    if first > 12:  # noqa: PLR2004
        raise TimeError(f"a year has no {match['which']} half")
    year_ = int(match["year"])
    return Reading(once([stretch(month(year_, first).earliest, month(year_, first + months - 1).latest)]), "stated")


@RULES.add(r"{AT}the (?P<decade>(?:1[0-9]|20)[0-9]0)s")
def _decade(match: re.Match[str], context: Context) -> Reading:  # noqa: ARG001
    first = int(match["decade"])
    return Reading(f"[{first}..{first + 9}]", "stated")


@RULES.add(
    r"(?:on |from |between )?(?P<one>{DAY})(?P<joint>-| to | until | and | or )(?P<other>{DAY}) (?P<month>{MONTH})"
    r"(?:,? (?P<year>{YEAR}))?"
)
@RULES.add(
    r"(?:on |from |between )?(?P<month>{MONTH}) (?P<one>{DAY})(?P<joint>-| to | until | and | or )(?P<other>{DAY})"
    r"(?:,? (?P<year>{YEAR}))?"
)
def _days_of_month(match: re.Match[str], context: Context) -> Reading:
    last = _by_year(match, context, lambda y: _calendar_day(y, match["month"], match["other"]))
    if last.latest is None or last.latest != last.earliest:
        raise TimeError("past or future? the year of these days is not clear")
    first = last.latest.replace(day=day_number(match["one"]))
    if first >= last.latest:
        raise TimeError("the first day is not before the last")
    return Reading(_two_days(first, last.latest, match["joint"].strip(), match[0]), last.basis)


def _two_days(first: date, last: date, joint: str, text: str) -> str:
    if joint == "or":
        return once([day(first), day(last)])
    if joint == "and" and text.startswith("between "):
        return once([stretch(first, last)])
    if joint == "and" and last - first > timedelta(days=1):
        raise TimeError("two days apart are two dates")
    return throughout(first, last)


@RULES.add(r"(?:on )?(?:(?:early|late) (?:on )?)?(?P<weekday>{WEEKDAY}){DAYPART}")
def _weekday(match: re.Match[str], context: Context) -> Reading:
    number = WEEKDAYS[match["weekday"]]
    past, future = _on_or_before(context.published, number), _on_or_after(context.published, number)
    choices = {"past": [past], "future": [future]}.get(context.direction or "", [past, future])
    return Reading(once(map(day, choices)), "resolved")


@RULES.add(r"(?:on )?(?P<which>last|next|this|this past|this coming) (?P<weekday>{WEEKDAY}){DAYPART}")
def _weekday_of_week(match: re.Match[str], context: Context) -> Reading:
    """The nearest such day, and that of the calendar's last, next or present week where it is another."""
    number, published = WEEKDAYS[match["weekday"]], context.published
    before, after = _on_or_before(published - _DAY, number), _on_or_after(published + _DAY, number)
    in_week = _monday(published) + timedelta(days=number)
    week = timedelta(days=_WEEK)
    choices = {
        "last": [before, in_week - week],
        "next": [after, in_week + week],
        "this": [in_week, _on_or_after(published, number)],
        "this past": [before],
        "this coming": [after],
    }[match["which"]]
    return Reading(once(map(day, _in_direction(choices, context))), "resolved")


@RULES.add(r"{AT}(?P<which>last|next|this) (?P<month>{MONTH})")
def _month_of_year(match: re.Match[str], context: Context) -> Reading:
    """The nearest such month, and that of the calendar's last, next or present year where it is another."""
    number, now = month_number(match["month"]), context.published
    passed = number < now.month
    choices = {
        "last": [now.year if passed else now.year - 1, now.year - 1],
        "next": [now.year if number > now.month else now.year + 1, now.year + 1],
        "this": [now.year],
    }[match["which"]]
    return Reading(once(month(choice, number) for choice in choices), "resolved")


_DAY = timedelta(days=1)


def _in_direction(days: list[date], context: Context) -> list[date]:
    past = [one for one in days if one <= context.published]
    future = [one for one in days if one >= context.published]
    return {"past": past, "future": future}.get(context.direction or "", days) or days


def _on_or_before(value: date, weekday: int) -> date:
    return value - timedelta(days=(value.weekday() - weekday) % _WEEK)


def _on_or_after(value: date, weekday: int) -> date:
    return value + timedelta(days=(weekday - value.weekday()) % _WEEK)


def _monday(value: date) -> date:
    return value - timedelta(days=value.weekday())


def _by_year(match: re.Match[str], context: Context, make: SpanOfYear, **years: int) -> Reading:
    basis: Basis = "stated" if match["year"] else "resolved"
    spans = [_require(make(int(match["year"])))] if match["year"] else in_some_year(context, make, **years)
    return Reading(once(spans), basis)


def _require(span: Span | None) -> Span:
    if span is None:
        raise TimeError("no such day, or not on that day of the week")
    return span


def _calendar_day(year_: int, name: str, number: str) -> Span | None:
    return _valid(year_, month_number(name), day_number(number))


def _valid(year_: int, month_: int, number: int) -> Span | None:
    try:
        return day(date(year_, month_, number))
    except ValueError:
        return None


def _on_weekday(name: str | None, span: Span | None) -> Span | None:
    return None if span and name and span.earliest.weekday() != WEEKDAYS[name] else span


def _approximate(reading: Reading) -> Reading:
    if reading.parsed.kind != "date":
        raise TimeError("an approximate date of an unclear year")
    return Reading(f"{reading.edtf}~", reading.basis)
