"""The stages of a check, one after the other; what one finds stops none of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from ceasefire_talks.package.errors import needs_extra
from ceasefire_talks.package.progress import progress
from ceasefire_talks.validation.delegation import hand_over
from ceasefire_talks.validation.description import Description
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.report import Coverage, Report, TableCount
from ceasefire_talks.validation.schemas import DATA_MODEL, read_schemas

if TYPE_CHECKING:
    from ceasefire_talks.validation.ahead import Ahead
    from ceasefire_talks.validation.table import Table


class Tables(Protocol):
    """Tables that were checked, whatever the engine."""

    @property
    def rows(self) -> Mapping[str, int]:
        """How many rows each has."""

    def of_model(self) -> Mapping[str, Table]:
        """The tables for the rules of the data model."""


def check(description: Description, engine: str, ahead: Ahead | None, master: str | None) -> Report:
    """Run every stage on the package of a descriptor.

    Args:
        description: as it was read.
        engine: one of `choice.ENGINES`, but for `auto`.
        ahead: what polars is already reading, where it is the engine.
        master: where Spark runs, as `local[2]` or `spark://host:7077`; this machine where it is None.
    """
    read_schemas(description)
    hand_over(description)
    if engine == "pandas":
        with needs_extra("check"):
            from ceasefire_talks.validation.reference import check_by_reference
        return _reported(description, check_by_reference(description))
    from ceasefire_talks.validation.engines.run import checked_tables

    with checked_tables(description, ahead, master) as tables:
        return _reported(description, tables)


def _reported(description: Description, tables: Tables) -> Report:
    coverage = None
    if description.content.get("dataModel") == DATA_MODEL:
        description.problems.extend(_check_model(tables.of_model()))
        coverage = _coverage(tables.of_model())
    return _report(description, tables.rows, coverage)


def _check_model(tables: Mapping[str, Table]) -> Iterator[Problem]:
    from ceasefire_talks.validation.rules.every import MODEL_RULES

    with progress("Rules of the data model", total=len(MODEL_RULES)) as bar:
        for rule in MODEL_RULES:
            if rule.applies(tables):
                yield from (tables[finding.table].problem(rule.code, finding) for finding in rule.find(tables))
            bar.advance()


def _coverage(tables: Mapping[str, Table]) -> Coverage | None:
    needed = {
        "sources": ("trace_level", "sentences"),
        "sentences": ("sentence_id", "outcome", "reason"),
        "evidence": ("sentence_id",),
    }
    if any(name not in tables or not tables[name].has(*columns) for name, columns in needed.items()):
        return None
    supporting = {sentence for _, sentence in tables["evidence"].each("sentence_id")}
    reasons = tables["sentences"].column("reason")
    accounted = sum(
        sentence in supporting if outcome == "coded" else outcome != "pending" and reasons[row] is not None
        for row, sentence, outcome in tables["sentences"].each("sentence_id", "outcome")
    )
    traced = sum(count for _, level, count in tables["sources"].each("trace_level", "sentences") if level == "sentence")
    return Coverage(accounted, max(traced, len(tables["sentences"].texts)))


def _report(description: Description, rows: Mapping[str, int], coverage: Coverage | None) -> Report:
    codings = {r["name"]: r.get("coding") for r in _named(description.content.get("resources"))}
    order = {name: index for index, name in enumerate(codings)}
    problems = sorted(
        description.problems,
        key=lambda p: (-1 if p.table is None else order.get(p.table, -1), p.line or 0, p.field or 0, p.code, p.message),
    )
    counts = tuple(
        TableCount(name, rows.get(name), coding if isinstance(coding, str) else None)
        for name, coding in codings.items()
    )
    return Report(
        description.name,
        counts,
        tuple(problems),
        tuple(description.unchecked),
        coverage,
        tuple(description.delegated),
        tuple(description.remarks),
    )


def _named(resources: object) -> list[dict[str, str]]:
    found = resources if isinstance(resources, list) else []
    return [r for r in found if isinstance(r, dict) and isinstance(r.get("name"), str)]
