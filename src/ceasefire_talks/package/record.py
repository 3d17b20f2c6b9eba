"""One record with everything that a reader needs beside it: labels, evidence, corroborations, changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ceasefire_talks.package.corroboration import COUNTED, SUBJECTS, verdict_counts
from ceasefire_talks.package.errors import AmbiguousIdError, UnknownNameError
from ceasefire_talks.package.package import Package, Row
from ceasefire_talks.schema.keys import KEY_SEPARATOR

OF_SENTENCE = ("source_id", "paragraph", "sentence", "kind", "topic")
IN_DOCUMENT = ("document_start", "document_end")


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table, found by its id. `str()` of it is what `ceasefire-talks show` prints.

    Attributes:
        table: the table that holds it.
        id: its primary key, joined by `/` where it is composite.
        row: its cells by column, None where empty; no column at all where the record was withdrawn.
        labels: a readable name for each id and code among its cells, by column.
        evidence: its rows of the evidence table, each with the sentence's `topic` and `kind`.
        corroborations: its rows of the corroborations table.
        verdicts: how many independent reports confirm, qualify and contradict it, by those verdicts; zeros left out.
        changes: its rows of the change ledger.
    """

    table: str
    id: str
    row: Row
    labels: dict[str, str]
    evidence: list[Row]
    corroborations: list[Row]
    verdicts: dict[str, int]
    changes: list[Row]

    def __str__(self) -> str:
        return "\n".join(_render(self))


def find(package: Package, record_id: str) -> Record:
    """The record of that id, which may be written `table/id` where several tables hold it.

    Of a withdrawn record, what the change ledger says is all there is: its row is empty.

    Raises:
        UnknownNameError: no table holds it; the message names the nearest id.
        AmbiguousIdError: several tables hold it.
    """
    try:
        table, row = _locate(package, record_id)
    except UnknownNameError:
        if tombstone(package, record_id) is None:
            raise
        return _withdrawn(package, record_id)
    schema = package.schema(table)
    own_id = record_key(package, table, row)
    return Record(
        table,
        own_id,
        row,
        _labels(package, table, row),
        evidence_of(package, table, own_id),
        _rows_about(package, "corroborations", schema.primary_key, own_id),
        _verdicts(package, table, own_id),
        changes_of(package, qualified_id(table, own_id)),
    )


def changes_of(package: Package, record_id: str) -> list[Row]:
    """The rows of the change ledger about a record, present or withdrawn; `table/id` finds those about `id` too."""
    table, _, own_id = record_id.partition(KEY_SEPARATOR)
    names = {record_id, own_id} if table in package.tables and own_id else {record_id}
    return [change for change in package.records("changes") if change["record"] in names]


def tombstone(package: Package, record_id: str) -> Row | None:
    """The row of the change ledger that withdrew a record; None where none did."""
    changes = changes_of(package, record_id) if "changes" in package.tables else []
    return next((change for change in changes if change["column"] is None and change["new"] is None), None)


def _withdrawn(package: Package, record_id: str) -> Record:
    table, _, own_id = record_id.partition(KEY_SEPARATOR)
    if table not in package.tables:
        table, own_id = _table_of(package, record_id), record_id
    return Record(table, own_id, {}, {}, [], [], {}, changes_of(package, record_id))


def _table_of(package: Package, record_id: str) -> str:
    # Numbered ids have a stem that is their table's; of a slug, the ledger names the table where that is not clear.
    stem = record_id.rpartition("-")[0]
    keys = ((table, key) for table, key, _ in _keyed(package) if KEY_SEPARATOR not in key)
    found = {table for table, key in keys if stem and key.rpartition("-")[0] == stem}
    return found.pop() if len(found) == 1 else ""


def cell_text(value: object) -> str:
    """A value in the lexical form in which the CSV file has it, empty where it is missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return format(Decimal(repr(value)).normalize(), "f") if isinstance(value, float) else str(value)


def qualified_id(table: str, record_id: str) -> str:
    """The id with its table, for where several tables hold the id."""
    return f"{table}{KEY_SEPARATOR}{record_id}"


def record_key(package: Package, table: str, row: Row) -> str:
    """The primary key of a row, joined by `/` where it is composite."""
    return KEY_SEPARATOR.join(str(row[column]) for column in package.schema(table).primary_key)


def evidence_of(package: Package, table: str, record_id: str) -> list[Row]:
    """The evidence rows that support a record (or the one evidence row itself), each with its sentence's place.

    Adds to the columns of evidence: `source_id`, `paragraph`, `sentence`, `kind`, `topic`, and `document_start` and
    `document_end`, code-point offsets in the normalised document.
    """
    rows = _rows_about(package, "evidence", package.schema(table).primary_key, record_id)
    sentences = {row["sentence_id"]: row for row in package.records("sentences")}
    return [_placed(row, sentences[row["sentence_id"]]) for row in rows]


def _placed(evidence: Row, sentence: Row) -> Row:
    of_sentence = {column: sentence[column] for column in OF_SENTENCE}
    in_document = [sentence["start"] + evidence[side] for side in ("start", "end")]
    return {**evidence, **of_sentence, **dict(zip(IN_DOCUMENT, in_document, strict=True))}


def _rows_about(package: Package, table: str, key: tuple[str, ...], record_id: str) -> list[Row]:
    if len(key) != 1 or key[0] not in package.schema(table).columns:
        return []
    return [row for row in package.records(table) if row[key[0]] == record_id]


def _locate(package: Package, record_id: str) -> tuple[str, Row]:
    found = [(table, row) for table, key, row in _keyed(package) if record_id in (key, qualified_id(table, key))]
    if not found:
        raise UnknownNameError("record", record_id, {key for _, key, _ in _keyed(package)})
    if len(found) > 1:
        raise AmbiguousIdError(record_id, [table for table, _ in found])
    return found[0]


def _keyed(package: Package) -> Iterator[tuple[str, str, Row]]:
    for table in package.tables:
        for row in package.records(table):
            yield table, record_key(package, table, row), row


def _labels(package: Package, table: str, row: Row) -> dict[str, str]:
    schema = package.schema(table)
    labels: dict[str, str] = {}
    for field in schema.fields:
        value = row[field.name]
        key = schema.foreign_key(field.name)
        if value is None:
            continue
        if value in field.labels:
            labels[field.name] = field.labels[value]
        elif key is not None and (label := package.schema(key.table).label_field):
            target = next(r for r in package.records(key.table) if r[key.target_fields[0]] == value)
            labels[field.name] = str(target[label])
    return labels


def _verdicts(package: Package, table: str, record_id: str) -> dict[str, int]:
    counts = verdict_counts(package, table).get(record_id, {}) if table in SUBJECTS else {}
    return {verdict: counts[column] for verdict, column in COUNTED.items() if counts.get(column)}


def _render(record: Record) -> Iterator[str]:
    yield f"{record.table} {record.id}".lstrip() + _render_verdicts(record.verdicts) + _render_withdrawal(record)
    width = max((len(column) for column in record.row), default=0)
    for column, value in record.row.items():
        if value is not None:
            text = cell_text(value)
            label = record.labels.get(column, "")
            tells_more = label.casefold() not in ("", text.casefold())
            yield f"  {column:<{width}}  {text}" + (f"  ({label})" if tells_more else "")
    if record.evidence:
        yield "evidence"
        yield from (f"  {_render_evidence(row)}" for row in record.evidence)
    if record.corroborations:
        yield "other reports"
        yield from (f"  {row['verdict']} ({row['source_id']}): {row['summary']}" for row in record.corroborations)
    if record.changes:
        yield "changes"
        yield from (f"  {_render_change(row)}" for row in record.changes)


def _render_withdrawal(record: Record) -> str:
    stones = [change for change in record.changes if change["column"] is None and change["new"] is None]
    return "".join(f"  [withdrawn in {stone['version']}: {stone['reason']}]" for stone in stones if not record.row)


def _render_verdicts(verdicts: dict[str, int]) -> str:
    words = {"confirms": "confirmed", "qualifies": "qualified", "contradicts": "contradicted"}
    parts = [f"{words[verdict]} by {count}" for verdict, count in verdicts.items()]
    return f"  [other reports: {', '.join(parts)}]" if parts else ""


def _render_evidence(row: Row) -> str:
    voice = row["attribution"] + (f" of {row['attributed_to']}" if row["attributed_to"] else "")
    return (
        f"{row['evidence_id']}  {row['column'] or 'row'}  {row['sentence_id']}[{row['start']}:{row['end']}]  "
        f"{row['support']}, {voice}; sentence on: {row['topic']}"
    )


def _render_change(row: Row) -> str:
    change = f"{row['old'] or 'empty'} -> {row['new'] or 'empty'}"
    return f"{row['version']} {row['column'] or 'row'}: {change}: {row['reason']}"
