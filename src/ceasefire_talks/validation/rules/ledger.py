"""The coverage ledger: the sentences of a traced source tile its document."""

from __future__ import annotations

from collections.abc import Iterator

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.rules.rule import Tables, cells, rule
from ceasefire_talks.validation.table import Finding


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
    rows = cells(tables["sentences"], "source_id", "position").sort_values(["source_id", "position"])
    before = rows.groupby("source_id")["position"].shift(fill_value=0)
    for row, position, last in zip(rows["row"], rows["position"], before, strict=True):
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
    columns = ["source_id", "position", "paragraph", "sentence"]
    rows = cells(tables["sentences"], *columns).sort_values(columns[:2])
    before = rows.groupby("source_id")[["paragraph", "sentence"]].shift(fill_value=0)
    places = zip(rows["row"], rows["paragraph"], rows["sentence"], before["paragraph"], before["sentence"], strict=True)
    for row, paragraph, sentence, last_paragraph, last_sentence in places:
        following = {(last_paragraph, last_sentence + 1), (last_paragraph + 1, 1)} - {(0, 1)}
        if (paragraph, sentence) not in following:
            expected = " or ".join(f"paragraph {p}, sentence {s}" for p, s in sorted(following))
            after = f"paragraph {last_paragraph}, sentence {last_sentence}"
            message = f"paragraph {paragraph}, sentence {sentence} follows {after}"
            yield Finding("sentences", row, "paragraph", message, expected)


@rule(
    Code(
        "M03",
        "sentence-tiling",
        "The sentences of a source leave a gap or overlap.",
        "Text between them is not accounted for, or is counted twice.",
        "Correct the offsets: exactly one white-space character stands between two sentences.",
    ),
    {"sentences": ("source_id", "position", "start", "end")},
)
def sentence_tiling(tables: Tables) -> Iterator[Finding]:
    """The first sentence starts at 0, each other one character behind the end of the one before."""
    rows = cells(tables["sentences"], "source_id", "position", "start", "end").sort_values(["source_id", "position"])
    before = rows.groupby("source_id")["end"].shift(fill_value=-1)
    for row, start, last_end in zip(rows["row"], rows["start"], before, strict=True):
        if start != last_end + 1:
            place = f"the sentence before ends at {last_end}" if last_end >= 0 else "it is the first sentence"
            yield Finding("sentences", row, "start", f"start {start}, but {place}", str(last_end + 1))


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
    rows = tables["sentences"].typed.groupby("source_id")
    found = {"paragraphs": rows["paragraph"].max(), "sentences": rows.size(), "characters": rows["end"].max()}
    for column, counts in found.items():
        stated = cells(tables["sources"], "source_id", column).merge(counts.rename("found"), on="source_id")
        for row, value, count in zip(stated["row"], stated[column], stated["found"], strict=True):
            if value != count:
                yield Finding("sources", row, column, f"{value} {column}, but the sentences give {count}", str(count))


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
    sources = cells(tables["sources"], "source_id", "trace_level")
    sentences = tables["sentences"].typed[["source_id"]].drop_duplicates()
    merged = sources.merge(sentences, on="source_id", how="left", indicator=True)
    for row, level, side in zip(merged["row"], merged["trace_level"], merged["_merge"], strict=True):
        if (level == "sentence") != (side == "both"):
            has = "has sentences" if side == "both" else "has no sentence"
            yield Finding(
                "sources", row, "trace_level", f'trace level "{level}", but the source {has}', "the other level"
            )


RULES = (sentence_positions, sentence_numbering, sentence_tiling, source_counts, traced_source)
