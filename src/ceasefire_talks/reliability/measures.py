"""How far two coders agree: on which rows there are, and on the value of a column of the rows that both have.

Every measure is a number between 0 and 1 (alpha may be less than 0), or None where it is not defined. Its interval
is a percentile bootstrap over units: how it would vary if other units of the same kind had been drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, Literal, TypeVar

import krippendorff
import numpy as np

from ceasefire_talks.reliability.columns import Kind

SCALES: Mapping[Kind, Literal["nominal", "ratio", "interval"]] = {
    "nominal": "nominal",
    "edtf": "nominal",
    "number": "ratio",
    "day": "interval",
}
SEED = 20241120
RESAMPLES = 1000
COVERED = 0.95
LEAST_DEFINED = 0.5

Pair = tuple[Any, Any]
Unit = TypeVar("Unit")
Statistic = Callable[[Sequence[Unit]], float | None]


def alpha_of(kind: Kind) -> tuple[Callable[[Sequence[Pair]], Sequence[Pair]], Statistic[Pair]]:
    """The pairs that Krippendorff's alpha is taken over for a kind of value, and the function that takes it."""
    scale = SCALES[kind]
    if scale == "nominal":
        return _nominal, lambda pairs: _alpha(pairs, scale)
    return _measured, lambda pairs: _alpha(pairs, scale)


def exact(pairs: Sequence[Pair]) -> float | None:
    """The share of pairs whose two values are equal; two empty cells are."""
    return _share([one == other for one, other in pairs])


def share(holds: Sequence[bool]) -> float | None:
    """The share of units for which something holds; None where there is no unit."""
    return _share(holds)


def interval(units: Sequence[Unit], statistic: Statistic[Unit]) -> tuple[float, float] | None:
    """The bootstrap interval of a statistic, the same on every machine.

    Resamples in which the statistic is not defined are left out; None where they are more than half of all.
    """
    random = Random(SEED)  # noqa: S311
    size = len(units)
    draws = ([units[int(random.random() * size)] for _ in range(size)] for _ in range(RESAMPLES))
    found = sorted(value for value in map(statistic, draws) if value is not None)
    if len(found) < LEAST_DEFINED * RESAMPLES:
        return None
    tail = int(len(found) * (1 - COVERED) / 2)
    return found[tail], found[-1 - tail]


def _share(holds: Sequence[bool]) -> float | None:
    return sum(holds) / len(holds) if holds else None


def _nominal(pairs: Sequence[Pair]) -> Sequence[Pair]:
    codes = {value: number for number, value in enumerate(dict.fromkeys(value for pair in pairs for value in pair))}
    return [(codes[one], codes[other]) for one, other in pairs]


def _measured(pairs: Sequence[Pair]) -> Sequence[Pair]:
    filled = ((one, other) for one, other in pairs if one is not None and other is not None)
    return [(_number(one), _number(other)) for one, other in filled]


def _number(value: Any) -> float:
    return float(value.toordinal() if hasattr(value, "toordinal") else value)


def _alpha(pairs: Sequence[Pair], scale: Literal["nominal", "ratio", "interval"]) -> float | None:
    if len({value for pair in pairs for value in pair}) < 2:  # noqa: PLR2004
        return None
    return float(krippendorff.alpha(np.array(pairs, dtype=float).T, level_of_measurement=scale))
