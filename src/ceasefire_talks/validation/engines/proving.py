"""Whether an engine may read the files of a table as they are, proven on their bytes while they are read."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ceasefire_talks.validation.description import Resource
from ceasefire_talks.validation.engines.cells import Cells, Doubt, Read, Reader, UnreadableError
from ceasefire_talks.validation.engines.heads import Head, doubt_of, head

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


Proofs = Mapping[str, "Future[Proof | Doubt]"]


@contextmanager
def prove_all(resources: Iterable[Resource], reader: Reader) -> Iterator[Proofs]:
    """The proofs of some tables by their names; they are worked at in the background, in this order."""
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        yield {resource.name: pool.submit(prove, resource, reader) for resource in resources}
    finally:
        pool.shutdown(cancel_futures=True)


def prove(resource: Resource, reader: Reader) -> Proof | Doubt:
    """Prove that the files of a table may be read as they are, and read them; or say what is in doubt."""
    heads = [] if (doubt := doubt_of(resource)) else [head(path, resource) for path in resource.paths]
    sound = [found for found in heads if isinstance(found, Head)]
    if doubt or len(sound) < len(heads):
        return doubt or next(found for found in heads if isinstance(found, Doubt))
    files = _files(resource, sound)
    if not reader.is_eager:
        found = _scanned(resource, files, is_utf8=False)
        return found if isinstance(found, Doubt) else _proof(files, found, sound, reader.read(_cells(files)))
    try:
        read = reader.read(_cells(files))
    except UnreadableError:
        found = _scanned(resource, files, is_utf8=False)
        return found if isinstance(found, Doubt) else Doubt("it is not UTF-8")
    found = _accounted(files, read) or _scanned(resource, files, is_utf8=True)
    return found if isinstance(found, Doubt) else _proof(files, found, sound, read)


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


def _proof(files: _Files, sound: Sequence[Sound], heads: Sequence[Head], read: Read) -> Proof:
    counted = [(found, int(header is not None)) for found, (_, header) in zip(sound, files, strict=True)]
    return Proof(counted, heads[0].cells, read)


def _accounted(files: _Files, read: Read) -> list[Sound] | None:
    # Imported here, and not before files are read: numpy takes a while.
    from ceasefire_talks.validation.engines.accounting import accounted

    sound = []
    for (cells, header), sizes in zip(files, read.sizes or (), strict=True):
        with cells.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if (found := accounted(data, cells, header, sizes)) is None:
                return None
        sound.append(found)
    return sound


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
