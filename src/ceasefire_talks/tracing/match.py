"""A copy of a text against the ledger of its source: which sentences stand in it, and which do not.

    exact        the sentence stands in the copy as published (SHA-256)
    reformatted  it stands there after typographic folding: other quotes, dashes, line breaks, hyphenated lines
    moved        it stands there, exact or reformatted, outside the longest common order of the sentences
    altered      something like it stands there (simhash): for review, never proven
    lost         nothing like it stands there

The ledger is trusted, the copy is not. Only equal hashes prove a sentence, whatever else the copy holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ceasefire_talks.text.fingerprint import sha256
from ceasefire_talks.tracing.copytext import CopyText
from ceasefire_talks.tracing.ledger import Ledger, LedgerSentence
from ceasefire_talks.tracing.order import Order
from ceasefire_talks.tracing.prove import Occurrence, occurrences
from ceasefire_talks.tracing.similar import Likeness, altered

Status = Literal["exact", "reformatted", "moved", "altered", "lost"]
PROVEN: frozenset[Status] = frozenset({"exact", "reformatted", "moved"})


_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")


@dataclass(frozen=True, slots=True)
class Match:
    """What became of one sentence of the ledger.

    Attributes:
        sentence: the row of the ledger.
        status: one of the five above.
        start: code-point offset of its place in the copy; None if it is lost.
        end: offset behind it.
        distance: for `altered`, by how many of 64 bits the simhashes differ.
    """

    sentence: LedgerSentence
    status: Status
    start: int | None = None
    end: int | None = None
    distance: int | None = None

    @property
    def proven(self) -> bool:
        """Whether the copy has the sentence's words, by hash."""
        return self.status in PROVEN


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the copy; code-point offsets, end-exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """A copy against its ledger.

    Attributes:
        matches: one for every sentence of the ledger, in its order.
        new: what the copy has that is in no sentence of the ledger, line by line.
        repeated: sentences of the ledger that the copy has once more than the ledger.
    """

    matches: tuple[Match, ...]
    new: tuple[Stretch, ...]
    repeated: tuple[Stretch, ...]


def align(sentences: Iterable[LedgerSentence], copy: str) -> Alignment:
    """Every sentence of a ledger with its status and its place in a copy.

    Args:
        sentences: the ledger of one source.
        copy: a text in normal form (`normalise`); its sentence boundaries need not be known.

    Raises:
        ValueError: the copy is not in normal form.
    """
    text, ledger = CopyText(copy), Ledger(sentences)
    order = Order(occurrences(text, ledger))
    likenesses = altered(text, ledger, order)
    return Alignment(
        matches=tuple(_matches(text, ledger, order, likenesses)),
        new=tuple(_new(text, order, likenesses)),
        repeated=tuple(_repeated(text, order)),
    )


def _matches(copy: CopyText, ledger: Ledger, order: Order, likenesses: list[Likeness]) -> Iterator[Match]:
    proven = {row: (order.occurrences[i], i in order.common) for i, row in order.rows.items()}
    near = {one.row: one for one in likenesses}
    for row, sentence in enumerate(ledger):
        if row in proven:
            yield _proven(copy, sentence, *proven[row])
        elif row in near:
            yield Match(sentence, "altered", *copy.span(near[row].start, near[row].end), near[row].distance)
        else:
            yield Match(sentence, "lost")


def _proven(copy: CopyText, sentence: LedgerSentence, occurrence: Occurrence, in_order: bool) -> Match:  # noqa: FBT001
    start, end = copy.span(occurrence.start, occurrence.end)
    if not in_order:
        return Match(sentence, "moved", start, end)
    return Match(sentence, "exact" if sha256(copy.text[start:end]) == sentence.sha256 else "reformatted", start, end)


def _new(copy: CopyText, order: Order, likenesses: list[Likeness]) -> Iterator[Stretch]:
    """What lies between the sentences found, without the lines that hold neither letter nor digit."""
    known = [(one.start, one.end) for one in order.occurrences] + [(one.start, one.end) for one in likenesses]
    edges = [0, *(edge for span in sorted(known) for edge in span), len(copy.folded)]
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        start, end = copy.span(first, last)
        for line in _LINE.finditer(copy.text, start, end):
            if any(map(str.isalnum, line[0])):
                yield Stretch(line.start(), line.end())


def _repeated(copy: CopyText, order: Order) -> Iterator[Stretch]:
    for i, one in enumerate(order.occurrences):
        if i not in order.rows:
            yield Stretch(*copy.span(one.start, one.end))
