"""The stages of a check, one after the other; what one finds stops none of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ceasefire_talks.validation.cells import check_cells
from ceasefire_talks.validation.descriptor import Description, read_descriptor
from ceasefire_talks.validation.files import read_table
from ceasefire_talks.validation.keys import check_keys
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.report import Coverage, Report, TableCount, Unchecked
from ceasefire_talks.validation.rules import (
    changes,
    corroborations,
    evidence,
    ledger,
    links,
    spreadsheet,
    verbatim,
    vocabulary,
)
from ceasefire_talks.validation.schemas import DATA_MODEL, read_schemas
from ceasefire_talks.validation.table import Table

MODEL_RULES = tuple(
    rule
    for module in (ledger, evidence, links, corroborations, verbatim, spreadsheet, vocabulary, changes)
    for rule in module.RULES
)


def check(descriptor: Path) -> Report:
    """Run every stage on the package of a descriptor file."""
    description = read_descriptor(descriptor)
    read_schemas(description)
    found = ((resource.name, read_table(description, resource)) for resource in description.resources)
    tables = {name: table for name, table in found if table is not None}
    for table in tables.values():
        for finding in check_cells(table):
            if isinstance(finding, Unchecked):
                description.unchecked.append(finding)
            else:
                description.problems.append(finding)
    for table in tables.values():
        description.problems.extend(check_keys(table, tables))
    follows_model = description.content.get("dataModel") == DATA_MODEL
    if follows_model:
        description.problems.extend(_check_model(tables))
    return _report(description, tables, _coverage(tables) if follows_model else None)


def _check_model(tables: Mapping[str, Table]) -> Iterator[Problem]:
    for rule in MODEL_RULES:
        if rule.applies(tables):
            yield from (tables[finding.table].problem(rule.code, finding) for finding in rule.find(tables))


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


def _report(description: Description, tables: Mapping[str, Table], coverage: Coverage | None) -> Report:
    codings = {r["name"]: r.get("coding") for r in _named(description.content.get("resources"))}
    rows = {name: len(table.texts) for name, table in tables.items()}
    order = {name: index for index, name in enumerate(codings)}
    problems = sorted(
        description.problems,
        key=lambda p: (-1 if p.table is None else order.get(p.table, -1), p.line or 0, p.field or 0, p.code, p.message),
    )
    counts = tuple(
        TableCount(name, rows.get(name), coding if isinstance(coding, str) else None)
        for name, coding in codings.items()
    )
    return Report(description.name, counts, tuple(problems), tuple(description.unchecked), coverage)


def _named(resources: object) -> list[dict[str, str]]:
    found = resources if isinstance(resources, list) else []
    return [r for r in found if isinstance(r, dict) and isinstance(r.get("name"), str)]
