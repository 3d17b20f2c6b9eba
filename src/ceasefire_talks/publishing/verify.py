"""Verifying what was downloaded: against its sums, its descriptor and the rules, without network.

An archive comes from anywhere, so it is unpacked with bounds on its size and into a folder that it cannot leave.
"""

from __future__ import annotations

import hashlib
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import DESCRIPTOR
from ceasefire_talks.publishing.sums import SUMS, read_sums
from ceasefire_talks.validation.problem import Problem, neutral
from ceasefire_talks.validation.render.text import problem_lines
from ceasefire_talks.validation.run import check_package

MOST_FILES = 10_000
MOST_BYTES = 1 << 30
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying one file or folder found. `str()` of it is what `ceasefire-talks release verify` prints.

    Attributes:
        path: the file or folder.
        sums: how many files agree with a sum.
        checked: whether it holds a data package, and the rules of `ceasefire-talks check` were run on it.
        problems: of the archive (`V01`), of the sums (`V02` to `V05`), then those of `ceasefire-talks check`.
    """

    path: str
    sums: int
    checked: bool
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no problem."""
        return not self.problems

    def to_dict(self) -> dict[str, Any]:
        """The outcome as plain values, for JSON."""
        return {"ok": self.ok, **asdict(self)}

    def __str__(self) -> str:
        count = len(self.problems)
        verdict = "as released" if self.ok else f"{count} problem{'s' if count > 1 else ''}"
        rules = ", rules checked" if self.checked else ""
        summary = f"{self.path}: {verdict} (sums that agree: {self.sums}{rules})"
        return "\n".join([*problem_lines(self.problems), neutral(summary)])


class UnsafeArchiveError(Exception):
    """The archive would write outside its folder, is too large, or is damaged; the message says which."""


def verify(path: Path) -> Verification:
    """Check a file or folder of a release.

    A folder is held against its `SHA256SUMS`; so is a zip archive that has one. A file is held against the `SHA256SUMS`
    that lies beside it, if that lists it. Where there is a descriptor, all checks of `ceasefire-talks check` are run.

    Raises:
        PackageError: there is no such file, or there are no sums to hold it against.
        MissingExtraError: it holds a data package, and the `check` extra is not installed.
    """
    try:
        if path.is_dir():
            return _verify_folder(path, str(path))
        return _verify_file(path)
    except OSError as error:
        raise PackageError(f"cannot read {error.filename or path}: {error.strerror or error}") from error


def _verify_file(path: Path) -> Verification:
    beside = _sum_beside(path)
    own = _verify_archive(path) if zipfile.is_zipfile(path) else None
    if beside is None and own is None:
        raise PackageError(f"{path} is no bundle, and no {SUMS} beside it lists it: nothing to verify it against")
    differs = tuple(_compared(path.parent, {path.name: beside})) if beside else ()
    agreed = int(beside is not None and not differs)
    if own is None:
        return Verification(str(path), agreed, checked=False, problems=differs)
    return Verification(str(path), own.sums + agreed, own.checked, (*differs, *own.problems))


def _sum_beside(path: Path) -> str | None:
    sums = path.parent / SUMS
    if not path.is_file() or not sums.is_file():
        path.open("rb").close()
        return None
    try:
        return read_sums(sums.read_bytes()).get(path.name)
    except ValueError as error:
        raise PackageError(f"cannot read {sums}: {error}") from error


def _verify_archive(path: Path) -> Verification | None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            unpack(path, Path(folder))
        except UnsafeArchiveError as error:
            problem = _problem("V01", "archive", path.name, f"not unpacked: {error}", "Download it again")
            return Verification(str(path), 0, checked=False, problems=(problem,))
        return _verify_folder(Path(folder), str(path)) if (Path(folder) / SUMS).is_file() else None


def unpack(path: Path, folder: Path) -> None:
    """Write the files of a zip archive into an empty folder.

    Raises:
        UnsafeArchiveError: a path leaves the folder or is there twice, an entry is a link or encrypted, the whole is
            larger than `MOST_BYTES` or `MOST_FILES`, or the archive is damaged. Nothing outside the folder was written.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_names(entries)
            left = MOST_BYTES
            for entry in entries:
                left -= _extract(archive, entry, folder / entry.filename, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnsafeArchiveError(f"it is damaged ({error})") from error


def _refuse_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise UnsafeArchiveError(f"it holds more than {MOST_FILES} files")
    seen: set[str] = set()
    for entry in entries:
        if reason := _unsafe(entry) or ("is there twice" if entry.filename.casefold() in seen else None):
            raise UnsafeArchiveError(f"{entry.filename!r} {reason}")
        seen.add(entry.filename.casefold())


def _unsafe(entry: zipfile.ZipInfo) -> str | None:
    name, path = entry.filename, PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not name.isprintable():
        return "is no path within a folder"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link"
    return "is encrypted" if entry.flag_bits & 1 else None


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, most: int) -> int:
    # The sizes that an archive states are not believed; what comes out is counted.
    written = 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as source, target.open("xb") as file:
            while chunk := source.read(CHUNK):
                written += len(chunk)
                if written > most:
                    raise UnsafeArchiveError(f"it holds more than {MOST_BYTES} bytes")
                file.write(chunk)
    except (FileExistsError, NotADirectoryError) as error:
        raise UnsafeArchiveError(f"{entry.filename!r} is both a file and a folder") from error
    return written


def _verify_folder(folder: Path, shown: str) -> Verification:
    sums_path = folder / SUMS
    if not sums_path.is_file():
        raise PackageError(f"there is no {SUMS} in {shown}: there is nothing to verify it against")
    try:
        sums = read_sums(sums_path.read_bytes())
    except ValueError as error:
        problem = _problem("V02", "sums", SUMS, f"cannot be read: {error}", "Download it again")
        return Verification(shown, 0, checked=False, problems=(problem,))
    wrong = [*_compared(folder, sums), *_unlisted(folder, sums)]
    agreed = len(sums) - sum(problem.code in ("V03", "V04") for problem in wrong)
    has_package = (folder / DESCRIPTOR).is_file()
    rules = check_package(folder).problems if has_package else ()
    return Verification(shown, agreed, has_package, (*wrong, *rules))


def _compared(folder: Path, sums: dict[str, str]) -> Iterator[Problem]:
    for name, expected in sums.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            yield _problem("V03", "missing-file", name, "is listed and is not there", "Download it again")
        elif (found := _sha256(path)) != expected:
            message = f"has the SHA-256 sum {found}, not {expected}"
            yield _problem("V04", "sum", name, message, "Download it again; it is not the file that was released")


def _unlisted(folder: Path, sums: dict[str, str]) -> Iterator[Problem]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name != SUMS and name not in sums:
            yield _problem("V05", "unlisted-file", name, f"is not listed in {SUMS}", "Remove it; it was not released")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _problem(code: str, rule: str, file: str, message: str, mend: str) -> Problem:
    return Problem(code=code, rule=rule, file=file, message=message, mend=mend)
