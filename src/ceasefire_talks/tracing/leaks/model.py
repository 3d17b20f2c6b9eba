"""What the search for source text finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

LeakKind = Literal["verbatim", "restatement", "not-examined"]


@dataclass(frozen=True, slots=True)
class Leak:
    """One place with source text, or one file that could not be searched for it.

    Attributes:
        path: the file; behind each `!`, a file in the archive before it.
        line: the line, from 1; of a CSV cell that of its record. None for what was not examined.
        kind: `verbatim` for a run of words, `restatement` for a line or CSV cell that has most of a sentence's words
            in their order, `not-examined`.
        words: how many words of the source it holds.
        share: of a restatement the share of the sentence's words, 0 to 1; of a verbatim run 1.
        note: a few words of the place, for the author's own eyes; why it was not examined.
    """

    path: str
    line: int | None
    kind: LeakKind
    words: int
    share: float
    note: str

    def __str__(self) -> str:
        what = {
            "verbatim": f"{self.words} words verbatim",
            "restatement": f"{self.share:.0%} of a sentence, in order",
            "not-examined": "not examined",
        }
        # Names in archives are whatever their maker wrote, terminal commands included.
        path = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in self.path)
        place = path if self.line is None else f"{path}:{self.line}"
        return f"{place}: {what[self.kind]}: {self.note}"


@dataclass(frozen=True, slots=True)
class LeakReport:
    """All that was found; `files` counts the files that were examined, those in archives included."""

    leaks: list[Leak]
    files: int

    @property
    def ok(self) -> bool:
        """Whether everything was examined and holds no source text."""
        return not self.leaks

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values."""
        return {"ok": self.ok, "files": self.files, "leaks": [asdict(leak) for leak in self.leaks]}

    def __str__(self) -> str:
        verdict = "no source text" if self.ok else f"{len(self.leaks):,} place{'s' * (len(self.leaks) != 1)} to look at"
        return "\n".join([*map(str, self.leaks), f"{self.files:,} file{'s' * (self.files != 1)} examined: {verdict}"])
