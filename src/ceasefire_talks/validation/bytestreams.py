"""The bytes of a file as physical lines, in constant memory: counted, hashed, expanded and decoded on the way."""

from __future__ import annotations

import codecs
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from encodings.aliases import aliases
from pathlib import Path
from typing import Any

CHUNK = 1 << 18
# A cell may be longer than that only if a quote is never closed; see `rows.ROW_LIMIT`.
LINE_LIMIT = 1 << 24

# What a compressed file may become: a bomb is a thousand times its size, a table of numbers rarely twenty times.
EXPANDED_LIMIT = 1 << 36
RATIO_LIMIT = 200
RATIO_FREE = 1 << 24

ALGORITHMS = ("md5", "sha1", "sha256", "sha512")

_NAME = re.compile("[A-Za-z0-9][A-Za-z0-9_.: -]{0,39}")
_ENCODINGS = {*aliases.values(), "utf_8_sig", "utf-8-sig"} - {"utf_7", "mbcs", "oem"}


class UnreadableError(Exception):
    """A file that cannot be read any further; the message says why."""


class ExpansionError(UnreadableError):
    """A compressed file becomes too large."""


class CompressionError(UnreadableError):
    """A compressed file is damaged."""


class EncodingError(UnreadableError):
    """A file is not in its encoding at all."""


class LineError(UnreadableError):
    """A line is too long to be one."""


def codec(name: str) -> str | None:
    """Python's name of an encoding that is known to be one of text and to do nothing else; None for any other."""
    if not _NAME.fullmatch(name):
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, UnicodeError):
        return None
    is_text = found._is_text_encoding  # noqa: SLF001
    return found.name if is_text and found.name.replace("-", "_") in _ENCODINGS | _TEXTUAL else None


_TEXTUAL = {name.replace("-", "_") for name in ("iso8859-1", "utf-8", "utf-16", "utf-32", "ascii")}


class Tally:
    """How many bytes went by, and their hash."""

    def __init__(self, algorithm: str | None) -> None:
        self.bytes = 0
        self._hash: Any = None if algorithm is None else hashlib.new(algorithm, usedforsecurity=False)

    @property
    def digest(self) -> str | None:
        """The hash in hexadecimal digits, None where none was asked for."""
        return None if self._hash is None else self._hash.hexdigest()

    def chunks(self, path: Path) -> Iterator[bytes]:
        """The bytes of a file, counted and hashed."""
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                self.bytes += len(chunk)
                if self._hash is not None:
                    self._hash.update(chunk)
                yield chunk


def expanded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes that gzip made these of; of several members one after the other.

    Raises:
        CompressionError: they are not of gzip, or end too early.
        ExpansionError: they become more than `EXPANDED_LIMIT`, or more than `RATIO_LIMIT` times as many.
    """
    taken = given = 0
    member = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        taken += len(chunk)
        rest = chunk
        while rest:
            if member.eof:
                member = zlib.decompressobj(wbits=31)
            part = _expand(member, rest)
            given += len(part)
            if given > min(EXPANDED_LIMIT, max(RATIO_FREE, taken * RATIO_LIMIT)):
                raise ExpansionError(f"{taken} bytes expand to more than {given - len(part)}")
            yield part
            rest = member.unconsumed_tail or member.unused_data
    if taken and not member.eof:
        raise CompressionError("the compressed data end too early")


def _expand(member: Any, data: bytes) -> bytes:
    try:
        part: bytes = member.decompress(data, CHUNK)
    except zlib.error as error:
        raise CompressionError(f"it is not what gzip writes: {error}") from error
    return part


# Bytes that are in no encoding become these characters, which are in no text, to be reported at their line.
_UNREADABLE_BASE = 0xDC00
UNREADABLE = re.compile("[\udc00-\udcff]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(chr(_UNREADABLE_BASE + byte) for byte in bad), error.end


codecs.register_error("ceasefire-talks.mark", _mark)


def decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """The text of some bytes; bytes that are not in the encoding become characters of `UNREADABLE`.

    Raises:
        EncodingError: they lack what the encoding begins with.
    """
    decoder = codecs.getincrementaldecoder(encoding)("ceasefire-talks.mark")
    try:
        for chunk in chunks:
            if text := decoder.decode(chunk):
                yield text
        yield decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise EncodingError(str(error)) from error


def unreadable_bytes(line: str) -> str:
    """The bytes that a line holds in the place of characters, in hexadecimal digits; empty where it holds none."""
    return "".join(f"\\x{ord(c) - _UNREADABLE_BASE:02x}" for c in UNREADABLE.findall(line))


def split(texts: Iterable[str]) -> Iterator[str]:
    """Lines, each with its LF but perhaps the last.

    Raises:
        LineError: a line is longer than `LINE_LIMIT`.
    """
    rest = ""
    for text in texts:
        *lines, rest = (rest + text).split("\n")
        for line in lines:
            yield f"{line}\n"
        if len(rest) > LINE_LIMIT:
            raise LineError(f"a line of more than {LINE_LIMIT} characters")
    if rest:
        yield rest
