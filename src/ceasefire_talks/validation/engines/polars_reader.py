"""Files as frames of polars: in memory where there is enough of it, else streamed from the files."""

from __future__ import annotations

import os
from collections.abc import Sequence

import polars as pl

from ceasefire_talks.validation.engines.reading import ROW, Cells, Read, Sizes, UnreadableError, position

# Tables take about three times their files in memory, and keys are grouped beside them. Streaming takes less, and twice
# the time, since files are read once for the cells and once for the keys.
MEMORY_SHARE = 0.1
LARGEST = 1 << 30
USUAL_MEMORY = 8 << 30


class PolarsReader:
    """Reads files by polars."""

    def __init__(self, *, in_memory: bool) -> None:
        self._in_memory = in_memory

    @property
    def is_eager(self) -> bool:
        """See `Reader.is_eager`."""
        return self._in_memory

    def read(self, files: Sequence[Cells]) -> Read:
        """See `Reader.read`; the frame is lazy."""
        frames = [_scanned(cells) for cells in files]
        if not self._in_memory:
            return Read(_numbered(frames))
        loaded = [_loaded(frame) for frame in frames]
        return Read(_numbered([frame.lazy() for frame in loaded]), [_sizes(frame) for frame in loaded])


def fits_memory(size: int) -> bool:
    """Whether files of so many bytes in all may be held in memory."""
    return size <= min(LARGEST, _memory() * MEMORY_SHARE)


def _scanned(cells: Cells) -> pl.LazyFrame:
    return pl.scan_csv(
        cells.path,
        has_header=False,
        skip_lines=cells.skip_lines,
        schema={position(index): pl.String for index in range(cells.width)},
        separator=cells.delimiter,
        glob=False,
    )


def _loaded(frame: pl.LazyFrame) -> pl.DataFrame:
    try:
        return frame.collect()
    except pl.exceptions.PolarsError as error:
        raise UnreadableError(str(error)) from error


def _numbered(frames: Sequence[pl.LazyFrame]) -> pl.LazyFrame:
    return pl.concat(frames).with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))


def _sizes(frame: pl.DataFrame) -> Sizes:
    each = (
        frame.lazy()
        .select(pl.all().str.len_bytes())
        .select(
            pl.sum_horizontal(pl.all().sum().cast(pl.Int64)).alias("bytes"),
            pl.min_horizontal(pl.all().min()).alias("shortest"),
            pl.max_horizontal(pl.all().max()).alias("longest"),
        )
    )
    found = each.collect().row(0, named=True)
    return Sizes(frame.height, found["bytes"], found["shortest"] or 0, found["longest"] or 0)


def _memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):
        return USUAL_MEMORY
