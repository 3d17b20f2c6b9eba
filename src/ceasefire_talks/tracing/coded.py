"""The rows of a package that rest on the sentences of one source, each with its place in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ceasefire_talks.package.errors import PackageError, UnknownNameError
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.package.record import cell_text
from ceasefire_talks.text.fingerprint import simhash_value
from ceasefire_talks.tracing.findings import Place
from ceasefire_talks.tracing.ledger import LedgerSentence

SUBJECTS = {
    "actor_id": "actors",
    "place_id": "places",
    "event_id": "events",
    "position_id": "positions",
    "figure_id": "figures",
    "relation_id": "relations",
}
TRACED = "sentence"
# The language whose numbers and dates can be read.
LANGUAGE = "en"
# The header is the first line, and no cell of a valid package holds a line break.
_FIRST_LINE = 2


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row, and where it stands."""

    row: Row
    place: Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of evidence: which words support which cell of which record; offsets as in the table.

    Attributes:
        stated: what they support: the cell's text, or what the record as a whole is about.
    """

    evidence_id: str
    table: str
    record: str
    column: str | None
    sentence_id: str
    start: int
    end: int
    stated: str
    subject: PlacedRow
    place: Place


def traced_sources(package: Package) -> dict[str, Row]:
    """The sources of a package that are traced to their sentences, by id.

    Raises:
        PackageError: the package cannot be read, or has none.
    """
    found = {row["source_id"]: row for row in package.records("sources") if row["trace_level"] == TRACED}
    if not found:
        raise PackageError(f"{package.root} has no source that is traced to its sentences")
    return found


def traced_source(package: Package, source_id: str) -> Row:
    """One of them.

    Raises:
        UnknownNameError: there is no such source, or it is not traced to its sentences; the message names the nearest.
        PackageError: the package cannot be read.
    """
    sources = traced_sources(package)
    if source_id not in sources:
        raise UnknownNameError("source that is traced to its sentences", source_id, sources)
    return sources[source_id]


class Coded:
    """The rows that rest on one source.

    Args:
        package: the package, which is trusted: `check` is what tells whether it deserves it.
        source_id: a source that is traced to its sentences.

    Raises:
        UnknownNameError: there is no such source.
        PackageError: the package cannot be read.
    """

    def __init__(self, package: Package, source_id: str) -> None:
        self._package = package
        self.source = traced_source(package, source_id)

    @cached_property
    def sentences(self) -> dict[str, PlacedRow]:
        """The rows of its sentences by id, in the order of the document."""
        own = [one for one in self._placed("sentences") if one.row["source_id"] == self.source["source_id"]]
        return {one.row["sentence_id"]: one for one in sorted(own, key=lambda one: int(one.row["position"]))}

    @cached_property
    def ledger(self) -> list[LedgerSentence]:
        """The sentences as they are matched.

        Raises:
            PackageError: a sentence lacks its offsets or its hashes.
        """
        try:
            return [_checked(LedgerSentence.from_row(one.row)) for one in self.sentences.values()]
        except (TypeError, ValueError) as error:
            raise self._damaged("sentences", error) from error

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The rows of evidence in its sentences, in the order of the table.

        Raises:
            PackageError: a row lacks its offsets, or supports no record that there is.
        """
        rows = (one for one in self._placed("evidence") if one.row["sentence_id"] in self.sentences)
        try:
            return [self._evidence(one) for one in rows]
        except (TypeError, KeyError, StopIteration) as error:
            raise self._damaged("evidence", error) from error

    @cached_property
    def figures(self) -> list[PlacedRow]:
        """The figures of its sentences.

        Raises:
            PackageError: a figure lacks its words.
        """
        own = [one for one in self._records["figures"].values() if one.row["sentence_id"] in self.sentences]
        if any(one.row["value_text"] is None for one in own):
            raise self._damaged("figures", ValueError("a figure has no value_text"))
        return own

    @property
    def published(self) -> date:
        """The day of publication, from which relative dates are resolved.

        Raises:
            PackageError: the source has none.
        """
        day: date | None = self.source["published"]
        if day is None:
            raise PackageError(f"the source {self.source['source_id']!r} has no day of publication")
        return day

    @property
    def unread(self) -> str | None:
        """Why the words of figures and dates cannot be read: there is no reader for the language; None if there is."""
        language = self.source["language"] or "that is not stated"
        return None if language.partition("-")[0] == LANGUAGE else f"there is no reader for the language {language}"

    @cached_property
    def _records(self) -> dict[str, dict[str, PlacedRow]]:
        return {table: {one.row[key]: one for one in self._placed(table)} for key, table in SUBJECTS.items()}

    def _evidence(self, placed: PlacedRow) -> Evidence:
        row = placed.row
        key = next(key for key in SUBJECTS if row[key] is not None)
        table, record = SUBJECTS[key], row[key]
        subject = self._records[table][record]
        return Evidence(
            row["evidence_id"],
            table,
            record,
            row["column"],
            row["sentence_id"],
            int(row["start"]),
            int(row["end"]),
            cell_text(subject.row[row["column"] or self._package.schema(table).label_field or key]),
            subject,
            placed.place,
        )

    def _placed(self, table: str) -> Iterator[PlacedRow]:
        file = self._package.path(table).relative_to(self._package.root).as_posix()
        for line, row in enumerate(self._package.records(table), _FIRST_LINE):
            yield PlacedRow(row, Place(file=file, line=line))

    def _damaged(self, table: str, error: Exception) -> PackageError:
        path = self._package.path(table)
        return PackageError(f"cannot trace with {path}: {error!r}; run `ceasefire-talks check` on the package")


def _checked(sentence: LedgerSentence) -> LedgerSentence:
    """The sentence, if its hashes are hashes.

    Raises:
        TypeError: it lacks one.
        ValueError: one is something else.
    """
    bytes.fromhex(sentence.sha256)
    bytes.fromhex(sentence.folded_sha256)
    simhash_value(sentence.simhash)
    return sentence
