"""Bytes to text: UTF-8 strictly for text, the declared encoding for web pages, a clear refusal for all else."""

from __future__ import annotations

import re

from ceasefire_talks.text.normalise import decode
from ceasefire_talks.tracing.documents.model import DocumentError

_SIGNATURES = {
    b"%PDF-": "a PDF; copy its text into a text file, or save the web page instead",
    b"PK\x03\x04": "a ZIP archive or an office document; save it as plain text",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as plain text",
    b"{\\rtf": "an RTF document; save it as plain text",
    b"\x1f\x8b": "compressed with gzip; unpack it",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# What browsers take an encoding's name for (WHATWG Encoding), where Python reads it more narrowly.
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}
_KNOWN = re.compile(
    r"utf-?8|windows-125[0-8]|iso-8859-(?:[2-8]|10|13|14|15|16)|koi8-[ru]|ibm866|gb18030|big5|big5-hkscs|euc-jp|iso-2022-jp"
)
_SINGLE_BYTE = re.compile(r"cp1\d+|cp874|windows-125\d|iso-8859-\d+|koi8-.|ibm866|mac_.*")
_DECLARATION = re.compile(
    rb"""<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w:.-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096


def refuse_binary(name: str, data: bytes) -> None:
    """Say of what is no text what it is.

    Raises:
        DocumentError: it begins as a known format that is no text, or holds NUL bytes.
    """
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise DocumentError(f"{name} is {what}")
    if b"\0" in data and not data.startswith(_UTF_16):
        raise DocumentError(f"{name} is no text: there is a NUL byte at offset {data.index(0)}")


def decode_text(name: str, data: bytes) -> str:
    """UTF-8 as text, strictly.

    Raises:
        DocumentError: it is not UTF-8; the message has the line.
    """
    if data.startswith(_UTF_16):
        raise DocumentError(f"{name} is UTF-16; save it as UTF-8")
    try:
        return decode(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"{name} is not UTF-8: byte {data[error.start]:#04x} in line {line}; save it as UTF-8"
        ) from error


def decode_html(data: bytes, charset: str | None = None) -> str:
    """A web page as text, as a browser decodes it, save that bytes which are UTF-8 are read as such.

    Saved pages are often re-encoded while their declaration stays. Text of a single-byte encoding that happens to be
    valid UTF-8 beyond ASCII does not occur. Bytes that are wrong in the encoding become U+FFFD.

    Args:
        data: the page.
        charset: the encoding that it was sent with, which goes before what the page declares.
    """
    if data.startswith(_UTF_16):
        return data.decode("utf-16", "replace")
    codec = _codec(charset) or _codec(_declared(data)) or "cp1252"
    if _SINGLE_BYTE.fullmatch(codec):
        try:
            return decode(data)
        except UnicodeDecodeError:
            pass
    return data.decode(codec, "replace").removeprefix("\ufeff")


def _declared(data: bytes) -> str | None:
    match = _DECLARATION.search(data, 0, _DECLARED_WITHIN)
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None


def _codec(label: str | None) -> str | None:
    """The codec of a label, None for labels that browsers do not know or that name no encoding of text."""
    label = (label or "").strip().lower()
    label = _AS_BROWSERS_DO.get(label, label)
    known = label in _AS_BROWSERS_DO.values() or _KNOWN.fullmatch(label)
    return label if known else None
