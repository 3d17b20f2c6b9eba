"""Candidate quantities in running text, for a coder to accept or delete."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ceasefire_talks.text.english import MONTHS
from ceasefire_talks.text.quantities.amounts import Amount
from ceasefire_talks.text.quantities.grammar import quantity
from ceasefire_talks.text.quantities.lexicon import ANNOUNCEMENTS, WITH_ARTICLE
from ceasefire_talks.text.quantities.model import LocatedQuantity, QuantityError
from ceasefire_talks.text.quantities.phrases import Tokens, is_dash, text_at
from ceasefire_talks.text.quantities.reader import resolve
from ceasefire_talks.text.quantities.tokens import tokenise

# Words that state no quantity by themselves in running text, though a coder may choose them as a value.
_TOO_COMMON = {
    "one", "once", "half", "much", "most", "many", "several", "parts", "areas", "days", "weeks", "months", "years",
    "hours", "minutes", "decades", "centuries", "miles", "the one", "a few", "multiple", "numerous", "metres", "yards",
}  # fmt: skip


_NUMBER_OR_WORD = ("word", "number", "malformed")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LAST_DAY = 31


def find_quantities(sentence: str) -> list[LocatedQuantity]:
    """The quantities that a sentence states, with the code points of their words.

    Days, years, ordinals, clock times, codes such as F-16, and words too common to be figures ("one", "many") are left
    out. So is what the grammar finds ambiguous, except that "1.2m" before a counted noun is a million.
    """
    tokens = tokenise(sentence)
    return list(_find(tokens, sentence))


def _find(tokens: Tokens, sentence: str) -> Iterator[LocatedQuantity]:
    i = 0
    while i < len(tokens):
        i = _behind_announcement(tokens, i)
        found = None if _inside_name(tokens, i) else _try(tokens, i)
        located = _candidate(tokens, i, *found, sentence) if found else None
        if located:
            yield located
        i = found[1] if found else i + 1


def _behind_announcement(tokens: Tokens, i: int) -> int:
    """The index behind words such as "another", "the", "a total of", unless they belong to the quantity."""
    hedge = ANNOUNCEMENTS.at(tokens, i)
    found = _try(tokens, hedge[1]) if hedge and not WITH_ARTICLE.at(tokens, i) else None
    return hedge[1] if hedge and found else i


def _try(tokens: Tokens, i: int) -> tuple[Amount, int] | None:
    try:
        return quantity(tokens, i)
    except QuantityError:
        return None


def _candidate(tokens: Tokens, i: int, amount: Amount, j: int, sentence: str) -> LocatedQuantity | None:
    start, end = tokens[i].start, tokens[j - 1].end
    words = sentence[start:end]
    if words.lower() in _TOO_COMMON or _inside_name(tokens, j, before=False) or _is_calendar(tokens, i, j, amount):
        return None
    if _is_ordinal(tokens, i, j, amount) or _is_compound(tokens, j, words) or _is_pair(tokens, j, words):
        return None
    try:
        return LocatedQuantity(resolve(_million(tokens, j, amount), words), start, end)
    except QuantityError:
        return None


def _million(tokens: Tokens, j: int, amount: Amount) -> Amount:
    counted = j < len(tokens) and tokens[j].kind == "word" and text_at(tokens, j) not in _AFTER_A_LENGTH
    if counted and len(amount.units) > 1 and amount.units[0].code is None:
        return Amount(amount.low, amount.high, amount.qualifier, amount.units[:1])
    return amount


_TWO_SIDES = frozenset({"sides", "parties", "groups", "countries", "states", "foes", "enemies", "neighbours"})
_AFTER_A_LENGTH = frozenset({"of", "from", "away", "in", "to", "at", "on", "and", "or", "deep", "long", "high", "wide"})


def _inside_name(tokens: Tokens, i: int, *, before: bool = True) -> bool:
    """Whether the token is joined to one that makes it part of a name, an ordinal or a clock time: F-16, 5th, 10:30."""
    if i >= len(tokens) or not tokens[i].glued:
        return False
    if not before:
        return tokens[i].kind in ("word", "number", "malformed") or (
            text_at(tokens, i) in ":/" and _glued(tokens, i + 1)
        )
    previous = tokens[i - 1]
    if previous.kind == "dash":
        return previous.glued and tokens[i].kind in ("number", "word")
    return previous.kind in _NUMBER_OR_WORD or previous.text in (":", "/", "'", "#")


def _glued(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) and tokens[i].glued


def _is_calendar(tokens: Tokens, i: int, j: int, amount: Amount) -> bool:
    """Whether a bare number is a day or a year."""
    if amount.units[0].kind != "count" or amount.high is None or amount.qualifier not in ("exact", "between"):
        return False
    numbers = [token for token in tokens[i:j] if token.kind == "number"]
    year = len(numbers) == j - i and all(_YEAR.fullmatch(token.raw) for token in numbers)
    day = amount.high <= _LAST_DAY and bool(numbers) and (_is_month(tokens, i - 1) or _is_month(tokens, j))
    return year or day


def _is_ordinal(tokens: Tokens, i: int, j: int, amount: Amount) -> bool:
    """Whether "a third" stands before a noun: a third battle."""
    article = text_at(tokens, i) in ("a", "an")
    noun = j < len(tokens) and tokens[j].kind == "word" and tokens[j].text != "of"
    return article and noun and amount.units[0].code == "1"


def _is_compound(tokens: Tokens, j: int, words: str) -> bool:
    """Whether a number word is joined to what it counts: the two-state solution, a one-sided deal."""
    return words.isalpha() and is_dash(tokens, j)


def _is_pair(tokens: Tokens, j: int, words: str) -> bool:
    """Whether it counts the two sides of a conflict, which is no figure."""
    return words.lower() == "two" and text_at(tokens, j) in _TWO_SIDES


def _is_month(tokens: Tokens, i: int) -> bool:
    return 0 <= i < len(tokens) and tokens[i].text in MONTHS and tokens[i].raw[0].isupper()
