"""Ceasefire Talks: events, actors, positions and figures, every row traced to located words of its source.

    >>> import ceasefire_talks as ct
    >>> ct.tables()[:3]
    ['sources', 'sentences', 'actors']

Importing this module imports neither pandas nor pandera; each function brings what it needs when it is called.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ceasefire_talks.package.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    import pandas as pd
    import pandera.pandas as pa

    from ceasefire_talks.package.record import Record
    from ceasefire_talks.tracing.result import Trace
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
    "rivals",
    "schemas",
    "sentences",
    "show",
    "tables",
    "timeline",
    "trace",
]

_bundled = Package()


def tables() -> list[str]:
    """The names of the tables, in the order of the descriptor."""
    return _bundled.tables


def load(table: str, *, labels: bool = False, corroboration: bool = False, coding: str | None = None) -> pd.DataFrame:
    """A table as a typed data frame, one row a record, sorted by primary key.

    Args:
        table: one of `tables()`.
        labels: add a column `<name>_label` with a readable name behind every id and every code.
        corroboration: add `confirmed_by`, `qualified_by` and `contradicted_by` (`Int64`): how many independent reports
            say so of the record; reports that go back to one upstream text count once.
        coding: the name of a coding that is kept beside the tables as it came (`first`, `second`); the tables
            themselves without it.

    Returns:
        Strings as `str`, coded columns as (ordered, where the vocabulary ranks them) categoricals with every code of
        the vocabulary, whole numbers as `Int64`, numbers as `float64`, `boolean`, days as `datetime64[s]`. A missing
        value means not stated, unknown or not applicable, and nothing else.

    Raises:
        UnknownNameError: there is no such table or coding, or no verdicts are given on it; the message names the
            nearest.
        PackageError: the installed data cannot be read.
    """
    table = _bundled.in_coding(table, coding)
    frame = _bundled.frame(table, labels=labels)
    if corroboration:
        from ceasefire_talks.package.frames import with_verdict_counts

        frame = with_verdict_counts(frame, table, _bundled)
    return frame


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


def show(record_id: str, *, text: str | PathLike[str] | None = None) -> Record:
    """One record with its labels, evidence, corroborations and changes; printing it gives a readable sheet.

    Args:
        record_id: an id such as `ev-001`; `table/id` where several tables hold it (`places/israel`); the parts of a
            composite key are joined by `/`.
        text: your copy of the source, as for `trace`; its sentences then stand beside the evidence, spans marked.

    Raises:
        UnknownNameError: no table holds it; the message names the nearest id.
        AmbiguousIdError: several tables hold it; the message names them.
        PackageError: the text cannot be read, or is of no source.
    """
    from ceasefire_talks.package.record import find

    record = find(_bundled, record_id)
    if text is None:
        return record
    from ceasefire_talks.tracing.beside import beside

    return beside(record, trace(text).findings)


def evidence(record_id: str, *, text: str | PathLike[str] | None = None) -> pd.DataFrame:
    """Which words of which sentence support a record, one row a span.

    Args:
        record_id: an id, as for `show`.
        text: your copy of the source, as for `trace`; adds its words.

    Returns:
        The columns of the evidence table (`start` and `end` count code points within the sentence, end-exclusive),
        then `source_id`, `paragraph`, `sentence`, `kind`, `topic`, and `document_start` and `document_end`, code
        points in the normalised document. With a text also `status` (proven, differs, not-located, not-proven),
        `words`, `sentence_status`, and `text`, the sentence in your copy, where `text_start` and `text_end` are the
        code points of the words.

    Raises:
        UnknownNameError: no table holds it; the message names the nearest id.
        AmbiguousIdError: several tables hold it; the message names them.
        PackageError: the text cannot be read, or is of no source.
    """
    import pandas as pd

    from ceasefire_talks.package.record import IN_DOCUMENT, OF_SENTENCE

    columns = [*_bundled.schema("evidence").columns, *OF_SENTENCE, *IN_DOCUMENT]
    if text is not None:
        from ceasefire_talks.tracing.beside import OF_COPY

        columns += OF_COPY
    return pd.DataFrame(show(record_id, text=text).evidence, columns=columns)


def sentences(*, text: str | PathLike[str] | None = None) -> pd.DataFrame:
    """The sentences of the sources, as the ledger has them, or beside your own copy of a source.

    Args:
        text: your copy, as for `trace`.

    Returns:
        The columns of the sentences table. With a text, the rows of its source alone, with `status` (exact,
        reformatted, moved, altered, lost), `proven`, `distance`, `copy_start` and `copy_end` (code points in your copy,
        normalised) and `text`, the sentence as your copy has it.

    Raises:
        PackageError: the text cannot be read, or is of no source.
    """
    frame = load("sentences")
    if text is None:
        return frame
    from ceasefire_talks.tracing.result import sentences_beside

    return sentences_beside(frame, trace(text))


def trace(text: str | PathLike[str], *, source: str | None = None, package: str | PathLike[str] | None = None) -> Trace:
    """Verify every row that rests on a source against your own copy of its text.

    The copy stays with you: only its hashes are compared with the published ones.

    Args:
        text: the text itself, or a path-like object for a file (plain text, a saved web page, Markdown). A string of a
            single line is an address if it begins with http:// or https://, and a file if there is one of that name.
        source: of which source it is; without it, the one whose sentences it has.
        package: a folder with a package of your own; the bundled data without it.

    Returns:
        The data frames `sentences`, `rows` (of evidence), `figures`, `dates`, `numbers` and `new`, a `summary` line,
        and `ok`; printing it gives a report.

    Raises:
        UnknownNameError: there is no such source that is traced to its sentences; the message names the nearest.
        PackageError: the text or the package cannot be read, or the source is not recognised.
        MissingExtraError: the text is a web page or Markdown, and the `trace` extra is not installed.
    """
    from ceasefire_talks.tracing.copies import copy_of
    from ceasefire_talks.tracing.result import Trace
    from ceasefire_talks.tracing.trace import trace as trace_copy

    return Trace(trace_copy(_bundled if package is None else Package(Path(package)), copy_of(text), source))


def rivals(figure_id: str) -> pd.DataFrame:
    """Every value of the quantity that a figure measures, side by side: the article's own, then those of other reports.

    Values are neither merged nor ranked.

    Returns:
        `record` (id of the figure or the corroboration), `verdict` (missing for figures), `low`, `high`, `qualifier`,
        `unit`, `as_of` (EDTF), `claimant`, `source_id`, `trace_level`, `summary`; the reports in order of their day.

    Raises:
        UnknownNameError: there is no such figure; the message names the nearest.
    """
    import pandas as pd

    from ceasefire_talks.package.corroboration import rival_values

    return pd.DataFrame(rival_values(_bundled, figure_id))


def timeline() -> pd.DataFrame:
    """The events of the article and what later reports add, in the order of their earliest day.

    Returns:
        `date` (EDTF), `date_min`, `date_max`, `record`, `about` (the record that a later report is about), `status`
        (the event's, or the verdict `supersedes` or `extends`), `summary`, `source_id` and `trace_level`: `sentence`
        where located words of the article support the row, `document` where a report as a whole does.
    """
    import pandas as pd

    from ceasefire_talks.package.corroboration import timeline_rows

    frame = pd.DataFrame(timeline_rows(_bundled))
    return frame.assign(**{c: pd.to_datetime(frame[c]).astype("datetime64[s]") for c in ("date_min", "date_max")})


def cite(rows: pd.DataFrame | str | Iterable[str] | None = None, format: str = "apa") -> str:  # noqa: A002
    """How to cite this release, or rows of it together with the texts that they come from.

    Args:
        rows: a frame with the id column of a table (the key that leads its columns counts), an id, or several; the
            name of a table means all its rows. The release as a whole without it.
        format: `apa`, `bibtex`, `ris`, `csl-json` or `cff`.

    Returns:
        The citation; with rows it states the version, their ids (or number, where they are many) and the SHA-256 of
        their canonical form, which `ceasefire-talks cite --verify` compares with a release.

    Raises:
        UnknownNameError: there is no such row or format; the message names the nearest.
        AmbiguousIdError: several tables hold the id; the message names them.
        PackageError: the frame has no id column, or a row was withdrawn.
    """
    from ceasefire_talks.publishing import citation
    from ceasefire_talks.publishing.citation.subset import ids_in, select

    if rows is None:
        return citation.cite(_bundled.descriptor, format)
    return citation.cite_subset(_bundled, select(_bundled, ids_in(_bundled, rows)), format)


def check(
    package: str | Path | None = None,
    *,
    engine: str = "auto",
    master: str | None = None,
    allow_remote: bool = False,
    schemas: Mapping[str, Path] | None = None,
) -> Report:
    """Validate a data package: descriptor, bytes, cells, keys and the rules of the data model.

    Args:
        package: a folder with datapackage.json, or a descriptor file; the bundled data without it.
        engine: `pandas` (pandera in memory), `polars` or `spark`, which give the same verdict on packages of any size;
            `auto` decides by size.
        master: where Spark runs, as `local[2]` or `spark://host:7077`; this machine without it.
        allow_remote: fetch schemas and dialects that the descriptor names by an address; data are never fetched.
        schemas: local copies of such schemas and dialects, by their addresses.

    Returns:
        A report with `ok`, `problems` (each with code, file, line, column, record, value and mend) and `to_frame()`.

    Raises:
        PackageError: there is no such folder, file or engine, or the engine cannot be started.
        MissingExtraError: the `check` extra, or the one of the engine, is not installed.
    """
    from ceasefire_talks.validation.run import check_package

    return check_package(
        _bundled.root if package is None else Path(package),
        engine=engine,
        master=master,
        allow_remote=allow_remote,
        schemas=schemas,
    )


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _bundled.descriptor["version"]
    if name == "schemas":
        return _schemas()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _schemas() -> Mapping[str, pa.DataFrameSchema]:
    from ceasefire_talks.package.errors import needs_extra

    with needs_extra("check"):
        from ceasefire_talks.schema.frames import frame_schemas
    return frame_schemas(_bundled.schemas)
