"""What would be mended in a package, found by mending a copy and checking that again.

The check itself decides: a mend is made where it reports the problem, and stays where it reports no other instead.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import DESCRIPTOR
from ceasefire_talks.package.paths import path_fault_in
from ceasefire_talks.validation.fixing import mends
from ceasefire_talks.validation.fixing.mends import Place, Work
from ceasefire_talks.validation.fixing.stats import stats
from ceasefire_talks.validation.fixing.tables import Mendable, mendable, named_files
from ceasefire_talks.validation.positions import with_values
from ceasefire_talks.validation.problem import Problem
from ceasefire_talks.validation.report import Report

Check = Callable[[Path], Report]
# Each round may bring to light what the one before hid: blank lines a header, a header its columns.
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Edit:
    """A file that would be written.

    Attributes:
        path: where it really is, within the package.
        file: its name, relative to the package.
        before: its bytes now.
        after: its bytes then.
        mended: what was mended, in words.
    """

    path: Path
    file: str
    before: bytes
    after: bytes
    mended: tuple[str, ...]


def plan(package: Path, check: Check) -> list[Edit]:
    """The files of a package that would be written, none of them outside of it. Nothing is written yet.

    Args:
        package: a folder with datapackage.json, or a descriptor file.
        check: checks a package; it is run on a copy.

    Raises:
        PackageError: there is no package, or a file of it cannot be read.
    """
    report = check(package)
    descriptor = package / DESCRIPTOR if package.is_dir() else package
    if not descriptor.is_file():
        # A descriptor in YAML stays as it is, and so do the files whose sizes it gives.
        return []
    if path_fault_in(descriptor.parent, descriptor.name) is not None:
        raise PackageError(f"{descriptor} is a link to a file outside of its folder; name the folder of that")
    if not any(problem.code in mends.MENDED for problem in report.problems):
        return []
    try:
        content = json.loads(descriptor.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            bench = _Bench(descriptor, content, Path(folder), check)
            bench.mend(report)
            return list(bench.edits())
    except OSError as error:
        raise PackageError(f"cannot read {error.filename}: {error.strerror}") from error
    except (ValueError, RecursionError):
        # No JSON: there is no telling what the files should be.
        return []


@dataclass(slots=True)
class _Bench:
    """A copy of a package, and its files under repair."""

    descriptor: Path
    content: Any
    folder: Path
    check: Check
    files: dict[str, Path] = field(init=False)
    works: dict[str, tuple[Mendable, Work]] = field(default_factory=dict)
    mended_stats: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        root = self.descriptor.parent
        self.files = {**named_files(root, self.content), self.descriptor.name: self.descriptor.resolve()}
        for name, path in self.files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, self.folder / name)
        for table in mendable(root, self.content):
            if (work := table.work(root)) is not None:
                self.works[table.file] = table, work

    def mend(self, report: Report) -> None:
        self._note(report)
        for table, work in list(self.works.values()):
            if work.has(mends.DAMAGE):
                del self.works[table.file]
        was_stale = {file for file, (_, work) in self.works.items() if work.has(mends.STATS)}
        self._mend_form()
        self._mend_cells()
        self._mend_order()
        self._mend_stats(was_stale)

    def edits(self) -> Iterator[Edit]:
        done = {file: work.done for file, (_, work) in self.works.items()} | {self.descriptor.name: self.mended_stats}
        for name, path in self.files.items():
            before, after = path.read_bytes(), (self.folder / name).read_bytes()
            if before != after:
                yield Edit(path, name, before, after, tuple(done[name]))

    def _mend_form(self) -> None:
        for _ in range(_ROUNDS):
            for _, work in self.works.values():
                for code, mend in mends.FORM.items():
                    if work.has((code,)):
                        mend(work)
            if not self._write():
                return
            self._note(self._checked())

    def _mend_cells(self) -> None:
        before = self._faults()
        for _, work in self.works.values():
            mends.trailing_blanks(work)
        if not self._write():
            return
        self._note(self._checked())
        for file, (_, work) in self.works.items():
            mends.restored(work, self._faults()[file])
        if self._write():
            self._note(self._checked())
        after = self._faults()
        if any(after[file] - before[file] for file in self.works):
            # Blanks that something else relies on, such as an id that is pointed to with its blanks.
            for _, work in self.works.values():
                mends.restored(work, list(work.trimmed))
            self._write()
            self._note(self._checked())
        for _, work in self.works.values():
            if work.trimmed:
                work.done.append(f"cells with trailing blanks trimmed: {len(work.trimmed)}")

    def _mend_order(self) -> None:
        for _, work in self.works.values():
            if work.has((mends.ORDER,)):
                mends.row_order(work)
        self._write()

    def _mend_stats(self, was_stale: Iterable[str]) -> None:
        values: dict[tuple[str | int, ...], int | str] = {}
        for file, (table, work) in self.works.items():
            data = (self.folder / file).read_bytes()
            is_changed = data != self.files[file].read_bytes()
            # A ragged row may be the end of a truncated file: if its size was wrong before, it stays so.
            if not work.has((mends.RAGGED,)) if file in was_stale else is_changed:
                found = stats(table.descriptor, data, max(len(work.sheet.filled) - 1, 0))
                values |= {("resources", table.index, name): value for name, value in found.items()}
                self.mended_stats += [f"{name} of {table.schema.name}" for name in found]
        path = self.folder / self.descriptor.name
        path.write_bytes(with_values(path.read_bytes().decode("utf-8"), values).encode("utf-8"))

    def _write(self) -> bool:
        """Whether any file of the copy is another than before."""
        changed = False
        for file, (_, work) in self.works.items():
            data = str(work.sheet).encode("utf-8")
            if data != (self.folder / file).read_bytes():
                (self.folder / file).write_bytes(data)
                changed = True
        return changed

    def _checked(self) -> Report:
        return self.check(self.folder / self.descriptor.name)

    def _note(self, report: Report) -> None:
        found: dict[str, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
        for problem in report.problems:
            found[problem.file][problem.code].append(problem)
        for file, (_, work) in self.works.items():
            work.problems = dict(found[file])

    def _faults(self) -> dict[str, set[Place]]:
        """The cells of each file that do not fit, break a key or point nowhere."""
        return {
            file: {
                (problem.line, problem.field)
                for code, problems in work.problems.items()
                if code[0] in "CK"
                for problem in problems
                if problem.line is not None and problem.field is not None
            }
            for file, (_, work) in self.works.items()
        }
