"""Evidence: every row and every cell that must rest on located words does, and the words are where it says."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, cells, rule
from ceasefire_talks.validation.table import Finding

SUBJECTS = {
    "actors": "actor_id",
    "places": "place_id",
    "events": "event_id",
    "positions": "position_id",
    "figures": "figure_id",
    "relations": "relation_id",
}
CELLS = {
    "actors": ("described_as",),
    "events": ("date", "place_id"),
    "positions": ("date", "quote"),
    "figures": ("value_text", "place_id"),
}
SPANNED = {"figures": "value_text", "positions": "quote"}
WITHOUT_EVIDENCE = ("headline", "dateline", "credit")

_LINK = (*SUBJECTS.values(), "column", "sentence_id")


@rule(
    Code(
        "M06",
        "row-evidence",
        "A row has no evidence in the sentence that it names.",
        "Nobody can see which words it was coded from.",
        "Add a row to evidence.csv for it, with `column` empty and that `sentence_id`.",
    ),
    {"evidence": _LINK},
)
def row_evidence(tables: Tables) -> Iterator[Finding]:
    """Every row that names a sentence has row evidence in it."""
    for table, key in _subjects(tables, "sentence_id"):
        rows = cells(tables[table], key, "sentence_id")
        evidence = _evidence(tables, key)
        evidence = evidence[evidence["column"].isna()].drop_duplicates([key, "sentence_id"])
        merged = rows.merge(evidence[[key, "sentence_id"]], on=[key, "sentence_id"], how="left", indicator=True)
        for row, record, sentence in _left_only(merged, key, "sentence_id"):
            message = f"{quoted(record)} has no row evidence in {quoted(sentence)}"
            yield Finding(table, row, "sentence_id", message, "a row of evidence")


@rule(
    Code(
        "M07",
        "cell-evidence",
        "A cell that must rest on located words has no evidence.",
        "Nobody can see where its value comes from.",
        "Add a row to evidence.csv for it, with the column's name in `column`.",
    ),
    {"evidence": _LINK},
)
def cell_evidence(tables: Tables) -> Iterator[Finding]:
    """Dates unless inferred, values as printed, quotes, descriptions, and the places of events and figures."""
    for table, key in _subjects(tables):
        evidence = _evidence(tables, key)
        for column in CELLS.get(table, ()):
            if column in tables[table].texts:
                rows = _needing_evidence(tables, table, key, column)
                found = evidence.loc[evidence["column"] == column, [key]].drop_duplicates()
                for row, value, _ in _left_only(rows.merge(found, on=key, how="left", indicator=True), column, key):
                    message = f"{quoted(value)} has no evidence for column {column}"
                    yield Finding(table, row, column, message, "a row of evidence")


@rule(
    Code(
        "M08",
        "evidence-column",
        "Evidence names a column that the supported table does not have.",
        "It supports nothing.",
        "Correct the name of the column.",
    ),
    {"evidence": _LINK},
)
def evidence_column(tables: Tables) -> Iterator[Finding]:
    """`column` is a column of the supported table."""
    for table, key in _subjects(tables):
        columns = tables[table].schema.columns
        evidence = _evidence(tables, key).dropna(subset=["column"])
        for row, column in zip(evidence["row"], evidence["column"], strict=True):
            if column not in columns:
                yield Finding(
                    "evidence", row, "column", f"{quoted(column)} is no column of {table}", ", ".join(columns)
                )


@rule(
    Code(
        "M09",
        "evidence-of-empty-cell",
        "Evidence supports a cell that is empty.",
        "Either the value was lost, or the evidence belongs elsewhere.",
        "Fill the cell, or correct or remove the evidence.",
    ),
    {"evidence": _LINK},
)
def evidence_of_empty_cell(tables: Tables) -> Iterator[Finding]:
    """The supported cell is filled."""
    for table, key in _subjects(tables):
        texts = tables[table].texts
        evidence = _evidence(tables, key).dropna(subset=["column"])
        for column in set(evidence["column"]) & set(texts.columns):
            empty = texts.loc[texts[column].isna() & ~tables[table].is_faulty([column]), [key]].drop_duplicates()
            for row, record in _pairs(evidence[evidence["column"] == column].merge(empty, on=key), key):
                yield Finding("evidence", row, "column", f"{column} of {quoted(record)} is empty", "a filled cell")


@rule(
    Code(
        "M10",
        "span-outside-sentence",
        "A span of evidence ends behind the end of its sentence.",
        "The words that it means are not there.",
        "Correct the offsets; they count code points within the sentence.",
    ),
    {"evidence": ("sentence_id", "end"), "sentences": ("sentence_id", "start", "end")},
)
def span_outside_sentence(tables: Tables) -> Iterator[Finding]:
    """A span ends within its sentence."""
    sentences = tables["sentences"].typed
    lengths = sentences[["sentence_id"]].assign(length=sentences["end"] - sentences["start"]).dropna()
    spans = cells(tables["evidence"], "sentence_id", "end").merge(lengths, on="sentence_id")
    for row, end, length in zip(spans["row"], spans["end"], spans["length"], strict=True):
        if end > length:
            yield Finding(
                "evidence", row, "end", f"end {end}, but the sentence has {length} characters", f"at most {length}"
            )


@rule(
    Code(
        "M11",
        "span-length",
        "The span of a value as printed, or of a quote, is not as long as the text.",
        "The cell is not verbatim what stands there.",
        "Correct the offsets or the text; both are exactly the same words.",
    ),
    {"evidence": (*_LINK, "start", "end")},
)
def span_length(tables: Tables) -> Iterator[Finding]:
    """The span of `value_text` and of `quote` has as many characters as the text."""
    for table, column in SPANNED.items():
        key = SUBJECTS[table]
        if table in tables and {key, column} <= set(tables[table].texts):
            texts = tables[table].typed[[key, column]].dropna().drop_duplicates(key).rename(columns={column: "text"})
            evidence = _evidence(tables, key, "start", "end").dropna(subset=["start", "end"])
            spans = evidence[evidence["column"] == column].merge(texts, on=key)
            for row, text, length in zip(spans["row"], spans["text"], spans["end"] - spans["start"], strict=True):
                if length != len(text):
                    message = f"{length} characters, but {column} {quoted(text)} has {len(text)}"
                    yield Finding("evidence", row, "end", message, f"a span of {len(text)} characters")


@rule(
    Code(
        "M12",
        "coded-without-evidence",
        "A sentence counts as coded, but no evidence lies in it.",
        "The share of sentences accounted for is too high.",
        "Add the evidence, or give the sentence another outcome and a reason.",
    ),
    {"evidence": ("sentence_id",), "sentences": ("sentence_id", "outcome")},
)
def coded_without_evidence(tables: Tables) -> Iterator[Finding]:
    """A coded sentence has evidence."""
    sentences = cells(tables["sentences"], "sentence_id", "outcome")
    evidence = tables["evidence"].typed[["sentence_id"]].drop_duplicates()
    coded = sentences[sentences["outcome"] == "coded"].merge(evidence, on="sentence_id", how="left", indicator=True)
    for row, sentence, _ in _left_only(coded, "sentence_id", "outcome"):
        yield Finding("sentences", row, "outcome", f"{quoted(sentence)} is coded, but has no evidence", "evidence")


@rule(
    Code(
        "M13",
        "evidence-not-coded",
        "Evidence lies in a sentence that counts as not coded.",
        "The ledger denies what the evidence says.",
        "Set the sentence's `outcome` to coded, or move the evidence.",
    ),
    {"evidence": ("sentence_id",), "sentences": ("sentence_id", "outcome")},
)
def evidence_not_coded(tables: Tables) -> Iterator[Finding]:
    """Only coded sentences have evidence."""
    sentences = tables["sentences"].typed[["sentence_id", "outcome"]].dropna()
    rows = cells(tables["evidence"], "sentence_id").merge(sentences, on="sentence_id")
    for row, sentence, outcome in zip(rows["row"], rows["sentence_id"], rows["outcome"], strict=True):
        if outcome != "coded":
            message = f"{quoted(sentence)} has the outcome {quoted(outcome)}"
            yield Finding("evidence", row, "sentence_id", message, "a sentence of outcome coded")


@rule(
    Code(
        "M14",
        "evidence-outside-text",
        "Evidence lies in a headline, a dateline or a credit.",
        "These only repeat or frame the text; rows would be counted from them twice.",
        "Move the evidence into the sentence of the body or caption that states it.",
    ),
    {"evidence": ("sentence_id",), "sentences": ("sentence_id", "kind")},
)
def evidence_outside_text(tables: Tables) -> Iterator[Finding]:
    """Headline, dateline and credit carry no evidence."""
    sentences = tables["sentences"].typed[["sentence_id", "kind"]].dropna()
    rows = cells(tables["evidence"], "sentence_id").merge(sentences, on="sentence_id")
    for row, sentence, kind in zip(rows["row"], rows["sentence_id"], rows["kind"], strict=True):
        if kind in WITHOUT_EVIDENCE:
            yield Finding(
                "evidence", row, "sentence_id", f"{quoted(sentence)} is a {kind}", "a sentence of body or caption"
            )


def _subjects(tables: Tables, *columns: str) -> Iterator[tuple[str, str]]:
    for table, key in SUBJECTS.items():
        if table in tables and {key, *columns} <= set(tables[table].texts):
            yield table, key


def _evidence(tables: Tables, key: str, *columns: str) -> pd.DataFrame:
    evidence = tables["evidence"].typed[[key, "column", "sentence_id", *columns]]
    return evidence.assign(row=range(len(evidence))).dropna(subset=[key])


def _needing_evidence(tables: Tables, table: str, key: str, column: str) -> pd.DataFrame:
    rows = cells(tables[table], key, column)
    if column == "date" and "date_basis" in tables[table].texts:
        return rows[tables[table].typed["date_basis"].loc[rows.index] != "inferred"]
    return rows


def _left_only(merged: pd.DataFrame, *columns: str) -> Iterator[tuple[int, str, str]]:
    alone = merged[merged["_merge"] == "left_only"]
    yield from zip(alone["row"], *(alone[column] for column in columns), strict=True)


def _pairs(frame: pd.DataFrame, column: str) -> Iterator[tuple[int, str]]:
    yield from zip(frame["row"], frame[column], strict=True)


RULES = (
    row_evidence,
    cell_evidence,
    evidence_column,
    evidence_of_empty_cell,
    span_outside_sentence,
    span_length,
    coded_without_evidence,
    evidence_not_coded,
    evidence_outside_text,
)
