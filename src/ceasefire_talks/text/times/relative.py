"""Dates told from the day of publication: yesterday, last week, two months ago, over the past year."""

from __future__ import annotations

import re
from datetime import date

from ceasefire_talks.text.times.model import Context, Reading, TimeError
from ceasefire_talks.text.times.patterns import UNIT_DAYS, UNIT_MONTHS, Rules, count, part_name, singular
from ceasefire_talks.text.times.spans import (
    Span,
    day,
    month,
    once,
    part_of_month,
    part_of_year,
    shift_days,
    shift_months,
    stretch,
    throughout,
    year,
)

RULES = Rules()
_DAYS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "earlier today": 0,
    "later today": 0,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_HOURS_OF_DAY = 24
_WHICH = {"last": -1, "this": 0, "next": 1}
_DAYS_AROUND_A_WEEK = 3


@RULES.add(rf"(?P<day>{'|'.join(_DAYS)}){{DAYPART}}")
def _near_day(match: re.Match[str], context: Context) -> Reading:
    return Reading(once([day(shift_days(context.published, _DAYS[match["day"]]))]), "resolved")


@RULES.add(r"overnight")
def _overnight(match: re.Match[str], context: Context) -> Reading:  # noqa: ARG001
    return Reading(once([stretch(shift_days(context.published, -1), context.published)]), "resolved")


@RULES.add(
    r"(?!the previous day$)(?:(?:over|in|for|during|within|throughout|across) )?"
    r"(?:(?:the|this) (?:past|last|previous)|past) "
    r"(?:(?P<count>{COUNT}) )?(?P<unit>{UNIT})"
)
def _past(match: re.Match[str], context: Context) -> Reading:
    number, unit = count(match["count"] or ""), _counted_unit(match)
    return Reading(throughout(_start_of(context.published, number, unit), context.published), "resolved")


@RULES.add(
    r"(?!the (?:next|following) day$)(?:(?:over|in|for|during|within|throughout|across) )?"
    r"(?:the|this) (?:next|coming|following) "
    r"(?:(?P<count>{COUNT}) )?(?P<unit>{UNIT})"
)
def _coming(match: re.Match[str], context: Context) -> Reading:
    number, unit = count(match["count"] or ""), _counted_unit(match)
    first = context.published if unit == "hour" else shift_days(context.published, 1)
    return Reading(throughout(first, shift(context.published, number, unit, 1)), "resolved")


def _counted_unit(match: re.Match[str]) -> str:
    """The unit, refused where its plural stands without a number: "the past weeks"."""
    if match["unit"].endswith("s") and not match["count"]:
        raise TimeError(f"how many {match['unit']} is not said")
    return singular(match["unit"])


def _start_of(published: date, number: int, unit: str) -> date:
    """The first of so many units that end with the day of publication."""
    start = shift(published, number, unit, -1)
    return start if unit == "hour" else shift_days(start, 1)


@RULES.add(r"(?P<hedge>(?:about|around|nearly|almost|some|roughly) )?(?P<count>{COUNT}) (?P<unit>{UNIT}) ago")
def _ago(match: re.Match[str], context: Context) -> Reading:
    unit = singular(match["unit"])
    span = away(context.published, count(match["count"]), unit, -1)
    qualified = "~" if ".." not in span.text and (match["hedge"] or unit in UNIT_MONTHS) else ""
    return Reading(once([span]) + qualified, "resolved")


@RULES.add(r"(?P<hedge>over|more than|less than|under) (?P<count>{COUNT}) (?P<unit>{UNIT}) ago")
def _before_or_since(match: re.Match[str], context: Context) -> Reading:
    bound = shift(context.published, count(match["count"]), singular(match["unit"]), -1)
    if match["hedge"] in ("over", "more than"):
        return Reading(f"[..{bound}]", "resolved")
    return Reading(once([stretch(bound, context.published)]), "resolved")


def shift(origin: date, number: int, unit: str, sign: int) -> date:
    """The day that is so many units before (sign -1) or after another."""
    if unit == "hour":
        return shift_days(origin, sign * -(-number // _HOURS_OF_DAY))
    if unit in UNIT_DAYS:
        return shift_days(origin, sign * number * UNIT_DAYS[unit])
    return shift_months(origin, sign * number * UNIT_MONTHS[unit])


def away(origin: date, number: int, unit: str, sign: int) -> Span:
    """What is so many units away from a day, as precisely as the unit has it.

    So many days away is a day; weeks, the seven days around it; months, the month; years and decades, the year.
    """
    middle = shift(origin, number, unit, sign)
    if unit == "hour":
        return stretch(min(origin, middle), max(origin, middle))
    if unit in UNIT_DAYS:
        around = 0 if unit == "day" else _DAYS_AROUND_A_WEEK
        return stretch(shift_days(middle, -around), shift_days(middle, around))
    return month(middle.year, middle.month) if unit == "month" else year(middle.year)


@RULES.add(r"(?:in |during )?(?P<which>last|this|next) (?P<unit>week|month|year)")
def _calendar_unit(match: re.Match[str], context: Context) -> Reading:
    return Reading(once([_unit_span(context.published, match["which"], match["unit"])]), "resolved")


@RULES.add(r"(?P<side>earlier|later) (?:in |during )?this (?P<unit>week|month|year)")
def _side_of_unit(match: re.Match[str], context: Context) -> Reading:
    span = _unit_span(context.published, "this", match["unit"])
    if match["side"] == "earlier":
        return Reading(once([stretch(span.earliest, context.published)]), "resolved")
    return Reading(once([stretch(context.published, span.latest)]), "resolved")


@RULES.add(r"(?:in |at )?(?P<part>{PART})[ -](?P<which>last|this|next) (?P<unit>month|year)")
def _part_of_unit(match: re.Match[str], context: Context) -> Reading:
    first, part = _unit_span(context.published, match["which"], match["unit"]).earliest, part_name(match["part"])
    if match["unit"] == "month":
        return Reading(once([part_of_month(first.year, first.month, part)]), "resolved")
    return Reading(once([part_of_year(first.year, part)]), "resolved")


def _unit_span(published: date, which: str, unit: str) -> Span:
    if unit == "week":
        monday = shift_days(published, 7 * _WHICH[which] - published.weekday())
        return stretch(monday, shift_days(monday, 6))
    if unit == "month":
        shifted = shift_months(published.replace(day=1), _WHICH[which])
        return month(shifted.year, shifted.month)
    return year(published.year + _WHICH[which])
