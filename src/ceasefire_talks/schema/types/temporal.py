"""date, datetime, time, year, yearmonth: by default in one form each, else by a pattern of strptime, or any."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.types.form import Form, Reader, refuse

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
YEAR = r"-?(?:[1-9][0-9]{3,8}|0[0-9]{3})"
YEARMONTH = rf"{YEAR}-(?:0[1-9]|1[0-2])"
_ZONE = r"Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]"
_DATETIME = re.compile(rf"({DATE})T(?:({TIME})(\.[0-9]+)?|(24:00:00)(?:\.0+)?)({_ZONE})?")

LONGEST_PATTERN = LONGEST = 100


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    found = _DATETIME.fullmatch(text) or refuse(text)
    day, clock, fraction, end_of_day, zone = found.groups()
    at = datetime.fromisoformat(f"{day}T{clock or '00:00:00'}{(fraction or '')[:7].ljust(7, '0') if fraction else ''}")
    return _in_utc((at + timedelta(days=1 if end_of_day else 0)).replace(tzinfo=_zone(zone)))


def _zone(text: str | None) -> Any:
    return None if text is None else datetime.fromisoformat(f"2000-01-01T00:00:00{text}").tzinfo


def _in_utc(at: datetime) -> datetime:
    # One without a zone counts as UTC, so that any two can be compared.
    return at if at.tzinfo is None else at.astimezone(UTC).replace(tzinfo=None)


def _clock(text: str) -> time:
    return time.fromisoformat(text)


def _year_and_month(text: str) -> tuple[int, int]:
    year, month = text.rsplit("-", 1)
    return int(year), int(month)


def _by_form(form: str, cast: Callable[[str], Any]) -> Callable[[Field], Reader]:
    matches = re.compile(form).fullmatch
    return lambda _: lambda text: cast(text) if matches(text) else refuse(text)


def _by_pattern(field: Field) -> Reader:
    pattern, part = field.format, _PARTS[field.type]
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(f"a format of more than {LONGEST_PATTERN} characters")
    _try_pattern(pattern)

    def read(text: str) -> Any:
        if any(c.isdigit() and not c.isascii() for c in text):
            return refuse(text)
        return part(datetime.strptime(text, pattern))  # noqa: DTZ007

    return _without_overflow(read)


def _try_pattern(pattern: str) -> None:
    try:
        datetime.strptime("", pattern)  # noqa: DTZ007
    except re.error as error:
        raise ValueError(f"{pattern!r} names a part twice") from error
    except ValueError as error:
        if "directive" in str(error) or "stray" in str(error):
            raise ValueError(f"{pattern!r} is no pattern of strptime") from error


def _any(field: Field) -> Reader:
    from dateutil import parser  # type: ignore[import-untyped]

    part = _PARTS[field.type]
    return _without_overflow(lambda text: part(parser.parse(text)) if len(text) <= LONGEST else refuse(text))


def _without_overflow(read: Reader) -> Reader:
    def safe(text: str) -> Any:
        try:
            return read(text)
        except (OverflowError, TypeError, AttributeError, IndexError, RecursionError) as error:
            raise ValueError(f"{text!r} is no date or time") from error

    return safe


_PARTS: dict[str, Callable[[datetime], Any]] = {
    "date": lambda at: at.date(),
    "datetime": _in_utc,
    "time": lambda at: _in_utc(at.replace(year=2000, month=1, day=2)).time(),
}
_IN_PATTERN = "what Python's `strptime` reads by the pattern, with ASCII digits"
_IN_ANY = "whatever `dateutil.parser.parse` reads of at most 100 characters; the standard recommends against it"

FORMS = (
    Form(
        "date",
        "default",
        "`YYYY-MM-DD`, a day of the calendar from year 1 to 9999",
        "date",
        "a day of the calendar as YYYY-MM-DD",
        _by_form(DATE, _day),
        DATE,
    ),
    Form("date", "pattern", _IN_PATTERN, "date", "a date in the format of its column", _by_pattern),
    Form("date", "any", _IN_ANY, "date", "a date", _any),
    Form(
        "datetime",
        "default",
        "`YYYY-MM-DDThh:mm:ss` as in XML Schema, with an optional fraction and an optional zone (`Z` or `±hh:mm`); "
        "years 1 to 9999; without a zone it counts as UTC; `24:00:00` ends a day",
        "datetime in UTC, to the microsecond",
        "a date and time as YYYY-MM-DDThh:mm:ss",
        lambda _: _without_overflow(_moment),
    ),
    Form("datetime", "pattern", _IN_PATTERN, "datetime", "a date and time in the format of its column", _by_pattern),
    Form("datetime", "any", _IN_ANY, "datetime", "a date and time", _any),
    Form(
        "time",
        "default",
        "`hh:mm:ss`, from `00:00:00` to `23:59:59`",
        "time",
        "a time as hh:mm:ss",
        _by_form(TIME, _clock),
        TIME,
    ),
    Form("time", "pattern", _IN_PATTERN, "time", "a time in the format of its column", _by_pattern),
    Form("time", "any", _IN_ANY, "time", "a time", _any),
    Form(
        "year",
        "default",
        "gYear of XML Schema without a zone: `YYYY`, more digits without a leading zero, `-` before the common era",
        "int",
        "a year as YYYY",
        _by_form(YEAR, int),
        YEAR,
    ),
    Form(
        "yearmonth",
        "default",
        "gYearMonth of XML Schema without a zone: a year as above, `-`, a month from `01` to `12`",
        "year and month",
        "a month as YYYY-MM",
        _by_form(YEARMONTH, _year_and_month),
        YEARMONTH,
    ),
)
