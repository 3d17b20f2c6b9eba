"""Number expressions of English news prose: hedge, number, measure unit.

    quantity  = [hedge] (range | amount | share) [suffix] [afterword] | whole | extent | span
    range     = "between" amount "and" amount | amount ("to" | "-" | "or") amount
    span      = [preposition] ["the"] ("past" | "last" …) [number] unit       over the past two weeks

Amounts and shares are in `amounts`, numbers in `numbers`, the words in `lexicon`.
Every function takes the tokens and an index, and returns what it read with the index behind it, or None.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from ceasefire_talks.text.quantities import lexicon
from ceasefire_talks.text.quantities.amounts import (
    NO_UNIT,
    SHARE_UNIT,
    Amount,
    Found,
    amount_or_share,
    bare_plural,
    bare_singular,
    few,
    hedged,
    read_amount,
)
from ceasefire_talks.text.quantities.lexicon import HALF, Unit
from ceasefire_talks.text.quantities.model import Qualifier, QuantityError
from ceasefire_talks.text.quantities.numbers import Cardinal
from ceasefire_talks.text.quantities.phrases import Tokens, is_dash, match_phrase, text_at


def quantity(tokens: Tokens, i: int) -> Found:
    """The longest quantity that begins at `i`.

    Raises:
        QuantityError: a hedge or a range that contradicts itself.
    """
    whole = _whole(tokens, i) or _span(tokens, i)
    if whole:
        return whole
    readings = [_hedged(tokens, i, None, i)]
    hedge = lexicon.HEDGES.at(tokens, i)
    if hedge:
        readings.append(_hedged(tokens, hedge[1], hedge[0], i))
    found = max((r for r in readings if r), key=lambda r: r[1], default=None)
    return _afterword(tokens, *found) if found else None


def _whole(tokens: Tokens, i: int) -> Found:
    for phrases, amount in (
        (lexicon.ALMOST_ALL, Amount(None, None, "almost-all", SHARE_UNIT)),
        (lexicon.MAJORITY, Amount(HALF, None, "more-than", SHARE_UNIT)),
        (lexicon.EXTENTS, Amount(None, None, "vague", (Unit(None, 1, "extent"),))),
    ):
        found = phrases.at(tokens, i)
        if found:
            return amount, found[1]
    return None


def _span(tokens: Tokens, i: int) -> Found:
    opening = lexicon.SPAN_OPENINGS.at(tokens, i)
    if opening is None:
        return None
    j = opening[1]
    found = few(tokens, j) or read_amount(tokens, j)
    if found is None and opening[0]:
        found = bare_plural(tokens, j) or bare_singular(tokens, j)
    return found if found and found[0].units[0].kind == "duration" else None


def _hedged(tokens: Tokens, i: int, hedge: Qualifier | None, start: int) -> Found:
    found = _range(tokens, i, start) or amount_or_share(tokens, i)
    if found is None:
        return None
    suffix = lexicon.SUFFIXES.at(tokens, found[1])
    hedges: list[Qualifier] = [hedge] if hedge and hedge != "exact" else []
    if suffix:
        hedges.append(suffix[0])
    amount, j = found[0], suffix[1] if suffix else found[1]
    for qualifier in hedges:
        amount = hedged(amount, qualifier)
    return amount, j


def _afterword(tokens: Tokens, amount: Amount, i: int) -> Found:
    found = lexicon.AFTERWORDS.at(tokens, i)
    if found is None or amount.units[0].kind not in ("duration", "distance"):
        return amount, i
    kind = found[0]
    if kind and amount.units[0].kind != "duration":
        return amount, i
    return replace(amount, kind=kind), found[1]


def _range(tokens: Tokens, i: int, start: int) -> Found:
    if text_at(tokens, i) == "between":
        return _between(tokens, i + 1)
    first = read_amount(tokens, i)
    if first is None or first[0].number is None:
        return None
    j = _range_word(tokens, first[1])
    if j is None or text_at(tokens, start - 1) == "from":
        return None
    return _joined(first[0], read_amount(tokens, j, money=_is_money(first[0])))


def _range_word(tokens: Tokens, i: int) -> int | None:
    if is_dash(tokens, i):
        return i + 1
    return match_phrase(tokens, i, ("to",)) or match_phrase(tokens, i, ("or",))


def _between(tokens: Tokens, i: int) -> Found:
    for joined in (False, True):
        first = read_amount(tokens, i, joined=joined)
        if first is None or text_at(tokens, first[1]) != "and":
            continue
        found = _joined(first[0], read_amount(tokens, first[1] + 1, money=_is_money(first[0])))
        if found:
            return found
    return None


def _joined(first: Amount, second: Found) -> Found:
    if second is None or first.number is None or second[0].number is None:
        return None
    amount, j = second
    units = _common_units(first, amount)
    low = _lower(first.number, second[0].number)
    if units is None or amount.high is None or low >= amount.high:
        return None
    return Amount(low, amount.high, "between", units), j


def _common_units(first: Amount, second: Amount) -> tuple[Unit, ...] | None:
    if second.units is NO_UNIT:
        return first.units
    return second.units if first.units in (NO_UNIT, second.units) else None


def _lower(first: Cardinal, second: Cardinal) -> Fraction:
    """The first number of a range, in the scale of the second where it has none: 5 to 10 million."""
    if first.scale > 1 or second.scale == 1 or first.value >= lexicon.SCALES["thousand"]:
        return first.value
    if first.mantissa >= second.mantissa:
        raise QuantityError("the first number of the range has no scale, and cannot have that of the second")
    return first.mantissa * second.scale


def _is_money(amount: Amount) -> bool:
    return amount.units[0].kind == "money"
