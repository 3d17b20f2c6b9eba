"""Edits of words and of the order of sentences: each makes of an article a copy that is not the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from random import Random

from ceasefire_talks.text.fingerprint import fold
from ceasefire_talks.text.normalise import normalise
from perturbations.corpus import Article, Span, read_articles

_NUMBER_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "dozen", "dozens")
_NUMBER = re.compile(rf"\d+|\b(?:{'|'.join(_NUMBER_WORDS)})\b")
_UNITS = {
    "$": "€", "€": "$", "£": "€", "%": "‰", "bn": "m", "m": "bn", "million": "billion", "km": "m", "per cent": "points",
    "metres": "feet", "people": "families", "minutes": "seconds", "hours": "minutes", "days": "weeks", "weeks": "days",
    "months": "years", "years": "months",
}  # fmt: skip
_UNIT = re.compile(
    r"[$€£%]|(?<=\d)(?:m|bn)\b|\b(?:million|km|per cent|metres|people|minutes|hours|days|weeks|months|years)\b"
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|must|should|do|does|did)\b(?=[ ,])(?! not\b)"
)
_NEGATION = re.compile(r" not\b| never\b| no(?= )|(?<=\w)n[’']t\b")
_WORD = re.compile(r"(?<![\w’'-])[a-z]{4,}(?![\w’'-])")
_TWO_WORDS = re.compile(r"(?<![\w’'-])(\w{2,}) (\w{2,})(?![\w’'-])")
_NAME = re.compile(r"(?<=[ (“‘\"])[A-Z][a-zà-ÿ]{2,}(?![\w’'])|[\u05d0-\u05ea]{2,}|[\u0621-\u064a]{2,}")
_NOTES = ("¹", "²³", "[7]", "[12]")
_BEFORE_WORD = re.compile(r"(?<=\w)(?= \w)")
_COMMA = re.compile(r",(?= \w)")
_CASED = re.compile(r"(?<=[ “(])[a-zA-Z](?=[a-z])")
_LIKE = dict(zip("aceopxy", "асеорху", strict=True))
_LIKE_LETTER = re.compile("[aceopxy]")
_ENDING = re.compile(r"[.!?…][”’\"')\]]*$")
_WHOLE = re.compile(r"[a-z]{3}[.!?]$")
_CLAUSE = re.compile(r"(?<=[\w’”\"]), ([a-z])")

Words = Callable[[str, Random], str | None]


@dataclass(frozen=True)
class Copy:
    """An edited article.

    Attributes:
        text: the copy.
        touched: the sentences of the article whose words it has otherwise or not.
        place: where the words stand in the copy that are the article's no more, or more than the article's.
    """

    text: str
    touched: tuple[int, ...]
    place: Span | None = None


Edit = Callable[[Article, int, Random], Copy | None]
Order = Callable[[Article, Random], tuple[str, list[int]]]


def _at_one(pattern: re.Pattern[str], replacement: Callable[[re.Match[str], Random], str | None]) -> Words:
    """An edit of one of the places in a sentence that have a pattern."""

    def edit(sentence: str, random: Random) -> str | None:
        places = list(pattern.finditer(sentence))
        if not places:
            return None
        place = random.choice(places)
        words = replacement(place, random)
        return None if words is None else sentence[: place.start()] + words + sentence[place.end() :]

    return edit


def _another_number(place: re.Match[str], random: Random) -> str:
    number = place[0]
    if not number.isdigit():
        return random.choice([word for word in _NUMBER_WORDS if word != number])
    swaps = [i for i in range(len(number) - 1) if number[i] != number[i + 1]]
    if swaps and random.random() < 1 / 2:
        i = random.choice(swaps)
        return number[:i] + number[i + 1] + number[i] + number[i + 2 :]
    i = random.randrange(len(number))
    return number[:i] + random.choice([digit for digit in "0123456789" if digit != number[i]]) + number[i + 1 :]


@cache
def _vocabulary(pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(sorted({word for article in read_articles() for word in pattern.findall(article.document)}))


def _another_word(place: re.Match[str], random: Random) -> str:
    return random.choice([word for word in _vocabulary(_WORD) if word != place[0]])


def _another_name(place: re.Match[str], random: Random) -> str:
    script = place[0][0].isascii(), place[0][0] < "\u0600"
    return random.choice(
        [name for name in _vocabulary(_NAME) if name != place[0] and (name[0].isascii(), name[0] < "\u0600") == script]
    )


def _two_words_swapped(place: re.Match[str], _: Random) -> str:
    return f"{place[2]} {place[1]}"


def _other_case(place: re.Match[str], _: Random) -> str:
    return place[0].swapcase()


def _denied_before(sentence: str, _: Random) -> str:
    return f"It is not true that {sentence}"


def _denied_behind(sentence: str, _: Random) -> str | None:
    return _ENDING.sub(", which is not true.", sentence) if _ENDING.search(sentence) else None


def _of_words(words: Words) -> Edit:
    def edit(article: Article, index: int, random: Random) -> Copy | None:
        old = article.sentence(index)
        new = words(old, random)
        # By chance it may be as before, or as another sentence of the article.
        if new is None or fold(new) in map(fold, article.sentences):
            return None
        return _replaced(article, (index,), new)

    return edit


def _replaced(article: Article, touched: Sequence[int], words: str) -> Copy:
    start = article.spans[touched[0]][0]
    return Copy(article.with_words(touched[0], touched[-1], words), tuple(touched), (start, start + len(words)))


def _merged(article: Article, index: int, _: Random) -> Copy | None:
    if index + 1 == len(article) or article.paragraphs[index] != article.paragraphs[index + 1]:
        return None
    first, second = article.sentence(index), article.sentence(index + 1)
    if not first.endswith(".") or not second[0].isalpha():
        return None
    return _replaced(article, (index, index + 1), f"{first[:-1]}, and {second[0].lower()}{second[1:]}")


def _unrelated(article: Article, index: int, random: Random) -> Copy:
    """Another article's sentence, of those that are nearest to it in length, in place of one."""
    length = len(article.sentence(index))
    others = [words for words in _whole() if words not in article.document]
    nearest = sorted(others, key=lambda words: abs(len(words) - length))[:10]
    return _replaced(article, (index,), random.choice(nearest))


def _noted(article: Article, index: int, random: Random) -> Copy | None:
    end = article.spans[index][1]
    if not _WHOLE.search(article.sentence(index)):
        return None
    note = random.choice(_NOTES)
    return Copy(article.document[:end] + note + article.document[end:], (), (end, end + len(note)))


def _dropped(article: Article, index: int, _: Random) -> Copy:
    start, end = article.spans[index]
    return Copy(normalise(article.document[:start] + article.document[end:]), (index,))


def _inserted(article: Article, index: int, words: str) -> Copy:
    """The words in front of a sentence, in its paragraph."""
    start = article.spans[index][0]
    text = f"{article.document[:start]}{words} {article.document[start:]}"
    return Copy(text, (), (start, start + len(words)))


def _added(article: Article, index: int, random: Random) -> Copy:
    return _inserted(article, index, random.choice([words for words in _whole() if words not in article.document]))


def _repeated(article: Article, index: int, random: Random) -> Copy:
    return _inserted(article, index, random.choice([words for words in _whole() if words in article.sentences]))


@cache
def _whole() -> tuple[str, ...]:
    """The sentences of all articles that end as one does, wherever they stand."""
    return tuple(words for article in read_articles() for words in article.sentences if _WHOLE.search(words))


def paragraphs_shuffled(article: Article, random: Random) -> tuple[str, list[int]]:
    """The document with its paragraphs in any order, and the order of the sentences in it."""
    lines = article.document.split("\n")
    order = random.sample(range(len(lines)), len(lines))
    return _ordered(article, order)


def paragraph_moved(article: Article, random: Random) -> tuple[str, list[int]]:
    """The document with one paragraph elsewhere, and the order of the sentences in it."""
    order = list(range(article.document.count("\n") + 1))
    order.insert(random.randrange(len(order)), order.pop(random.randrange(len(order))))
    return _ordered(article, order)


def _ordered(article: Article, order: Sequence[int]) -> tuple[str, list[int]]:
    lines = article.document.split("\n")
    by_paragraph = {n - 1: list(group) for n, group in groupby(range(len(article)), lambda i: article.paragraphs[i])}
    return "\n".join(lines[i] for i in order), [sentence for i in order for sentence in by_paragraph[i]]


WORDS: dict[str, Edit] = {
    "a word changed": _of_words(_at_one(_WORD, _another_word)),
    "two words swapped": _of_words(_at_one(_TWO_WORDS, _two_words_swapped)),
    "a number changed": _of_words(_at_one(_NUMBER, _another_number)),
    "a unit or currency changed": _of_words(_at_one(_UNIT, lambda place, _: _UNITS[place[0]])),
    "a name swapped": _of_words(_at_one(_NAME, _another_name)),
    "a negation put in": _of_words(_at_one(_AUXILIARY, lambda place, _: f"{place[0]} not")),
    "a negation taken out": _of_words(_at_one(_NEGATION, lambda *_: "")),
    "a comma taken out": _of_words(_at_one(_COMMA, lambda *_: "")),
    "a letter in the other case": _of_words(_at_one(_CASED, _other_case)),
    "a Cyrillic letter of the same look": _of_words(_at_one(_LIKE_LETTER, lambda place, _: _LIKE[place[0]])),
    "a note's mark put behind a word": _of_words(_at_one(_BEFORE_WORD, lambda _, random: random.choice(_NOTES))),
}
CLAUSES: dict[str, Edit] = {
    '"It is not true that" before it': _of_words(_denied_before),
    '", which is not true." behind it': _of_words(_denied_behind),
    "merged with the next": _merged,
    "split in two": _of_words(_at_one(_CLAUSE, lambda place, _: f". {place[1].upper()}")),
}
GONE: dict[str, Edit] = {"dropped": _dropped, "replaced by one of another article": _unrelated}
ADDED: dict[str, Edit] = {
    "one of another article put in": _added,
    "one of the article put in once more": _repeated,
    "a note's mark put behind one": _noted,
}
ORDERS: dict[str, Order] = {"a paragraph moved": paragraph_moved, "all paragraphs shuffled": paragraphs_shuffled}
