"""Whether an engine may read the files of a table as they are, proven on their bytes while they are read."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ceasefire_talks.validation.description import Resource
from ceasefire_talks.validation.engines.heads import Head, doubt_of, head
from ceasefire_talks.validation.engines.reading import Cells, Doubt, Read, Reader, UnreadableError

if TYPE_CHECKING:
    from ceasefire_talks.validation.engines.structure import Sound

# While one file is proven, on one core, another may be parsed.
AT_ONCE = 2

_Files: TypeAlias = "Sequence[tuple[Cells, Head | None]]"


@dataclass(frozen=True, slots=True)
class Proof:
    """The files of a table, proven sound.

    Attributes:
        files: of each what it is like, and how many header rows it has.
        header: the first row of the first file.
        read: their rows.
    """

    files: Sequence[tuple[Sound, int]]
    header: list[str]
    read: Read


@dataclass(frozen=True, slots=True)
class _Begun:
    """A table whose files have heads: how each is to be read, and its rows, where that is into memory and went well."""

    header: list[str]
    files: _Files
    read: Read | None


Proofs = Mapping[str, "Future[Proof | Doubt]"]


@contextmanager
def prove_all(resources: Sequence[Resource], reader: Reader) -> Iterator[Proofs]:
    """The proofs of some tables by their names, worked at in the background.

    All files are read, the largest first, before any is proven: readers leave the interpreter to those who import.
    """
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        by_size = sorted(resources, key=lambda resource: -sum(path.stat().st_size for path in resource.paths))
        begun = [(resource, pool.submit(_begin, resource, reader)) for resource in by_size]
        yield {resource.name: pool.submit(_prove, resource, reader, files.result) for resource, files in begun}
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(resource: Resource, reader: Reader) -> _Begun | Doubt:
    """Look at the heads of the files of a table, and read them where that is into memory."""
    if doubt := doubt_of(resource):
        return doubt
    heads = [head(path, resource) for path in resource.paths]
    if doubt := next((found for found in heads if isinstance(found, Doubt)), None):
        return doubt
    sound = [found for found in heads if isinstance(found, Head)]
    files = _files(resource, sound)
    try:
        return _Begun(sound[0].cells, files, reader.read(_cells(files)) if reader.is_eager else None)
    except UnreadableError:
        return _Begun(sound[0].cells, files, None)


def _prove(resource: Resource, reader: Reader, begun: Callable[[], _Begun | Doubt]) -> Proof | Doubt:
    """Prove that the files of a table may be read as they are, and read them; or say what is in doubt."""
    if isinstance(found := begun(), Doubt):
        return found
    files, read = found.files, found.read
    sound = (read and _accounted(files, read)) or _scanned(resource, files, is_utf8=read is not None)
    if isinstance(sound, Doubt):
        return sound
    if read is None and reader.is_eager:
        return Doubt("it is not UTF-8")
    headers = [int(header is not None) for _, header in files]
    return Proof(list(zip(sound, headers, strict=True)), found.header, read or reader.read(_cells(files)))


def _files(resource: Resource, heads: Sequence[Head]) -> _Files:
    """How every file is to be read, and its header; later files may have none."""
    has_header = bool(resource.dialect.header_rows)
    first = heads[0].cells
    width = len(first) if has_header else len(resource.schema["fields"]) or len(first)
    headers = [found if has_header and found.cells == first else None for found in heads]
    return [
        (Cells(path, header.lines if header else 0, width, resource.dialect.delimiter), header)
        for path, header in zip(resource.paths, headers, strict=True)
    ]


def _cells(files: _Files) -> list[Cells]:
    return [cells for cells, _ in files]


def _accounted(files: _Files, read: Read) -> list[Sound] | None:
    # Imported here, and not before files are read: numpy takes a while.
    from ceasefire_talks.validation.engines.accounting import accounted

    found = (accounted(*file, sizes) for file, sizes in zip(files, read.sizes or (), strict=True))
    sound = [one for one in found if one is not None]
    return sound if len(sound) == len(files) else None


def _scanned(resource: Resource, files: _Files, *, is_utf8: bool) -> list[Sound] | Doubt:
    """For every file what it is like; or the first doubt about one of them."""
    from ceasefire_talks.validation.engines.structure import scan

    sound = []
    for cells, _ in files:
        with cells.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            found = scan(data, cells.delimiter, cells.width, is_utf8=is_utf8)
        if isinstance(found, Doubt):
            return found
        if found.carriage_returns and resource.line_terminator == "\n":
            return Doubt("its lines end otherwise than the descriptor says")
        sound.append(found)
    return sound
