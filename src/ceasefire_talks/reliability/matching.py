"""Which rows of two codings are about the same thing.

Two rows of a table may be the same if each rests, as a whole, on words of one sentence of which they share at least
half of the shorter span. Of all one-to-one assignments, the one is taken whose spans overlap most (characters shared
over characters covered, summed over the pairs); among equals, the one whose compared columns are most often equal.
Actors and places are named in many sentences: what is left of them is matched by equal id and kind. They come first,
so that their ids can be compared in the other tables. A participant is its event and its actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from ceasefire_talks.package.package import Row
from ceasefire_talks.reliability.coding import PARTICIPANTS, Coding, Span
from ceasefire_talks.reliability.columns import Column
from ceasefire_talks.schema.keys import KEY_SEPARATOR

LEAST_SHARE = 0.5
NAMED_OFTEN = ("actors", "places")
ORDER = ("actors", "places", "events", "positions", "figures")
# Breaks ties: all columns of all pairs together weigh less than one character of overlap usually does.
WEIGHT_OF_CODES = 1e-4


@dataclass(frozen=True, slots=True)
class Match:
    """The rows of one table that are the same in both codings, by the first's id, and those of one coding alone."""

    pairs: Mapping[str, str]
    first_only: tuple[str, ...]
    second_only: tuple[str, ...]

    @property
    def ids(self) -> dict[str, str]:
        """The first coding's id for each matched id of the second."""
        return {second: first for first, second in self.pairs.items()}


Matching = dict[str, Match]


def match(first: Coding, second: Coding, columns: Mapping[str, Sequence[Column]]) -> Matching:
    """Match the rows of all coded tables."""
    matching: Matching = {}
    for table in ORDER:
        matching[table] = _match_table(table, first, second, columns[table], matching)
    matching[PARTICIPANTS] = _match_participants(first, second, matching)
    return matching


def in_first_ids(row: Row, columns: Iterable[Column], matching: Matching) -> Row:
    """A row of the second coding with the first's ids; an id without a counterpart is marked so that it equals none."""
    translated = dict(row)
    for column in columns:
        value = row[column.name]
        if value is not None and column.refers_to in matching:
            translated[column.name] = matching[column.refers_to].ids.get(value, f"{value} (second)")
    return translated


def overlap(one: Iterable[Span], other: Iterable[Span]) -> float:
    """The greatest overlap of two spans that may be the same: characters shared over characters covered, else 0."""
    return max((_overlap(a, b) for a, b in product(one, other)), default=0.0)


def _overlap(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    lengths = (one.end - one.start, other.end - other.start)
    if one.sentence != other.sentence or shared <= 0 or shared < LEAST_SHARE * min(lengths):
        return 0.0
    return shared / (sum(lengths) - shared)


def _match_table(table: str, first: Coding, second: Coding, columns: Sequence[Column], done: Matching) -> Match:
    ones, others = first.units[table], second.units[table]
    overlaps = _table(
        [[overlap(first.spans[table].get(a, ()), second.spans[table].get(b, ())) for b in others] for a in ones], others
    )
    translated = [in_first_ids(row, columns, done) for row in others.values()]
    codes = _table([[_equal_share(row, other, columns) for other in translated] for row in ones.values()], others)
    weights = np.where(overlaps > 0, overlaps + WEIGHT_OF_CODES * codes, 0)
    keys, other_keys = list(ones), list(others)
    assigned = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    pairs = {keys[a]: other_keys[b] for a, b in assigned if weights[a, b] > 0}
    if table in NAMED_OFTEN:
        pairs |= _same_id(ones, others, pairs)
    return _complete(pairs, ones, others)


def _table(rows: list[list[float]], columns: Sized) -> npt.NDArray[np.float64]:
    return np.array(rows, dtype=float).reshape(len(rows), len(columns))


def _equal_share(one: Row, other: Row, columns: Sequence[Column]) -> float:
    return sum(bool(one[column.name] == other[column.name]) for column in columns) / len(columns)


def _same_id(ones: Mapping[str, Row], others: Mapping[str, Row], pairs: Mapping[str, str]) -> dict[str, str]:
    left = [key for key in ones if key not in pairs and key in others and key not in pairs.values()]
    return {key: key for key in left if ones[key]["kind"] == others[key]["kind"]}


def _match_participants(first: Coding, second: Coding, matching: Matching) -> Match:
    ones, others = first.units[PARTICIPANTS], second.units[PARTICIPANTS]
    events, actors = matching["events"].pairs, matching["actors"].pairs
    pairs = {}
    for key, row in ones.items():
        counterpart = KEY_SEPARATOR.join((events.get(row["event_id"], ""), actors.get(row["actor_id"], "")))
        if counterpart in others:
            pairs[key] = counterpart
    return _complete(pairs, ones, others)


def _complete(pairs: dict[str, str], ones: Iterable[str], others: Iterable[str]) -> Match:
    ordered = {key: pairs[key] for key in ones if key in pairs}
    matched = set(pairs.values())
    return Match(
        ordered, tuple(key for key in ones if key not in pairs), tuple(key for key in others if key not in matched)
    )
