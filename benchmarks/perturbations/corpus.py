"""The fictional articles, each with the ledger of its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.tracing.anchor import anchor
from ceasefire_talks.tracing.ledger import LedgerSentence

FOLDER = Path(__file__).resolve().parents[1] / "articles"

Span = tuple[int, int]


@dataclass(frozen=True)
class Article:
    """A fictional article and the ledger of its sentences, which are counted from 0.

    Attributes:
        name: of its file.
        document: in normal form.
        spans: of its sentences, code points, end-exclusive.
        paragraphs: for every sentence, the number of its paragraph.
        ledger: what would be published of it.
    """

    name: str
    document: str
    spans: tuple[Span, ...]
    paragraphs: tuple[int, ...]
    ledger: tuple[LedgerSentence, ...]

    @classmethod
    def of(cls, name: str, text: str) -> Article:
        """An article measured as `add-source` measures it."""
        found = anchor(text, {"source_id": name, "title": name, "language": "en"})
        return cls(
            name,
            normalise(text),
            tuple((one.start, one.end) for one in found.sentences),
            tuple(one.paragraph for one in found.sentences),
            tuple(map(LedgerSentence.from_row, found.rows)),
        )

    def __len__(self) -> int:
        return len(self.spans)

    def sentence(self, index: int) -> str:
        """Its words."""
        start, end = self.spans[index]
        return self.document[start:end]

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The words of each."""
        return tuple(map(self.sentence, range(len(self))))

    def with_words(self, first: int, last: int, words: str) -> str:
        """The document with other words in place of the sentences from one to another, both included."""
        return self.document[: self.spans[first][0]] + words + self.document[self.spans[last][1] :]


@cache
def read_articles() -> tuple[Article, ...]:
    """All articles, by name."""
    return tuple(Article.of(path.stem, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.txt")))
