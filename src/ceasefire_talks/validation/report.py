"""What a check found: problems, what was checked and what was not."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from ceasefire_talks.validation.problem import Problem, neutral
from ceasefire_talks.validation.render.text import as_text

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = ("line", "field")


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
        delegated: what frictionless checked, since this check does not cover it, with the reason.
        remarks: what a fast engine left to pandera, with the reason; it was checked all the same.
    """

    package: str
    tables: tuple[TableCount, ...]
    problems: tuple[Problem, ...]
    unchecked: tuple[Unchecked, ...]
    coverage: Coverage | None
    delegated: tuple[Unchecked, ...] = ()
    remarks: tuple[str, ...] = ()

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
        """The problems as a data frame, one row each, with the attributes of `Problem` as columns.

        Returns:
            `line` and `field` as `Int64`, everything else as `str`; missing where a problem has no such place.
        """
        import pandas as pd

        names = [field.name for field in fields(Problem)]
        columns = {name: [getattr(problem, name) for problem in self.problems] for name in names}
        return pd.DataFrame(
            {name: pd.array(v, dtype="Int64" if name in _NUMBERS else "str") for name, v in columns.items()}
        )

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        # As a whole, `asdict` would copy every text of every problem.
        rest = asdict(replace(self, problems=()))
        return {"ok": self.ok, **rest, "problems": [problem.to_dict() for problem in self.problems]}

    def __str__(self) -> str:
        return "\n".join(as_text(self))
