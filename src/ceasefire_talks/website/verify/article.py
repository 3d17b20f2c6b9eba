"""An article without its words: the length of each sentence, and the spans in it on which rows rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ceasefire_talks.package.corroboration import SUBJECTS
from ceasefire_talks.package.package import Row
from ceasefire_talks.website.addresses import article_path
from ceasefire_talks.website.cells import Cell, TableRow
from ceasefire_talks.website.records import Records

_SUBJECT_COLUMNS = ("place_id", *SUBJECTS.values())
_LANE, _GAP = 12, 3


@dataclass(frozen=True, slots=True)
class Basis:
    """A row of evidence as the article's page lists it.

    Attributes:
        row: its cells.
        subject: the cell that names the record which it supports.
        stated: the wording of a figure, which is published; empty for all other evidence.
    """

    row: TableRow
    subject: Cell
    stated: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a sentence, in code points, end-exclusive, with all evidence that has just this span.

    Attributes:
        lane: how many marks lie above it where they overlap.
        basis: its evidence.
    """

    start: int
    end: int
    lane: int
    basis: list[Basis]

    @property
    def top(self) -> int:
        """Its upper edge in the picture."""
        return _GAP + self.lane * (_LANE + _GAP)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the ledger: `cells` as published, `length` in code points, and its marks in order."""

    cells: TableRow
    row: Row
    length: int
    marks: list[Mark]

    @property
    def height(self) -> int:
        """The height of its picture."""
        lanes = max((mark.lane + 1 for mark in self.marks), default=1)
        return _GAP + lanes * (_LANE + _GAP)


@dataclass(frozen=True, slots=True)
class Article:
    """A sentence-traced source.

    Attributes:
        path: of its page, relative to the root of the site.
        source: its row of the table of sources.
        paragraphs: its sentences by paragraph, with the paragraph's number.
        longest: the length of its longest sentence.
        evidence: how many rows of evidence rest on it.
    """

    path: str
    source: Row
    paragraphs: list[tuple[int, list[Sentence]]]
    longest: int
    evidence: int

    @property
    def sentences(self) -> list[Sentence]:
        """All of them in order."""
        return [sentence for _, sentences in self.paragraphs for sentence in sentences]

    def ledger(self) -> dict[str, Any]:
        """What a browser needs to verify a copy, as plain values."""
        return {
            "text_sha256": self.source["text_sha256"],
            "sentences": [_of_ledger(sentence) for sentence in self.sentences],
        }


def articles(records: Records) -> Iterator[Article]:
    """Every sentence-traced source of a package."""
    package = records.package
    if not {"sources", "sentences", "evidence"} <= set(records.rows):
        return
    by_source = _by(package.records("sentences"), "source_id")
    cells = {row.id: row for row in records.rows["sentences"]}
    basis = _basis(records)
    for source in package.records("sources"):
        if source["trace_level"] == "sentence":
            rows = sorted(by_source[source["source_id"]], key=lambda row: int(row["position"]))
            sentences = [_sentence(row, cells[row["sentence_id"]], basis[row["sentence_id"]]) for row in rows]
            yield Article(
                path=article_path(package.schema("sources"), source["source_id"]),
                source=source,
                paragraphs=[(n, list(group)) for n, group in groupby(sentences, key=lambda s: int(s.row["paragraph"]))],
                longest=max((sentence.length for sentence in sentences), default=1),
                evidence=sum(len(basis[row["sentence_id"]]) for row in rows),
            )


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _basis(records: Records) -> dict[str, list[Basis]]:
    figures = {row["figure_id"]: row["value_text"] for row in records.package.records("figures")}
    found: dict[str, list[Basis]] = defaultdict(list)
    for row in records.rows["evidence"]:
        c = row.cells
        subject = next(c[column] for column in _SUBJECT_COLUMNS if c[column].text)
        stated = figures.get(c["figure_id"].text) if c["column"].text == "value_text" else None
        found[c["sentence_id"].text].append(Basis(row, subject, stated or ""))
    return found


def _sentence(row: Row, cells: TableRow, basis: list[Basis]) -> Sentence:
    return Sentence(cells, row, int(row["end"]) - int(row["start"]), list(_marks(basis)))


def _marks(basis: Iterable[Basis]) -> Iterator[Mark]:
    """One mark a span, the longer first where several begin together, each in the first lane that is free."""
    spans: dict[tuple[int, int], list[Basis]] = defaultdict(list)
    for one in basis:
        spans[int(one.row.cells["start"].text), int(one.row.cells["end"].text)].append(one)
    ends: list[int] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        lane = next((i for i, taken in enumerate(ends) if taken <= start), len(ends))
        ends[lane : lane + 1] = [end]
        yield Mark(start, end, lane, spans[start, end])


def _of_ledger(sentence: Sentence) -> dict[str, Any]:
    row = sentence.row
    return {
        "id": row["sentence_id"],
        "length": sentence.length,
        "sha256": row["sha256"],
        "folded_sha256": row["folded_sha256"],
        "simhash": row["simhash"],
        "spans": [[mark.start, mark.end, [one.row.id for one in mark.basis]] for mark in sentence.marks],
        "figures": [[one.subject.text, one.stated] for mark in sentence.marks for one in mark.basis if one.stated],
    }
