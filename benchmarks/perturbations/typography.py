"""Edits of the type, which leave every word as it is: from a text to one as it may arrive, not yet in normal form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from random import Random

from ceasefire_talks.text.normalise import normalise

Typography = Callable[[str, Random], str]

_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
_FOREIGN = str.maketrans({"“": "„", "”": "“", "’": "′", "‘": "‚"})
_FRENCH = str.maketrans({"“": "«", "”": "»", "’": "`", "‘": "´"})
_HYPHENS = str.maketrans(dict.fromkeys("–—−", "-"))
_DASHES = str.maketrans(dict.fromkeys("–—−", "―"))
_SENTENCE_END = re.compile(r"(?<=[a-z][.!?])(?= [A-Z])")


def straight_quotes(text: str, _: Random) -> str:
    """Typewriter quotes and apostrophes."""
    return text.translate(_STRAIGHT)


def _ligatures(text: str, _: Random) -> str:
    return re.sub("ff[il]|f[fil]", lambda match: _LIGATURES[match[0]], text)


def _spaces(text: str, random: Random) -> str:
    return re.sub(" ", lambda _: random.choice(["\u00a0", "\u202f", "\u2009", "\t", "  ", " "]), text)


def _soft_hyphens(text: str, random: Random) -> str:
    return re.sub("(?<=[a-z]{2})(?=[a-z]{2})", lambda _: "\u00ad" * (random.random() < 1 / 3), text)


def _invisible(text: str, random: Random) -> str:
    return re.sub(r"\b", lambda _: random.choice(["\u200b", "\u200e", "\u200f", "\u2060", "\ufeff", "", ""]), text)


def _word_processor(text: str, _: Random) -> str:
    indented = re.sub("^", "\t", _SENTENCE_END.sub(" ", text), flags=re.MULTILINE)
    return "\ufeff" + indented.replace("\n", "\r\n\r\n")


def _a_line_a_sentence(text: str, _: Random) -> str:
    return re.sub(r"(?<=[a-z][.!?]) (?=[A-Z“])", "\n", text)


def _broken_anywhere(text: str, random: Random) -> str:
    return re.sub(" ", lambda _: "\n" if random.random() < 1 / 8 else " ", text)


def hard_wrapped(text: str, width: int) -> str:
    """Lines of at most so many columns, words unbroken, an empty line between paragraphs."""
    return _in_lines(text, width, lambda word, _: ("", word))


def hyphenated(text: str, width: int) -> str:
    """Lines of at most so many columns, words broken between letters, and behind hyphens and dashes they have."""
    return _in_lines(text, width, _broken)


def _in_lines(text: str, width: int, break_word: Callable[[str, int], tuple[str, str]]) -> str:
    return "\n\n".join("\n".join(_lines(paragraph, width, break_word)) for paragraph in text.split("\n"))


def _lines(paragraph: str, width: int, break_word: Callable[[str, int], tuple[str, str]]) -> Iterator[str]:
    line, *words = paragraph.split(" ")
    for word in words:
        if len(line) + 1 + len(word) <= width:
            line += " " + word
            continue
        head, tail = break_word(word, width - len(line) - 1)
        yield f"{line} {head}" if head else line
        line = tail
    yield line


def _broken(word: str, room: int) -> tuple[str, str]:
    """A word in two, the first no longer than there is room."""
    own = [match.end() for match in re.finditer(r"(?<=\w)[-–—](?=\w)", word) if match.end() <= room]
    if own:
        return word[: own[-1]], word[own[-1] :]
    letters = re.match("[a-z]+", word)
    most = min(room - 1, len(letters[0]) - 2) if letters else 0
    return (f"{word[:most]}-", word[most:]) if most > 1 else ("", word)


def _between(least: int, most: int, wrap: Callable[[str, int], str]) -> Typography:
    return lambda text, random: wrap(text, random.randint(least, most))


CHARACTERS: dict[str, Typography] = {
    "straight quotes and apostrophes": straight_quotes,
    "low and high quotes, primes": lambda text, _: text.translate(_FOREIGN),
    "guillemets, grave and acute accents": lambda text, _: text.translate(_FRENCH),
    "hyphens for dashes and minus signs": lambda text, _: text.translate(_HYPHENS),
    "longer dashes": lambda text, _: text.translate(_DASHES),
    "full stops for ellipses": lambda text, _: text.replace("…", "..."),
    "ellipses for full stops": lambda text, _: text.replace("...", "…"),
    "f-ligatures": _ligatures,
    "non-breaking, narrow and repeated spaces": _spaces,
    "soft hyphens inside words": _soft_hyphens,
    "zero-width characters and direction marks": _invisible,
    "letters and accents apart (NFD)": lambda text, _: unicodedata.normalize("NFD", text),
    "byte-order mark, CRLF, empty lines, indents": _word_processor,
}
LINES: dict[str, Typography] = {
    "all in one line": lambda text, _: text.replace("\n", " "),
    "a line a sentence": _a_line_a_sentence,
    "lines broken anywhere": _broken_anywhere,
    "hard-wrapped, 60 to 100 columns": _between(60, 100, hard_wrapped),
    "hard-wrapped, 20 to 60 columns": _between(20, 60, hard_wrapped),
    "hyphenated, 60 to 100 columns": _between(60, 100, hyphenated),
    "hyphenated, 30 to 60 columns": _between(30, 60, hyphenated),
    "hyphenated, 20 to 30 columns": _between(20, 30, hyphenated),
}


def _mixed(text: str, random: Random) -> str:
    for edit in random.sample(list(CHARACTERS.values()), len(CHARACTERS) // 2):
        text = edit(text, random)
    return random.choice(list(LINES.values()))(normalise(text), random)


def _soft_hyphens_at_line_ends(text: str, _: Random) -> str:
    return re.sub("(?<=[a-z])-\n(?=[a-z])", "\u00ad\n", hyphenated(text, 60))


def _quoted_mail(text: str, _: Random) -> str:
    return re.sub("^", "> ", hard_wrapped(text, 72), flags=re.MULTILINE)


def _paged(text: str, _: Random) -> str:
    lines = hard_wrapped(text, 72).split("\n")
    return "\n".join(line if i % 12 else f"The Paper, page {1 + i // 12}\n{line}" for i, line in enumerate(lines))


# Edits that alter what is hashed, though a reader may not care: shown for review, and not proven.
UNFORGIVEN: dict[str, Typography] = {
    "two hyphens for a dash": lambda text, _: re.sub("[–—]", "--", text),
    "dashes without the spaces around them": lambda text, _: re.sub(" [–—] ", "—", text),
    "two apostrophes for a quotation mark": lambda text, _: re.sub("[“”]", "''", text),
    "full stops with spaces for ellipses": lambda text, _: text.replace("…", " . . ."),
    "soft hyphens at the ends of lines": _soft_hyphens_at_line_ends,
    "a mail's marks before each line": _quoted_mail,
    "a page's head between two lines": _paged,
    "capitals throughout": lambda text, _: text.upper(),
}
TYPOGRAPHY: dict[str, Typography] = {
    "none": lambda text, _: text,
    **CHARACTERS,
    **LINES,
    "six of the first, then one of the lines": _mixed,
}
