"""Links between rows that a foreign key alone does not judge."""

from __future__ import annotations

from collections.abc import Iterator

from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.rule import Tables, rule
from ceasefire_talks.validation.table import Table


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
    parents = {record: parent for _, record, parent in table.each(key, column)}
    places = {record: row for row, record, _ in table.each(key, column)}
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
    positions = tables["positions"]
    rows = {position: row for row, position in positions.each("position_id")}
    holders, issues, days = (positions.column(name) for name in ("actor_id", "issue", "date_min"))
    for row, old_id in positions.each("supersedes"):
        if (old := rows.get(old_id)) is not None:
            if days[row] and days[old] and days[old] >= days[row]:
                message = f"{quoted(old_id)} does not begin earlier"
                yield Finding("positions", row, "supersedes", message, "an earlier position")
            for name, values in (("holder", holders), ("issue", issues)):
                if values[row] and values[old] and values[row] != values[old]:
                    message = f"{quoted(old_id)} has another {name}, {quoted(values[old])}"
                    yield Finding("positions", row, "supersedes", message, str(values[row]))


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
    sentences = {s: (source, o) for _, s, source, o in tables["sentences"].each("sentence_id", "source_id", "outcome")}
    events = {event: sentence for _, event, sentence in tables["events"].each("event_id", "sentence_id")}
    for row, event, sentence in tables["participants"].each("event_id", "sentence_id"):
        source, outcome = sentences.get(sentence, (None, None))
        of_event, _ = sentences.get(events.get(event), (None, None))
        if source and of_event and source != of_event:
            message = f"{quoted(sentence)} is of the source {quoted(source)}, the event of {quoted(of_event)}"
            yield Finding("participants", row, "sentence_id", message, f"a sentence of {of_event}")
        elif outcome and outcome != "coded":
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
    present = {(event, actor) for _, event, actor in tables["participants"].each("event_id", "actor_id")}
    voices = tables["positions"].column("voiced_by")
    for row, event, holder in tables["positions"].each("event_id", "actor_id"):
        speaker = voices[row] or holder
        if (event, speaker) not in present:
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
    levels = {source: level for _, source, level in tables["sources"].each("source_id", "trace_level")}
    for row, source in tables["corroborations"].each("source_id"):
        if (level := levels.get(source, "document")) != "document":
            message = f"{quoted(source)} has the trace level {quoted(level)}"
            yield Finding("corroborations", row, "source_id", message, "a source of trace level document")


RULES = (cycle, supersedes, participant_sentence, position_event, corroboration_source)
