"""Amounts with their measure unit, and shares of a whole.

amount    = currency cardinal | magnitude [suffix] ["-" | "of"] unit | measure
magnitude = vague | part-of-scale | cardinal
vague     = vague-count [scale] | plural-scale {"of" plural-scale}      several hundred, tens of thousands
measure   = article unit ["and a half"] | fraction ["of"] article unit | plural-unit | unit "-long"
share     = fraction | cardinal ("in" | "out of") cardinal              two-thirds, one in five
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ceasefire_talks.text.quantities import lexicon
from ceasefire_talks.text.quantities.lexicon import HALF, Unit
from ceasefire_talks.text.quantities.model import Kind, Qualifier, QuantityError
from ceasefire_talks.text.quantities.numbers import Cardinal, cardinal, fraction
from ceasefire_talks.text.quantities.phrases import Tokens, is_dash, match_phrase, skip, skip_dash, text_at

NO_UNIT: tuple[Unit, ...] = (Unit(None),)
SHARE_UNIT: tuple[Unit, ...] = (Unit("1", 1, "share"),)
_ARTICLES = ("a", "an")
# "One in five" is a share; "five in 2006" is not.
_LARGEST_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Amount:
    """What was read: bounds in any one of the `units`, which are several where the word is ambiguous."""

    low: Fraction | None
    high: Fraction | None
    qualifier: Qualifier = "exact"
    units: tuple[Unit, ...] = NO_UNIT
    number: Cardinal | None = None
    kind: Kind | None = None


Found = tuple[Amount, int] | None


def amount_or_share(tokens: Tokens, i: int) -> Found:
    """What reaches furthest: a measure, a share, or a number with its unit."""
    found = [reading for reading in (_measure(tokens, i), _share(tokens, i), read_amount(tokens, i)) if reading]
    return max(found, key=lambda reading: reading[1], default=None)


def read_amount(tokens: Tokens, i: int, *, money: bool = False, joined: bool = True) -> Found:
    """A number with its unit, if it has one; `money` and `joined` as in `cardinal`."""
    found = _money(tokens, i) or _vague(tokens, i) or _part_of_scale(tokens, i)
    if found is None:
        number = cardinal(tokens, i, money=money, joined=joined)
        found = (Amount(number[0].value, number[0].value, number=number[0]), number[1]) if number else None
    return _with_unit(tokens, *found) if found and found[0].units is NO_UNIT else found


def _money(tokens: Tokens, i: int) -> Found:
    word = text_at(tokens, i)
    units = lexicon.CURRENCIES.get(word) or lexicon.CURRENCY_CODES.get(word)
    number = cardinal(tokens, i + 1, money=True) if units else None
    if units is None or number is None:
        return None
    return Amount(number[0].value, number[0].value, "exact", units, number[0]), number[1]


def _with_unit(tokens: Tokens, amount: Amount, i: int) -> Found:
    suffix = lexicon.SUFFIXES.at(tokens, i) if amount.number else None
    for j in [suffix[1], i] if suffix else [i]:
        unit = _unit(tokens, skip_dash(tokens, j)) or _unit_of(tokens, j, amount)
        if unit is None:
            continue
        if suffix and j == suffix[1]:
            amount = hedged(amount, suffix[0])
        return replace(amount, units=unit[0]), unit[1]
    return amount, i


def _unit_of(tokens: Tokens, i: int, amount: Amount) -> tuple[tuple[Unit, ...], int] | None:
    vague = amount.qualifier in ("vague", "about")
    return _unit(tokens, i + 1) if vague and text_at(tokens, i) == "of" else None


def _unit(tokens: Tokens, i: int) -> tuple[tuple[Unit, ...], int] | None:
    found = lexicon.UNITS.at(tokens, i)
    if found:
        return found
    word = text_at(tokens, i)
    letters = lexicon.GLUED_UNITS if word and tokens[i].glued else lexicon.SPACED_UNITS
    return (letters[word], i + 1) if word in letters else None


def _vague(tokens: Tokens, i: int) -> Found:
    return _couple(tokens, i) or _vague_count(tokens, i) or _plural_scales(tokens, i)


def _couple(tokens: Tokens, i: int) -> Found:
    j = match_phrase(tokens, i, ("a", "couple"))
    if j is None:
        return None
    scale, j = _scale_after(tokens, skip(tokens, j, "of") if _counts(tokens, j + 1) else j)
    return Amount(Fraction(2 * scale), Fraction(2 * scale), "about"), j


def _counts(tokens: Tokens, i: int) -> bool:
    return _scale_after(tokens, i)[0] > 1


def _vague_count(tokens: Tokens, i: int) -> Found:
    opening = lexicon.VAGUE_COUNTS.at(tokens, i)
    if opening is None:
        return None
    plural = _plural_scales(tokens, opening[1])
    if plural:
        return plural
    scale, j = _scale_after(tokens, opening[1])
    return Amount(Fraction(2 * scale), None, "vague"), j


def _scale_after(tokens: Tokens, i: int) -> tuple[int, int]:
    scale = 1
    while (factor := (lexicon.SCALES | lexicon.GROUPS).get(text_at(tokens, i))) is not None:
        scale, i = scale * factor, i + 1
    return scale, i


def _plural_scales(tokens: Tokens, i: int) -> Found:
    low = lexicon.PLURAL_SCALES.get(text_at(tokens, i))
    if low is None:
        return None
    low, j = 2 * low, i + 1
    while (match := match_phrase(tokens, j, ("of",))) and (factor := lexicon.PLURAL_SCALES.get(text_at(tokens, match))):
        low, j = low * factor, match + 1
    return Amount(Fraction(low), None, "vague"), j


def _part_of_scale(tokens: Tokens, i: int) -> Found:
    part = fraction(tokens, i)
    if part is None:
        return None
    j = skip(tokens, part[1], "of")
    j = j + 1 if text_at(tokens, j) in _ARTICLES else skip_dash(tokens, part[1])
    scale, end = _scale_after(tokens, j)
    return (Amount(part[0] * scale, part[0] * scale), end) if scale > 1 else None


def _measure(tokens: Tokens, i: int) -> Found:
    times = lexicon.COUNTS_OF_TIMES.get(text_at(tokens, i))
    if times:
        return Amount(Fraction(times), Fraction(times), "exact", lexicon.TIMES), i + 1
    return _one_unit(tokens, i) or _one_unit_long(tokens, i) or _part_of_unit(tokens, i) or bare_plural(tokens, i)


def _one_unit(tokens: Tokens, i: int) -> Found:
    unit = lexicon.NAMED_UNITS.at(tokens, i + 1) if text_at(tokens, i) in _ARTICLES else None
    # "A second" is an ordinal as often as a unit.
    if unit is None or unit[0][0].code == "s":
        return None
    half = match_phrase(tokens, unit[1], ("and", "a", "half"))
    value = 1 + HALF if half else Fraction(1)
    return Amount(value, value, "exact", unit[0]), half or unit[1]


def _one_unit_long(tokens: Tokens, i: int) -> Found:
    found = bare_singular(tokens, i)
    long = found and match_phrase(tokens, found[1], ("-", "long"))
    return (found[0], long) if found and long else None


def _part_of_unit(tokens: Tokens, i: int) -> Found:
    part = fraction(tokens, i)
    if part is None:
        return None
    j = skip(tokens, part[1], "of")
    if text_at(tokens, j) not in _ARTICLES:
        j = part[1]
        if not is_dash(tokens, j):
            return None
    unit = lexicon.NAMED_UNITS.at(tokens, j + 1)
    return (Amount(part[0], part[0], "exact", unit[0]), unit[1]) if unit else None


def bare_plural(tokens: Tokens, i: int) -> Found:
    """A vague amount of a unit, such as months."""
    unit = lexicon.NAMED_UNITS.at(tokens, i)
    word = text_at(tokens, unit[1] - 1) if unit else ""
    if unit is None or not word.endswith("s") or unit[0][0].kind not in ("duration", "distance") or word == "seconds":
        return None
    return Amount(Fraction(2), None, "vague", unit[0]), unit[1]


def _share(tokens: Tokens, i: int) -> Found:
    part = fraction(tokens, i) or _ratio(tokens, i)
    return (Amount(part[0], part[0], "exact", SHARE_UNIT), part[1]) if part else None


def _ratio(tokens: Tokens, i: int) -> tuple[Fraction, int] | None:
    count = cardinal(tokens, i)
    j = (match_phrase(tokens, count[1], ("in",)) or match_phrase(tokens, count[1], ("out", "of"))) if count else None
    whole = cardinal(tokens, j) if j else None
    if count is None or whole is None or not 0 < count[0].value < whole[0].value <= _LARGEST_WHOLE:
        return None
    # "20 in 24 hours" is two quantities.
    if _unit(tokens, skip_dash(tokens, whole[1])) or whole[0].value.denominator != 1:
        return None
    return count[0].value / whole[0].value, whole[1]


def few(tokens: Tokens, i: int) -> Found:
    """The word few behind "the past", with its scale and unit."""
    if text_at(tokens, i) != "few":
        return None
    scale, j = _scale_after(tokens, i + 1)
    return _with_unit(tokens, Amount(Fraction(2 * scale), None, "vague"), j)


def bare_singular(tokens: Tokens, i: int) -> Found:
    """One of a unit, such as the week of "the past week"."""
    unit = lexicon.NAMED_UNITS.at(tokens, i)
    return (Amount(Fraction(1), Fraction(1), "exact", unit[0]), unit[1]) if unit else None


def hedged(amount: Amount, hedge: Qualifier) -> Amount:
    """An amount under a hedge.

    Raises:
        QuantityError: the amount is hedged already in another way.
    """
    if amount.qualifier == hedge or (hedge == "about" and amount.qualifier in ("between", "vague")):
        return amount
    lower_bound = hedge in ("at-least", "more-than")
    if amount.qualifier in ("exact", "about") or (amount.qualifier == "vague" and lower_bound):
        low = None if hedge == "less-than" else amount.low
        return replace(amount, low=low, high=None if lower_bound else amount.high, qualifier=hedge)
    raise QuantityError(f"{hedge} and {amount.qualifier} do not go together")
