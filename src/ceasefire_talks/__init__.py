"""Ceasefire Talks: events, actors, positions and figures, every row traced to located words of its source.

    >>> import ceasefire_talks as ct
    >>> ct.tables()[:3]
    ['sources', 'sentences', 'actors']

Importing this module imports neither pandas nor pandera; each function brings what it needs when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ceasefire_talks.package.package import Package

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pandera.pandas as pa

    from ceasefire_talks.package.record import Record
    from ceasefire_talks.validation.report import Report

    __version__: str
    schemas: Mapping[str, pa.DataFrameSchema]

__all__ = [
    "__version__",
    "check",
    "cite",
    "descriptor",
    "evidence",
    "load",
    "path",
    "records",
    "schemas",
    "show",
    "tables",
]

_bundled = Package()


def tables() -> list[str]:
    """The names of the tables, in the order of the descriptor."""
    return _bundled.tables


def load(table: str, *, labels: bool = False) -> pd.DataFrame:
    """A table as a typed data frame, one row a record, sorted by primary key.

    Args:
        table: one of `tables()`.
        labels: add a column `<name>_label` with a readable name behind every id and every code.

    Returns:
        Strings as `str`, coded columns as (ordered, where the vocabulary ranks them) categoricals with every code of
        the vocabulary, whole numbers as `Int64`, numbers as `float64`, `boolean`, days as `datetime64[s]`. A missing
        value means not stated, unknown or not applicable, and nothing else.

    Raises:
        UnknownNameError: there is no such table; the message names the nearest.
    """
    return _bundled.frame(table, labels=labels)


def records(table: str) -> list[dict[str, Any]]:
    """A table as plain dicts of str, int, float, bool, `datetime.date` and None; needs the standard library alone.

    Raises:
        UnknownNameError: there is no such table; the message names the nearest.
    """
    return _bundled.records(table)


def path(table: str) -> Path:
    """The CSV file of a table in this installation.

    Raises:
        UnknownNameError: there is no such table; the message names the nearest.
    """
    return _bundled.path(table)


def descriptor() -> dict[str, Any]:
    """The parsed datapackage.json: metadata of the release, and the Table Schema of every table."""
    return _bundled.descriptor


def show(record_id: str) -> Record:
    """One record with its labels, evidence, corroborations and changes; printing it gives a readable sheet.

    Args:
        record_id: an id such as `ev-001`; `table/id` where several tables hold it (`places/israel`); the parts of a
            composite key are joined by `/`.

    Raises:
        UnknownNameError: no table holds it; the message names the nearest id.
        AmbiguousIdError: several tables hold it; the message names them.
    """
    from ceasefire_talks.package.record import find

    return find(_bundled, record_id)


def evidence(record_id: str) -> pd.DataFrame:
    """Which words of which sentence support a record, one row a span.

    Returns:
        The columns of the evidence table (`start` and `end` count code points within the sentence, end-exclusive),
        then `source_id`, `paragraph`, `sentence`, `kind`, `topic`, and `document_start` and `document_end`, code
        points in the normalised document.

    Raises:
        UnknownNameError: no table holds it; the message names the nearest id.
        AmbiguousIdError: several tables hold it; the message names them.
    """
    import pandas as pd

    from ceasefire_talks.package.record import IN_DOCUMENT, OF_SENTENCE

    columns = [*_bundled.schema("evidence").columns, *OF_SENTENCE, *IN_DOCUMENT]
    return pd.DataFrame(show(record_id).evidence, columns=columns)


def cite(format: str = "apa") -> str:  # noqa: A002
    """How to cite this release.

    Args:
        format: `apa` or `bibtex`.

    Raises:
        UnknownNameError: there is no such format; the message names the nearest.
    """
    from ceasefire_talks.publishing.citation import cite as cite_release

    return cite_release(_bundled.descriptor, format)


def check(package: str | Path | None = None) -> Report:
    """Validate a data package: descriptor, bytes, cells, keys and the rules of the data model.

    Args:
        package: a folder with datapackage.json, or that file; the bundled data without it.

    Returns:
        A report with `ok`, `problems` (each with code, file, line, column, record, value and mend) and `to_frame()`.

    Raises:
        PackageError: there is no such folder or file.
        MissingExtraError: the `check` extra is not installed.
    """
    from ceasefire_talks.validation.run import check_package

    return check_package(_bundled.root if package is None else Path(package))


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _bundled.descriptor["version"]
    if name == "schemas":
        from ceasefire_talks.schema.frames import frame_schemas

        return frame_schemas(_bundled.schemas)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
