"""Stages 4 and 5 over all tables, whatever holds them: cells and rows, then keys, which pass over faulty cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ceasefire_talks.package.progress import Bar
from ceasefire_talks.validation.description import Description
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.report import Unchecked


@dataclass(frozen=True, slots=True)
class Step:
    """Something to judge by itself, whatever else its stage judges: about how much it is, and what finds faults."""

    cells: int
    find: Callable[[], Iterable[Problem | Unchecked]]


Run = Callable[[Sequence[Step]], Iterable[Iterable[Problem | Unchecked]]]


def in_turn(steps: Sequence[Step]) -> Iterator[Iterable[Problem | Unchecked]]:
    """What each step finds, one after the other."""
    return (step.find() for step in steps)


def judge(description: Description, cells: Sequence[Step], keys: Sequence[Step], bar: Bar, run: Run = in_turn) -> None:
    """Judge the cells of every table and then the keys; what is found goes into the description.

    Args:
        description: of the package.
        cells: the steps of the one stage.
        keys: those of the other.
        bar: advances with every step.
        run: runs the steps of a stage, and gives what they find in their order.
    """
    bar.total = (bar.total or 0) + len(cells) + len(keys)
    for stage in (cells, keys):
        for found in run(stage):
            for finding in found:
                description.note(finding)
            bar.advance()
