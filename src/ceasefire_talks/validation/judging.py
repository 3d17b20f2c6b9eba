"""Stages 4 and 5 over all tables, whatever holds them: cells and rows, then keys, which pass over faulty cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ceasefire_talks.package.progress import Bar
from ceasefire_talks.validation.description import Description
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.report import Unchecked

Held = TypeVar("Held")


@dataclass(frozen=True, slots=True)
class Judges(Generic[Held]):
    """Who judges tables.

    Attributes:
        cells: judges the cells of one.
        keys: judges the keys of one among all of them.
        each: calls a function for every table, one after the other or several at once; what they return is in order.
    """

    cells: Callable[[Held], Iterable[Problem | Unchecked]]
    keys: Callable[[Held, Mapping[str, Held]], Iterable[Problem]]
    each: Callable[..., Iterable[Any]] = map


def judge(description: Description, tables: Mapping[str, Held], judges: Judges[Held], bar: Bar) -> None:
    """Judge the cells of every table and then its keys; what is found goes into the description."""
    for found in judges.each(lambda table: list(judges.cells(table)), tables.values()):
        for finding in found:
            description.note(finding)
        bar.advance()
    for found in judges.each(lambda table: list(judges.keys(table, tables)), tables.values()):
        description.problems.extend(found)
        bar.advance()
