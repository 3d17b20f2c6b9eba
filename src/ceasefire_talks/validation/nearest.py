"""The nearest of many texts to one that is not among them, at a bounded cost: it is a courtesy."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

# In look-ups in a set: about half a second in all. Comparing two ids takes about as long as so many look-ups.
BUDGET = 3_000_000
COMPARISON = 150
LONGEST = 100


class Nearest:
    """Finds the nearest of some candidates.

    One that is a single slip away is found among any number of them; one that is further away only among few, and
    neither for text upon text without end. Long texts have no nearest.
    """

    def __init__(self, candidates: Collection[str]) -> None:
        self._candidates = frozenset(text for text in candidates if len(text) <= LONGEST)
        self._alphabet = "".join(sorted(set().union(*self._candidates)))
        self._known: dict[str, str | None] = {}
        self._left = BUDGET

    def __call__(self, text: str) -> str | None:
        """The nearest candidate; None where none is near, or finding out would take long."""
        if text not in self._known:
            short = len(text) <= LONGEST
            self._known[text] = (self._one_slip_away(text) or self._close(text)) if short else None
        return self._known[text]

    def _one_slip_away(self, text: str) -> str | None:
        if not self._affords((2 * len(text) + 1) * len(self._alphabet)):
            return None
        return next((found for found in _variants(text, self._alphabet) if found in self._candidates), None)

    def _close(self, text: str) -> str | None:
        if not self._affords(COMPARISON * len(self._candidates)):
            return None
        return next(iter(get_close_matches(text, self._candidates, n=1)), None)

    def _affords(self, cost: int) -> bool:
        affordable = cost <= self._left
        self._left -= cost if affordable else 0
        return affordable


def _variants(text: str, alphabet: str) -> Iterator[str]:
    splits = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1)
    yield from (head + letter + tail[1:] for head, tail in splits if tail for letter in alphabet)
    yield from (head + tail[1:] for head, tail in splits if tail)
    yield from (head + letter + tail for head, tail in splits for letter in alphabet)
