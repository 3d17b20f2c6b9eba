"""What a date expression says, and from where it is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ceasefire_talks.text.edtf import Edtf, Precision, parse

Basis = Literal["stated", "resolved"]
Direction = Literal["past", "future"]


class TimeError(ValueError):
    """The words are no date that the grammar reads, or need a context that was not given; the message says which."""


class AnchorNeededError(TimeError):
    """The words tell the date from another day, which was not given.

    Attributes:
        named: what they tell it from, in canonical form ("the envoy's visit"); None where they only point ("then").
    """

    def __init__(self, message: str, named: str | None = None) -> None:
        super().__init__(message)
        self.named = named


@dataclass(frozen=True, slots=True)
class Context:
    """From where relative words are resolved.

    Attributes:
        published: the day of publication.
        anchor: the day that "then", "the day before" or "the days leading up to the visit" refer to.
        direction: whether the sentence speaks of the past or the future; None where its tense is not known.
    """

    published: date
    anchor: date | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A date as the words have it.

    Attributes:
        edtf: the date in the EDTF subset of the tables.
        basis: stated where the words name the date in full, resolved where they needed the context.
    """

    edtf: str
    basis: Basis

    @property
    def parsed(self) -> Edtf:
        """The date with its bounds."""
        return parse(self.edtf)

    @property
    def earliest(self) -> date | None:
        """The first day it may cover; None where that side is open."""
        return self.parsed.earliest

    @property
    def latest(self) -> date | None:
        """The last day it may cover; None where that side is open."""
        return self.parsed.latest

    @property
    def precision(self) -> Precision:
        """Day, month, year or range."""
        return self.parsed.precision


@dataclass(frozen=True, slots=True)
class LocatedReading:
    """A reading and the code points of its words in the text it was found in, end-exclusive."""

    reading: Reading
    start: int
    end: int
