"""The files to be published: of a folder what git would publish, and what archives hold, unpacked within bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ceasefire_talks.package.errors import PackageError

MAX_FILE = 100_000_000
MAX_UNPACKED = 500_000_000
MAX_DEPTH = 5

_BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError, struct.error),
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
)
_COMPRESSED: dict[bytes, Callable[[io.BytesIO], io.BufferedIOBase]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}
_OPAQUE = {
    b"%PDF-": "a PDF, whose text is compressed; examine what it is made from",
    b"PAR1": "Parquet, whose text is compressed; examine the tables that it is made from",
    b"\x28\xb5\x2f\xfd": "compressed with Zstandard; unpack it",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive; unpack it",
    b"Rar!": "a RAR archive; unpack it",
}


@dataclass(frozen=True, slots=True)
class Content:
    """One file: its bytes, or why they cannot be had."""

    path: str
    data: bytes = b""
    reason: str = ""


@dataclass(slots=True)
class _Budget:
    """How many bytes may still be unpacked, for all archives of one path together."""

    left: int

    def read(self, file: io.BufferedIOBase) -> bytes:
        """All of a file.

        Raises:
            ValueError: it is larger than one file may be, or than what is left.
        """
        limit = min(MAX_FILE, self.left)
        data = file.read(limit + 1)
        if len(data) > limit:
            raise ValueError(f"larger than {limit:,} bytes")
        self.left -= len(data)
        return data


def contents(path: Path) -> Iterator[Content]:
    """Every file of a path: in a git repository the tracked and the untracked that are not ignored.

    Args:
        path: a file, an archive or a folder. A folder that git ignores is read in full: who names it means it.

    Raises:
        PackageError: there is no such file or folder.
    """
    if not path.exists():
        raise PackageError(f"there is no {path}")
    for file in _files(path) if path.is_dir() else [path]:
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_FILE + 1)
        except OSError as error:
            yield Content(str(file), reason=error.strerror or "cannot be read")
            continue
        if len(data) > MAX_FILE:
            yield Content(str(file), reason=f"larger than {MAX_FILE:,} bytes")
        else:
            yield from _unpacked(str(file), data, _Budget(MAX_UNPACKED), 0)


def _files(folder: Path) -> Iterator[Path]:
    listed = _git_files(folder)
    if listed is None:
        for parent, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != ".git")
            yield from (Path(parent, name) for name in sorted(names) if Path(parent, name).is_file())
        return
    for path in listed:
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif path.is_file():
            yield path


def _git_files(folder: Path) -> list[Path] | None:
    """What git would publish of a folder; None if it is in no repository or ignored by it, or there is no git."""

    def git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)

    try:
        if git("check-ignore", "--quiet", ".").returncode == 0:
            return None
        listed = git("ls-files", "--cached", "--others", "--exclude-standard", "-z")
    except OSError:
        return None
    if listed.returncode:
        return None
    names = dict.fromkeys(os.fsdecode(name) for name in listed.stdout.split(b"\0") if name)
    return [folder / name for name in names]


def _unpacked(path: str, data: bytes, budget: _Budget, depth: int) -> Iterator[Content]:
    """A file, or what is in it."""
    opaque = next((reason for signature, reason in _OPAQUE.items() if data.startswith(signature)), None)
    compressed = next((opener for signature, opener in _COMPRESSED.items() if data.startswith(signature)), None)
    is_archive = _is_zip(data) or _is_tar(data)
    if opaque:
        yield Content(path, reason=opaque)
    elif not compressed and not is_archive:
        yield Content(path, data)
    elif depth == MAX_DEPTH:
        yield Content(path, reason=f"an archive within {MAX_DEPTH} others")
    elif compressed:
        yield from _decompressed(path, data, compressed, budget, depth)
    else:
        yield from _members(path, data, budget, depth)


def _decompressed(
    path: str, data: bytes, opener: Callable[[io.BytesIO], io.BufferedIOBase], budget: _Budget, depth: int
) -> Iterator[Content]:
    try:
        with opener(io.BytesIO(data)) as file:
            inner = budget.read(file)
    except _BROKEN as error:
        yield Content(path, reason=_why(error))
        return
    yield from _unpacked(path, inner, budget, depth + 1)


def _members(path: str, data: bytes, budget: _Budget, depth: int) -> Iterator[Content]:
    members = _zip_members if _is_zip(data) else _tar_members
    try:
        for name, file in members(data):
            place = f"{path}!{name}"
            try:
                inner = budget.read(file())
            except _BROKEN as error:
                yield Content(place, reason=_why(error))
                if budget.left <= 0:
                    return
                continue
            yield from _unpacked(place, inner, budget, depth + 1)
    except _BROKEN as error:
        yield Content(path, reason=_why(error))


def _zip_members(data: bytes) -> Iterator[tuple[str, Callable[[], io.BufferedIOBase]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, lambda info=info: archive.open(info)  # type: ignore[misc]


def _tar_members(data: bytes) -> Iterator[tuple[str, Callable[[], io.BufferedIOBase]]]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for member in archive:
            if member.isfile():
                yield member.name, lambda member=member: archive.extractfile(member)  # type: ignore[misc]


def _is_zip(data: bytes) -> bool:
    return data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data))


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _why(error: BaseException) -> str:
    return f"cannot be unpacked: {error or type(error).__name__}"
