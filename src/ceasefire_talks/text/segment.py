"""Paragraphs and sentences of a document. The segmenter proposes boundaries; the published ones are the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SEGMENTER = "sentencex-1.0"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a normalised document; `start` and `end` are code-point offsets, end-exclusive."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at its place: numbers count from 1, offsets are code points in the document, end-exclusive."""

    paragraph: int
    sentence: int
    position: int
    start: int
    end: int
    text: str


def paragraphs(normalised: str) -> Iterator[Paragraph]:
    """The paragraphs of a normalised document, numbered from 1."""
    start = 0
    for number, line in enumerate(normalised.split("\n") if normalised else [], 1):
        yield Paragraph(number, start, start + len(line), line)
        start += len(line) + 1


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
