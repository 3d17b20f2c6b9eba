"""A report as lines to read: the tables, what was not checked, the problems by kind, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ceasefire_talks.validation.grouping import Group, grouped
from ceasefire_talks.validation.problem import Problem, neutral

if TYPE_CHECKING:
    from ceasefire_talks.validation.report import Report

# Of one kind, and in all.
FEW = 3
MOST = 100


def as_text(report: Report, *, limit: int | None = MOST, every: bool = False, quiet: bool = False) -> Iterator[str]:
    """The report in lines.

    Args:
        report: what was found.
        limit: of how many problems there is a line, at most; None for any number.
        every: show all problems of each kind instead of the first few, and heed no limit.
        quiet: leave out what is right.
    """
    if not quiet:
        yield from _tables(report)
        if report.coverage:
            yield f"sentences accounted for: {report.coverage}"
        yield from (neutral(remark) for remark in report.remarks)
    yield from (f"checked by frictionless: {gap}" for gap in report.delegated)
    yield from (f"not checked: {gap}" for gap in report.unchecked)
    yield from problem_lines(report.problems, None if every else limit, None if every else FEW)
    if report.problems:
        yield f"ceasefire-talks check --explain {report.problems[0].code} tells more; so for every code"
    yield report.verdict


def problem_lines(problems: Iterable[Problem], limit: int | None = None, few: int | None = None) -> Iterator[str]:
    """The first few problems of each kind, how to mend them, and how many more there are; within a limit for all."""
    groups = grouped(problems)
    left = sum(len(group.problems) for group in groups) if limit is None else limit
    hidden = []
    for group in groups:
        shown = min(len(group.problems), left, len(group.problems) if few is None else few)
        left -= shown
        if shown:
            yield from _group(group, shown)
        else:
            hidden.append(group)
    if hidden:
        count, kinds = sum(len(group.problems) for group in hidden), len(hidden)
        yield f"… and {_count(count, 'more problem')} of {_count(kinds, 'other kind')}; --all shows them"


def _group(group: Group, shown: int) -> Iterator[str]:
    yield from map(str, group.problems[:shown])
    rest = group.after(shown)
    if rest.problems:
        at = f", {rest.lines}" if rest.lines else ""
        yield neutral(f"… and {len(rest.problems)} more of {group.first.code} in {group.place}{at}; --all shows them")
    yield neutral(f"    mend: {group.first.mend}")


def _tables(report: Report) -> Iterator[str]:
    shown = [count for count in report.tables if count.coding is None or count.rows is None]
    width = max((len(neutral(count.table)) for count in shown), default=0)
    for count in shown:
        rows = "not read" if count.rows is None else f"{count.rows:>7} rows"
        yield f"{neutral(count.table):<{width}}  {rows}"
    for coding in dict.fromkeys(count.coding for count in report.tables if count.coding is not None):
        numbers = [count.rows for count in report.tables if count.coding == coding and count.rows is not None]
        yield f"coding kept beside them, {neutral(coding)}: {len(numbers)} tables, {sum(numbers)} rows"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
