"""What a caller of `ceasefire_talks.trace` gets: the findings as data frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ceasefire_talks.tracing import findings as f
from ceasefire_talks.tracing.render.data import as_data
from ceasefire_talks.tracing.render.text import as_text

if TYPE_CHECKING:
    import pandas as pd

_WHOLE_NUMBERS = ("position", "distance", "start", "end", "text_start", "text_end", "line")
_DAYS = ("date_min", "date_max", "read_min", "read_max")


@dataclass(frozen=True)
class Trace:
    """A source against one copy of its text. `str()` of it is what `ceasefire-talks trace` prints.

    Attributes:
        findings: the same as plain objects.
    """

    findings: f.Findings

    @property
    def source_id(self) -> str:
        """The source."""
        return self.findings.source_id

    @property
    def ok(self) -> bool:
        """Whether every sentence and every row of evidence is proven, and no figure and no date differs."""
        return self.findings.ok

    @property
    def summary(self) -> str:
        """One line that can be quoted: what is proven, of how many."""
        return self.findings.summary

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence of the ledger: `status`, `proven`, its place in the copy, and its `text` there."""
        frame = _frame(f.SentenceFinding, self.findings.sentences)
        return frame.assign(proven=[one.proven for one in self.findings.sentences])

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One row a row of evidence: `status`, the `words` of its span, the `reason` where they do not stand."""
        return _frame(f.RowFinding, self.findings.rows)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """One row a figure: what the row has, what its words read (`read_…`), `status` and `reason`."""
        return _frame(f.FigureFinding, self.findings.figures)

    @cached_property
    def dates(self) -> pd.DataFrame:
        """One row for each row of evidence for a date: its bounds, what its words read, `status` and `reason`."""
        return _frame(f.DateFinding, self.findings.dates)

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """One row for each number in which an altered sentence differs from the ledger's figures."""
        return _frame(f.NumberDifference, self.findings.numbers)

    @cached_property
    def new(self) -> pd.DataFrame:
        """One row a stretch of the copy that is in no sentence of the ledger, or is there once more (`repeated`)."""
        return _frame(f.NewText, self.findings.new)

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain values, for JSON; without the sentences themselves."""
        return as_data(self.findings)

    def __str__(self) -> str:
        return "\n".join(as_text(self.findings))


def sentences_beside(sentences: pd.DataFrame, trace: Trace) -> pd.DataFrame:
    """The rows of the traced source in the table of sentences, with what its copy has of them."""
    found = trace.sentences.rename(columns={"start": "copy_start", "end": "copy_end"})
    columns = ["sentence_id", "status", "proven", "distance", "copy_start", "copy_end", "text"]
    return sentences.merge(found[columns], on="sentence_id", validate="one_to_one")


def _frame(kind: type[Any], findings: Sequence[Any]) -> pd.DataFrame:
    import pandas as pd

    columns = {field.name: [_plain(getattr(one, field.name)) for one in findings] for field in fields(kind)}
    frame = pd.DataFrame(columns)
    for column in frame:
        if column in _DAYS:
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
        elif column in _WHOLE_NUMBERS:
            frame[column] = frame[column].astype("Int64")
    return frame


def _plain(value: object) -> object:
    return str(value) if is_dataclass(value) else value
