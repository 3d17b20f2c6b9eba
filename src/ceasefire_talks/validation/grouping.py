"""Like problems together, so that a thousand of one kind hide none of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ceasefire_talks.validation.problem import Problem


@dataclass(frozen=True, slots=True)
class Group:
    """Problems with the same code, file, column and advice, in the order in which they were found."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """The one that stands for all."""
        return self.problems[0]

    @property
    def place(self) -> str:
        """What they have in common: the table, or the file where there is none, and the column."""
        return ".".join(part for part in (self.first.table or self.first.file, self.first.column) if part)

    def after(self, shown: int) -> Group:
        """The group without its first problems."""
        return Group(self.problems[shown:])

    @property
    def lines(self) -> str:
        """The range of their lines, such as `lines 20-9000`; empty where they have none."""
        numbers = [problem.line for problem in self.problems if problem.line is not None]
        if not numbers:
            return ""
        low, high = min(numbers), max(numbers)
        return f"line {low}" if low == high else f"lines {low}-{high}"


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """The problems in groups, each where its first problem stands; the time is linear in their number."""
    found: dict[tuple[str | None, ...], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.table, problem.file, problem.column, problem.mend), []).append(problem)
    return [Group(tuple(group)) for group in found.values()]
