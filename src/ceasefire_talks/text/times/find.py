"""Candidate dates in running text, for a coder to accept or delete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ceasefire_talks.text.english import MONTHS, WEEKDAYS
from ceasefire_talks.text.times.model import Direction, LocatedReading, TimeError
from ceasefire_talks.text.times.reader import read_time

_WORD = re.compile(r"[^\W_]+(?:['’/–-][^\W_]+)*")
_LONGEST = 12
# A date begins behind these, unless they make it a stretch of time: "since", "from", "over the past".
_PREPOSITIONS = frozenset({"on", "in", "at", "of", "during", "to", "around", "about", "before", "after"})
_WORTH_TRYING = re.compile(
    r"[0-9]|day|night|week|month|year|decade|hour|fortnight|today|morning|evening|tomorrow|ago\b|"
    + "|".join(name for name in (*MONTHS, *WEEKDAYS) if len(name) > 3),  # noqa: PLR2004
    re.IGNORECASE,
)
_YEAR = re.compile("[0-9]{4}")
_BEFORE_A_YEAR = frozenset({"in", "of", "since", "until", "by", "from", "the", "during", "before", "after", "early"})
_TOO_SHORT = 3
_ARTICLE_AND_YEAR = 2


def find_times(sentence: str, published: date, *, direction: Direction | None = None) -> list[LocatedReading]:
    """The dates that a sentence states, with the code points of their words; those that need an anchor are left out.

    Args:
        sentence: running text.
        published: the day of publication.
        direction: the tense of the sentence, if known.
    """
    return list(_find(sentence, published, direction))


def _find(sentence: str, published: date, direction: Direction | None) -> Iterator[LocatedReading]:
    words = list(_WORD.finditer(sentence))
    i = 0
    while i < len(words):
        found = _longest_from(sentence, words, i, published, direction)
        if found:
            yield found[0]
        i = found[1] if found else i + 1


def _longest_from(
    sentence: str, words: list[re.Match[str]], i: int, published: date, direction: Direction | None
) -> tuple[LocatedReading, int] | None:
    if words[i][0].lower() in _PREPOSITIONS:
        return None
    start = words[i].start()
    for j in range(min(len(words), i + _LONGEST), i, -1):
        text = sentence[start : words[j - 1].end()]
        if not _WORTH_TRYING.search(text) or _is_common_word(words, i, j):
            continue
        try:
            return LocatedReading(read_time(text, published, direction=direction), start, words[j - 1].end()), j
        except TimeError:
            continue
    return None


def _is_common_word(words: list[re.Match[str]], i: int, j: int) -> bool:
    """Whether it is one word that need not be a date ("may", "sun", four digits), or has a needless "the"."""
    word = words[i][0]
    if j - i > 1:
        return j - i == _ARTICLE_AND_YEAR and word.lower() == "the" and bool(_YEAR.fullmatch(words[j - 1][0]))
    before = words[i - 1][0].lower() if i else ""
    if _YEAR.fullmatch(word):
        return before not in _BEFORE_A_YEAR
    if word.lower() in MONTHS:
        return before not in _BEFORE_A_YEAR or not word[0].isupper()
    return len(word) <= _TOO_SHORT or (word.lower() in WEEKDAYS and not word[0].isupper())
