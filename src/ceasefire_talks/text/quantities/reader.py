"""From words to quantities: the public functions of the number reader."""

from __future__ import annotations

from fractions import Fraction

from ceasefire_talks.text.quantities.amounts import Amount
from ceasefire_talks.text.quantities.grammar import quantity
from ceasefire_talks.text.quantities.lexicon import CONNECTIVES, Unit
from ceasefire_talks.text.quantities.model import (
    AmbiguousQuantityError,
    LocatedQuantity,
    Number,
    Quantity,
    QuantityError,
)
from ceasefire_talks.text.quantities.phrases import Tokens
from ceasefire_talks.text.quantities.tokens import Token, tokenise

LONGEST_EXPRESSION = 200


def read_quantity(text: str) -> Quantity:
    """The quantity that a number expression states, such as "more than a month" or "$8.5bn".

    Args:
        text: hedge, number and measure unit, without the counted noun.

    Raises:
        AmbiguousQuantityError: the words have several readings, such as "2.5m".
        QuantityError: there is no quantity, more than one, or a word that the grammar does not know.
    """
    found = read_quantities(text)
    if len(found) != 1:
        words = " and ".join(repr(text[one.start : one.end]) for one in found)
        raise QuantityError(f"{text!r} holds {len(found)} quantities: {words}")
    return found[0].quantity


def read_quantities(text: str) -> list[LocatedQuantity]:
    """Every quantity of a number expression, in order: "three times in 24 hours" holds two.

    Raises:
        AmbiguousQuantityError: the words have several readings.
        QuantityError: there is no quantity, or a word besides them that joins nothing.
    """
    if len(text) > LONGEST_EXPRESSION:
        raise QuantityError(f"{text[:40]!r}… is too long for a number expression")
    tokens = tokenise(text)
    located, i = [], 0
    while i < len(tokens):
        found = _read(tokens, i, text)
        if found:
            located.append(_locate(tokens, i, found, text))
            i = found[1]
        else:
            _refuse_unknown(tokens[i], text)
            i += 1
    if not located:
        raise QuantityError(f"{text!r} states no number")
    return located


def _read(tokens: Tokens, i: int, text: str) -> tuple[Amount, int] | None:
    try:
        return quantity(tokens, i)
    except QuantityError as error:
        raise QuantityError(f"{text!r}: {error}") from error


def _refuse_unknown(token: Token, text: str) -> None:
    if token.kind == "malformed":
        raise QuantityError(f"{text!r}: {token.raw!r} is not a number in the English form (3,544 or 8.5)")
    if token.text not in CONNECTIVES:
        raise QuantityError(f"{text!r}: cannot read {token.raw!r}; only hedge, number and measure unit belong here")


def _locate(tokens: Tokens, i: int, found: tuple[Amount, int], text: str) -> LocatedQuantity:
    start, end = tokens[i].start, tokens[found[1] - 1].end
    return LocatedQuantity(resolve(found[0], text[start:end]), start, end)


def resolve(amount: Amount, words: str) -> Quantity:
    """The one reading of an amount.

    Raises:
        AmbiguousQuantityError: its unit has several.
    """
    readings = tuple(_in_unit(amount, unit) for unit in amount.units)
    if len(readings) > 1:
        choices = ", ".join(str(reading.unit or f"{reading.low or reading.high:,}") for reading in readings)
        raise AmbiguousQuantityError(f"{words!r} may be {choices}", readings)
    return readings[0]


def _in_unit(amount: Amount, unit: Unit) -> Quantity:
    low, high = _number(amount.low, unit), _number(amount.high, unit)
    return Quantity(low, high, amount.qualifier, unit.code, amount.kind or unit.kind)


def _number(value: Fraction | None, unit: Unit) -> Number | None:
    if value is None:
        return None
    product = value * unit.factor
    return int(product) if product.denominator == 1 else float(product)
