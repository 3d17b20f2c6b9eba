"""The coverage ledger: the sentences of a traced source tile its document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.rules.rule import Tables, rule
from ceasefire_talks.validation.table import Table

Cells = tuple[Any, ...]


@rule(
    Code(
        "M01",
        "sentence-positions",
        "The sentences of a source are not numbered 1, 2, 3 ... without a gap.",
        "A missing number is a sentence that nobody accounts for.",
        "Add the missing sentence, or number them anew.",
    ),
    {"sentences": ("source_id", "position")},
)
def sentence_positions(tables: Tables) -> Iterator[Finding]:
    """Positions run from 1 in steps of one; doubled ones are the unique key's business."""
    for before, (row, position) in _in_order(tables, "position"):
        last = before[1] if before else 0
        if position - last > 1:
            message = f"position {position} follows position {last}" if last else f"the first position is {position}"
            yield Finding("sentences", row, "position", message, str(last + 1))


@rule(
    Code(
        "M02",
        "sentence-numbering",
        "Paragraphs, or the sentences within a paragraph, are not numbered 1, 2, 3 ... in the order of the document.",
        "The id of a sentence does not lead to its place.",
        "Number paragraphs and sentences anew.",
    ),
    {"sentences": ("source_id", "position", "paragraph", "sentence")},
)
def sentence_numbering(tables: Tables) -> Iterator[Finding]:
    """Each sentence is the next of its paragraph, or the first of the next paragraph."""
    for before, (row, *place) in _in_order(tables, "paragraph", "sentence"):
        paragraph, sentence = before[1:] if before else (0, 0)
        following = [[paragraph + 1, 1], *([[paragraph, sentence + 1]] if before else [])]
        if place not in following:
            expected = " or ".join(f"paragraph {p}, sentence {s}" for p, s in following)
            where = f"behind paragraph {paragraph}, sentence {sentence}" if before else "at the beginning"
            message = f"paragraph {place[0]}, sentence {place[1]} stands {where}"
            yield Finding("sentences", row, "paragraph", message, expected)


@rule(
    Code(
        "M03",
        "sentence-tiling",
        "The sentences of a source leave a gap or overlap.",
        "Text between them is not accounted for, or is counted twice.",
        "Correct the offsets: one white-space character stands between two sentences, or none within a paragraph.",
    ),
    {"sentences": ("source_id", "position", "paragraph", "start", "end")},
)
def sentence_tiling(tables: Tables) -> Iterator[Finding]:
    """The first sentence starts at 0, each other behind the one before: with a space or, as in Japanese, without."""
    for before, (row, paragraph, start, _) in _in_order(tables, "paragraph", "start", "end"):
        expected = before[3] + 1 if before else 0
        fused = before is not None and (paragraph, start) == (before[1], before[3])
        if start != expected and not fused:
            place = f"the sentence before ends at {before[3]}" if before else "it is the first sentence"
            yield Finding("sentences", row, "start", f"start {start}, but {place}", str(expected))


@rule(
    Code(
        "M04",
        "source-counts",
        "A source has other counts than its sentences add up to.",
        "The ledger is not the whole document.",
        "Add the missing sentences, or correct the counts.",
    ),
    {
        "sentences": ("source_id", "paragraph", "end"),
        "sources": ("source_id", "paragraphs", "sentences", "characters"),
    },
)
def source_counts(tables: Tables) -> Iterator[Finding]:
    """The number of sentences, the last paragraph and the last offset are those that the source states."""
    sentences = tables["sentences"]
    rows: dict[str, list[int]] = defaultdict(list)
    for row, source in sentences.each("source_id"):
        rows[source].append(row)
    for column in ("paragraphs", "sentences", "characters"):
        for row, source, stated in tables["sources"].each("source_id", column):
            count = _counted(sentences, rows[source], column)
            if count not in (None, stated):
                yield Finding("sources", row, column, f"{stated} {column}, but the sentences give {count}", str(count))


def _counted(sentences: Table, rows: list[int], column: str) -> int | None:
    if column == "sentences":
        return len(rows) or None
    values = [sentences.column("paragraph" if column == "paragraphs" else "end")[row] for row in rows]
    return None if None in values else max(values, default=None)


@rule(
    Code(
        "M05",
        "traced-source",
        "A source that is traced to its sentences has none, or one that is not has some.",
        "What the trace level promises is not there.",
        "Add the sentences, or correct `trace_level`.",
    ),
    {"sentences": ("source_id",), "sources": ("source_id", "trace_level")},
)
def traced_source(tables: Tables) -> Iterator[Finding]:
    """Exactly the sources of trace level sentence have sentences."""
    with_sentences = {source for _, source in tables["sentences"].each("source_id")}
    for row, source, level in tables["sources"].each("source_id", "trace_level"):
        if (level == "sentence") != (source in with_sentences):
            has = "has sentences" if source in with_sentences else "has no sentence"
            yield Finding(
                "sources", row, "trace_level", f'trace level "{level}", but the source {has}', "the other level"
            )


def _in_order(tables: Tables, *columns: str) -> Iterator[tuple[Cells | None, Cells]]:
    """Row number and columns of every sentence, by source and position, each behind those of the sentence before.

    Where a cell could not be read, that was reported; what would follow from it is left out.
    """
    table = tables["sentences"]
    by_source: dict[str, list[int]] = defaultdict(list)
    for row, source in table.each("source_id"):
        by_source[source].append(row)
    positions = table.column("position")
    for rows in by_source.values():
        if all(positions[row] is not None for row in rows):
            yield from _pairs(table, sorted(rows, key=positions.__getitem__), columns)


def _pairs(table: Table, rows: list[int], columns: tuple[str, ...]) -> Iterator[tuple[Cells | None, Cells]]:
    before = None
    for row in rows:
        cells = (row, *(table.column(column)[row] for column in columns))
        if None not in cells and None not in (before or ()):
            yield before, cells
        before = cells


RULES = (sentence_positions, sentence_numbering, sentence_tiling, source_counts, traced_source)
