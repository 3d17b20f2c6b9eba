"""Lists of ids in the short form that a reader can take in, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>[0-9]+)", re.DOTALL)
_RANGE = " to "
_SHORTEST_RANGE = 3
# More than any table has; who pastes more wants to keep the program busy.
_LARGEST_RANGE = 1_000_000


def compressed(ids: Sequence[str]) -> list[str]:
    """The ids, three or more of consecutive numbers as `ev-003 to ev-007`."""
    short: list[str] = []
    for run in _runs(ids):
        short += [f"{run[0]}{_RANGE}{run[-1]}"] if len(run) >= _SHORTEST_RANGE else run
    return short


def expanded(text: str) -> list[str]:
    """The ids of a comma-separated list of ids and ranges.

    Raises:
        ValueError: a range has no numbers, or leads nowhere.
    """
    return [record for part in text.split(", ") for record in _expand(part.strip())]


def _runs(ids: Sequence[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for record in ids:
        if run and record != _next(run[-1]):
            yield run
            run = []
        run.append(record)
    if run:
        yield run


def _next(record: str) -> str | None:
    found = _NUMBERED.fullmatch(record)
    return found and f"{found['stem']}{int(found['number']) + 1:0{len(found['number'])}}"


def _expand(part: str) -> list[str]:
    first, _, last = part.partition(_RANGE)
    if not last:
        return [first]
    ends = [_NUMBERED.fullmatch(end) for end in (first, last)]
    if ends[0] is None or ends[1] is None or ends[0]["stem"] != ends[1]["stem"]:
        raise ValueError(f"{part!r} is no range of ids")
    start, stop = (int(end["number"]) for end in ends if end)
    if not start <= stop < start + _LARGEST_RANGE:
        raise ValueError(f"{part!r} is no range of ids")
    return [f"{ends[0]['stem']}{number:0{len(ends[0]['number'])}}" for number in range(start, stop + 1)]
