"""The ledger of one source: what is published of its sentences, in place of their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LedgerSentence:
    """One row of `sentences.csv`; `length` counts the code points of the sentence as published."""

    sentence_id: str
    position: int
    kind: str
    words: int
    length: int
    sha256: str
    folded_sha256: str
    simhash: str

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> LedgerSentence:
        """The sentence of a row with typed cells (whole numbers, strings)."""
        return cls(
            sentence_id=row["sentence_id"],
            position=int(row["position"]),
            kind=row["kind"],
            words=int(row["words"]),
            length=int(row["end"]) - int(row["start"]),
            sha256=row["sha256"],
            folded_sha256=row["folded_sha256"],
            simhash=row["simhash"],
        )


class Ledger:
    """The sentences of one source in the order of their positions, found by their hash and by their length."""

    def __init__(self, sentences: Iterable[LedgerSentence]) -> None:
        self.sentences = sorted(sentences, key=lambda sentence: sentence.position)
        self._by_folded: dict[bytes, list[int]] = {}
        for row, sentence in enumerate(self.sentences):
            self._by_folded.setdefault(bytes.fromhex(sentence.folded_sha256), []).append(row)
        self._lengths = sorted({sentence.length for sentence in self.sentences})

    def __len__(self) -> int:
        return len(self.sentences)

    def __iter__(self) -> Iterator[LedgerSentence]:
        return iter(self.sentences)

    def rows(self, folded_digest: bytes) -> list[int]:
        """The rows, counted from 0, whose folded form has this SHA-256."""
        return self._by_folded.get(folded_digest, [])

    def has_length(self, shortest: int, longest: int) -> bool:
        """Whether any sentence has a length between two, both included."""
        i = bisect_left(self._lengths, shortest)
        return i < len(self._lengths) and self._lengths[i] <= longest

    @property
    def longest(self) -> int:
        """The length of the longest sentence; 0 for an empty ledger."""
        return self._lengths[-1] if self._lengths else 0
