"""The reference check: pandera on pandas, and keys beside it, on whole tables in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from ceasefire_talks.package.progress import progress
from ceasefire_talks.validation.cells import check_cells
from ceasefire_talks.validation.descriptor import Description
from ceasefire_talks.validation.files import read_table
from ceasefire_talks.validation.judging import Step, judge
from ceasefire_talks.validation.keys import check_keys
from ceasefire_talks.validation.table import Table


@dataclass(frozen=True, slots=True)
class Checked:
    """The tables that could be read."""

    tables: Mapping[str, Table]

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each has."""
        return {name: len(table.texts) for name, table in self.tables.items()}

    def of_model(self) -> Mapping[str, Table]:
        """The tables for the rules of the data model."""
        return self.tables


def check_by_reference(description: Description) -> Checked:
    """Check files, cells, rows and keys of every table; what is found goes into the description."""
    with progress("Checking", total=len(description.resources)) as bar:
        tables: dict[str, Table] = {}
        for resource in description.resources:
            if (read := read_table(description, resource)) is not None:
                tables[resource.name] = read
            bar.advance()
        known = list(tables.values())
        cells = [Step(table.texts.size, partial(check_cells, table)) for table in known]
        keys = [Step(table.texts.size, partial(check_keys, table, tables)) for table in known]
        judge(description, cells, keys, bar)
    return Checked(tables)
