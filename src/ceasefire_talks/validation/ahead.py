"""Files read ahead: polars reads while the rest of the program is still being imported, and schemas are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ceasefire_talks.package.errors import needs_extra

if TYPE_CHECKING:
    from ceasefire_talks.validation.description import Description
    from ceasefire_talks.validation.engines.polars_reader import PolarsReader
    from ceasefire_talks.validation.engines.proving import Proofs


@dataclass(frozen=True, slots=True)
class Ahead:
    """What reads the files of a package, and what becomes of them."""

    reader: PolarsReader
    proofs: Proofs


@contextmanager
def read_ahead(description: Description, engine: str) -> Iterator[Ahead | None]:
    """Begin to read the files of a package, where polars is the engine; None for any other."""
    if engine != "polars":
        yield None
        return
    with needs_extra("polars"):
        from ceasefire_talks.validation.engines.polars_reader import PolarsReader, fits_memory
    from ceasefire_talks.validation.engines.proving import prove_all

    reader = PolarsReader(in_memory=fits_memory(description.size))
    with prove_all(description.resources, reader) as proofs:
        yield Ahead(reader, proofs)
