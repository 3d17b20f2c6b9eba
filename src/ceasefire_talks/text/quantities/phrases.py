"""Fixed phrases among tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from ceasefire_talks.text.quantities.tokens import Token

Tokens = Sequence[Token]
Phrase = tuple[str, ...]
Meaning = TypeVar("Meaning")


def split(text: str) -> list[Phrase]:
    """Phrases separated by commas, as tuples of words; "-" stands for a joining dash."""
    return [tuple(phrase.split()) for phrase in text.split(",")]


def text_at(tokens: Tokens, i: int) -> str:
    """The text of a token; empty behind the last."""
    return tokens[i].text if 0 <= i < len(tokens) else ""


def is_dash(tokens: Tokens, i: int) -> bool:
    """Whether there is a dash that touches the words on both of its sides."""
    return i + 1 < len(tokens) and tokens[i].kind == "dash" and tokens[i].glued and tokens[i + 1].glued


def skip(tokens: Tokens, i: int, word: str) -> int:
    """The index behind an optional word."""
    return i + 1 if text_at(tokens, i) == word else i


def skip_dash(tokens: Tokens, i: int) -> int:
    """The index behind an optional joining dash."""
    return i + 1 if is_dash(tokens, i) else i


def match_phrase(tokens: Tokens, i: int, phrase: Sequence[str]) -> int | None:
    """The index behind a phrase, where "-" stands for a joining dash; None where the phrase is not there."""
    for offset, word in enumerate(phrase):
        if not (is_dash(tokens, i + offset) if word == "-" else text_at(tokens, i + offset) == word):
            return None
    return i + len(phrase)


class Phrases(Generic[Meaning]):
    """Phrases with their meanings, found by their first word."""

    def __init__(self, meanings: Mapping[Phrase, Meaning]) -> None:
        self._meanings = dict(meanings)
        self._by_first_word: dict[str, list[Phrase]] = {}
        for phrase in sorted(self._meanings, key=len, reverse=True):
            self._by_first_word.setdefault(phrase[0], []).append(phrase)

    def at(self, tokens: Tokens, i: int) -> tuple[Meaning, int] | None:
        """The meaning of the longest phrase that stands at `i`, and the index behind it."""
        first = "-" if is_dash(tokens, i) else text_at(tokens, i)
        for phrase in self._by_first_word.get(first, ()):
            j = match_phrase(tokens, i, phrase)
            if j is not None:
                return self._meanings[phrase], j
        return None
