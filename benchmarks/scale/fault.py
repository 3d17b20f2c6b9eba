"""A planted fault as data. Imports nothing large, for the process that measures others has to stay small."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """A fault: its kind, its code, and where it stands.

    Attributes:
        row: the number of the row in its table, from 0; the order of the rows is that of the file.
        line: the physical line, from 1, on which the row starts.
        column: the column at fault; of a key of several columns the first.
        cells: the texts that make the fault, by column; None for an empty cell.
    """

    kind: str
    code: str
    table: str
    row: int
    line: int
    column: str
    cells: dict[str, str | None]

    @property
    def file(self) -> str:
        """The file, relative to the package."""
        return f"{self.table}.csv"


def write_faults(path: Path, faults: Iterable[Fault]) -> None:
    """Write faults as JSON."""
    path.write_text(json.dumps([asdict(fault) for fault in faults]), "utf-8")


def read_faults(path: Path) -> list[Fault]:
    """Read what `write_faults` has written."""
    return [Fault(**fault) for fault in json.loads(path.read_text("utf-8"))]
