"""polars, in this process: in memory where there is enough of it, else streaming from the files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from ceasefire_talks.validation.engines.cells import Read
from ceasefire_talks.validation.engines.engine import Frame, small_types
from ceasefire_talks.validation.engines.polars_reader import PolarsReader

BATCH = 50_000


class PolarsEngine:
    """The embedded engine."""

    def __init__(self, reader: PolarsReader) -> None:
        self._reader = reader

    @property
    def reader(self) -> PolarsReader:
        """See `Engine.reader`."""
        return self._reader

    def frame(self, read: Read) -> Frame:
        """See `Engine.frame`."""
        frame: Frame = nw.from_native(read.frame)
        return frame

    def small(self, cells: Mapping[str, Sequence[Any]], whole: Collection[str] = ()) -> Frame:
        """See `Engine.small`."""
        return nw.from_dict(dict(cells), schema=small_types(cells, whole), backend="polars").lazy()

    def kept(self, frame: Frame) -> Frame:
        """See `Engine.kept`."""
        native: Any = frame.to_native()
        return frame if self._reader.is_eager else nw.from_native(native.collect(engine="streaming").lazy())

    def batches(self, frame: Frame) -> Iterator[dict[str, list[Any]]]:
        """See `Engine.batches`."""
        # Not by `collect_batches`: under load it lost a batch now and then (polars 2.1).
        native: Any = frame.to_native()
        for batch in native.collect(engine="streaming").iter_slices(BATCH):
            yield batch.to_dict(as_series=False)

    def is_ascending(self, frame: Frame, columns: Sequence[str]) -> bool:
        """See `Engine.is_ascending`."""
        native: Any = frame.to_native()
        is_greater = pl.lit(value=False)
        for column in reversed(columns):
            before = pl.col(column).shift(1)
            is_greater = (pl.col(column) > before) | ((pl.col(column) == before) & is_greater)
        answer = native.select(is_greater.all(ignore_nulls=True)).collect(engine="streaming")
        return bool(answer.item())

    def runs(self, pattern: str) -> bool:
        """See `Engine.runs`."""
        try:
            pl.Series([""]).str.contains(pattern)
        except pl.exceptions.ComputeError:
            return False
        return True
