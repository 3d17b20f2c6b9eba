"""Every rule of the data model."""

from __future__ import annotations

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

MODEL_RULES = tuple(
    rule
    for module in (ledger, evidence, links, corroborations, verbatim, spreadsheet, vocabulary, changes)
    for rule in module.RULES
)
