"""The words of a proven sentence, found by the offsets at which its ledger counts them.

The offsets of evidence count code points of the sentence as published. A copy proves the sentence by its folded form,
in which an ellipsis may be three characters instead of one, and a ligature two or three. Where the published sentence
may have had them in several places, its own hash tells which, if its quotes and dashes are of a usual kind; if they are
not, only those words are located that all of these places agree on.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ceasefire_talks.tracing.copytext import CopyText
from ceasefire_talks.tracing.match import Match

_MOST_FORMS = 256
_GROWING = re.compile(r"\.\.\.|ff[il]|f[fil]")
_ONE_CHARACTER = {"...": "…", "ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_OPENING = re.compile(r'(?:(?<=^)|(?<=[\s(\[-]))"')
_OPENING_SINGLE = re.compile(r"(?:(?<=^)|(?<=[\s(\[“-]))'")

# The places, in the folded form, of what was one character before folding: offset and length.
_Form = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A proven sentence in the copy's own typography.

    Attributes:
        text: its words, its lines joined.
        exact: its code points are those of the published sentence.
        length: how many code points the published sentence has.
    """

    text: str
    exact: bool
    length: int
    _copy: CopyText | None
    _forms: tuple[_Form, ...]

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """The place in `text` of a span of the published sentence; None where it is not certain.

        Args:
            start: code points from the beginning of the sentence; not behind its end.
            end: offset behind the span.
        """
        if self.exact:
            return start, end
        places = {(_folded_offset(form, start), _folded_offset(form, end)) for form in self._forms}
        if len(places) != 1:
            return None
        first, last = places.pop()
        return (first, last) if self._copy is None else self._copy.span(first, last)


def wording(copy: str, match: Match) -> Wording:
    """The words of a proven sentence.

    Args:
        copy: the copy in normal form.
        match: the sentence and its place in the copy; it is proven.
    """
    words, sentence = copy[match.start : match.end], match.sentence
    if hashlib.sha256(words.encode("utf-8")).hexdigest() == sentence.sha256:
        return Wording(words, exact=True, length=sentence.length, _copy=None, _forms=())
    text = CopyText(words)
    reading = next(r for r in text.readings(0, len(text.folded)) if _sha256(r) == sentence.folded_sha256)
    certain = _certain(reading, len(reading) - sentence.length, sentence.sha256)
    if reading == text.folded:
        return Wording(words.replace("\n", " "), exact=False, length=sentence.length, _copy=text, _forms=certain)
    # Hyphens at the ends of its lines: the sentence as it was before its lines were broken, in folded form.
    return Wording(reading, exact=False, length=sentence.length, _copy=None, _forms=certain)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _certain(reading: str, growth: int, sha256: str) -> tuple[_Form, ...]:
    """The one form with which the sentence has its published hash; else all, or none where they are too many."""
    forms = tuple(itertools.islice(_forms(reading, growth), _MOST_FORMS + 1))
    if len(forms) > 1:
        for form in forms:
            if any(_sha256(text) == sha256 for text in _with_usual_marks(_unfolded(reading, form))):
                return (form,)
    return forms if len(forms) <= _MOST_FORMS else ()


def _unfolded(reading: str, form: _Form) -> str:
    for start, length in reversed(form):
        words = reading[start : start + length]
        reading = reading[:start] + _ONE_CHARACTER[words] + reading[start + length :]
    return reading


def _with_usual_marks(text: str) -> Iterator[str]:
    curly = _OPENING_SINGLE.sub("‘", _OPENING.sub("“", text)).replace('"', "”").replace("'", "’")
    for quoted in (text, text.replace("'", "’"), curly):
        for dash in " - ", " – ", " — ":
            yield quoted.replace(" - ", dash)


def _folded_offset(form: _Form, offset: int) -> int:
    """Where an offset of the published sentence lies in its folded form."""
    for start, length in form:
        if offset <= start:
            break
        offset += length - 1
    return offset


def _forms(folded: str, growth: int) -> Iterator[_Form]:
    """Every choice of what was one character before folding by which a sentence has grown by so many characters.

    Those with the most ellipses come first, then those with the most ligatures.
    """
    sites = sorted(_GROWING.finditer(folded), key=lambda site: site[0] != "...") if growth else []
    for form in _choose([list(_choices(site)) for site in sites], growth, ()):
        yield tuple(sorted(form))


def _choices(site: re.Match[str]) -> Iterator[tuple[int, int]]:
    """What may have been one character: an ellipsis, a ligature of three letters, or of two of them."""
    yield site.start(), len(site[0])
    if site[0] in ("ffi", "ffl"):
        yield site.start(), 2
        yield site.start() + 1, 2


def _choose(sites: Sequence[Sequence[tuple[int, int]]], growth: int, chosen: _Form) -> Iterator[_Form]:
    if growth == 0:
        yield chosen
    elif growth <= _most_growth(sites):
        for place in sites[0]:
            if place[1] - 1 <= growth:
                yield from _choose(sites[1:], growth - place[1] + 1, (*chosen, place))
        yield from _choose(sites[1:], growth, chosen)


def _most_growth(sites: Iterable[Sequence[tuple[int, int]]]) -> int:
    return sum(choices[0][1] - 1 for choices in sites)
