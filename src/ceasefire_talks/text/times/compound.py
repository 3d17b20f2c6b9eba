"""Dates told from another date: since, until, between, from … to, the day before, in the days leading up to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from ceasefire_talks.text.times import named, relative
from ceasefire_talks.text.times.model import AnchorNeededError, Basis, Context, Direction, Reading, TimeError
from ceasefire_talks.text.times.patterns import Rules, count, singular
from ceasefire_talks.text.times.relative import away
from ceasefire_talks.text.times.spans import day, once, shift_days, shift_months, stretch, throughout

RULES = Rules()
_THEN = ("then", "that", "that day", "that time", "the same day")
_DAYS_LEADING_UP = 7


def read(text: str, context: Context) -> Reading:
    """The reading of a text in canonical form.

    Raises:
        TimeError: no rule matches, or the one that does refuses.
    """
    reading = _read_simple(text, context) or RULES.read(text, context)
    if reading is None:
        raise TimeError("it is no date that the grammar knows")
    return reading


def _read_simple(text: str, context: Context) -> Reading | None:
    return named.RULES.read(text, context) or relative.RULES.read(text, context)


@dataclass(frozen=True, slots=True)
class _Origin:
    """The day or the stretch of days that a date is told from, with its EDTF form where it is one date."""

    start: date
    end: date
    basis: Basis
    edtf: str | None = None

    @property
    def first(self) -> str:
        return self.edtf or self.start.isoformat()

    @property
    def last(self) -> str:
        return self.edtf or self.end.isoformat()


def _origin(text: str | None, context: Context) -> _Origin:
    """The date that the text names; the anchor where it names an event, or nothing."""
    if text is None or text in _THEN:
        return _anchored(context)
    # A date within a date is a simple one; so nothing nests, and odd texts cost no more than plain ones.
    reading = _read_simple(text, context)
    if reading is None and context.anchor is None:
        raise AnchorNeededError(
            f"{text!r} is no date that the grammar knows, and no anchor is given in its place", text
        )
    if reading is None:
        return _anchored(context)
    if reading.earliest is None or reading.latest is None or "," in reading.edtf:
        raise TimeError(f"{text!r} is {reading.edtf}: neither one day nor one stretch of days")
    edtf = reading.edtf if reading.parsed.kind == "date" else None
    return _Origin(reading.earliest, reading.latest, reading.basis, edtf)


def _anchored(context: Context) -> _Origin:
    if context.anchor is None:
        raise AnchorNeededError("it is told from another day, which is not given (pass it as the anchor)")
    return _Origin(context.anchor, context.anchor, "resolved")


@RULES.add(r"(?:on |at )?(?:that day|the same day|then|that time)")
def _then(match: re.Match[str], context: Context) -> Reading:  # noqa: ARG001
    return Reading(once([day(_anchored(context).start)]), "resolved")


@RULES.add(r"(?:ever )?since (?P<date>.+)")
def _since(match: re.Match[str], context: Context) -> Reading:
    origin = _origin(match["date"], replace(context, direction="past"))
    return Reading(f"{origin.first}/..", origin.basis)


@RULES.add(r"(?:up )?(?:until|till|to) (?P<date>.+)")
def _until(match: re.Match[str], context: Context) -> Reading:
    origin = _origin(match["date"], context)
    return Reading(f"../{origin.last}", origin.basis)


@RULES.add(r"by (?P<date>.+)")
def _by(match: re.Match[str], context: Context) -> Reading:
    origin = _origin(match["date"], context)
    return Reading(f"[..{origin.last}]", origin.basis)


@RULES.add(r"(?P<side>before|after) (?P<date>.+)")
def _beside(match: re.Match[str], context: Context) -> Reading:
    origin = _origin(match["date"], context)
    before = match["side"] == "before"
    edtf = f"[..{shift_days(origin.start, -1)}]" if before else f"[{shift_days(origin.end, 1)}..]"
    return Reading(edtf, origin.basis)


@RULES.add(r"(?:on |in )?the (?:day|night|morning|evening) (?P<side>before|after)(?: (?P<date>.+))?")
@RULES.add(r"(?:on )?the (?P<side>previous|following|next) (?:day|night|morning|evening)(?P<date>)")
def _next_to(match: re.Match[str], context: Context) -> Reading:
    origin = _origin(match["date"] or None, context)
    before = match["side"] in ("before", "previous")
    return Reading(once([day(shift_days(origin.start, -1) if before else shift_days(origin.end, 1))]), "resolved")


@RULES.add(r"(?P<count>{COUNT}) (?P<unit>{UNIT}) (?P<side>before|after|earlier|later)(?: (?P<date>.+))?")
def _away_from(match: re.Match[str], context: Context) -> Reading:
    origin, unit = _origin(match["date"], context), singular(match["unit"])
    before = match["side"] in ("before", "earlier")
    span = away(origin.start if before else origin.end, count(match["count"]), unit, -1 if before else 1)
    return Reading(once([span]) + ("~" if ".." not in span.text and unit != "day" else ""), "resolved")


@RULES.add(
    r"(?:in|over|during) the (?P<unit>days|week|month|year) (?:leading )?(?P<side>up to|before|after) (?P<date>.+)"
)
def _around(match: re.Match[str], context: Context) -> Reading:
    """The seven days, the month or the year that end the day before, or begin the day after."""
    origin, sign = _origin(match["date"], context), 1 if match["side"] == "after" else -1
    near = shift_days(origin.end if sign > 0 else origin.start, sign)
    months = {"month": 1, "year": 12}.get(match["unit"])
    far = shift_months(near, sign * months) if months else shift_days(near, sign * (_DAYS_LEADING_UP - 1))
    return Reading(throughout(min(near, far), max(near, far)), "resolved")


@RULES.add(r"between (?P<one>.+) and (?P<other>.+)")
def _between(match: re.Match[str], context: Context) -> Reading:
    first, last = _pair(match["one"], match["other"], context)
    return Reading(once([stretch(first.start, last.end)]), last.basis)


@RULES.add(r"(?:from )?(?P<one>.+?)(?: (?:to|until|till|through) |-)(?P<other>.+)")
def _from_to(match: re.Match[str], context: Context) -> Reading:
    first, last = _pair(match["one"], match["other"], context)
    return Reading(f"{first.first}/{last.last}", last.basis)


def _pair(one: str, other: str, context: Context) -> tuple[_Origin, _Origin]:
    """Two dates in order; where one of them names no year, it is the nearest before, or after, the other.

    Raises:
        TimeError: the second is not after the first.
    """
    first, last = _try_stated(one, context), _try_stated(other, context)
    if first is None and last is not None:
        first = _towards(one, last.start, "past", context)
    elif last is None:
        last = _towards(other, first.end, "future", context) if first else _origin(other, context)
        first = first or _towards(one, last.start, "past", context)
    assert first is not None
    assert last is not None
    if first.end >= last.end or first.start > last.start:
        raise TimeError("it ends before it begins")
    return first, last


def _try_stated(text: str, context: Context) -> _Origin | None:
    origin = _origin(text, context) if re.search(r"[0-9]{4}", text) else None
    return origin if origin and origin.basis == "stated" else None


def _towards(text: str, from_: date, direction: Direction, context: Context) -> _Origin:
    return _origin(text, replace(context, published=from_, direction=direction))
