"""Edits as a unified diff, for eyes: what a terminal would obey or hide is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from itertools import islice, zip_longest

from ceasefire_talks.validation.fixing.plan import Edit
from ceasefire_talks.validation.problem import neutral

# Of one file. Comparing takes longer than in proportion to the lines.
MOST_LINES = 200
_COMPARED = 5_000


def diff_lines(edits: Iterable[Edit]) -> Iterator[str]:
    """For each file what is mended in words, then the lines that differ; of many the first ones."""
    for edit in edits:
        yield neutral(f"{edit.file}: {'; '.join(edit.mended)}")
        lines = _difference(edit)
        yield from islice(lines, MOST_LINES)
        if more := sum(1 for _ in lines):
            yield f"… and {more} more lines of this difference"


def _difference(edit: Edit) -> Iterator[str]:
    old, new = (data.decode("utf-8").split("\n") for data in (edit.before, edit.after))
    if max(len(old), len(new)) <= _COMPARED:
        lines = unified_diff(old, new, f"a/{edit.file}", f"b/{edit.file}", n=0, lineterm="")
    else:
        pairs = ((a, b) for a, b in zip_longest(old, new) if a != b)
        lines = (f"{sign}{text}" for pair in pairs for sign, text in zip("-+", pair, strict=True) if text is not None)
    return map(neutral, lines)
