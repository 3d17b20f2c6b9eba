"""The normal form of a document, in which every published offset is counted (normaliser 1)."""

from __future__ import annotations

import re
import unicodedata

NORMALISER = "normaliser-1"

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_SPACES = re.compile(" {2,}")


def decode(data: bytes) -> str:
    """UTF-8 bytes as text, strictly, without a leading byte-order mark.

    Raises:
        UnicodeDecodeError: the bytes are not UTF-8.
    """
    return data.decode("utf-8").removeprefix("\ufeff")


def normalise(text: str) -> str:
    """The document as paragraphs joined by one LF, in NFC, with plain single spaces and no invisible controls.

    Quotes, dashes and ellipses are kept. Normalising twice changes nothing.
    """
    text = _LINE_BREAKS.sub("\n", text.removeprefix("\ufeff"))
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    text = "".join(" " if c == "\t" or unicodedata.category(c) == "Zs" else c for c in text)
    lines = (line.strip(" ") for line in _SPACES.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)


def count_words(text: str) -> int:
    """How many white-space-separated tokens hold a letter or a digit."""
    return sum(any(_is_letter_or_digit(c) for c in token) for token in text.split())


def _is_letter_or_digit(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "L" or category == "Nd"
