"""A document as rows: one of `sources`, one of `sentences` for each sentence, with hashes in place of the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from ceasefire_talks.schema.definition import table_schema
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.text.fingerprint import fold, sha256, simhash
from ceasefire_talks.text.normalise import NORMALISER, count_words, normalise
from ceasefire_talks.text.segment import SEGMENTER, Sentence, segment
from ceasefire_talks.text.times import TimeError, read_time

OUTCOME = "pending"
REASON = "Not coded yet."
MEASURED = ("paragraphs", "sentences", "characters", "text_sha256", "normaliser", "segmenter")

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Anchored:
    """A document and what is published of it.

    Attributes:
        source: its row of `sources`.
        rows: its rows of `sentences`, in the order of the document.
        sentences: the sentences themselves, which are not published.
    """

    source: Cells
    rows: list[Cells]
    sentences: list[Sentence]


def anchor(text: str, source: Mapping[str, str]) -> Anchored:
    """Normalise and segment a document, and measure it.

    Args:
        text: the document as it came.
        source: the cells of its row of `sources` that cannot be measured; needs `source_id`, `title` and `language`.

    Raises:
        ValueError: the document holds no text.
        ModuleNotFoundError: the segmenter (sentencex, in the `coding` extra) is not installed.
    """
    document = normalise(text)
    sentences = list(segment(document, source["language"]))
    if not sentences:
        raise ValueError("the document holds no text")
    kinds = _kinds(sentences, source["title"])
    measured = (
        str(sentences[-1].paragraph),
        str(len(sentences)),
        str(len(document)),
        sha256(document),
        NORMALISER,
        SEGMENTER,
    )
    return Anchored(
        {**source, "trace_level": "sentence", **dict(zip(MEASURED, measured, strict=True))},
        [_row(source["source_id"], one, kind) for one, kind in zip(sentences, kinds, strict=True)],
        sentences,
    )


def _row(source_id: str, sentence: Sentence, kind: str) -> Cells:
    place = {"source_id": source_id, "paragraph": sentence.paragraph, "sentence": sentence.sentence}
    cells = {
        "sentence_id": _id_template().format(**place),
        **place,
        "position": sentence.position,
        "kind": kind,
        "start": sentence.start,
        "end": sentence.end,
        "words": count_words(sentence.text),
        "sha256": sha256(sentence.text),
        "folded_sha256": sha256(fold(sentence.text)),
        "simhash": simhash(sentence.text),
        "outcome": OUTCOME,
        "reason": REASON,
        "topic": f"Paragraph {sentence.paragraph}, sentence {sentence.sentence}",
    }
    return {column: str(value) for column, value in cells.items()}


@cache
def _id_template() -> str:
    rules = TableSchema.from_descriptor("sentences", table_schema("sentences", [])).row_rules
    return next(str(rule.descriptor["template"]) for rule in rules if rule.fields[0] == "sentence_id")


def _kinds(sentences: list[Sentence], title: str) -> list[str]:
    """What can be told without reading: a first line that is the title, and a line under it that is just a date."""
    kinds = ["body"] * len(sentences)
    headline = fold(sentences[0].text) == fold(normalise(title))
    if headline:
        kinds[0] = "headline"
    if len(sentences) > headline and _is_date(sentences[headline].text):
        kinds[headline] = "dateline"
    return kinds


def _is_date(text: str) -> bool:
    try:
        return read_time(text, date.min).basis == "stated"
    except TimeError:
        return False
