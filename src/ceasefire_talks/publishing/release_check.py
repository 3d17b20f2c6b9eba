"""Whether a package may be released after the last release: its version, its ids, and the reasons for what changed.

| What changed since the last release | Version must be raised in |
|---|---|
| a table or column was removed, re-typed, moved or re-ordered | major |
| rows, tables or columns were added; a rule of a column differs; rows were withdrawn | minor |
| values were corrected; wording of definitions differs | patch |

Before 1.0.0 nothing raises more than minor, as the major number stays 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.record import qualified_id
from ceasefire_talks.publishing.citation import cite
from ceasefire_talks.publishing.diff.compare import compare_sides
from ceasefire_talks.publishing.diff.model import Kind, PackageDiff, TableDiff
from ceasefire_talks.publishing.diff.source import git, open_source
from ceasefire_talks.publishing.diff.tables import Side, read_side
from ceasefire_talks.publishing.diff.text import definition
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.problem import Problem, quoted
from ceasefire_talks.validation.render.text import problem_lines

LEDGER = "changes"
_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")

Version = tuple[int, int, int]
Change = tuple[str, str, str, str]
Ledger = dict[str, dict[str, str]]

TOO_LOW = Code(
    "V01",
    "version-too-low",
    "The version is too low for what changed since the last release.",
    "Who depends on the last release takes this one for compatible, or for the same.",
    "Raise the version in src/ceasefire_talks/schema/package.json, then run `ceasefire-talks describe`.",
)
VANISHED = Code(
    "V02",
    "vanished-id",
    "A row of the last release is gone and nothing says so.",
    "Who cites the row finds nothing and no explanation.",
    "Restore the row, or withdraw it: a row in changes.csv with `column` and `new` empty and the reason.",
)
REUSED = Code(
    "V03",
    "reused-id",
    "An id that an earlier release withdrew is in use again.",
    "Who cites the id means the withdrawn row and gets another.",
    "Give the row a new id.",
)
UNEXPLAINED = Code(
    "V04",
    "unexplained-change",
    "A cell of a released row changed and the change ledger gives no reason.",
    "Who used the old value cannot tell a correction from an accident.",
    "Add a row to changes.csv with record, column, old, new, reason and this version, or restore the cell.",
)
UNTRUE = Code(
    "V05",
    "untrue-change",
    "The change ledger tells for this version of a change that was not made.",
    "The history that it gives is wrong.",
    "Correct the row of changes.csv, or remove it.",
)
REWRITTEN = Code(
    "V06",
    "rewritten-ledger",
    "A row that the change ledger had in the last release was changed or removed.",
    "The history of a released row is no longer what was published.",
    "Restore the row; a correction of the ledger is a new row.",
)
DISAGREES = Code(
    "V07",
    "disagreement",
    "A file names another version or date than the one place that holds them.",
    "A reader cannot tell which release this is.",
    "Bring the file up to date: `describe` writes the descriptor, `cite --format cff` CITATION.cff.",
)
CODES = (TOO_LOW, VANISHED, REUSED, UNEXPLAINED, UNTRUE, REWRITTEN, DISAGREES)


class Level(IntEnum):
    """How far a release may break what others built on the last one."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


_LEVELS = {
    Kind.REMOVED: Level.MAJOR,
    Kind.RETYPED: Level.MAJOR,
    Kind.ADDED: Level.MINOR,
    Kind.REDEFINED: Level.MINOR,
    Kind.REWORDED: Level.PATCH,
}


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """Whether the package may be released. `str()` of it is what `ceasefire-talks release check` prints.

    Attributes:
        version: the version that is to be released.
        last: the release that it was compared with; empty where there is none.
        level: what the changes call for.
        cause: a change that calls for it.
        problems: what stands in the way.
    """

    version: str
    last: str
    level: Level
    cause: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problems

    def __str__(self) -> str:
        since = f"since {self.last}: {self.level.name.lower()}" if self.last else "no earlier release to compare with"
        verdict = "may be released" if self.ok else f"{len(self.problems)} in the way"
        lines = [since + (f" ({self.cause})" if self.cause else ""), *problem_lines(self.problems)]
        return "\n".join([*lines, f"version {self.version}: {verdict}"])


def check_release(root: Path, against: str | None = None) -> ReleaseReport:
    """Compare the package in a folder with the last release, and the version with the files that repeat it.

    Args:
        root: the folder of the package.
        against: the last release, as a folder, zip, wheel or git revision; without it the highest tag vX.Y.Z among the
            ancestors of the commit that is checked out.

    Raises:
        PackageError: one of the packages cannot be read, or has no version of the form X.Y.Z.
    """
    last = against or last_tag(root)
    problems = list(disagreements(root))
    with open_source(str(root)) as new_source:
        new = read_side(new_source)
        if last is None:
            return ReleaseReport(new.version, "", Level.NONE, "", tuple(problems))
        with open_source(last, root) as old_source:
            old = read_side(old_source)
            diff = compare_sides(old, new)
            level, cause = needed(diff)
            problems += [*_version_problems(old, new, level, cause), *_row_problems(diff, old, new)]
            return ReleaseReport(new.version, f"{last} ({old.version})", level, cause, tuple(problems))


def last_tag(root: Path) -> str | None:
    """The tag vX.Y.Z with the highest version that the commit of a folder descends from; None where there is none."""
    tags = (git(root, "tag", "--merged", "HEAD", "--list", "v*") or b"").decode().split()
    versions = [(version(tag[1:]), tag) for tag in tags if _VERSION.fullmatch(tag[1:])]
    return max(versions)[1] if versions else None


def version(text: str) -> Version:
    """A version X.Y.Z as numbers.

    Raises:
        PackageError: it is none.
    """
    found = _VERSION.fullmatch(text)
    if found is None:
        raise PackageError(f"the version {text!r} is not of the form X.Y.Z, so releases cannot be put in order")
    return int(found[1]), int(found[2]), int(found[3])


def needed(diff: PackageDiff) -> tuple[Level, str]:
    """How far the version must be raised, and a change that calls for it."""
    found = [(_LEVELS[change.kind], f"package: {definition(change)}") for change in diff.metadata]
    for table in diff.tables:
        name = table.table
        found += [(_LEVELS[d.kind], f"{name}: {definition(d).strip()}") for d in table.definitions if not table.whole]
        if table.whole:
            found.append((_LEVELS[table.whole], f"{name}: table {table.whole}"))
        # A row that the ledger gains is how a correction is told, not what is new.
        elif name != LEDGER:
            counts = ((Level.MINOR, table.added, "added"), (Level.MINOR, table.removed, "withdrawn"))
            found += [(step, f"{name}: {rows[0].record} {what}") for step, rows, what in counts if rows]
            found += [(Level.PATCH, f"{name}: {table.changed[0].record} corrected")] if table.changed else []
        else:
            found.append((Level.PATCH, f"{name}: the ledger was continued"))
    return max(found, default=(Level.NONE, ""), key=lambda pair: pair[0])


def lowest(last: Version, level: Level) -> Version:
    """The lowest version that may follow the last one."""
    major, minor, patch = last
    if level is Level.MAJOR and major > 0:
        return major + 1, 0, 0
    if level >= Level.MINOR:
        return major, minor + 1, 0
    return (major, minor, patch + 1) if level else last


def disagreements(root: Path) -> Iterator[Problem]:
    """Files of a checkout that name another version or date than schema/package.json does; those that are there."""
    path = root / "src" / "ceasefire_talks" / "schema" / "package.json"
    if not path.is_file():
        return
    release = json.loads(path.read_text("utf-8"))
    number, day = release["version"], release["created"][:10]
    for name, agrees in _REPEATED.items():
        if (root / name).is_file() and not agrees((root / name).read_text("utf-8"), release):
            yield DISAGREES.problem(f"does not tell of version {number} of {day}", file=name, value=number)


def _descriptor_agrees(text: str, release: Mapping[str, Any]) -> bool:
    descriptor = json.loads(text)
    return all(descriptor.get(name) == value for name, value in release.items())


def _citation_agrees(text: str, release: Mapping[str, Any]) -> bool:
    return text == cite(release, "cff") + "\n"


def _changelog_agrees(text: str, release: Mapping[str, Any]) -> bool:
    # What comes after a release stands before it, without a version.
    latest = re.search("^## (?!Unreleased$)(.*)$", text, re.MULTILINE)
    return latest is not None and latest[1] == f"{release['version']} ({release['created'][:10]})"


_REPEATED: dict[str, Callable[[str, Mapping[str, Any]], bool]] = {
    "datapackage.json": _descriptor_agrees,
    "CITATION.cff": _citation_agrees,
    "CHANGELOG.md": _changelog_agrees,
}


def _version_problems(old: Side, new: Side, level: Level, cause: str) -> Iterator[Problem]:
    lowest_allowed = lowest(version(old.version), level)
    if version(new.version) < lowest_allowed:
        expected = ".".join(map(str, lowest_allowed))
        message = (
            f"{quoted(new.version)} after {quoted(old.version)} is too low ({cause or 'the last release is later'})"
        )
        yield TOO_LOW.problem(
            message, file="datapackage.json", record="version", value=new.version, expected=f"{expected} or higher"
        )


def _row_problems(diff: PackageDiff, old: Side, new: Side) -> Iterator[Problem]:
    before, after = _ledger(old), _ledger(new)
    fresh = {key: change for key, change in after.items() if key not in before}
    explained = {_change(row) for row in fresh.values() if row["version"] == new.version}
    made: set[Change] = set()
    for table in diff.tables:
        path = new.resources.get(table.table, old.resources.get(table.table, {}))["path"]
        if table.table == LEDGER:
            yield from _rewritten(table, path)
        else:
            yield from _vanished(table, path, after, made)
            yield from _unexplained(table, path, explained, made)
            yield from _reused(table, path, before)
    yield from _untrue(fresh, made, new)


def _ledger(side: Side) -> Ledger:
    if LEDGER not in side.resources:
        return {}
    with side.rows(LEDGER) as rows:
        found = [dict(zip(rows.header, row, strict=True)) for row in rows.rows]
    wanted = {"change_id", "record", "column", "old", "new", "reason", "version"}
    if found and not wanted <= found[0].keys():
        raise PackageError(f"{side.source.name}: the table {LEDGER} is no change ledger; it lacks a column")
    return {row["change_id"]: row for row in found}


def _change(row: Mapping[str, str]) -> Change:
    return row["record"], row["column"], row["old"], row["new"]


def _names(table: str, record: str) -> tuple[str, str]:
    return record, qualified_id(table, record)


def _withdrawn(ledger: Ledger) -> set[str]:
    return {row["record"] for row in ledger.values() if not row["column"] and not row["new"]}


def _vanished(table: TableDiff, path: str, ledger: Ledger, made: set[Change]) -> Iterator[Problem]:
    stones = _withdrawn(ledger)
    for row in table.removed:
        names = _names(table.table, row.record)
        made.update(_change(r) for r in ledger.values() if r["record"] in names and not r["column"] and not r["new"])
        if table.key and stones.isdisjoint(names):
            message = f"{quoted(row.record)} was in the last release and is gone without a word"
            yield VANISHED.problem(message, file=path, table=table.table, record=row.record)


def _unexplained(table: TableDiff, path: str, explained: set[Change], made: set[Change]) -> Iterator[Problem]:
    for row in table.changed:
        for column, (old, new) in row.cells.items():
            ways = {(name, column, old, new) for name in _names(table.table, row.record)}
            made |= ways
            if ways.isdisjoint(explained):
                message = f"{quoted(old)} became {quoted(new)} without a reason in the change ledger"
                yield UNEXPLAINED.problem(
                    message, file=path, table=table.table, record=row.record, column=column, value=new, expected=old
                )


def _reused(table: TableDiff, path: str, ledger: Ledger) -> Iterator[Problem]:
    stones = _withdrawn(ledger)
    for row in table.added:
        if not stones.isdisjoint(_names(table.table, row.record)):
            message = f"{quoted(row.record)} was withdrawn and is in use again"
            yield REUSED.problem(message, file=path, table=table.table, record=row.record)


def _untrue(fresh: Ledger, made: set[Change], new: Side) -> Iterator[Problem]:
    for key, row in fresh.items():
        added = not row["column"] and row["new"]
        if row["version"] != new.version or not (added or _change(row) in made):
            change = f"{row['column'] or 'row'} of {row['record']}, {quoted(row['old'])} to {quoted(row['new'])}"
            message = f"{change} in {row['version']}, is no change that this version makes"
            yield UNTRUE.problem(message, file=new.resources[LEDGER]["path"], table=LEDGER, record=key)


def _rewritten(table: TableDiff, path: str) -> Iterator[Problem]:
    for record in (row.record for rows in (table.changed, table.removed) for row in rows):
        yield REWRITTEN.problem("was released and is not what it was", file=path, table=LEDGER, record=record)
