"""A text as the tokens of the number grammar."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

TokenKind = Literal["number", "malformed", "word", "dash", "currency", "symbol"]

# Digits are taken in one run with the points and commas inside it, so that "1,2" is one malformed number and not two.
_TOKEN = re.compile(
    r"(?P<number>\d(?:[\d.,]*\d)?)"
    r"|(?P<currency>(?:US|AU?|CA?|NZ|HK|S)\$|[$€£¥₪])"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<symbol>\S)"
)
_WELL_FORMED = re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}|[1-9][0-9]{0,17})(?:\.[0-9]{1,9})?")
_VULGAR = {c: Fraction(unicodedata.numeric(c)).limit_denominator(10) for c in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `text` in lower case (as printed in `raw`), its place, and whether it touches the one before."""

    kind: TokenKind
    text: str
    raw: str
    start: int
    end: int
    glued: bool
    value: Fraction | None = None


def tokenise(text: str) -> list[Token]:
    """The tokens of a text, every character that is no white space in exactly one of them."""
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        glued = bool(tokens) and match.start() == end
        end = match.end()
        tokens.append(_token(match, glued=glued))
    return tokens


def _token(match: re.Match[str], *, glued: bool) -> Token:
    raw = match[0]
    kind: TokenKind = match.lastgroup  # type: ignore[assignment]
    value = None
    if kind == "number":
        well_formed = _WELL_FORMED.fullmatch(raw)
        kind, value = ("number", Fraction(raw.replace(",", ""))) if well_formed else ("malformed", None)
    elif raw in _VULGAR:
        kind, value = "number", _VULGAR[raw]
    elif kind == "symbol" and (unicodedata.category(raw) == "Pd" or raw == "\u2212"):
        kind = "dash"
    text = raw if kind == "currency" else raw.lower().replace("’", "'")
    return Token(kind, text, raw, match.start(), match.end(), glued, value)


def is_vulgar(token: Token) -> bool:
    """Whether the token is a one-character fraction such as ½."""
    return token.raw in _VULGAR
