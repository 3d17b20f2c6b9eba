"""Links between rows that a foreign key alone does not judge."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, cells, rule
from ceasefire_talks.validation.table import Finding, Table


@rule(
    Code(
        "M15",
        "cycle",
        "A row is, over one or more steps, its own parent.",
        "Programs that follow the parents never come to an end.",
        "Take one of the links out.",
    )
)
def cycle(tables: Tables) -> Iterator[Finding]:
    """Affiliations, parents, predecessors and derivations lead to an end; one finding a cycle."""
    for table in tables.values():
        for key in table.schema.foreign_keys:
            if key.table == table.name and key.target_fields == table.schema.primary_key and len(key.fields) == 1:
                yield from _cycles(table, key.target_fields[0], key.fields[0])


def _cycles(table: Table, key: str, column: str) -> Iterator[Finding]:
    rows = cells(table, key, column)
    parents: dict[str, str] = dict(zip(rows[key], rows[column], strict=True))
    places: dict[str, int] = dict(zip(rows[key], rows["row"], strict=True))
    done: set[str] = set()
    for start in places:
        trail: dict[str, None] = {}
        record = start
        while record in parents and record not in done and record not in trail:
            trail[record] = None
            record = parents[record]
        if record in trail:
            ring = list(trail)[list(trail).index(record) :]
            first = min(ring, key=places.__getitem__)
            ring = ring[ring.index(first) :] + ring[: ring.index(first)]
            message = " -> ".join(quoted(step) for step in (*ring, first))
            yield Finding(table.name, places[first], column, f"{message} is a cycle", "a chain that ends")
        done |= set(trail)


@rule(
    Code(
        "M16",
        "supersedes",
        "A position supersedes one of another holder or issue, or one that does not begin earlier.",
        "The history of who changed which stand is wrong.",
        "Point to the earlier position of the same holder on the same issue.",
    ),
    {"positions": ("position_id", "actor_id", "issue", "supersedes", "date_min")},
)
def supersedes(tables: Tables) -> Iterator[Finding]:
    """The superseded position has the same holder and issue and, where both are dated, begins earlier."""
    positions = tables["positions"].typed
    old = (
        positions[["position_id", "actor_id", "issue", "date_min"]]
        .add_prefix("old_")
        .dropna(subset=["old_position_id"])
    )
    new = positions.assign(row=range(len(positions))).dropna(subset=["supersedes"])
    pairs = new.merge(old.drop_duplicates("old_position_id"), left_on="supersedes", right_on="old_position_id")
    for column, fault in (("actor_id", "another holder"), ("issue", "another issue")):
        for row, value, one, other in zip(
            pairs["row"], pairs["supersedes"], pairs[column], pairs[f"old_{column}"], strict=True
        ):
            if isinstance(one, str) and isinstance(other, str) and one != other:
                yield Finding("positions", row, "supersedes", f"{quoted(value)} has {fault}, {quoted(other)}", one)
    for row, value in zip(*_not_earlier(pairs), strict=True):
        yield Finding("positions", row, "supersedes", f"{quoted(value)} does not begin earlier", "an earlier position")


def _not_earlier(pairs: pd.DataFrame) -> tuple[pd.Series[int], pd.Series[str]]:
    late = pairs[pairs["old_date_min"] >= pairs["date_min"]]
    return late["row"], late["supersedes"]


@rule(
    Code(
        "M25",
        "participant-sentence",
        "The sentence of a participant is not coded, or is of another source than the event's.",
        "The part that it had in the event is not stated there.",
        "Name the sentence that states the participant's part.",
    ),
    {
        "participants": ("event_id", "sentence_id"),
        "events": ("event_id", "sentence_id"),
        "sentences": ("sentence_id", "source_id", "outcome"),
    },
)
def participant_sentence(tables: Tables) -> Iterator[Finding]:
    """A participant's sentence is a coded one of the source that states the event."""
    sentences = tables["sentences"].typed[["sentence_id", "source_id", "outcome"]].dropna()
    events = tables["events"].typed[["event_id", "sentence_id"]].dropna().merge(sentences, on="sentence_id")
    rows = cells(tables["participants"], "event_id", "sentence_id").merge(sentences, on="sentence_id")
    rows = rows.merge(events[["event_id", "source_id"]], on="event_id", suffixes=("", "_of_event"))
    for row, sentence, outcome, source, of_event in zip(
        rows["row"], rows["sentence_id"], rows["outcome"], rows["source_id"], rows["source_id_of_event"], strict=True
    ):
        if source != of_event:
            message = f"{quoted(sentence)} is of the source {quoted(source)}, the event of {quoted(of_event)}"
            yield Finding("participants", row, "sentence_id", message, f"a sentence of {of_event}")
        elif outcome != "coded":
            message = f"{quoted(sentence)} has the outcome {quoted(outcome)}"
            yield Finding("participants", row, "sentence_id", message, "a coded sentence")


@rule(
    Code(
        "M26",
        "position-event",
        "The event that voiced a position does not have the one who voiced it among its participants.",
        "Who said it, and on which occasion, contradict each other.",
        "Add the speaker to participants.csv, or correct `event_id` or `voiced_by`.",
    ),
    {"positions": ("event_id", "voiced_by", "actor_id"), "participants": ("event_id", "actor_id")},
)
def position_event(tables: Tables) -> Iterator[Finding]:
    """Who voiced a position (the holder, where nobody is named) took part in the event that voiced it."""
    rows = cells(tables["positions"], "event_id", "actor_id")
    voices = tables["positions"].typed["voiced_by"].loc[rows.index]
    rows = rows.assign(speaker=voices.fillna(rows["actor_id"]))
    participants = tables["participants"].typed[["event_id", "actor_id"]].dropna().drop_duplicates()
    merged = rows.merge(
        participants.rename(columns={"actor_id": "speaker"}), on=["event_id", "speaker"], how="left", indicator=True
    )
    alone = merged[merged["_merge"] == "left_only"]
    for row, event, speaker in zip(alone["row"], alone["event_id"], alone["speaker"], strict=True):
        message = f"{quoted(speaker)} is no participant of {quoted(event)}"
        yield Finding("positions", row, "event_id", message, f"an event in which {speaker} took part")


@rule(
    Code(
        "M27",
        "corroboration-source",
        "A corroboration rests on a source that is itself traced to its sentences.",
        "A source cannot confirm itself.",
        "Name a report of trace level document.",
    ),
    {"corroborations": ("source_id",), "sources": ("source_id", "trace_level")},
)
def corroboration_source(tables: Tables) -> Iterator[Finding]:
    """Corroborations come from sources of trace level document."""
    levels = tables["sources"].typed[["source_id", "trace_level"]].dropna()
    rows = cells(tables["corroborations"], "source_id").merge(levels, on="source_id")
    for row, source, level in zip(rows["row"], rows["source_id"], rows["trace_level"], strict=True):
        if level != "document":
            message = f"{quoted(source)} has the trace level {quoted(level)}"
            yield Finding("corroborations", row, "source_id", message, "a source of trace level document")


RULES = (cycle, supersedes, participant_sentence, position_event, corroboration_source)
