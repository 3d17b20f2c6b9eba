"""The tables of a package, checked on an engine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ceasefire_talks.package.errors import needs_extra
from ceasefire_talks.package.progress import Bar, progress
from ceasefire_talks.validation.descriptor import Description
from ceasefire_talks.validation.engines.engine import Engine
from ceasefire_talks.validation.engines.keys import judge_keys
from ceasefire_talks.validation.engines.opening import open_source, prove
from ceasefire_talks.validation.engines.sifting import Sifted, judge_cells, sifted
from ceasefire_talks.validation.judging import judge

AT_ONCE = 2

if TYPE_CHECKING:
    from ceasefire_talks.validation.table import Table


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
def checked_tables(description: Description, engine: str, master: str | None) -> Iterator[Checked]:
    """Check files, cells, rows and keys of every table; what is found goes into the description."""
    size = sum(path.stat().st_size for resource in description.resources for path in resource.paths)
    with _started(engine, master, size) as runner, tempfile.TemporaryDirectory(prefix="ceasefire-talks-") as scratch:
        with progress("Checking", total=3 * len(description.resources)) as bar:
            tables = dict(_opened(description, Path(scratch), runner, bar))
            judge(description, tables, judge_cells, judge_keys, bar)
            description.remarks.extend(f"table {name}: {r}" for name, table in tables.items() for r in table.remarks)
        yield Checked(tables)


def _opened(description: Description, scratch: Path, engine: Engine, bar: Bar) -> Iterator[tuple[str, Sifted]]:
    # While one file is proven, on one core, another may be parsed.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        proofs = pool.map(lambda resource: prove(resource, engine), description.resources)
        for resource, proof in zip(description.resources, proofs, strict=True):
            source = open_source(description, resource, proof, scratch, engine)
            bar.advance()
            if source is not None:
                yield resource.name, sifted(engine, source, _pointed_to(description, resource.name))


def _pointed_to(description: Description, table: str) -> set[str]:
    keys = (key for schema in description.schemas.values() for key in schema.foreign_keys)
    return {name for key in keys if key.table == table for name in key.target_fields}


@contextmanager
def _started(name: str, master: str | None, size: int) -> Iterator[Engine]:
    if name == "spark":
        with needs_extra("spark"):
            from ceasefire_talks.validation.engines.spark_engine import spark_engine
        with spark_engine(master) as engine:
            yield engine
    else:
        with needs_extra("polars"):
            from ceasefire_talks.validation.engines.polars_engine import PolarsEngine, fits_memory
        yield PolarsEngine(in_memory=fits_memory(size))
