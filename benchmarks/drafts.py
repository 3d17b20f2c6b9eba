"""How many of the coded figures and dates `add-source` drafts, and how many of its drafts were coded.

    python benchmarks/drafts.py

The fictional package comes with its text. The article's text is not published: it is read from the folder named by the
environment variable CEASEFIRE_TALKS_SOURCES, one file `<source_id>.txt` a source, and left out without it.

Truth are the spans in evidence.csv for figures' `value_text`, and for the `date` of events and positions. A draft finds
a span if it overlaps it. Of the spans found, the last two columns say how many a draft has with both ends as coded, and
how many with the bounds as coded (low and high, date_min and date_max).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ceasefire_talks.package.package import Package
from ceasefire_talks.schema.lexical import cast
from ceasefire_talks.text.normalise import decode, normalise
from ceasefire_talks.text.segment import Sentence
from ceasefire_talks.tracing.drafts import propose
from ceasefire_talks.validation.rules.evidence import WITHOUT_EVIDENCE

ROOT = Path(__file__).resolve().parents[1]
SOURCES = "CEASEFIRE_TALKS_SOURCES"
BOUNDS = {
    "figures": ("value_text", "low", "high"),
    "events": ("date", "date_min", "date_max"),
    "positions": ("date", "date_min", "date_max"),
}
_BOUNDS = {"value_text": ("number", ("low", "high")), "date": ("date", ("date_min", "date_max"))}
HEADER = ("Text", "Coded", "Recall", "Precision", "Same span", "Same value")

Values = tuple[Any, Any]


@dataclass(frozen=True)
class Span:
    """Located words, and the bounds that were read from them or coded on them."""

    column: str
    sentence_id: str
    start: int
    end: int
    values: frozenset[Values]

    def overlaps(self, other: Span) -> bool:
        """Whether both have words in common."""
        same_place = (self.column, self.sentence_id) == (other.column, other.sentence_id)
        return same_place and self.start < other.end and other.start < self.end


def coded(package: Package, source: str) -> list[Span]:
    """The spans on which figures and dates of a source rest; several rows may rest on one."""
    spans: dict[tuple[str, str, int, int], set[Values]] = {}
    for table, (column, low, high) in BOUNDS.items():
        key = package.schema(table).primary_key[0]
        rows = {row[key]: row for row in package.records(table)}
        for evidence in package.records("evidence"):
            if evidence[key] and evidence["column"] == column and evidence["sentence_id"].startswith(f"{source}-p"):
                place = (column, evidence["sentence_id"], evidence["start"], evidence["end"])
                row = rows[evidence[key]]
                spans.setdefault(place, set()).add((row[low], row[high]))
    return [Span(*place, frozenset(values)) for place, values in spans.items()]


def drafted(package: Package, source: Mapping[str, Any], text: str) -> list[Span]:
    """What add-source drafts, on the sentences as published."""
    drafts = propose(_sentences(package, source["source_id"], normalise(text)), source["published"])
    return [_draft(draft) for draft in drafts]


def _sentences(package: Package, source: str, document: str) -> Iterator[tuple[str, Sentence]]:
    for row in package.records("sentences"):
        if row["source_id"] == source and row["kind"] not in WITHOUT_EVIDENCE:
            words = document[row["start"] : row["end"]]
            place = (row[name] for name in ("paragraph", "sentence", "position", "start", "end"))
            yield row["sentence_id"], Sentence(*place, words)


def _draft(draft: Mapping[str, str]) -> Span:
    columns, kind = (
        (("low", "high"), "number") if draft["column"] == "value_text" else (("date_min", "date_max"), "date")
    )
    low, high = (cast(kind, draft[column]) if draft[column] else None for column in columns)
    start, end = int(draft["start"]), int(draft["end"])
    return Span(draft["column"], draft["sentence_id"], start, end, frozenset({(low, high)}))


def score(name: str, column: str, truth: list[Span], drafts: list[Span]) -> tuple[str, ...]:
    """One line of the table."""
    truth, drafts = ([span for span in spans if span.column == column] for spans in (truth, drafts))
    found = [[draft for draft in drafts if draft.overlaps(span)] for span in truth]
    hits = sum(map(bool, found))
    right = sum(any(draft.overlaps(span) for span in truth) for draft in drafts)
    same_span = sum(
        any((d.start, d.end) == (s.start, s.end) for d in near) for s, near in zip(truth, found, strict=True)
    )
    same_value = sum(any(d.values & s.values for d in near) for s, near in zip(truth, found, strict=True))
    shares = (_share(hits, len(truth)), _share(right, len(drafts)), _share(same_span, hits), _share(same_value, hits))
    return (name, "figures" if column == "value_text" else "dates", *shares)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "none"


def texts() -> Iterator[tuple[str, Package, str, bytes]]:
    """Name, package, source and text of every article that is there."""
    fictional = ROOT / "tests" / "fixtures" / "fictional"
    yield "fictional", Package(fictional), "meridian-20310314", (fictional / "article.txt").read_bytes()
    if folder := os.environ.get(SOURCES):
        package = Package()
        for row in package.records("sources"):
            if row["trace_level"] == "sentence":
                yield "the article", package, row["source_id"], (Path(folder) / f"{row['source_id']}.txt").read_bytes()


def table() -> str:
    """The scores as a Markdown table."""
    lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
    for name, package, source_id, data in texts():
        source = next(row for row in package.records("sources") if row["source_id"] == source_id)
        truth, drafts = coded(package, source_id), drafted(package, source, decode(data))
        scores = (score(name, column, truth, drafts) for column in ("value_text", "date"))
        lines.extend("| " + " | ".join(line) + " |" for line in scores)
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
    if not os.environ.get(SOURCES):
        print(f"the article: left out, {SOURCES} is not set")
