"""What a check found: problems, what was checked and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from ceasefire_talks.validation.problem import Problem, neutral

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many rows of a table were read; None where it could not be read.

    `coding` names the coding that the table belongs to, where it is kept beside the tables themselves.
    """

    table: str
    rows: int | None
    coding: str | None = None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something that the package uses and this check does not cover."""

    subject: str
    reason: str

    def __str__(self) -> str:
        return neutral(f"{self.subject}: {self.reason}")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the sentences of the traced sources the ledger accounts for."""

    accounted: int
    sentences: int

    def __str__(self) -> str:
        share = self.accounted / self.sentences if self.sentences else 0
        return f"{self.accounted} of {self.sentences} ({share:.0%})"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check. `str()` of it is what `ceasefire-talks check` prints.

    Attributes:
        package: the package's name.
        tables: the tables in the descriptor's order.
        problems: by table, line and field.
        unchecked: what was not checked, with the reason; nothing is skipped in silence.
        coverage: of the sentences; None where the package does not follow the data model.
    """

    package: str
    tables: tuple[TableCount, ...]
    problems: tuple[Problem, ...]
    unchecked: tuple[Unchecked, ...]
    coverage: Coverage | None

    @property
    def ok(self) -> bool:
        """Whether there is no problem."""
        return not self.problems

    @property
    def verdict(self) -> str:
        """The outcome in one line."""
        count = len(self.problems)
        problems = f"{count} problem{'s' if count > 1 else ''}"
        if self.unchecked:
            found = "no problem" if self.ok else problems
            return neutral(f"{self.package}: {found} in what was checked; {len(self.unchecked)} not checked, see above")
        return neutral(f"{self.package}: {'valid' if self.ok else problems}")

    def to_frame(self) -> pd.DataFrame:
        """The problems as a data frame, one row each, with the attributes of `Problem` as columns."""
        import pandas as pd

        return pd.DataFrame([p.to_dict() for p in self.problems], columns=[field.name for field in fields(Problem)])

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {"ok": self.ok, **asdict(self)}

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        shown = [count for count in self.tables if count.coding is None or count.rows is None]
        width = max((len(neutral(count.table)) for count in shown), default=0)
        for count in shown:
            yield f"{neutral(count.table):<{width}}  " + (
                f"{count.rows:>7} rows" if count.rows is not None else "not read"
            )
        yield from self._codings()
        if self.coverage:
            yield f"sentences accounted for: {self.coverage}"
        yield from (f"not checked: {gap}" for gap in self.unchecked)
        yield from map(str, self.problems)
        yield self.verdict

    def _codings(self) -> Iterator[str]:
        for coding in dict.fromkeys(count.coding for count in self.tables if count.coding is not None):
            rows = [count.rows for count in self.tables if count.coding == coding and count.rows is not None]
            yield f"coding kept beside them, {neutral(coding)}: {len(rows)} tables, {sum(rows)} rows"
