"""Stages 4 and 5 over all tables, whatever holds them: cells and rows, then keys, which pass over faulty cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from ceasefire_talks.package.progress import Bar
from ceasefire_talks.validation.description import Description
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.report import Unchecked

Held = TypeVar("Held")


def judge(
    description: Description,
    tables: Mapping[str, Held],
    cells: Callable[[Held], Iterator[Problem | Unchecked]],
    keys: Callable[[Held, Mapping[str, Held]], Iterator[Problem]],
    bar: Bar,
) -> None:
    """Judge the cells of every table and then its keys; what is found goes into the description."""
    for table in tables.values():
        for finding in cells(table):
            description.note(finding)
        bar.advance()
    for table in tables.values():
        description.problems.extend(keys(table, tables))
        bar.advance()
