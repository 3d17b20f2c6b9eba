"""Evidence: every row and every cell that must rest on located words does, and the words are where it says."""

from __future__ import annotations

from collections.abc import Iterator

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, rule
from ceasefire_talks.validation.table import Table

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
        located = {(record, sentence) for _, record, column, sentence in _evidence(tables, key) if column is None}
        for row, record, sentence in tables[table].each(key, "sentence_id"):
            if (record, sentence) not in located:
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
        supported = {(record, column) for _, record, column, _ in _evidence(tables, key)}
        for column in filter(tables[table].has, CELLS.get(table, ())):
            for row, record, value in _needing_evidence(tables[table], key, column):
                if (record, column) not in supported:
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
        for row, _, column, _ in _evidence(tables, key):
            if column is not None and column not in columns:
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
    for name, key in _subjects(tables):
        table = tables[name]
        rows = {record: row for row, record in table.each(key)}
        for row, record, column, _ in _evidence(tables, key):
            if column is not None and table.has(column) and record in rows and table.is_empty(rows[record], column):
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
    sentences = tables["sentences"].each("sentence_id", "start", "end")
    lengths = {sentence: end - start for _, sentence, start, end in sentences}
    for row, sentence, end in tables["evidence"].each("sentence_id", "end"):
        if sentence in lengths and end > (length := lengths[sentence]):
            message = f"end {end}, but the sentence has {length} characters"
            yield Finding("evidence", row, "end", message, f"at most {length}")


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
        if table in tables and tables[table].has(key, column):
            texts = {record: text for _, record, text in tables[table].each(key, column)}
            for row, record, supported, start, end in tables["evidence"].each(key, "column", "start", "end"):
                if supported == column and record in texts and end - start != len(text := texts[record]):
                    message = f"{end - start} characters, but {column} {quoted(text)} has {len(text)}"
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
    supporting = {sentence for _, sentence in tables["evidence"].each("sentence_id")}
    for row, sentence, outcome in tables["sentences"].each("sentence_id", "outcome"):
        if outcome == "coded" and sentence not in supporting:
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
    outcomes = {sentence: outcome for _, sentence, outcome in tables["sentences"].each("sentence_id", "outcome")}
    for row, sentence in tables["evidence"].each("sentence_id"):
        if (outcome := outcomes.get(sentence, "coded")) != "coded":
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
    kinds = {sentence: kind for _, sentence, kind in tables["sentences"].each("sentence_id", "kind")}
    for row, sentence in tables["evidence"].each("sentence_id"):
        if (kind := kinds.get(sentence)) in WITHOUT_EVIDENCE:
            yield Finding(
                "evidence", row, "sentence_id", f"{quoted(sentence)} is a {kind}", "a sentence of body or caption"
            )


def _subjects(tables: Tables, *columns: str) -> Iterator[tuple[str, str]]:
    for table, key in SUBJECTS.items():
        if table in tables and tables[table].has(key, *columns):
            yield table, key


def _evidence(tables: Tables, key: str) -> Iterator[tuple[int, str, str | None, str | None]]:
    """Row number, supported record, supported column and sentence of the evidence for records of one table."""
    evidence = tables["evidence"]
    columns, sentences = evidence.column("column"), evidence.column("sentence_id")
    for row, record in evidence.each(key):
        yield row, record, columns[row], sentences[row]


def _needing_evidence(table: Table, key: str, column: str) -> Iterator[tuple[int, str, str]]:
    bases = table.column("date_basis") if column == "date" and table.has("date_basis") else None
    for row, record, value in table.each(key, column):
        if bases is None or bases[row] != "inferred":
            yield row, record, value


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
