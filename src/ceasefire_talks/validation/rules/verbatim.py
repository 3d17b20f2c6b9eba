"""How much of the source's own words the tables may hold."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ceasefire_talks.text.normalise import count_words
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.evidence import SUBJECTS
from ceasefire_talks.validation.rules.rule import Tables, cells, rule
from ceasefire_talks.validation.table import Finding

MOST_VERBATIM_WORDS = 7
MOST_TOPIC_WORDS = 12


@rule(
    Code(
        "M17",
        "verbatim-words",
        "A verbatim cell has more than seven words.",
        "The source's text is under copyright; only short runs of it may be published.",
        "Shorten it to the words that carry the meaning, and correct its span.",
    )
)
def verbatim_words(tables: Tables) -> Iterator[Finding]:
    """A verbatim cell has at most seven words; titles of sources are exempt."""
    for table, column in _verbatim(tables):
        rows = cells(tables[table], column)
        for row, text in zip(rows["row"], rows[column], strict=True):
            if (words := count_words(text)) > MOST_VERBATIM_WORDS:
                message = f"{quoted(text)} has {words} words"
                yield Finding(table, row, column, message, f"at most {MOST_VERBATIM_WORDS} words")


@rule(
    Code(
        "M18",
        "verbatim-share",
        "The verbatim cells of one sentence hold more than half of its words.",
        "Put together they restate the sentence, which is under copyright.",
        "Shorten or drop verbatim cells of the sentence.",
    ),
    {"sentences": ("sentence_id", "words"), "evidence": ("column", "sentence_id")},
)
def verbatim_share(tables: Tables) -> Iterator[Finding]:
    """The distinct verbatim texts of a sentence have together at most half of its words."""
    texts = pd.concat([_located(tables, table, column) for table, column in _verbatim(tables)], ignore_index=True)
    texts = texts.drop_duplicates()
    counts = texts.assign(count=[count_words(text) for text in texts["text"]]).groupby("sentence_id")["count"].sum()
    rows = cells(tables["sentences"], "sentence_id", "words").merge(counts, on="sentence_id")
    for row, words, count in zip(rows["row"], rows["words"], rows["count"], strict=True):
        if 2 * count > words:
            message = f"verbatim cells hold {count} of its {words} words"
            yield Finding("sentences", row, "words", message, f"at most {words // 2}")


@rule(
    Code(
        "M19",
        "topic-words",
        "A topic has more than twelve words.",
        "A label that long begins to restate the sentence.",
        "Shorten it to a label.",
    ),
    {"sentences": ("topic",)},
)
def topic_words(tables: Tables) -> Iterator[Finding]:
    """A topic has at most twelve words."""
    rows = cells(tables["sentences"], "topic")
    for row, topic in zip(rows["row"], rows["topic"], strict=True):
        if (words := count_words(topic)) > MOST_TOPIC_WORDS:
            message = f"{quoted(topic)} has {words} words"
            yield Finding("sentences", row, "topic", message, f"at most {MOST_TOPIC_WORDS} words")


def _verbatim(tables: Tables) -> Iterator[tuple[str, str]]:
    for name, table in tables.items():
        if name != "sources":
            yield from ((name, field.name) for field in table.schema.fields if field.descriptor.get("verbatim"))


def _located(tables: Tables, table: str, column: str) -> pd.DataFrame:
    """The texts of a verbatim column with the sentence that holds them: the evidence's, or else the row's own."""
    values, key = tables[table].typed, SUBJECTS.get(table)
    evidence = tables["evidence"].typed
    if key is None or not {key, "sentence_id"} <= set(values) or key not in evidence:
        return pd.DataFrame({"sentence_id": [], "text": []}, dtype="str")
    spans = evidence.loc[evidence["column"] == column, [key, "sentence_id"]].dropna().drop_duplicates()
    rows = values[[key, "sentence_id", column]].dropna(subset=[key, column])
    merged = rows.merge(spans, on=key, how="left", suffixes=("_of_row", ""))
    sentence = merged["sentence_id"].fillna(merged["sentence_id_of_row"])
    return pd.DataFrame({"sentence_id": sentence, "text": merged[column]}).dropna()


RULES = (verbatim_words, verbatim_share, topic_words)
