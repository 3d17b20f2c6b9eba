"""Where a package lies: a folder, a zip or wheel, a git revision. Nothing is extracted, nothing is checked out."""

from __future__ import annotations

import io
import lzma
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import DESCRIPTOR
from ceasefire_talks.package.paths import path_fault, path_fault_in

LARGEST_FILE = 2**30
LARGEST_ARCHIVE = 2**33
# What reading a damaged, encrypted or unknown kind of zip file raises.
DAMAGED = (OSError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError, struct.error)


class Source(Protocol):
    """A place that holds the files of one package."""

    @property
    def name(self) -> str:
        """What the reader called it."""

    def size(self, path: str) -> int:
        """The bytes of the file at a path relative to the descriptor; safe whatever the path is.

        Raises:
            PackageError: there is no such file, it lies outside the package, or it is larger than `LARGEST_FILE`.
        """

    def open(self, path: str) -> BinaryIO:
        """That file.

        Raises:
            PackageError: as for `size`.
        """


@dataclass(frozen=True, slots=True)
class Folder:
    """A package in a folder."""

    name: str
    root: Path

    def size(self, path: str) -> int:
        """See `Source`."""
        _refuse(path_fault_in(self.root, path), self.name, path)
        try:
            return _bounded((self.root / path).stat().st_size, self.name, path)
        except OSError as error:
            raise PackageError(f"{self.name}: cannot read {path}: {error.strerror}") from error

    def open(self, path: str) -> BinaryIO:
        """See `Source`."""
        self.size(path)
        try:
            return (self.root / path).open("rb")
        except OSError as error:
            raise PackageError(f"{self.name}: cannot read {path}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class Archive:
    """A package in a zip file or wheel; `root` is the folder within it that holds the descriptor."""

    name: str
    archive: zipfile.ZipFile
    root: PurePosixPath

    def size(self, path: str) -> int:
        """See `Source`."""
        return _bounded(self._member(path).file_size, self.name, path)

    def open(self, path: str) -> BinaryIO:
        """See `Source`."""
        self.size(path)
        try:
            member: BinaryIO = self.archive.open(self._member(path))  # type: ignore[assignment]
        except DAMAGED as error:
            raise PackageError(f"{self.name}: cannot read {path}: {error}") from error
        # It gives no more than the bytes that the archive states.
        return member

    def _member(self, path: str) -> zipfile.ZipInfo:
        _refuse(path_fault(path), self.name, path)
        try:
            return self.archive.getinfo(str(self.root / path))
        except KeyError as error:
            raise PackageError(f"{self.name}: cannot read {path}: {error}") from error


@dataclass(frozen=True, slots=True)
class Revision:
    """A package as a commit of the repository around a folder has it."""

    name: str
    commit: str
    folder: Path

    def size(self, path: str) -> int:
        """See `Source`."""
        _refuse(path_fault(path), self.name, path)
        size = git(self.folder, "cat-file", "-s", self._blob(path))
        if size is None:
            raise PackageError(f"{self.name}: the revision has no file {path} in this folder")
        return _bounded(int(size), self.name, path)

    def open(self, path: str) -> BinaryIO:
        """See `Source`."""
        self.size(path)
        return io.BytesIO(git(self.folder, "cat-file", "blob", self._blob(path)) or b"")

    def _blob(self, path: str) -> str:
        return f"{self.commit}:./{PurePosixPath(path)}"


@contextmanager
def open_source(place: str, folder: Path | None = None) -> Iterator[Source]:
    """The package at a place: a folder, a descriptor file, a zip or wheel, or a revision of the folder's repository.

    Args:
        place: a path, or what git understands as a commit, such as `v0.1.0` or `HEAD~2`. A path goes first.
        folder: the folder whose repository is meant; the current one without it.

    Raises:
        PackageError: it is none of them.
    """
    path = Path(place)
    if path.is_dir() or path.name == DESCRIPTOR:
        yield Folder(place, path if path.is_dir() else path.parent)
    elif path.is_file():
        with _opened(place) as archive:
            yield Archive(place, archive, _package_folder(archive, place))
    else:
        yield _revision(place, folder or Path())


def git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None where it fails, there is no repository or no git."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError:
        return None
    return None if done.returncode else done.stdout


@contextmanager
def _opened(place: str) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(place)
    except DAMAGED as error:
        raise PackageError(f"{place}: is no zip file or wheel: {error}") from error
    with archive:
        size = sum(info.file_size for info in archive.infolist())
        if size > LARGEST_ARCHIVE:
            raise PackageError(f"{place}: expands to {size:,} bytes, more than the {LARGEST_ARCHIVE:,} that are read")
        yield archive


def _package_folder(archive: zipfile.ZipFile, place: str) -> PurePosixPath:
    found = {PurePosixPath(name).parent for name in archive.namelist() if PurePosixPath(name).name == DESCRIPTOR}
    outermost = sorted(found, key=lambda path: len(path.parts))
    if not outermost:
        raise PackageError(f"{place}: holds no {DESCRIPTOR}")
    if len(outermost) > 1 and len(outermost[0].parts) == len(outermost[1].parts):
        raise PackageError(f"{place}: holds several packages: {outermost[0]} and {outermost[1]}")
    return outermost[0]


def _revision(place: str, folder: Path) -> Revision:
    # --end-of-options: a place that begins with a dash is no option of git.
    found = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{place}^{{commit}}")
    if found is None:
        raise PackageError(f"{place!r} is no folder, zip file or wheel, and no revision of a git repository here")
    return Revision(place, found.decode().strip(), folder)


def _refuse(fault: str | None, name: str, path: str) -> None:
    if fault is not None:
        raise PackageError(f"{name}: the path {path!r} {fault}")


def _bounded(size: int, name: str, path: str) -> int:
    if size > LARGEST_FILE:
        raise PackageError(f"{name}: {path} has {size:,} bytes, more than the {LARGEST_FILE:,} that are read")
    return size
