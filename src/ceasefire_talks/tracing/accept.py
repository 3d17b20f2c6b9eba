"""Accepted drafts become rows: a figure or an event, with the evidence for the row and for the cell it was found by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.texts import Cells, Texts, read_table, read_texts
from ceasefire_talks.package.together import put_back
from ceasefire_talks.schema.definition import table_schema
from ceasefire_talks.schema.lexical import cast
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.tracing.drafts import COLUMNS, DRAFTS
from ceasefire_talks.tracing.trial import change_package

_TABLES = ("figures", "events", "evidence", "sentences", "changes")


@dataclass(frozen=True, slots=True)
class _Target:
    """The table that a kind of draft goes to, and the column that says the coder accepted it."""

    table: str
    accepted_by: str


_TARGETS = {"value_text": _Target("figures", "subject"), "date": _Target("events", "summary")}


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A draft and the id of the row that it becomes."""

    draft: Cells
    table: str
    key: str
    id: str

    @property
    def row(self) -> Cells:
        """The row of its table."""
        return self.draft | {self.key: self.id, "value_text": self.draft["words"]}


def accept_drafts(root: Path) -> list[str]:
    """Move every draft that has its `subject` or `summary` into the tables; all of them or none.

    A draft's cells go to the columns of the same name. Evidence for its `value_text` or `date` has the draft's span,
    evidence for the row the whole sentence, which then counts as coded.

    Args:
        root: the package's folder.

    Returns:
        The ids of the new figures and events.

    Raises:
        PackageError: there are no drafts, or the rows would have problems, which the message lists.
        MissingExtraError: the `check` extra is not installed.
        OSError: the folder cannot be written to.
    """
    put_back(root)
    if not (root / DRAFTS).is_file():
        raise PackageError(f"there is no {DRAFTS} in {root}; `ceasefire-talks add-source` writes it")
    drafts = read_texts(root / DRAFTS, COLUMNS)
    tables = {name: read_table(root, name) for name in _TABLES}
    accepted = list(_accepted(drafts, tables))
    if accepted:
        taken = [one.draft for one in accepted]
        rows = {table: [one.row for one in accepted if one.table == table] for table in ("figures", "events")}
        rows["evidence"] = list(_evidence(accepted, tables))
        contents = {f"data/{name}.csv": _extended(tables[name], name, new) for name, new in rows.items()}
        contents["data/sentences.csv"] = _coded(tables["sentences"], {draft["sentence_id"] for draft in taken})
        contents[DRAFTS] = Texts(drafts.columns, tuple(row for row in drafts.rows if row not in taken)).to_bytes()
        change_package(root, contents)
    return [one.id for one in accepted]


def _accepted(drafts: Texts, tables: Mapping[str, Texts]) -> Iterator[_Accepted]:
    numbers = {target.table: _Numbers(target.table, tables) for target in _TARGETS.values()}
    for draft in drafts.rows:
        target = _TARGETS.get(draft["column"])
        if target is None:
            raise PackageError(f"{DRAFTS}: `column` of {draft['draft_id']!r} is neither {' nor '.join(_TARGETS)}")
        if draft[target.accepted_by]:
            number = numbers[target.table]
            yield _Accepted(draft, target.table, number.column, number.take())


class _Numbers:
    """The next free ids of a table, in the form of its example; those of withdrawn rows are not free."""

    def __init__(self, table: str, tables: Mapping[str, Texts]) -> None:
        schema = _schema(table)
        self.column = schema.primary_key[0]
        self._prefix, _, digits = str(schema.field(self.column).descriptor["example"]).rpartition("-")
        self._width = len(digits)
        ids = (*(row[self.column] for row in tables[table].rows), *(row["record"] for row in tables["changes"].rows))
        parts = (one.rpartition("-") for one in ids)
        self._last = max((int(n) for prefix, _, n in parts if prefix == self._prefix and n.isdecimal()), default=0)

    def take(self) -> str:
        """One more id."""
        self._last += 1
        return f"{self._prefix}-{self._last:0{self._width}d}"


def _evidence(accepted: Iterable[_Accepted], tables: Mapping[str, Texts]) -> Iterator[Cells]:
    """For each row its evidence: the whole sentence for the row, the span for the cell."""
    numbers = _Numbers("evidence", tables)
    sentences = {row["sentence_id"]: row for row in tables["sentences"].rows}
    for one in accepted:
        draft = one.draft
        row = {"column": "", "start": "0", "end": str(_length(sentences.get(draft["sentence_id"])))}
        cell = {column: draft[column] for column in row}
        for place in (row, cell):
            voice = {"support": "states", "attribution": draft["attribution"] or "narrator"}
            yield draft | place | voice | {numbers.column: numbers.take(), one.key: one.id, "note": ""}


def _length(sentence: Cells | None) -> int:
    """The length of a sentence; 1 where there is none, which the check of the result reports."""
    try:
        return cast("integer", sentence["end"]) - cast("integer", sentence["start"]) if sentence else 1
    except ValueError as error:
        raise PackageError(f"sentences.csv: {error}; run `ceasefire-talks check`") from error


def _schema(table: str) -> TableSchema:
    return TableSchema.from_descriptor(table, table_schema(table, []))


def _extended(texts: Texts, name: str, rows: Iterable[Cells]) -> bytes:
    return texts.with_rows(rows).sorted_by(_schema(name).primary_key).to_bytes()


def _coded(sentences: Texts, ids: set[str]) -> bytes:
    coded = {"outcome": "coded", "reason": ""}
    rows = (row | coded if row["sentence_id"] in ids else row for row in sentences.rows)
    return Texts(sentences.columns, tuple(rows)).to_bytes()
