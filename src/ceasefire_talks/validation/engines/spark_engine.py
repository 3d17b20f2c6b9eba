"""Spark, in this process or on a cluster: files are read here once, written as Parquet, and checked there."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.validation.engines.engine import Frame, small_types
from ceasefire_talks.validation.engines.polars_engine import BATCH
from ceasefire_talks.validation.engines.polars_reader import PolarsReader
from ceasefire_talks.validation.engines.portable import is_cheap
from ceasefire_talks.validation.engines.reading import ROW, Cells, Read

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"

_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    # Without it the columns `x` and `X` are one.
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
}
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}
_LOOPBACK = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "8",
}


class SparkEngine:
    """A Spark session and the folder through which it gets its tables.

    The folder is one of the system's for temporary files (`TMPDIR` names another); on a cluster the workers must see it
    under the same path.
    """

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self.session = session
        self.folder = folder
        self._reader = _ParquetReader(session, folder)

    @property
    def reader(self) -> _ParquetReader:
        """See `Engine.reader`."""
        return self._reader

    def frame(self, read: Read) -> Frame:
        """See `Engine.frame`."""
        frame: Frame = nw.from_native(read.frame)
        return frame

    def only(self, frame: Frame, rows: Collection[int]) -> Frame:
        """See `Engine.only`."""
        return frame.join(self._numbered(rows), on=ROW, how="semi")

    def without(self, frame: Frame, rows: Collection[int]) -> Frame:
        """See `Engine.without`."""
        return frame.join(self._numbered(rows), on=ROW, how="anti")

    def _numbered(self, rows: Collection[int]) -> Frame:
        return self.small({ROW: list(rows)}, whole=(ROW,))

    def out_of_order(self, frame: Frame, columns: Sequence[str]) -> None:
        """See `Engine.out_of_order`; rows have no order there."""

    def small(self, cells: Mapping[str, Sequence[Any]], whole: Collection[str] = ()) -> Frame:
        """See `Engine.small`."""
        frame = nw.from_dict(dict(cells), schema=small_types(cells, whole), backend="polars")
        return frame.lazy("pyspark", session=self.session)

    def kept(self, frame: Frame) -> Frame:
        """See `Engine.kept`."""
        native: Any = frame.to_native()
        held: Frame = nw.from_native(native.persist())
        return held

    def batches(self, frame: Frame) -> Iterator[dict[str, list[Any]]]:
        """See `Engine.batches`."""
        native: Any = frame.to_native()
        for batch in native.toArrow().to_batches(max_chunksize=BATCH):
            if len(batch):
                yield batch.to_pydict()

    def runs(self, pattern: str) -> bool:
        """See `Engine.runs`; Java's expressions backtrack, so that only the simplest of others' patterns go there."""
        return is_cheap(pattern.removeprefix(r"\A(?:").removesuffix(r")\z"))


class _ParquetReader:
    """Writes files as Parquet, which Spark reads."""

    is_eager = False

    def __init__(self, session: SparkSession, folder: Path) -> None:
        self._session = session
        self._folder = folder
        self._streamed = PolarsReader(in_memory=False)
        # Of tables, from several threads.
        self._numbers = count(1)

    def read(self, files: Sequence[Cells]) -> Read:
        """See `Reader.read`."""
        path = self._folder / f"table{next(self._numbers)}.parquet"
        rows = self._streamed.read(files).frame
        rows.sink_parquet(path, compression="lz4", statistics=False, row_group_size=1 << 18)
        return Read(self._session.read.parquet(str(path)))


@contextmanager
def spark_engine(master: str | None) -> Iterator[SparkEngine]:
    """An engine on a Spark master such as `local[2]` or `spark://host:7077`; on this machine, where none is named.

    A session that this process has already is used, and left running.

    Raises:
        PackageError: Spark cannot be started; the message says why.
    """
    from pyspark.sql import SparkSession

    existing = SparkSession.getActiveSession()
    with tempfile.TemporaryDirectory(prefix="ceasefire-talks-") as folder, tempfile.TemporaryFile() as log:
        session = existing or _started(master or LOCAL, log)
        own = session.newSession()
        for name, value in _SETTINGS.items():
            own.conf.set(name, value)
        try:
            yield SparkEngine(own, Path(folder))
        finally:
            if existing is None:
                session.stop()


def _started(master: str, log: Any) -> SparkSession:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise PackageError("Spark needs Java 17 or later; install it, or name its folder in JAVA_HOME")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    local = _LOOPBACK if master.startswith("local") else {}
    if local:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(master).appName("ceasefire-talks check")
    for name, value in {**_QUIET, **local}.items():
        builder = builder.config(name, value)
    try:
        with _errors_to(log):
            return builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise PackageError(f"Spark cannot be started on {master}: {error}") from error


@contextmanager
def _errors_to(file: Any) -> Iterator[None]:
    # The Java machine keeps for its life the standard error that it is started with, and is talkative there.
    saved = os.dup(2)
    try:
        os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
