"""Sentences of a normalised document. The segmenter proposes boundaries; the published ones are the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ceasefire_talks.text.normalise import paragraphs

SEGMENTER = "sentencex-1.0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at its place: numbers count from 1, offsets are code points in the document, end-exclusive."""

    paragraph: int
    sentence: int
    position: int
    start: int
    end: int
    text: str


def segment(normalised: str, language: str) -> Iterator[Sentence]:
    """Sentences that tile the document, split within a paragraph and never across.

    Args:
        normalised: a document as `normalise` returns it.
        language: BCP 47; its primary language chooses the segmentation rules.

    Raises:
        ModuleNotFoundError: the segmenter (sentencex, in the `coding` extra) is not installed.
    """
    import sentencex

    position = 0
    for paragraph in paragraphs(normalised):
        cursor = 0
        parts = (part.strip(" ") for part in sentencex.segment(language.partition("-")[0], paragraph.text))
        for number, text in enumerate(filter(None, parts), 1):
            position += 1
            cursor = paragraph.text.index(text, cursor)
            start = paragraph.start + cursor
            cursor += len(text)
            yield Sentence(paragraph.number, number, position, start, start + len(text), text)
