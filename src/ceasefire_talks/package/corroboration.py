"""What other reports say about the rows of a package: how many confirm, and which rival values there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ceasefire_talks.package.errors import UnknownNameError
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.text.edtf import parse

COUNTED = {"confirms": "confirmed_by", "qualifies": "qualified_by", "contradicts": "contradicted_by"}
SUBJECTS = {
    "actors": "actor_id",
    "events": "event_id",
    "positions": "position_id",
    "figures": "figure_id",
    "relations": "relation_id",
}
LATER = ("supersedes", "extends")


def upstream(sources: Iterable[Row]) -> dict[str, str]:
    """The text that each source goes back to: itself, or the end of its chain of `derived_from`."""
    parents = {row["source_id"]: row["derived_from"] for row in sources}
    return {source: _root(source, parents) for source in parents}


def verdict_counts(package: Package, table: str) -> dict[str, dict[str, int]]:
    """How many independent reports confirm, qualify and contradict each record of a table that has any verdict.

    Reports that go back to one upstream text count once for a verdict.

    Returns:
        By record id, the counts `confirmed_by`, `qualified_by` and `contradicted_by`.

    Raises:
        UnknownNameError: verdicts are given on no such table; the message names the nearest.
    """
    if table not in SUBJECTS:
        raise UnknownNameError("table with corroborations", table, SUBJECTS)
    roots = upstream(package.records("sources"))
    voices: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in package.records("corroborations"):
        if row[SUBJECTS[table]] is not None:
            voices[row[SUBJECTS[table]]][row["verdict"]].add(roots[row["source_id"]])
    return {
        record: {column: len(by_verdict[verdict]) for verdict, column in COUNTED.items()}
        for record, by_verdict in voices.items()
    }


def rival_values(package: Package, figure_id: str) -> list[Row]:
    """Every value of the quantity that a figure measures: the article's own, then those of other reports by day.

    Values are neither merged nor ranked.

    Returns:
        Rows of `record` (id of the figure or the corroboration), `verdict` (None for figures), `low`, `high`,
        `qualifier` (None for corroborations), `unit`, `as_of` (EDTF), `claimant`, `source_id`, `trace_level`,
        `summary`.

    Raises:
        UnknownNameError: there is no such figure; the message names the nearest.
    """
    for rivals in values_by_quantity(package):
        if figure_id in {row["record"] for row in rivals}:
            return rivals
    raise UnknownNameError("figure", figure_id, [row["figure_id"] for row in package.records("figures")])


def values_by_quantity(package: Package) -> list[list[Row]]:
    """The values of each quantity, as `rival_values` gives them, in the order of the first figure of each."""
    sources = {row["source_id"]: row for row in package.records("sources")}
    sentences = {row["sentence_id"]: row["source_id"] for row in package.records("sentences")}
    quantity_of: dict[str, str] = {}
    rivals: dict[str, list[Row]] = {}
    for row in package.records("figures"):
        quantity = quantity_of[row["figure_id"]] = row["quantity"] or f"{row['figure_id']} alone"
        rivals.setdefault(quantity, []).append(_figure_value(row, sentences[row["sentence_id"]]))
    reported = [row for row in package.records("corroborations") if row["figure_id"] and _has_value(row)]
    for row in sorted(reported, key=_day_of_value):
        rivals[quantity_of[row["figure_id"]]].append(_reported_value(row, sources))
    return list(rivals.values())


def timeline_rows(package: Package) -> list[Row]:
    """The events of the traced sources and what later reports add, in the order of their earliest day.

    Returns:
        Rows of `date` (EDTF), `date_min`, `date_max`, `record`, `about` (the record that a later report is about,
        None for events), `status` (the event's, or the verdict), `summary`, `source_id`, `trace_level`. Undated rows
        come last.
    """
    sentences = {row["sentence_id"]: row["source_id"] for row in package.records("sentences")}
    events = [_event_entry(row, sentences[row["sentence_id"]]) for row in package.records("events")]
    later = [_later_entry(row) for row in package.records("corroborations") if row["verdict"] in LATER]
    return sorted([*events, *later], key=lambda row: (str(row["date_min"] or row["date_max"] or "9"), row["record"]))


def _root(source: str, parents: dict[str, str | None]) -> str:
    seen = {source}
    while (parent := parents.get(source)) is not None and parent not in seen:
        source = parent
        seen.add(source)
    return source


def _has_value(row: Row) -> bool:
    return row["low"] is not None or row["high"] is not None


def _day_of_value(row: Row) -> str:
    return str(parse(row["as_of"]).earliest) if row["as_of"] else "9"


def _figure_value(row: Row, source_id: str) -> Row:
    columns = ("low", "high", "qualifier", "unit", "as_of", "claimant")
    own = {"source_id": source_id, "trace_level": "sentence", "summary": row["subject"]}
    return {"record": row["figure_id"], "verdict": None, **{c: row[c] for c in columns}, **own}


def _reported_value(row: Row, sources: dict[str, Row]) -> Row:
    return {
        "record": row["corroboration_id"],
        "verdict": row["verdict"],
        "low": row["low"],
        "high": row["high"],
        "qualifier": None,
        "unit": row["unit"],
        "as_of": row["as_of"],
        "claimant": row["claimant"],
        "source_id": row["source_id"],
        "trace_level": sources[row["source_id"]]["trace_level"],
        "summary": row["summary"],
    }


def _event_entry(row: Row, source_id: str) -> Row:
    dates = {column: row[column] for column in ("date", "date_min", "date_max")}
    own = {"record": row["event_id"], "about": None, "status": row["status"], "summary": row["summary"]}
    return {**dates, **own, "source_id": source_id, "trace_level": "sentence"}


def _later_entry(row: Row) -> Row:
    date = parse(row["as_of"]) if row["as_of"] else None
    return {
        "date": row["as_of"],
        "date_min": date.earliest if date else None,
        "date_max": date.latest if date else None,
        "record": row["corroboration_id"],
        "about": next(row[column] for column in SUBJECTS.values() if row[column] is not None),
        "status": row["verdict"],
        "summary": row["summary"],
        "source_id": row["source_id"],
        "trace_level": "document",
    }
