"""The pieces of the date grammar as regular expressions, and the list of its rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ceasefire_talks.text.english import MONTHS, TEENS, TENS, UNITS, WEEKDAYS
from ceasefire_talks.text.quantities.numbers import cardinal
from ceasefire_talks.text.quantities.tokens import tokenise
from ceasefire_talks.text.times.model import Context, Reading, TimeError

Rule = Callable[[re.Match[str], Context], Reading]


def _alternatives(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


PIECES = {
    "MONTH": rf"(?:{_alternatives(MONTHS)})\.?",
    "WEEKDAY": rf"(?:{_alternatives(WEEKDAYS)})",
    "DAY": r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?",
    "YEAR": r"(?:1[0-9]{3}|20[0-9]{2})",
    "COUNT": rf"(?:an?|[1-9][0-9]{{0,2}}|(?:{_alternatives(TENS)})(?:[ -](?:{_alternatives(UNITS)}))?"
    rf"|{_alternatives(TEENS)}|{_alternatives(UNITS)})",
    "UNIT": r"(?:hour|day|week|fortnight|month|year|decade)s?",
    "PART": r"(?:early|mid|late|the (?:start|beginning|middle|end) of)",
    "DAYPART": r"(?: (?:morning|afternoon|evening|night|lunchtime))?",
    "AT": r"(?:(?:on|in|at|during|of) )?",
}
_PARTS = {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}
UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
UNIT_MONTHS = {"month": 1, "year": 12, "decade": 120}


class Rules:
    """Patterns with the functions that read what they match, tried in order."""

    def __init__(self) -> None:
        self._rules: list[tuple[re.Pattern[str], Rule]] = []

    def add(self, pattern: str) -> Callable[[Rule], Rule]:
        """A decorator: the function reads what the pattern, with {PIECES} in it, matches in full."""
        for name, piece in PIECES.items():
            pattern = pattern.replace(f"{{{name}}}", piece)

        def register(rule: Rule) -> Rule:
            self._rules.append((re.compile(pattern), rule))
            return rule

        return register

    def read(self, text: str, context: Context) -> Reading | None:
        """The reading of the first rule that matches; None where none does.

        Raises:
            TimeError: a rule matches, and refuses.
        """
        for pattern, rule in self._rules:
            match = pattern.fullmatch(text)
            if match:
                return rule(match, context)
        return None


def canonical(text: str) -> str:
    """The text in the form that the patterns expect: lower case, plain dashes and apostrophes, single spaces."""
    plain = "".join("-" if unicodedata.category(c) == "Pd" else c for c in text).replace("’", "'").lower()
    return re.sub(r"'s$", "", " ".join(plain.split()))


def month_number(text: str) -> int:
    """The number of a month's name."""
    return MONTHS[text.rstrip(".")]


def day_number(text: str) -> int:
    """The number of a day such as 8 or 8th."""
    return int(re.sub("[a-z]+$", "", text))


def part_name(text: str) -> str:
    """Early, mid or late, for the words that say so."""
    words = text.removeprefix("the ").split()
    return _PARTS.get(words[0], words[0])


def count(text: str) -> int:
    """The number that {COUNT} matched: 1 for an article or nothing.

    Raises:
        TimeError: it is none at all ("zero weeks ago").
    """
    found = cardinal(tokenise(text), 0) if text not in ("", "a", "an") else None
    number = int(found[0].value) if found else 1
    if number == 0:
        raise TimeError("none is no number of days, weeks, months or years")
    return number


def singular(unit: str) -> str:
    """A unit's name without its plural s."""
    return unit.removesuffix("s")
