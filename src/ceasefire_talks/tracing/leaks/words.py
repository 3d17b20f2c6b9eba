"""Texts as words that can be compared, whatever the typography and the file format around them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

# A word, with the apostrophes, stops and commas within it ("Israel's", "3,544"); or the end of a line.
_TOKEN = re.compile(r"\n|[^\W_]+(?:['.,][^\W_]+)*")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TAG = re.compile(r"</?[A-Za-z!?][^<>]{0,2000}>")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|([ntr\"']))")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, and a line feed for the end of each line."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'")
    return _TOKEN.findall(text.casefold())


def readings(data: bytes) -> Iterator[str]:
    """The text of a file; where it has tags, entities or escapes, also the text without them, in as many lines."""
    encodings = ("utf-8", "utf-16") if data.startswith(UTF_16) else ("utf-8",)
    for text in (data.decode(encoding, "ignore") for encoding in encodings):
        yield text
        plain = _without_marks(text)
        if plain != text:
            yield plain


def _without_marks(text: str) -> str:
    text = _TAG.sub(_line_breaks, text) if "<" in text else text
    text = _ESCAPE.sub(_escaped, text) if "\\" in text else text
    return html.unescape(text).replace("\r", " ") if "&" in text else text


def _line_breaks(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n") or " "


def _escaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else " "
