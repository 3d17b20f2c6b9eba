"""What an engine offers: tables of texts as lazy narwhals frames, and answers as plain Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import narwhals as nw

from ceasefire_talks.schema.rules import date_parts
from ceasefire_talks.validation.engines.reading import Read, Reader

Frame = nw.LazyFrame[Any]


class Engine(Protocol):
    """An engine that runs narwhals expressions on tables of any size."""

    @property
    def reader(self) -> Reader:
        """What reads files for it."""

    def frame(self, read: Read) -> Frame:
        """The rows that its reader has read."""

    def small(self, cells: Mapping[str, Sequence[Any]], whole: Collection[str] = ()) -> Frame:
        """A frame of a few columns of texts; those named in `whole` hold whole numbers."""

    def kept(self, frame: Frame) -> Frame:
        """The same frame, held where it is quick to ask again."""

    def batches(self, frame: Frame) -> Iterator[dict[str, list[Any]]]:
        """The cells of a frame, by column, so many rows at a time that they fit memory; in no order, never empty."""

    def only(self, frame: Frame, rows: Collection[int]) -> Frame:
        """The rows with these numbers, of a frame that has all rows of a table."""

    def without(self, frame: Frame, rows: Collection[int]) -> Frame:
        """Those rows of a frame that have none of these numbers."""

    def out_of_order(self, frame: Frame, columns: Sequence[str]) -> dict[str, list[Any]] | None:
        """The cells of those few rows without which every row has a greater key than the one before.

        In whatever order of texts: no two of the others have the same key, so that a repeated key is among them. The
        columns are filled.

        Returns:
            None where they are many, or the engine cannot tell cheaply.
        """

    def runs(self, pattern: str) -> bool:
        """Whether it runs a portable pattern in linear time and within its limits."""


def small_types(cells: Iterable[str], whole: Collection[str]) -> dict[str, Any]:
    """The types of the columns of a small frame."""
    return {name: nw.Int64() if name in whole else nw.String() for name in cells}


def collect(engine: Engine, frame: Frame, columns: Sequence[str]) -> dict[str, list[Any]]:
    """All the cells of some columns of a frame that fits memory."""
    found: dict[str, list[Any]] = {column: [] for column in columns}
    for batch in engine.batches(frame.select(*columns)):
        for column, cells in found.items():
            cells.extend(batch[column])
    return found


def iso_date_parts(column: str, texts: Iterable[str]) -> dict[str, list[Any]]:
    """As `rules.date_parts`, with days as texts, which is how engines hold them: texts order as the days do."""
    parts = date_parts(column, texts)
    for side in ("earliest", "latest"):
        parts[f"{column} {side}"] = [day and day.isoformat() for day in parts[f"{column} {side}"]]
    return parts
