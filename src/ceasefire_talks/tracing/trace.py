"""Tracing: every row that rests on a source, against one copy of its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import Package
from ceasefire_talks.text.fingerprint import sha256
from ceasefire_talks.text.normalise import count_words, normalise
from ceasefire_talks.tracing.coded import Coded, PlacedRow
from ceasefire_talks.tracing.documents import Document
from ceasefire_talks.tracing.findings import Findings, NewText, NumberDifference, RowFinding, SentenceFinding
from ceasefire_talks.tracing.match import Alignment, Match, Stretch, align
from ceasefire_talks.tracing.numbers import differing_numbers
from ceasefire_talks.tracing.recognise import UnrecognisedError, recognise
from ceasefire_talks.tracing.recompute.dates import recompute_dates
from ceasefire_talks.tracing.recompute.figures import recompute_figures
from ceasefire_talks.tracing.rows import check_rows
from ceasefire_talks.tracing.wording import Wording, wording


def trace(package: Package, document: Document, source_id: str | None = None) -> Findings:
    """What a copy proves of the rows that rest on it.

    Of a web page, what is taken for its article is traced; where that does not prove everything, all of the page is,
    and counts if it proves more.

    Args:
        package: the package; its ledger is trusted, the copy is not.
        document: the copy.
        source_id: of which source it is; without it, the one that its sentences tell.

    Raises:
        UnknownNameError: there is no such source that is traced to its sentences.
        PackageError: the package cannot be read, or the source is not recognised.
    """
    found: list[Findings] = []
    refusal: PackageError | None = None
    for text in dict.fromkeys((document.text, document.page)):
        try:
            found.append(trace_text(package, text, source_id))
        except UnrecognisedError as error:
            refusal = error
        if found and found[-1].ok:
            break
    if not found and refusal:
        raise refusal
    return max(found, key=lambda findings: sum(one.proven for one in findings.sentences))


def trace_text(package: Package, text: str, source_id: str | None = None) -> Findings:
    """What a copy of a text proves of the rows that rest on it.

    Args:
        package: the package; its ledger is trusted, the copy is not.
        text: the copy, as plain text.
        source_id: of which source it is; without it, the one that its sentences tell.

    Raises:
        UnknownNameError: there is no such source that is traced to its sentences.
        PackageError: the package cannot be read, or the source is not recognised.
    """
    copy = normalise(text)
    coded, alignment = _aligned(package, copy, source_id)
    wordings = {m.sentence.sentence_id: wording(copy, m) for m in alignment.matches if m.proven}
    rows = tuple(check_rows(coded.evidence, wordings))
    return Findings(
        source_id=coded.source["source_id"],
        title=coded.source["title"],
        identical=sha256(copy) == coded.source["text_sha256"],
        sentences=tuple(_sentence(coded, match, copy, wordings) for match in alignment.matches),
        rows=rows,
        figures=tuple(recompute_figures(coded, rows)),
        dates=tuple(recompute_dates(coded, wordings, {row.evidence_id: row for row in rows})),
        numbers=tuple(_numbers(coded, alignment, copy, rows)),
        new=tuple(_new(alignment, copy)),
    )


def _aligned(package: Package, copy: str, source_id: str | None) -> tuple[Coded, Alignment]:
    if source_id is None:
        return recognise(package, copy)
    coded = Coded(package, source_id)
    return coded, align(coded.ledger, copy)


def _sentence(coded: Coded, match: Match, copy: str, wordings: Mapping[str, Wording]) -> SentenceFinding:
    placed = coded.sentences[match.sentence.sentence_id]
    found = wordings.get(match.sentence.sentence_id)
    return SentenceFinding(
        sentence_id=match.sentence.sentence_id,
        position=match.sentence.position,
        kind=match.sentence.kind,
        topic=placed.row["topic"],
        status=match.status,
        distance=match.distance,
        start=match.start,
        end=match.end,
        text=found.text if found else _altered(copy, match),
        place=placed.place,
    )


def _altered(copy: str, match: Match) -> str | None:
    return None if match.start is None else copy[match.start : match.end].replace("\n", " ")


def _numbers(coded: Coded, alignment: Alignment, copy: str, rows: tuple[RowFinding, ...]) -> Iterator[NumberDifference]:
    starts = {row.record: row.start for row in rows if row.column == "value_text"}
    figures: dict[str, list[PlacedRow]] = {}
    for figure in sorted(coded.figures, key=lambda one: starts.get(one.row["figure_id"], 0)):
        figures.setdefault(figure.row["sentence_id"], []).append(figure)
    for match in alignment.matches:
        text, sentence_id = _altered(copy, match), match.sentence.sentence_id
        if match.status == "altered" and text and not coded.unread:
            yield from differing_numbers(sentence_id, text, figures.get(sentence_id, []))


def _new(alignment: Alignment, copy: str) -> Iterator[NewText]:
    found = [(one, False) for one in alignment.new] + [(one, True) for one in alignment.repeated]
    for stretch, repeated in sorted(found, key=_start):
        text = copy[stretch.start : stretch.end]
        yield NewText(start=stretch.start, end=stretch.end, words=count_words(text), repeated=repeated, text=text)


def _start(found: tuple[Stretch, bool]) -> int:
    return found[0].start
