"""Adding a source to a package: its rows, its sentences, and drafts for a coder; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ceasefire_talks.package.errors import PackageError, needs_extra
from ceasefire_talks.package.texts import Cells, Texts, read_table, read_texts
from ceasefire_talks.package.together import put_back
from ceasefire_talks.schema.definition import table_schema
from ceasefire_talks.schema.lexical import cast
from ceasefire_talks.tracing import drafts
from ceasefire_talks.tracing.anchor import Anchored, anchor
from ceasefire_talks.tracing.trial import change_package


@dataclass(frozen=True, slots=True)
class Added:
    """What was added.

    Attributes:
        source: its row of `sources`, as texts by column.
        sentences: its rows of `sentences`.
        drafts: its rows of drafts.csv; None where the language is one that the readers do not know.
    """

    source: Cells
    sentences: list[Cells]
    drafts: list[Cells] | None


def add_source(root: Path, source: Mapping[str, str], text: str) -> Added:
    """Add a document to a package: one row of sources, one a sentence of sentences, and drafts beside the tables.

    The text itself is written nowhere. Where anything fails, the package is as it was.

    Args:
        root: the package's folder.
        source: the cells of its row of `sources`, without those that are measured.
        text: the document as it came.

    Raises:
        PackageError: the package cannot be read, has the source already, or would have problems that it has not now.
        MissingExtraError: the `coding` or the `check` extra is not installed.
        OSError: the folder cannot be written to.
    """
    put_back(root)
    tables = {name: read_table(root, name) for name in ("sources", "sentences")}
    if source["source_id"] in (row["source_id"] for row in tables["sources"].rows):
        raise PackageError(f"there is a source {source['source_id']!r} already")
    found = _anchored(text, source)
    proposed = _proposed(found)
    contents = {
        **_with_drafts(root, proposed or []),
        **_with_rows(tables["sources"], "sources", [found.source]),
        **_with_rows(tables["sentences"], "sentences", found.rows),
    }
    change_package(root, contents)
    return Added(found.source, found.rows, proposed)


def _anchored(text: str, source: Mapping[str, str]) -> Anchored:
    try:
        with needs_extra("coding"):
            return anchor(text, source)
    except ValueError as error:
        raise PackageError(str(error)) from error


def _proposed(found: Anchored) -> list[Cells] | None:
    if found.source["language"].partition("-")[0] != drafts.LANGUAGE:
        return None
    with needs_extra("check"):
        from ceasefire_talks.validation.rules.evidence import WITHOUT_EVIDENCE
    pairs = zip(found.rows, found.sentences, strict=True)
    readable = [(row["sentence_id"], sentence) for row, sentence in pairs if row["kind"] not in WITHOUT_EVIDENCE]
    return list(drafts.propose(readable, _day(found.source["published"])))


def _day(text: str) -> date:
    try:
        day: date = cast("date", text)
    except ValueError as error:
        raise PackageError(f"published: {error}") from error
    return day


def _with_rows(table: Texts, name: str, rows: Sequence[Cells]) -> dict[str, bytes]:
    key = table_schema(name, [])["primaryKey"]
    return {f"data/{name}.csv": table.with_rows(rows).sorted_by(key).to_bytes()}


def _with_drafts(root: Path, proposed: Sequence[Cells]) -> dict[str, bytes]:
    if not proposed:
        return {}
    path = root / drafts.DRAFTS
    file = read_texts(path, ["draft_id"]) if path.is_file() else Texts(drafts.COLUMNS, ())
    first = drafts.next_number(row["draft_id"] for row in file.rows)
    numbered = [draft | {"draft_id": drafts.draft_id(first + n)} for n, draft in enumerate(proposed)]
    return {drafts.DRAFTS: file.with_rows(numbered).to_bytes()}
