"""The comparison with other reports, as the page `checked-against` shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ceasefire_talks.package.corroboration import SUBJECTS, upstream
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.website.addresses import record_path, web_address

QUESTIONED = ("contradicts", "qualifies")


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
        subjects: the rows that some report contradicts or qualifies, in the order of the tables.
        labels: a readable name for each verdict.
    """

    reports: int
    excerpts: int
    independent: int
    verdicts: dict[str, int]
    covered: dict[str, tuple[int, int]]
    subjects: list[Subject]
    labels: dict[str, str]


def comparison(package: Package) -> Comparison:
    """The comparison with other reports that a package holds."""
    sources = package.records("sources")
    reports = [row for row in sources if row["trace_level"] == "document"]
    roots = upstream(sources)
    rows = package.records("corroborations")
    labels = package.schema("corroborations").field("verdict").labels
    return Comparison(
        reports=len(reports),
        excerpts=sum(row["seen"] == "excerpt" for row in reports),
        independent=len({roots[row["source_id"]] for row in reports}),
        verdicts=dict(Counter(row["verdict"] for row in rows)),
        covered={table: _coverage(package, table, column, rows) for table, column in SUBJECTS.items()},
        subjects=[s for table, column in SUBJECTS.items() for s in _subjects(package, table, column, labels)],
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
    return [
        Subject(
            table, row[column], _label(package, table, row), record_path(package.schema(table), row[column]), verdicts
        )
        for row in package.records(table)
        if (verdicts := sorted(about.get(row[column], []), key=lambda v: QUESTIONED.index(v.row["verdict"])))
    ]


def _label(package: Package, table: str, row: Row) -> str:
    field = package.schema(table).label_field
    if field is not None:
        return str(row[field])
    events = {event["event_id"]: event["summary"] for event in package.records("events")}
    return f"{events[row['event_id']]} ({row['relation']} {row['to_event'] or row['to_position']})"
