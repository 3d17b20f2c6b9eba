"""Where a value stands on an axis, in per cent of its width."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

_TICKS = (0, 1, 3, 7, 14, 30, 91, 182, 365, 730, 1826, 3652, 7305, 18262)
_CLOSEST = 12.0
_YEAR = 365


@dataclass(frozen=True, slots=True)
class DayScale:
    """Days, ever wider the nearer to the last: a report tells its own week in days, and the year before in months."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """The middle of a day."""
        return round(98 - 96 * math.log1p(self._before(day)) / math.log1p(max(self._before(self.first), 1)), 2)

    def ticks(self) -> list[tuple[float, str]]:
        """Days worth a line, none too near to another; the last, and the first where there is room, among them."""
        kept: list[tuple[float, str]] = []
        for days in (*_TICKS, (self.last - self.first).days):
            day = self.last - timedelta(days)
            if day >= self.first and (not kept or kept[-1][0] - self.at(day) >= _CLOSEST):
                kept.append((self.at(day), day.isoformat()[: 7 if days > _YEAR else None]))
        return kept[::-1]

    def _before(self, day: date) -> int:
        return min(max((self.last - day).days, 0), (self.last - self.first).days)


@dataclass(frozen=True, slots=True)
class ValueScale:
    """Values, from the lowest to the highest."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Its position; the middle where there is only one value."""
        return round(50 if self.high == self.low else 4 + 92 * (value - self.low) / (self.high - self.low), 2)
