"""A report as JSON, one problem a line: complete, unless it was limited, and then it says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ceasefire_talks.validation.report import Report


def as_json(report: Report, *, limit: int | None = None) -> Iterator[str]:
    """The lines of a JSON object: the properties of `Report.to_dict`, `count` of all problems, and the `limit`."""
    head = replace(report, problems=()).to_dict() | {"ok": report.ok, "count": len(report.problems), "limit": limit}
    del head["problems"]
    yield "{"
    yield from (f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items())
    lines = (f"    {json.dumps(problem.to_dict())}" for problem in report.problems[:limit])
    yield '  "problems": ['
    # Each line is held back until the next is known, for the comma; a million of them need not be in memory.
    before = None
    for line in chain(lines, [None]):
        if before is not None:
            yield before if line is None else f"{before},"
        before = line
    yield "  ]"
    yield "}"
