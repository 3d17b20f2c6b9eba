"""Source text in one file."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from ceasefire_talks.tracing.leaks.model import Leak
from ceasefire_talks.tracing.leaks.source import RUN, UNKNOWN, Source
from ceasefire_talks.tracing.leaks.words import UTF_16, readings, tokens

_DELIMITERS = {".csv": ",", ".tsv": "\t"}
# Longer lines are searched for restatements in overlapping parts: any long text has many words of any sentence.
_LONGEST_LINE = 600
_PART = 120
_PREVIEW = 5
_BINARY_WITHIN = 8192


class _Known(NamedTuple):
    """A word that stands in a source."""

    number: int
    line: int
    word: str


def search(source: Source, path: str, data: bytes) -> list[Leak]:
    """The places of one file with source text, one a line and kind, in the order of the lines."""
    found: dict[tuple[int, str], Leak] = {}
    is_binary = b"\0" in data[:_BINARY_WITHIN] and not data.startswith(UTF_16)
    for text in readings(data):
        words = tokens(text)
        leaks = [*_verbatim(source, path, words)]
        if not is_binary:
            leaks += _restatements(source, path, _pieces(path, text, words))
        for leak in leaks:
            key = (leak.line or 0, leak.kind)
            if key not in found or found[key].words < leak.words:
                found[key] = leak
    return [found[key] for key in sorted(found)]


def _verbatim(source: Source, path: str, words: list[str]) -> Iterator[Leak]:
    """The longest runs of words that stand in a source, across the ends of lines."""
    stretch: list[_Known] = []
    line = 1
    for word, number in zip([*words, ""], [*source.numbers(words), UNKNOWN], strict=True):
        if word == "\n":
            line += 1
        elif number != UNKNOWN:
            stretch.append(_Known(number, line, word))
        elif stretch:
            if len(stretch) >= RUN:
                yield from _runs(source, path, stretch)
            stretch = []


def _runs(source: Source, path: str, stretch: list[_Known]) -> Iterator[Leak]:
    """The runs in a stretch of words that all stand in a source, if not together."""
    numbers = [known.number for known in stretch]
    hits = [source.has_run(tuple(numbers[i : i + RUN])) for i in range(len(numbers) - RUN + 1)]
    start = 0
    for is_hit, group in itertools.groupby(hits):
        count = len(list(group))
        if is_hit:
            preview = " ".join(known.word for known in stretch[start : start + _PREVIEW])
            yield Leak(path, stretch[start].line, "verbatim", count + RUN - 1, 1.0, f"{preview} …")
        start += count


def _pieces(path: str, text: str, words: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The cells of a CSV file, the lines of any other, each with its line."""
    delimiter = next((mark for suffix, mark in _DELIMITERS.items() if path.lower().endswith(suffix)), None)
    if delimiter:
        try:
            yield from [*_cells(text, delimiter)]
        except csv.Error:
            pass
        else:
            return
    start = 0
    for line, end in enumerate([*(i for i, word in enumerate(words) if word == "\n"), len(words)], 1):
        yield line, words[start:end]
        start = end + 1


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for record in reader:
        for cell in record:
            if len(cell) >= 2 * RUN - 1:
                yield line, [word for word in tokens(cell) if word != "\n"]
        line = reader.line_num + 1


def _restatements(source: Source, path: str, pieces: Iterator[tuple[int, list[str]]]) -> Iterator[Leak]:
    for line, words in pieces:
        for part in _parts(words):
            count, share = source.restated(source.numbers(part))
            if count:
                yield Leak(path, line, "restatement", count, share, f"{' '.join(part[:_PREVIEW])} …")


def _parts(words: list[str]) -> Iterator[list[str]]:
    if RUN <= len(words) <= _LONGEST_LINE:
        yield words
    elif len(words) > _LONGEST_LINE:
        for start in range(0, len(words), _PART // 2):
            yield words[start : start + _PART]
