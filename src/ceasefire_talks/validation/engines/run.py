"""The tables of a package, checked on an engine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_talks.package.errors import needs_extra
from ceasefire_talks.package.progress import Bar, progress
from ceasefire_talks.validation.ahead import Ahead
from ceasefire_talks.validation.descriptor import Description
from ceasefire_talks.validation.engines.engine import Engine
from ceasefire_talks.validation.engines.keys import judge_keys
from ceasefire_talks.validation.engines.opening import open_source
from ceasefire_talks.validation.engines.proving import Proofs, prove_all
from ceasefire_talks.validation.engines.sifting import Sifted, judge_cells, sifted
from ceasefire_talks.validation.judging import Step, judge

if TYPE_CHECKING:
    from ceasefire_talks.validation.problem import Problem
    from ceasefire_talks.validation.report import Unchecked
    from ceasefire_talks.validation.table import Table


# One query leaves processors idle now and then. On files, each has its own share of memory.
QUERIES_IN_MEMORY = 4
QUERIES = 2


@dataclass(frozen=True)
class Checked:
    """The tables that could be read; only as long as their engine runs."""

    tables: Mapping[str, Sifted]

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each has."""
        return {name: table.source.rows for name, table in self.tables.items()}

    def of_model(self) -> Mapping[str, Table]:
        """The tables for the rules of the data model."""
        return self._of_model

    @cached_property
    def _of_model(self) -> dict[str, Table]:
        from ceasefire_talks.validation.engines.model_table import EngineTable

        return {name: EngineTable(table) for name, table in self.tables.items()}


@contextmanager
def checked_tables(description: Description, ahead: Ahead | None, master: str | None) -> Iterator[Checked]:
    """Check files, cells, rows and keys of every table; what is found goes into the description.

    Args:
        description: of the package.
        ahead: what polars is already reading; without it, the package is checked on Spark.
        master: where that runs.
    """
    scratch = tempfile.TemporaryDirectory(prefix="ceasefire-talks-")
    with _started(description, ahead, master) as (engine, proofs), scratch as folder:
        with progress("Checking", total=len(description.resources)) as bar:
            tables = dict(_opened(description, Path(folder), engine, proofs, bar))
            cells = [Step(table.cells, partial(judge_cells, table)) for table in tables.values()]
            keys = [step for table in tables.values() for step in judge_keys(table, tables)]
            with ThreadPoolExecutor(QUERIES_IN_MEMORY if engine.reader.is_eager else QUERIES) as pool:
                judge(description, cells, keys, bar, partial(_at_once, pool))
            description.remarks.extend(f"table {name}: {r}" for name, table in tables.items() for r in table.remarks)
        yield Checked(tables)


def _at_once(pool: ThreadPoolExecutor, steps: Sequence[Step]) -> Iterator[Iterable[Problem | Unchecked]]:
    """Run some steps at once, the largest first."""
    order = sorted(range(len(steps)), key=lambda place: -steps[place].cells)
    found = {place: pool.submit(lambda step: list(step.find()), steps[place]) for place in order}
    return (found[place].result() for place in range(len(steps)))


def _opened(
    description: Description, scratch: Path, engine: Engine, proofs: Proofs, bar: Bar
) -> Iterator[tuple[str, Sifted]]:
    for resource in description.resources:
        source = open_source(description, resource, proofs[resource.name].result(), scratch, engine)
        bar.advance()
        if source is not None:
            yield resource.name, sifted(engine, source, _pointed_to(description, resource.name))


def _pointed_to(description: Description, table: str) -> set[str]:
    keys = (key for schema in description.schemas.values() for key in schema.foreign_keys)
    return {name for key in keys if key.table == table for name in key.target_fields}


@contextmanager
def _started(description: Description, ahead: Ahead | None, master: str | None) -> Iterator[tuple[Engine, Proofs]]:
    if ahead is not None:
        from ceasefire_talks.validation.engines.polars_engine import PolarsEngine

        yield PolarsEngine(ahead.reader), ahead.proofs
        return
    with needs_extra("spark"):
        from ceasefire_talks.validation.engines.spark_engine import spark_engine
    with spark_engine(master) as engine, prove_all(description.resources, engine.reader) as proofs:
        yield engine, proofs
