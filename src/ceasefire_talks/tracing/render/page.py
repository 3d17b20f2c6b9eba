"""Findings as one HTML page: the reader's own sentences beside the rows, the spans of their evidence marked.

The page holds the text of the copy, which may be under copyright: it is for the reader's own eyes. It needs no other
file and runs no script, and every text in it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise

from ceasefire_talks.package.record import cell_text
from ceasefire_talks.tracing.findings import (
    DateFinding,
    FigureFinding,
    Findings,
    NumberDifference,
    RowFinding,
    SentenceFinding,
    by_sentence,
)
from ceasefire_talks.validation.problem import neutral

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
.summary { font-size: 1.15rem; font-weight: 600; }
.private { border: 2px solid GrayText; padding: .5rem 1rem; }
article { border-top: 1px solid GrayText; padding: 1rem 0; }
article { display: grid; gap: .5rem 2rem; grid-template-columns: 1fr 1fr; }
article > h2 { grid-column: 1 / -1; margin: 0; font-size: 1rem; }
blockquote { margin: 0; font-family: Georgia, serif; font-size: 1.1rem; overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.2rem; }
mark { background: light-dark(#ffe9a8, #5a4a00); color: inherit; }
.bad { font-weight: 600; color: light-dark(#9b1c1c, #ff9d9d); }
.unread { color: light-dark(#5b4a00, #e8cf7a); }
@media (max-width: 50rem) { article { grid-template-columns: 1fr; } }
"""
_Readings = dict[tuple[str, str], FigureFinding | DateFinding]
_SOUND = ("exact", "reformatted", "moved", "proven", "recomputed")


def as_page(findings: Findings) -> Iterator[str]:
    """The lines of an HTML page."""
    title = f"Trace of {_text(findings.source_id)}"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # Nothing may be fetched or run, whatever the copy holds.
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f'<meta name="robots" content="noindex">\n<title>{title}</title>\n<style>{_STYLE}</style>\n</head>'
    yield f'<body>\n<main>\n<h1>{title}</h1>\n<p dir="auto">{_text(findings.title)}</p>'
    yield f'<p class="summary">{_text(findings.summary)}</p>'
    yield '<p class="private">This page holds the text of your copy. It is for your own eyes: do not publish it.</p>'
    yield from _problems(findings)
    yield from _sentences(findings)
    yield from _new(findings)
    yield "</main>\n</body>\n</html>"


def _problems(findings: Findings) -> Iterator[str]:
    wanting = {row.sentence_id for row in findings.rows if row.status in ("differs", "not-located")}
    wanting |= {one.sentence_id for one in findings.figures if one.status == "differs"}
    wanting |= {one.sentence_id for one in findings.dates if one.status == "differs"}
    shown = [one for one in findings.sentences if not one.proven or one.sentence_id in wanting]
    if shown:
        yield '<nav aria-label="What is not proven">\n<h2>Not proven</h2>\n<ul>'
        for one in shown:
            yield f'<li><a href="#{_text(one.sentence_id)}">{_text(one.sentence_id)}</a> {_status(one.status)}</li>'
        yield "</ul>\n</nav>"


def _sentences(findings: Findings) -> Iterator[str]:
    rows, numbers = by_sentence(findings.rows), by_sentence(findings.numbers)
    readings: _Readings = {("value_text", one.figure_id): one for one in findings.figures}
    readings |= {("date", one.evidence_id): one for one in findings.dates}
    for one in findings.sentences:
        yield from _sentence(one, rows[one.sentence_id], numbers[one.sentence_id], readings)


def _sentence(
    sentence: SentenceFinding, rows: list[RowFinding], numbers: list[NumberDifference], readings: _Readings
) -> Iterator[str]:
    name = _text(sentence.sentence_id)
    yield f'<article id="{name}">\n<h2>{name} {_status(sentence.status)} {_text(sentence.topic)}</h2>'
    yield f'<blockquote dir="auto">{_marked(sentence.text, rows)}</blockquote>\n<ul>'
    yield from (f'<li class="bad">{_text(str(one))}</li>' for one in numbers)
    yield from (_row(row, readings) for row in rows)
    yield "</ul>\n</article>"


def _marked(text: str | None, rows: Iterable[RowFinding]) -> str:
    """The sentence with every stretch marked that lies in a span, or in several that overlap."""
    if text is None:
        return "<em>not in this copy</em>"
    spans = [(row.text_start, row.text_end, row.evidence_id) for row in rows]
    placed = [(start, end, one) for start, end, one in spans if start is not None and end is not None]
    edges = sorted({0, len(text), *(edge for start, end, _ in placed for edge in (start, end))})
    parts = []
    for first, last in pairwise(edges):
        ids = " ".join(one for start, end, one in placed if start <= first and last <= end)
        words = _text(text[first:last])
        parts.append(f'<mark title="{_text(ids)}">{words}</mark>' if ids else words)
    return "".join(parts)


def _row(row: RowFinding, readings: _Readings) -> str:
    subject = f"{row.table}/{row.record}" + (f" {row.column}" if row.column else "")
    words = f'<q dir="auto">{_text(row.words)}</q> ' if row.words is not None else ""
    reason = f" {_text(row.reason)}" if row.reason else ""
    found = readings.get((row.column or "", row.record if row.column == "value_text" else row.evidence_id))
    read = f"<br>{_reading(found)}" if found else ""
    return (
        f"<li><strong>{_text(subject)}</strong> {_text(row.stated)}<br>"
        f"{words}{_status(row.status)}{reason} <small>{_text(row.evidence_id)}</small>{read}</li>"
    )


def _reading(found: FigureFinding | DateFinding) -> str:
    read = found.read_date if isinstance(found, DateFinding) else _bounds(found)
    text = f"read as {read}" if read else ""
    return f"{_text(text)} {_status(found.status)} {_text(found.reason or '')}"


def _bounds(found: FigureFinding) -> str:
    """What the words of a figure state, by their bounds; nothing where they were not read."""
    low, high = ("" if bound is None else cell_text(float(bound)) for bound in (found.read_low, found.read_high))
    number = low if low == high else f"{low}..{high}"
    return " ".join(filter(None, (found.read_qualifier, number, found.read_unit)))


def _new(findings: Findings) -> Iterator[str]:
    if findings.new:
        yield "<h2>In this copy, but not in the ledger</h2>\n<ul>"
        for one in findings.new:
            again = "repeated: " if one.repeated else ""
            yield f'<li dir="auto">{again}{_text(one.text)}</li>'
        yield "</ul>"


def _status(status: str) -> str:
    kind = "sound" if status in _SOUND else "unread" if status == "not-recomputed" else "bad"
    return f'<span class="{kind}">[{status}]</span>'


def _text(text: str) -> str:
    return escape(neutral(text))
