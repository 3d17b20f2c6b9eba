"""A copy of a text, folded, with what is needed to find sentences in it whose words are not known.

A window of the folded copy is compared with a sentence of the ledger by its hash alone. The ledger gives the length of
the sentence before folding, which may be shorter than after it: "…" folds to three full stops and "ﬁ" to two letters.
Where the copy has a hyphen at the end of a line, the hyphen may belong to the word, to the line, or stand by itself.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ceasefire_talks.text.fingerprint import fold

# Numbers of notes that were put behind a sentence.
_NOTES = r"(?:[⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\]){1,4}"
# The end of a sentence with the marks that close it, and marks that may stand before the next.
_STOP = re.compile(rf"[.!?…؟۔。！？।‽][^\w\s]{{0,8}}(?:{_NOTES})? (?:[^\w\s]{{1,8}} ){{0,3}}")
_NOTED = re.compile(rf"[.!?…؟۔。！？।‽][^\w\s]{{0,8}}(?={_NOTES}(?: |$))")
# The same where the copy has lost the space between two sentences.
_FUSED = re.compile(r"""(?<=[a-z0-9"')\]])[.!?…]["')\]]{0,8}(?=["'(\[]{0,8}[^\W\d_a-z])""")
_GROWN = re.compile(r"\.\.\.|ff[il]|f[fil]")
# What a hyphen at a line's end and the break may have been: a hyphen of the line, of the word, or one by itself.
_JOINTS = ("", "-", "- ")
# The more hyphenated lines a window has, the fewer of them may be anything but hyphens of the line.
_OTHER_HYPHENS = ((5, 5), (16, 2), (100, 1))


class CopyText:
    """A normalised copy, its folded form, and the map between the two.

    Attributes:
        text: the copy as given.
        folded: the copy after typographic folding, lines joined by spaces.
        starts: offsets in `folded` where a sentence may begin by the look of it, in order.
        ends: offsets in `folded` where a sentence may end by the look of it, in order.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._index_growth()
        if len(self.folded) != len(text) + (self._grown[-1] if self._grown else 0):
            raise ValueError("the copy is not in normal form; pass it through `normalise`")
        breaks = [self._to_folded(match.start()) for match in re.finditer("\n", text)]
        self._index_boundaries(breaks)
        self._index_hyphens(breaks)
        self._slack = _Counter((m.start(), len(m[0]) - 1) for m in _GROWN.finditer(self.folded))

    def _index_boundaries(self, breaks: list[int]) -> None:
        """Sentences end at a stop, or with a line that was not broken for want of room."""
        firm = [gap for gap, room in zip(breaks, self._room(), strict=True) if room]
        stops = list(_STOP.finditer(self.folded))
        gaps = {*firm, *(self.folded.index(" ", stop.start()) for stop in stops)}
        fused = {match.end() for match in _FUSED.finditer(self.folded)}
        self.starts = sorted({0, *(gap + 1 for gap in gaps), *(stop.end() for stop in stops), *fused})
        noted = {match.end() for match in _NOTED.finditer(self.folded)}
        self.ends = sorted({*gaps, *fused, *noted, len(self.folded)})

    def _room(self) -> Iterator[bool]:
        """For every line break, whether the next word would have found room on its line."""
        lines = self.text.split("\n")
        width = max(map(len, lines))
        for line, following in itertools.pairwise(lines):
            yield len(line) + 1 + len(following.partition(" ")[0]) <= width

    def _index_growth(self) -> None:
        """Where folding made one character several: the offset behind them, and by how much all so far have grown."""
        growing = [c for c in set(self.text) if len(fold(c)) > 1]
        self._raw_behind: list[int] = []
        self._folded_behind: list[int] = []
        self._grown: list[int] = []
        total = 0
        for match in re.finditer("[" + "".join(map(re.escape, growing)) + "]", self.text) if growing else ():
            total += len(fold(match[0])) - 1
            self._raw_behind.append(match.end())
            self._folded_behind.append(match.end() + total)
            self._grown.append(total)

    def _index_hyphens(self, breaks: list[int]) -> None:
        folded = self.folded
        self._hyphens = [
            gap - 1
            for gap in breaks
            if gap > 1 and folded[gap - 1] == "-" and folded[gap - 2].isalnum() and folded[gap + 1].isalnum()
        ]

    def _to_folded(self, offset: int) -> int:
        i = bisect_right(self._raw_behind, offset)
        return offset + (self._grown[i - 1] if i else 0)

    def _to_copy(self, offset: int) -> tuple[int, bool]:
        """The offset in the copy of an offset in the folded form, and whether it lies inside what was one character.

        Inside one, it is the offset of that character.
        """
        i = bisect_right(self._folded_behind, offset)
        raw = offset - (self._grown[i - 1] if i else 0)
        if i == len(self._raw_behind) or raw < self._raw_behind[i]:
            return raw, False
        return self._raw_behind[i] - 1, True

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a window of the folded form cuts no character of the copy."""
        return not self._to_copy(start)[1] and not self._to_copy(end)[1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the copy of a window of the folded form, with the whole of a character that it cuts."""
        last, cut = self._to_copy(end)
        return self._to_copy(start)[0], last + cut

    def slack(self, start: int, end: int) -> int:
        """By how much a window may be longer than the sentence was before it was folded."""
        return self._slack.between(start, end)

    def hyphens(self, start: int, end: int) -> list[int]:
        """The offsets of the hyphens at a line's end, with the next line's beginning, inside a window."""
        return self._hyphens[bisect_left(self._hyphens, start) : bisect_left(self._hyphens, end - 2)]

    def is_end(self, offset: int) -> bool:
        """Whether a sentence may end at the offset by the look of it."""
        i = bisect_left(self.ends, offset)
        return i < len(self.ends) and self.ends[i] == offset

    def is_gap(self, offset: int) -> bool:
        """Whether a word ends at the offset."""
        return offset == len(self.folded) or (offset < len(self.folded) and self.folded[offset] == " ")

    def readings(self, start: int, end: int) -> Iterator[str]:
        """Every text that a window may have been before its lines were broken."""
        hyphens = self.hyphens(start, end)
        if not hyphens:
            yield self.folded[start:end]
            return
        edges = [start, *hyphens, end]
        pieces = [self.folded[a if i == 0 else a + 2 : b] for i, (a, b) in enumerate(itertools.pairwise(edges))]
        for joints in _joints(len(hyphens)):
            yield pieces[0] + "".join(map("".join, zip(joints, pieces[1:], strict=True)))


def _joints(count: int) -> Iterator[Sequence[str]]:
    others = next((most for hyphens, most in _OTHER_HYPHENS if count <= hyphens), 0)
    for number in range(min(others, count) + 1):
        for places in itertools.combinations(range(count), number):
            for chosen in itertools.product(_JOINTS[1:], repeat=number):
                joints = [_JOINTS[0]] * count
                for place, joint in zip(places, chosen, strict=True):
                    joints[place] = joint
                yield joints


class _Counter:
    """Weighted places, summed over any stretch."""

    def __init__(self, places: Iterator[tuple[int, int]]) -> None:
        self._offsets: list[int] = []
        self._sums = [0]
        for offset, weight in places:
            self._offsets.append(offset)
            self._sums.append(self._sums[-1] + weight)

    def between(self, start: int, end: int) -> int:
        return self._sums[bisect_left(self._offsets, end)] - self._sums[bisect_left(self._offsets, start)]
