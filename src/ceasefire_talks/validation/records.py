"""A few rows of a table in plain Python, as the fast engines hand them on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ceasefire_talks.validation.placed import Placed


@dataclass
class Records(Placed):
    """Some rows of a table, ascending.

    Attributes:
        numbers: the number that each row has in the table.
        texts: the cells of every column, None where they are missing.
        faulty: per column, the numbers in the table of the rows whose cell was reported or cannot be known.
    """

    numbers: Sequence[int]
    texts: Mapping[str, Sequence[str | None]]
    faulty: defaultdict[str, set[int]]

    def text_column(self, name: str) -> Sequence[str | None]:
        """See `Placed.text_column`."""
        return self.texts[name]

    def has_fault(self, row: int, columns: Iterable[str]) -> bool:
        """See `Placed.has_fault`."""
        return any(self.numbers[row] in self.faulty[column] for column in columns if column in self.faulty)

    def mark(self, row: int, column: str) -> None:
        """Mark a cell as faulty."""
        self.faulty[column].add(self.numbers[row])
