"""What other reports say about a row: whole, in order of time, and by the rounding rule of the data model."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ceasefire_talks.package.corroboration import SUBJECTS, upstream
from ceasefire_talks.text.edtf import EdtfError, parse
from ceasefire_talks.text.units import conversion
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, rule

NONE_FOUND = "no other report"

Subject = tuple[str, str]

_PRINTED = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?")
_NEEDED = {
    "corroborations": (*SUBJECTS.values(), "source_id", "verdict", "low", "high", "unit", "as_of"),
    "figures": ("figure_id", "low", "high", "unit", "value_text", "as_of", "claimant", "note", "sentence_id"),
    "sentences": ("sentence_id", "source_id"),
    "sources": ("source_id", "published", "derived_from"),
}


@rule(
    Code(
        "M33",
        "bare-value",
        "A verdict has a value without its unit, or without the day at which it stood.",
        "Two values can only be compared if both say what they count and when.",
        "Fill `unit` and `as_of`, or empty `low` and `high`.",
    ),
    {"corroborations": ("low", "high", "unit", "as_of")},
)
def bare_value(tables: Tables) -> Iterator[Finding]:
    """A verdict with a value has a unit and an as-of date."""
    table = tables["corroborations"]
    low, high = table.column("low"), table.column("high")
    faulty = table.is_faulty(("low", "high"))
    for column in ("unit", "as_of"):
        unknown = table.is_faulty((column,))
        for row, value in enumerate(table.column(column)):
            if value is None and not unknown[row] and not faulty[row] and (low[row], high[row]) != (None, None):
                yield Finding("corroborations", row, column, f"a value without `{column}`", f"a filled `{column}`")


@rule(
    Code(
        "M34",
        "not-later",
        "A verdict supersedes without being later than what it supersedes.",
        "What is older, or of the same day, replaces nothing.",
        "Correct `as_of`, or choose another verdict.",
    ),
    _NEEDED,
)
def not_later(tables: Tables) -> Iterator[Finding]:
    """A superseding report stands later than the figure's as-of day, or than the publication of the row's source."""
    known_days = _known_days(tables)
    for row, verdict, subject in _subjects(tables):
        if verdict == "supersedes" and (known := known_days.get(subject)):
            stands = _latest(tables["corroborations"].column("as_of")[row])
            if stands is None or stands <= known:
                message = f"{quoted(str(stands) if stands else '')} is not later than {known}"
                yield Finding("corroborations", row, "as_of", message, f"a day after {known}")


@rule(
    Code(
        "M35",
        "rounding",
        "A verdict on a figure is not the one that its value calls for.",
        "Whoever counts confirmations counts a contradiction, or the other way round.",
        "A value confirms if it rounds to the printed one or the ranges overlap, and contradicts if neither holds; "
        "where scope, time or claimant differ it qualifies.",
    ),
    _NEEDED,
)
def rounding(tables: Tables) -> Iterator[Finding]:
    """`confirms` and `contradicts` on figures agree with the values, at the precision that the source prints."""
    table = tables["corroborations"]
    figures = _figures(tables)
    for row, figure_id, verdict, unit in table.each("figure_id", "verdict", "unit"):
        reported = (table.column("low")[row], table.column("high")[row])
        if verdict in {"confirms", "contradicts"} and figure_id in figures and reported != (None, None):
            figure = figures[figure_id]
            factor = conversion(unit, figure.unit)
            agrees = factor is not None and figure.agrees_with(*reported, factor)
            if factor is None or agrees != (verdict == "confirms"):
                relation = "does not compare with" if factor is None else "agrees with" if agrees else "differs from"
                message = f"{quoted(verdict)}, but {_range(*reported)} {unit} {relation} {figure}"
                yield Finding("corroborations", row, "verdict", message, "qualifies" if factor is None else "")


@rule(
    Code(
        "M36",
        "claim-alone",
        "A figure that somebody claims has neither a corroboration nor a note that none was found.",
        "A reader cannot tell whether nobody looked or nothing was there.",
        f"Add a corroboration, or say in `note` that {NONE_FOUND} was found.",
    ),
    _NEEDED,
)
def claim_alone(tables: Tables) -> Iterator[Finding]:
    """Every figure with a claimant was compared with other reports."""
    table = tables["figures"]
    compared = {figure for _, figure in tables["corroborations"].each("figure_id")}
    notes = table.column("note")
    for row, figure, claimant in table.each("figure_id", "claimant"):
        if figure not in compared and NONE_FOUND not in (notes[row] or "").casefold():
            message = f"the claim of {quoted(claimant)} was compared with nothing"
            yield Finding("figures", row, "note", message, f'a corroboration, or "{NONE_FOUND}" in the note')


@rule(
    Code(
        "M37",
        "upstream-confirms",
        "A text that the source itself rewrites is said to confirm it.",
        "A copy and its original are one voice.",
        "Take the verdict out, or give the one that says what differs.",
    ),
    _NEEDED,
)
def upstream_confirms(tables: Tables) -> Iterator[Finding]:
    """No source is confirmed by a text that it goes back to, nor by one that goes back to itself or that text."""
    sources, derived = (tables["sources"].column(name) for name in ("source_id", "derived_from"))
    rows = [{"source_id": s, "derived_from": d} for s, d in zip(sources, derived, strict=True) if s is not None]
    roots, origins = upstream(rows), _origins(tables)
    reports = tables["corroborations"].column("source_id")
    for row, verdict, subject in _subjects(tables):
        own, report = origins.get(subject), reports[row]
        if verdict == "confirms" and own in roots and roots[own] == roots.get(report):
            message = f"{quoted(report)} and {quoted(own)} go back to one text"
            yield Finding("corroborations", row, "verdict", message, "a report of its own")


@dataclass(frozen=True, slots=True)
class _Figure:
    low: float | None
    high: float | None
    unit: str
    value_text: str
    precision: float

    def agrees_with(self, low: float | None, high: float | None, factor: float) -> bool:
        """Whether a range in another unit overlaps with what rounds to this value."""
        half = self.precision / 2
        least = -math.inf if self.low is None else self.low - half
        most = math.inf if self.high is None else self.high + half
        return (math.inf if high is None else high * factor) >= least and (
            -math.inf if low is None else low * factor
        ) <= most

    def __str__(self) -> str:
        return f"{_range(self.low, self.high)} {self.unit} ({self.value_text})"


def _figures(tables: Tables) -> dict[str, _Figure]:
    table = tables["figures"]
    lows, highs = table.column("low"), table.column("high")
    return {
        figure: _Figure(lows[row], highs[row], unit, text, _precision(lows[row], highs[row], text))
        for row, figure, unit, text in table.each("figure_id", "unit", "value_text")
        if (lows[row], highs[row]) != (None, None)
    }


def _precision(low: float | None, high: float | None, text: str) -> float:
    """The weight of the last printed digit: 100,000 for "1.2 million", 1 for "two", 1,000,000 for "two million".

    A bound in words, such as "thousands", has no digits to round to.
    """
    value = low or high or 0.0
    printed = _PRINTED.search(text)
    number = float(printed[0].replace(",", "")) if printed else 0.0
    if printed and number:
        return float(value / number / 10 ** len(printed[1] or ""))
    scales = (1_000.0**power for power in range(4, -1, -1))
    return next((scale for scale in scales if value and value % scale == 0), 0.0) if low == high else 0.0


def _range(low: float | None, high: float | None) -> str:
    bounds = ["open" if bound is None else f"{bound:.15g}" for bound in (low, high)]
    return " to ".join(dict.fromkeys(bounds))


def _subjects(tables: Tables) -> Iterator[tuple[int, str, Subject]]:
    table = tables["corroborations"]
    for column in SUBJECTS.values():
        for row, record, verdict in table.each(column, "verdict"):
            yield row, verdict, (column, record)


def _origins(tables: Tables) -> dict[Subject, str]:
    """The source that states each record on which a verdict may be given."""
    sources = {sentence: source for _, sentence, source in tables["sentences"].each("sentence_id", "source_id")}
    return {
        (column, record): sources[sentence]
        for name, column in SUBJECTS.items()
        if name in tables and tables[name].has(column, "sentence_id")
        for _, record, sentence in tables[name].each(column, "sentence_id")
        if sentence in sources
    }


def _known_days(tables: Tables) -> dict[Subject, date]:
    """Up to when each record is known: the publication of its source, or the day at which a figure stood."""
    published = {s: _as_date(day) for _, s, day in tables["sources"].each("source_id", "published")}
    days = {subject: published[source] for subject, source in _origins(tables).items() if source in published}
    stood = {("figure_id", figure): _latest(day) for _, figure, day in tables["figures"].each("figure_id", "as_of")}
    return days | {subject: day for subject, day in stood.items() if day}


def _as_date(value: Any) -> date:
    day: date = value.date() if hasattr(value, "date") else value
    return day


def _latest(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return parse(text).latest
    except EdtfError:
        return None


RULES = (bare_value, not_later, rounding, claim_alone, upstream_confirms)
