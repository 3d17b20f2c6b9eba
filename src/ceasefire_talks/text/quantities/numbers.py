"""Numbers of the grammar: digits and words, with their scale.

The rules, from the widest to the narrowest:

cardinal  = digits [vulgar] {["-"] scale} | words
words     = group {["and"] group}            in falling scale: two million three hundred thousand and six
group     = below-1000 {scale}               the article is a one before a scale: a hundred and twenty thousand
mixed     = cardinal "and" ("a half" | "a quarter" | "three quarters" …) [scale]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ceasefire_talks.text.english import TEENS, TENS, UNITS
from ceasefire_talks.text.quantities.lexicon import ABBREVIATED_SCALES, FRACTIONS, GROUPS, MONEY_SCALES, SCALES
from ceasefire_talks.text.quantities.phrases import Tokens, match_phrase, skip, skip_dash, text_at
from ceasefire_talks.text.quantities.tokens import is_vulgar

_ARTICLES = ("a", "an")
_THOUSAND = SCALES["thousand"]


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number as `mantissa` times `scale`: 8.5 and 10⁹ for "8.5 billion"; scale 1 where none is printed."""

    mantissa: Fraction
    scale: int = 1

    @property
    def value(self) -> Fraction:
        """The number itself."""
        return self.mantissa * self.scale


def cardinal(tokens: Tokens, i: int, *, money: bool = False, joined: bool = True) -> tuple[Cardinal, int] | None:
    """The number at `i` and the index behind it.

    Args:
        tokens: of the text.
        i: where the number begins.
        money: behind a currency, where one letter is a scale.
        joined: whether "and" may join groups; not in "between two hundred and three hundred".
    """
    found = _digits(tokens, i, money=money) or _words(tokens, i, joined=joined)
    if found is None:
        return None
    mixed = _mixed(tokens, *found, money=money) if joined else None
    return mixed or found


def _digits(tokens: Tokens, i: int, *, money: bool) -> tuple[Cardinal, int] | None:
    if i >= len(tokens) or tokens[i].kind != "number":
        return None
    value = tokens[i].value
    assert value is not None
    j = i + 1
    if j < len(tokens) and is_vulgar(tokens[j]) and tokens[j].glued and not is_vulgar(tokens[i]):
        fraction = tokens[j].value
        assert fraction is not None
        value, j = value + fraction, j + 1
    scale, j = _scale(tokens, j, MONEY_SCALES if money else ABBREVIATED_SCALES)
    return Cardinal(value, scale), j


def _scale(tokens: Tokens, i: int, abbreviations: Mapping[str, int] | None = None) -> tuple[int, int]:
    word = text_at(tokens, i)
    if abbreviations and word in abbreviations:
        return abbreviations[word], i + 1
    if abbreviations and word == "m" and tokens[i].raw == "M" and tokens[i].glued:
        return 10**6, i + 1
    scale, j = 1, i
    while (word := text_at(tokens, skip_dash(tokens, j))) in SCALES | GROUPS:
        scale, j = scale * (SCALES | GROUPS)[word], skip_dash(tokens, j) + 1
    return scale, j


def _words(tokens: Tokens, i: int, *, joined: bool) -> tuple[Cardinal, int] | None:
    first = _group(tokens, i, joined=joined)
    if first is None:
        return None
    (head, j), last, rest = first, first[0].scale, Fraction(0)
    while last >= _THOUSAND:
        following = skip(tokens, j, "and") if joined else j
        group = _group(tokens, following, joined=joined)
        if group is None or group[0].value >= last or text_at(tokens, following) in _ARTICLES:
            break
        rest, last, j = rest + group[0].value, group[0].scale, group[1]
    return (Cardinal(head.value + rest) if rest else head), j


def _group(tokens: Tokens, i: int, *, joined: bool) -> tuple[Cardinal, int] | None:
    found = _below_thousand(tokens, i, joined=joined)
    if found is None:
        return None
    scale, j = _scale(tokens, found[1])
    if text_at(tokens, i) in _ARTICLES and found[0].value * scale == 1:
        return None
    return Cardinal(found[0].mantissa, found[0].scale * scale), j


def _below_thousand(tokens: Tokens, i: int, *, joined: bool) -> tuple[Cardinal, int] | None:
    head = (1, i + 1) if text_at(tokens, i) in _ARTICLES else _below_hundred(tokens, i)
    if head is None:
        return None
    j = skip_dash(tokens, head[1])
    if text_at(tokens, j) != "hundred":
        return Cardinal(Fraction(head[0])), head[1]
    rest = _below_hundred(tokens, skip(tokens, j + 1, "and") if joined else j + 1)
    if rest is None or rest[0] == 0:
        return Cardinal(Fraction(head[0]), 100), j + 1
    return Cardinal(Fraction(100 * head[0] + rest[0])), rest[1]


def _below_hundred(tokens: Tokens, i: int) -> tuple[int, int] | None:
    word = text_at(tokens, i)
    if word not in TENS:
        small = (UNITS | TEENS).get(word)
        return None if small is None else (small, i + 1)
    j = skip_dash(tokens, i + 1)
    unit = UNITS.get(text_at(tokens, j), 0)
    return (TENS[word] + unit, j + 1) if unit else (TENS[word], i + 1)


def _mixed(tokens: Tokens, number: Cardinal, i: int, *, money: bool) -> tuple[Cardinal, int] | None:
    j = match_phrase(tokens, i, ("and",)) or match_phrase(tokens, i, ("-", "and", "-"))
    part = fraction(tokens, j) if j else None
    if part is None or number.value.denominator != 1:
        return None
    if number.scale > 1:
        return Cardinal(number.mantissa + part[0], number.scale), part[1]
    scale, j = _scale(tokens, part[1], MONEY_SCALES if money else None)
    return Cardinal(number.mantissa + part[0], scale), j


def fraction(tokens: Tokens, i: int) -> tuple[Fraction, int] | None:
    """A part of a whole in words ("half", "a third", "two-thirds", "three quarters"), and the index behind it."""
    word = text_at(tokens, i)
    if word == "half":
        return Fraction(1, 2), i + 1
    count = 1 if word in ("a", "an") else (UNITS | TEENS).get(word, 0)
    j = skip_dash(tokens, i + 1)
    name = text_at(tokens, j)
    parts = FRACTIONS.get(name if count == 1 else name.removesuffix("s"))
    if parts is None or not 0 < count < parts or (count > 1 and not name.endswith("s")):
        return None
    return Fraction(count, parts), j + 1
