"""What to look for: the runs of words and the sentences of the source texts."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.tracing.leaks.words import tokens

RUN = 8
SHARE = 0.6
UNKNOWN = -1

_SENTENCE_ENDS = re.compile(r"""(?:(?<=[.!?…])|(?<=[.!?…]["”’»)]))\s+|\n""")
# What a quotation ends may stand alone as well as a sentence.
_CLAUSE_ENDS = re.compile(r"""(?<=[.!?…”"])\s+|\n""")


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence as numbers of words; `places` has for each word the bits of its places."""

    length: int
    places: dict[int, int]

    def common(self, words: Iterable[int]) -> int:
        """The length of the longest common subsequence with other words.

        Bit-parallel (Hyyrö 2004): a 0 bit in `row` is a place at which the subsequence has grown by one.
        """
        full = row = (1 << self.length) - 1
        for word in words:
            if matched := row & self.places.get(word, 0):
                row = ((row + matched) | (row - matched)) & full
        return self.length - row.bit_count()


class Source:
    """The words, runs and sentences of source texts, indexed."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Index texts; the first line of each that has several is its headline, which is exempt."""
        self._numbers: dict[str, int] = {}
        self._runs: set[tuple[int, ...]] = set()
        sentences: dict[tuple[int, ...], None] = {}
        for text in texts:
            headline, _, body = normalise(text).partition("\n")
            if not body:
                headline, body = "", headline
            exempt = self._learn(headline)
            self._runs |= _runs(self._learn(body)) - _runs(exempt)
            for ends in (_SENTENCE_ENDS, _CLAUSE_ENDS):
                sentences |= dict.fromkeys(words for part in ends.split(body) if (words := self._learn(part)) != exempt)
        self._sentences = [_sentence(words) for words in sentences if len(words) >= RUN]
        self._by_rare_word = self._index()

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Words as numbers, `UNKNOWN` for those that stand in no source."""
        numbers = self._numbers
        return [numbers.get(word, UNKNOWN) for word in words]

    def has_run(self, words: tuple[int, ...]) -> bool:
        """Whether `RUN` words stand in a source in a row."""
        return words in self._runs

    def restated(self, words: list[int]) -> tuple[int, float]:
        """Of the sentence that is most fully restated: how many of its words are there in order, and their share.

        Zero where it is less than `SHARE`.
        """
        known = set(words)
        candidates = {i for word in known for i in self._by_rare_word.get(word, ())}
        best = (0, 0.0)
        for sentence in map(self._sentences.__getitem__, candidates):
            if len(sentence.places.keys() & known) >= SHARE * len(sentence.places):
                count = sentence.common(words)
                share = count / sentence.length
                if share >= SHARE:
                    best = max(best, (count, share), key=lambda found: found[1])
        return best

    def _learn(self, text: str) -> tuple[int, ...]:
        numbers = self._numbers
        return tuple(numbers.setdefault(word, len(numbers)) for word in tokens(text) if word != "\n")

    def _index(self) -> dict[int, list[int]]:
        """Sentences by those of their words of which no restatement can do without all: the rarest ones."""
        frequency = Counter(word for sentence in self._sentences for word in sentence.places)
        index: dict[int, list[int]] = {}
        for i, sentence in enumerate(self._sentences):
            rarest = sorted(sentence.places, key=lambda word: (frequency[word], word))
            needed = math.ceil(SHARE * len(rarest))
            for word in rarest[: len(rarest) - needed + 1]:
                index.setdefault(word, []).append(i)
        return index


def _runs(words: tuple[int, ...]) -> set[tuple[int, ...]]:
    return {words[i : i + RUN] for i in range(len(words) - RUN + 1)}


def _sentence(words: tuple[int, ...]) -> SourceSentence:
    places: dict[int, int] = {}
    for place, word in enumerate(words):
        places[word] = places.get(word, 0) | 1 << place
    return SourceSentence(len(words), places)
