"""What a number expression says: its bounds, its hedge, its unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Number = int | float
Qualifier = Literal["exact", "about", "at-least", "more-than", "less-than", "between", "almost-all", "vague"]
Kind = Literal["count", "money", "duration", "recency", "distance", "area", "mass", "share", "occurrences", "extent"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as printed, never a best estimate.

    Attributes:
        low: lower bound in `unit`; None where the words give none.
        high: upper bound in `unit`; None where the words give none.
        qualifier: how the number is hedged; a code of `figures.qualifier`.
        unit: UCUM or ISO 4217 code (`1` for a share of a whole); None where the words hold no measure unit.
        kind: what the words by themselves say is measured.
    """

    low: Number | None
    high: Number | None
    qualifier: Qualifier
    unit: str | None = None
    kind: Kind = "count"


@dataclass(frozen=True, slots=True)
class LocatedQuantity:
    """A quantity and the code points of its words in the text it was found in, end-exclusive."""

    quantity: Quantity
    start: int
    end: int


class QuantityError(ValueError):
    """The words are no quantity that the grammar reads; the message says why."""


class AmbiguousQuantityError(QuantityError):
    """The words have several readings, kept in `readings`; nothing in them chooses one."""

    def __init__(self, message: str, readings: tuple[Quantity, ...]) -> None:
        super().__init__(message)
        self.readings = readings
