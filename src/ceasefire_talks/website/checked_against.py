"""The comparison with other reports, as the page `checked-against` shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ceasefire_talks.package.corroboration import SUBJECTS, upstream
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.website.addresses import record_path, web_address
from ceasefire_talks.website.page import parts

QUESTIONED = ("contradicts", "qualifies")
MOST_VERDICTS = 250


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one report says about a row, and where the report is."""

    row: Row
    label: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of the article's tables about which reports have something to say."""

    table: str
    id: str
    label: str
    href: str
    verdicts: list[Verdict]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the page says, counted from the tables.

    Attributes:
        reports: how many reports were read, and `excerpts` how many of them in part; `independent`, how many texts
            they go back to.
        verdicts: the number of verdicts by code.
        covered: by table, how many of its rows that the article states have a verdict, and how many rows those are.
        subjects: the rows that some report contradicts or qualifies, in the order of the tables; of many the first,
            and `left_out`, how many there are besides.
        labels: a readable name for each verdict.
    """

    reports: int
    excerpts: int
    independent: int
    verdicts: dict[str, int]
    covered: dict[str, tuple[int, int]]
    subjects: Sequence[Subject]
    left_out: int
    labels: dict[str, str]


def comparison(package: Package) -> Comparison:
    """The comparison with other reports that a package holds."""
    sources = package.records("sources")
    reports = [row for row in sources if row["trace_level"] == "document"]
    roots = upstream(sources)
    rows = package.records("corroborations")
    labels = package.schema("corroborations").field("verdict").labels
    questioned = [s for table, column in SUBJECTS.items() for s in _subjects(package, table, column, labels)]
    shown = parts(questioned, MOST_VERDICTS, lambda subject: len(subject.verdicts), MOST_VERDICTS)[0].items
    return Comparison(
        reports=len(reports),
        excerpts=sum(row["seen"] == "excerpt" for row in reports),
        independent=len({roots[row["source_id"]] for row in reports}),
        verdicts=dict(Counter(row["verdict"] for row in rows)),
        covered={table: _coverage(package, table, column, rows) for table, column in SUBJECTS.items()},
        subjects=shown,
        left_out=len(questioned) - len(shown),
        labels=labels,
    )


def _coverage(package: Package, table: str, column: str, verdicts: list[Row]) -> tuple[int, int]:
    stated = {row[column] for row in package.records(table) if row["sentence_id"] is not None}
    return len(stated & {row[column] for row in verdicts}), len(stated)


def _subjects(package: Package, table: str, column: str, labels: dict[str, str]) -> list[Subject]:
    sources = {row["source_id"]: row for row in package.records("sources")}
    about: dict[str, list[Verdict]] = {}
    for row in package.records("corroborations"):
        if row[column] is not None and row["verdict"] in QUESTIONED:
            source = sources[row["source_id"]]
            verdict = Verdict(row, labels[row["verdict"]], source["publisher"], web_address(source["url"]))
            about.setdefault(row[column], []).append(verdict)
    schema, names = package.schema(table), _labels(package, table)
    return [
        Subject(table, record, names[record], record_path(schema, record), sorted(about[record], key=_by_verdict))
        for record in names
        if record in about
    ]


def _by_verdict(verdict: Verdict) -> int:
    return QUESTIONED.index(verdict.row["verdict"])


def _labels(package: Package, table: str) -> dict[str, str]:
    field = package.schema(table).label_field
    rows = package.records(table)
    if field is not None:
        return {row[SUBJECTS[table]]: str(row[field]) for row in rows}
    events = {event["event_id"]: event["summary"] for event in package.records("events")}
    targets = {row["relation_id"]: row["to_event"] or row["to_position"] for row in rows}
    return {
        row["relation_id"]: f"{events[row['event_id']]} ({row['relation']} {targets[row['relation_id']]})"
        for row in rows
    }
