"""polars, in this process: in memory where there is enough of it, else streaming from the files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from ceasefire_talks.validation.engines.engine import Frame, small_types
from ceasefire_talks.validation.engines.polars_reader import PolarsReader
from ceasefire_talks.validation.engines.reading import ROW, Read

BATCH = 50_000
FEW = 10_000

_SUSPECT = "is suspect"


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

    def only(self, frame: Frame, rows: Collection[int]) -> Frame:
        """See `Engine.only`."""
        return frame.filter(nw.col(ROW).is_in(list(rows)))

    def without(self, frame: Frame, rows: Collection[int]) -> Frame:
        """See `Engine.without`."""
        return frame.filter(~nw.col(ROW).is_in(list(rows)))

    def out_of_order(self, frame: Frame, columns: Sequence[str]) -> dict[str, list[Any]] | None:
        """See `Engine.out_of_order`."""
        is_low = ~_is_greater(columns).fill_null(value=True)
        # Of two neighbours either may be the one that stands in the wrong place.
        is_suspect = is_low | is_low.shift(-1, fill_value=False)
        native: Any = frame.to_native()
        keys = native.select(*columns, is_suspect.alias(_SUSPECT)).collect(engine="streaming")
        suspect = pl.col(_SUSPECT)
        if keys.select(suspect.sum()).item() > FEW:
            return None
        # The others ascend if those do that have a suspect beside them, for all between them do.
        is_border = suspect.shift(1, fill_value=False) | suspect.shift(-1, fill_value=False)
        borders = keys.filter(~suspect & is_border)
        is_sorted = borders.select(_is_greater(columns).all(ignore_nulls=True)).item()
        return keys.filter(suspect).select(*columns).to_dict(as_series=False) if is_sorted else None

    def runs(self, pattern: str) -> bool:
        """See `Engine.runs`."""
        try:
            pl.Series([""]).str.contains(pattern)
        except pl.exceptions.ComputeError:
            return False
        return True


def _is_greater(columns: Sequence[str]) -> pl.Expr:
    """Whether the key of a row is greater than that of the row before; unknown for the first one."""
    is_greater = pl.lit(value=False)
    for column in reversed(columns):
        before = pl.col(column).shift(1)
        is_greater = (pl.col(column) > before) | ((pl.col(column) == before) & is_greater)
    return is_greater
