"""What is published of a sentence instead of its words: hashes of its exact and of its folded form, and a simhash."""

from __future__ import annotations

import hashlib
import re
import struct
from functools import lru_cache

_QUOTES = dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"')
# Category Pd as of Unicode 17, and the minus sign. A list, so that the hash does not depend on the version of Python.
_DASHES = dict.fromkeys(
    "-\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030"
    "\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead",
    "-",
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_FOLDING = str.maketrans(_QUOTES | _DASHES | _LIGATURES | {"…": "...", "\n": " "})
_SPACES = re.compile(" {2,}")

SIMHASH_PREFIX = "s1-"
_SIMHASH = re.compile(f"{SIMHASH_PREFIX}([0-9a-f]{{16}})")


def fold(normalised: str) -> str:
    """The form in which two typographic variants of one sentence are equal; for matching only, never for offsets.

    Straight quotes, hyphens for every dash, three full stops for an ellipsis, letters for f-ligatures. Neither
    compatibility characters nor letter case are folded: `3,544¹` is not `3,5441` and `US` is not `us`.
    """
    return _SPACES.sub(" ", normalised.translate(_FOLDING))


def sha256(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def simhash(normalised: str) -> str:
    """The 64-bit simhash of a sentence, as `s1-` and 16 hexadecimal digits.

    Taken over the set of character trigrams of the case-folded folded form, each hashed by the first eight bytes of
    its SHA-256, big-endian; a bit is 1 where more hashes have it than have it not.
    """
    folded = fold(normalised).casefold()
    trigrams = {folded[i : i + 3] for i in range(len(folded) - 2)}
    counts = struct.unpack(">64I", sum(map(_votes, trigrams)).to_bytes(256, "big"))
    value = int("".join("1" if 2 * count > len(trigrams) else "0" for count in counts), 2)
    return f"{SIMHASH_PREFIX}{value:016x}"


@lru_cache(maxsize=32768)
def _votes(trigram: str) -> int:
    """The trigram's 64 bits as 64 counters of 32 bits in one integer, so that one addition counts all of them."""
    bits = int.from_bytes(hashlib.sha256(trigram.encode("utf-8")).digest()[:8], "big")
    return int(f"{bits:064b}".translate({ord("0"): "00000000", ord("1"): "00000001"}), 16)


def simhash_value(text: str) -> int:
    """The 64 bits of a simhash.

    Raises:
        ValueError: it is not a simhash of this version.
    """
    match = _SIMHASH.fullmatch(text)
    if match is None:
        raise ValueError(f"not a simhash: {text!r}")
    return int(match[1], 16)
