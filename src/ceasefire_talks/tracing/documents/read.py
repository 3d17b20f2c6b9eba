"""Reading a copy from a file, from standard input or from bytes."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ceasefire_talks.package.errors import needs_extra
from ceasefire_talks.tracing.documents.decode import decode_html, decode_text, refuse_binary
from ceasefire_talks.tracing.documents.model import Document, DocumentError, Kind
from ceasefire_talks.tracing.documents.saved import page_of_archive

if TYPE_CHECKING:
    from ceasefire_talks.tracing.documents.webpage import Line

MAX_BYTES = 20_000_000

_SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".webarchive": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
_BEGINS_AS_A_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_BYTES = 4096


def read_document(
    source: str | Path | bytes, *, kind: Kind | None = None, charset: str | None = None, max_bytes: int = MAX_BYTES
) -> Document:
    """The text of a copy.

    Args:
        source: a file, `-` for standard input, or the bytes themselves.
        kind: how to read it; without it, by the ending of the file's name, else by what the bytes begin with.
        charset: for a web page, the encoding that it was sent with; without it, what the page declares. Text and
            Markdown are UTF-8 and nothing else.
        max_bytes: no larger copy is read.

    Raises:
        DocumentError: there is no such file, it is too large, it is no text, or it is not UTF-8.
        MissingExtraError: it is a web page or Markdown, and the `trace` extra is not installed.
    """
    name, data = _bytes_of(source, max_bytes)
    archived = page_of_archive(data) if kind in {None, "html"} else None
    if archived:
        data, charset, kind = archived.data, archived.charset, "html"
    refuse_binary(name, data)
    kind = kind or _SUFFIXES.get(Path(name).suffix.lower()) or _sniff(data)
    if kind == "html":
        return _web_page(decode_html(data, charset))
    text = decode_text(name, data)
    return _markdown(text) if kind == "markdown" else Document(text, text, "text")


def _bytes_of(source: str | Path | bytes, max_bytes: int) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return "the text", _read(io.BytesIO(source), "the text", max_bytes)
    if source == "-":
        return "standard input", _read(sys.stdin.buffer, "standard input", max_bytes)
    try:
        with Path(source).open("rb") as file:
            return str(source), _read(file, str(source), max_bytes)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(f"cannot read {source}: {reason}") from error


def _read(file: BinaryIO, name: str, max_bytes: int) -> bytes:
    data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise DocumentError(f"{name} is larger than {max_bytes:,} bytes; save the article alone")
    return data


def _sniff(data: bytes) -> Kind:
    return "html" if _BEGINS_AS_A_PAGE.match(data[:_FIRST_BYTES]) else "text"


def _web_page(html: str) -> Document:
    with needs_extra("trace"):
        from ceasefire_talks.tracing.documents.article import article_lines
        from ceasefire_talks.tracing.documents.webpage import read_page
    page = read_page(html)
    return Document(_joined(article_lines(html, page)), _joined(page.lines), "html")


def _markdown(text: str) -> Document:
    with needs_extra("trace"):
        from ceasefire_talks.tracing.documents.markdown import to_html
        from ceasefire_talks.tracing.documents.webpage import read_page
    return Document(_joined(read_page(to_html(text)).lines), text, "markdown")


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)
