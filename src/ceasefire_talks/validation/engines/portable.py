r"""Patterns that mean the same on every engine.

RE2, Rust's regular expressions (polars) and Java's (Spark) agree on a core and differ around it: whether `\d` is ASCII,
what `.` leaves out, whether `$` stands before a last line feed, what `[` and `&&` mean within a class. A pattern in the
core is rewritten so that all three read it as RE2 does; any other is left to the reference.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ceasefire_talks.schema.patterns import LONGEST

_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": r"\t\n\f\r "}
_CONTROLS = "tnrf"
_PUNCTUATION = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
_COUNT = re.compile(r"\{([0-9]{1,3})(,([0-9]{1,3})?)?\}")


class _BeyondError(Exception):
    pass


@lru_cache(maxsize=256)
def portable(pattern: str) -> str | None:
    """A pattern for a whole text that RE2, polars and Spark read alike; None where there may be none."""
    try:
        return rf"\A(?:{_Rewriter(pattern).run()})\z" if len(pattern) <= LONGEST else None
    except _BeyondError:
        return None


def is_cheap(pattern: str) -> bool:
    """Whether a portable pattern takes linear time even on an engine that backtracks, as Java's does.

    It has at most one quantifier without an upper bound, and repeats no group.
    """
    unbounded = len(re.findall(r"(?<!\\)[*+]|,\}", re.sub(r"\[(?:[^\]\\]|\\.)*\]", "x", pattern)))
    return unbounded <= 1 and re.search(r"\)[*+?{]", pattern) is None and "|" not in pattern


class _Rewriter:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0

    def run(self) -> str:
        parts: list[str] = []
        while self.at < len(self.pattern):
            parts.append(self._piece(may_repeat=bool(parts) and parts[-1] not in ("(?:", "|", r"\A", r"\z")))
        if self.depth:
            raise _BeyondError
        return "".join(parts)

    def _piece(self, *, may_repeat: bool) -> str:
        character = self._next()
        if character in "*+?{":
            self.at -= 1
            return self._quantifier(may_repeat=may_repeat)
        if character in "()":
            return self._group(character)
        special = {".": r"[^\n]", "^": r"\A", "$": r"\z", "|": "|"}
        if character in special:
            return special[character]
        if character == "[":
            return self._class()
        return self._escape() if character == "\\" else _literal(character)

    def _next(self) -> str:
        if self.at >= len(self.pattern):
            raise _BeyondError
        self.at += 1
        return self.pattern[self.at - 1]

    def _quantifier(self, *, may_repeat: bool) -> str:
        count = _COUNT.match(self.pattern, self.at)
        text = count[0] if count else self.pattern[self.at]
        if not may_repeat or text == "{":
            raise _BeyondError
        self.at += len(text)
        if self.pattern[self.at : self.at + 1] in ("*", "+", "?", "{"):
            raise _BeyondError  # lazy, possessive and doubled ones differ
        return text

    def _group(self, character: str) -> str:
        self.depth += 1 if character == "(" else -1
        if self.depth < 0:
            raise _BeyondError
        if character == ")":
            return ")"
        if self.pattern.startswith("?:", self.at):
            self.at += 2
        elif self.pattern.startswith("?", self.at):
            raise _BeyondError
        return "(?:"

    def _escape(self) -> str:
        character = self._next()
        if character in _CLASSES:
            return f"[{_CLASSES[character]}]"
        if character.lower() in _CLASSES:
            return f"[^{_CLASSES[character.lower()]}]"
        return _escaped(character)

    def _class(self) -> str:
        parts = ["[^" if self.pattern.startswith("^", self.at) else "["]
        self.at += len(parts[0]) - 1
        if self.pattern.startswith("]", self.at):
            raise _BeyondError
        while (character := self._next()) != "]":
            parts.append(self._member(character))
        return "".join((*parts, "]"))

    def _member(self, character: str) -> str:
        if character == "[" or (character in "&~-" and self.pattern.startswith(character, self.at)):
            raise _BeyondError
        if character == "\\":
            escaped = self._next()
            return _CLASSES[escaped] if escaped in _CLASSES else _escaped(escaped)
        if character == "-":
            return self._hyphen()
        return _literal(character)

    def _hyphen(self) -> str:
        before, behind = self.pattern[self.at - 2], self.pattern[self.at : self.at + 1]
        is_range = before.isalnum() and before.isascii() and behind.isalnum() and behind.isascii()
        return "-" if is_range and self.pattern[self.at - 3] != "\\" else r"\-"


def _escaped(character: str) -> str:
    if character in _CONTROLS:
        return f"\\{character}"
    if character in _PUNCTUATION:
        return _literal(character)
    raise _BeyondError


def _literal(character: str) -> str:
    return f"\\{character}" if character in r"\.^$|()[]{}*+?-&~" else character
