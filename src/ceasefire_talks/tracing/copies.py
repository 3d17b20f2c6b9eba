"""A copy of a text, however the caller names it: the text itself, a file, standard input, or an address.

Nothing is fetched unless the caller names an address, or asks for the source's own.
"""

from __future__ import annotations

import os
import re
from os import PathLike
from pathlib import Path

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.package.package import Package
from ceasefire_talks.tracing.coded import traced_source, traced_sources
from ceasefire_talks.tracing.documents import Document, DocumentError, read_document

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def copy_of(copy: str | PathLike[str]) -> Document:
    """What a caller of the Python functions means by a text.

    Args:
        copy: a path-like object is a file. A string of several lines is the text itself; one of a single line is an
            address if it begins with http:// or https://, a file if there is one of that name, and else the text
            itself, unless it has no space, as a mistyped name.

    Raises:
        DocumentError: there is no such file, or it cannot be read.
        FetchError: the address cannot be fetched, or may not be.
        MissingExtraError: it is a web page or Markdown, and the `trace` extra is not installed.
    """
    if not isinstance(copy, str):
        return read_document(Path(copy))
    if "\n" not in copy:
        if _ADDRESS.fullmatch(copy):
            return fetched_copy(copy)
        if os.path.isfile(copy) or " " not in copy:  # noqa: PTH113 - Path.is_file raises at what is too long for a name
            return read_document(copy)
    return _text(copy)


def named_copy(name: str, *, allow_private: bool = False) -> Document:
    """What the argument of a command names: an address, `-` for standard input, or a file.

    Raises:
        DocumentError: there is no such file, or it cannot be read.
        FetchError: the address cannot be fetched, or may not be.
        MissingExtraError: it is a web page or Markdown, and the `trace` extra is not installed.
    """
    return fetched_copy(name, allow_private=allow_private) if _ADDRESS.fullmatch(name) else read_document(name)


def fetched_copy(address: str, *, allow_private: bool = False) -> Document:
    """The document at an address.

    Raises:
        FetchError: the address cannot be fetched, or may not be.
        DocumentError: what stands there cannot be read.
        MissingExtraError: it is a web page or Markdown, and the `trace` extra is not installed.
    """
    from ceasefire_talks.tracing.fetch import fetch

    fetched = fetch(address, allow_private=allow_private)
    return read_document(fetched.data, kind=fetched.kind, charset=fetched.charset)


def own_address(package: Package, source_id: str | None) -> str:
    """The address at which a source was published; of the only one that is traced to its sentences, unless it is named.

    Raises:
        UnknownNameError: there is no such source that is traced to its sentences.
        PackageError: the package cannot be read, or has several and none is named.
    """
    sources = traced_sources(package)
    if source_id is None and len(sources) > 1:
        raise PackageError(f"name the source to fetch, one of: {', '.join(sources)}")
    return str(traced_source(package, source_id or next(iter(sources)))["url"])


def _text(copy: str) -> Document:
    try:
        copy.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(f"the text is not Unicode: {error.reason}") from error
    return Document(copy, copy, "text")
