"""duration, as in XML Schema: months and seconds, which are ordered only as far as months have a length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ceasefire_talks.schema.types.form import Form, refuse

_FORM = re.compile(
    r"(-)?P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
# XML Schema compares two durations by what they lead to from each of these months.
_STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
_MONTHS_OF_CALENDAR = 400 * 12
_DAYS_OF_CALENDAR = 146_097
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration. Two of them may be neither less nor greater: a month is not 30 days, nor more, nor less."""

    months: int
    seconds: Decimal

    def __lt__(self, other: Duration) -> bool:
        return all(one < two for one, two in zip(self._ends(), other._ends(), strict=True))

    def __le__(self, other: Duration) -> bool:
        return self == other or self < other or self._ends() == other._ends()

    def __gt__(self, other: Duration) -> bool:
        return other < self

    def __ge__(self, other: Duration) -> bool:
        return other <= self

    def __str__(self) -> str:
        return f"P{self.months}MT{self.seconds.normalize():f}S"

    def _ends(self) -> list[Decimal]:
        return [_days(year, month + self.months) * 86_400 + self.seconds for year, month in _STARTS]


def _days(year: int, month: int) -> int:
    # The calendar repeats itself every 400 years, so that no month is beyond what `date` knows.
    cycles, within = divmod((year - 1600) * 12 + month - 1, _MONTHS_OF_CALENDAR)
    return cycles * _DAYS_OF_CALENDAR + date(1600 + within // 12, within % 12 + 1, 1).toordinal()


def read(text: str) -> Duration:
    """The duration that a text is.

    Raises:
        ValueError: it is none.
    """
    found = _FORM.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        refuse(text)
    sign = -1 if found[1] else 1
    years, months, days, hours, minutes = (int(part or 0) for part in found.groups()[1:6])
    seconds = Decimal(days * 86_400 + hours * 3_600 + minutes * 60) + Decimal(found[7] or 0)
    return Duration(sign * (years * 12 + months), sign * seconds)


FORMS = (
    Form(
        "duration",
        "default",
        "duration of XML Schema: `PnYnMnDTnHnMnS`, any part left out but not all, a fraction only of seconds, an "
        "optional `-` before it; no weeks; at most 1,000 characters",
        "months and seconds; ordered as in XML Schema, so that `P1M` is neither less nor more than `P30D`",
        "a duration such as P1Y2M or PT36H",
        lambda _: read,
    ),
)
