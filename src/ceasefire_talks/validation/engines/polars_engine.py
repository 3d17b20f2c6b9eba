"""polars, in this process: in memory where there is enough of it, else streaming from the files."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from ceasefire_talks.validation.engines.engine import ROW, Cells, EncodingError, Frame, position, small_types

# Tables take about three times their files in memory, and keys are grouped beside them. Streaming takes less, and twice
# the time, since files are read once for the cells and once for the keys.
MEMORY_SHARE = 0.1
LARGEST = 1 << 30
BATCH = 50_000
USUAL_MEMORY = 8 << 30


class PolarsEngine:
    """The embedded engine."""

    def __init__(self, *, in_memory: bool) -> None:
        self._in_memory = in_memory

    def read(self, files: Sequence[Cells]) -> Frame:
        """See `Engine.read`."""
        frame = pl.concat([_scanned(cells) for cells in files])
        if self._in_memory:
            frame = _loaded(frame)
        return nw.from_native(frame.with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64)))

    @property
    def proves_encoding(self) -> bool:
        """See `Engine.proves_encoding`; it does where it reads files into memory."""
        return self._in_memory

    def small(self, cells: Mapping[str, Sequence[Any]], whole: Collection[str] = ()) -> Frame:
        """See `Engine.small`."""
        return nw.from_dict(dict(cells), schema=small_types(cells, whole), backend="polars").lazy()

    def kept(self, frame: Frame) -> Frame:
        """See `Engine.kept`."""
        native: Any = frame.to_native()
        return frame if self._in_memory else nw.from_native(native.collect(engine="streaming").lazy())

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


def _scanned(cells: Cells) -> pl.LazyFrame:
    return pl.scan_csv(
        cells.path,
        has_header=False,
        skip_lines=cells.skip_lines,
        schema={position(index): pl.String for index in range(cells.width)},
        separator=cells.delimiter,
        glob=False,
    )


def _loaded(frame: pl.LazyFrame) -> pl.LazyFrame:
    try:
        return frame.collect().lazy()
    except pl.exceptions.ComputeError as error:
        raise EncodingError(str(error)) from error


def fits_memory(size: int) -> bool:
    """Whether files of so many bytes in all may be held in memory."""
    return size <= min(LARGEST, _memory() * MEMORY_SHARE)


def _memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):
        return USUAL_MEMORY
