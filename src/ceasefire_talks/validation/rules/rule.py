"""What a rule of the data model is: a function from the tables to findings, with its code and the tables it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.table import Table

Tables = Mapping[str, Table]
Find = Callable[[Tables], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class ModelRule:
    """A rule of the data model."""

    code: Code
    needs: Mapping[str, tuple[str, ...]]
    find: Find

    def applies(self, tables: Tables) -> bool:
        """Whether the columns that it needs could all be read; what is missing was reported before."""
        return all(name in tables and tables[name].has(*columns) for name, columns in self.needs.items())


def rule(code: Code, needs: Mapping[str, tuple[str, ...]] | None = None) -> Callable[[Find], ModelRule]:
    """Make a rule of a function; `needs` names the columns, by table, without which it cannot run."""
    return lambda find: ModelRule(code, needs or {}, find)
