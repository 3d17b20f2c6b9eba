"""How much of the source's own words the tables may hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ceasefire_talks.text.normalise import count_words
from ceasefire_talks.validation.codes import Code
from ceasefire_talks.validation.placed import Finding
from ceasefire_talks.validation.problem import quoted
from ceasefire_talks.validation.rules.evidence import SUBJECTS
from ceasefire_talks.validation.rules.rule import Tables, rule

MOST_VERBATIM_WORDS = 7
MOST_TOPIC_WORDS = 12


@rule(
    Code(
        "M17",
        "verbatim-words",
        "A verbatim cell has more than seven words.",
        "The source's text is under copyright; only short runs of it may be published.",
        "Shorten it to the words that carry the meaning, and correct its span.",
    )
)
def verbatim_words(tables: Tables) -> Iterator[Finding]:
    """A verbatim cell has at most seven words; titles of sources are exempt."""
    for table, column in _verbatim(tables):
        for row, text in tables[table].each(column):
            if (words := count_words(text)) > MOST_VERBATIM_WORDS:
                message = f"{quoted(text)} has {words} words"
                yield Finding(table, row, column, message, f"at most {MOST_VERBATIM_WORDS} words")


@rule(
    Code(
        "M18",
        "verbatim-share",
        "The verbatim cells of one sentence hold more than half of its words.",
        "Put together they restate the sentence, which is under copyright.",
        "Shorten or drop verbatim cells of the sentence.",
    ),
    {"sentences": ("sentence_id", "words"), "evidence": ("column", "sentence_id")},
)
def verbatim_share(tables: Tables) -> Iterator[Finding]:
    """The distinct verbatim texts of a sentence have together at most half of its words."""
    located = {place for table, column in _verbatim(tables) for place in _located(tables, table, column)}
    counts: Counter[str] = Counter()
    for sentence, text in located:
        counts[sentence] += count_words(text)
    for row, sentence, words in tables["sentences"].each("sentence_id", "words"):
        if 2 * counts[sentence] > words:
            message = f"verbatim cells hold {counts[sentence]} of its {words} words"
            yield Finding("sentences", row, "words", message, f"at most {words // 2}")


@rule(
    Code(
        "M19",
        "topic-words",
        "A topic has more than twelve words.",
        "A label that long begins to restate the sentence.",
        "Shorten it to a label.",
    ),
    {"sentences": ("topic",)},
)
def topic_words(tables: Tables) -> Iterator[Finding]:
    """A topic has at most twelve words."""
    for row, topic in tables["sentences"].each("topic"):
        if (words := count_words(topic)) > MOST_TOPIC_WORDS:
            message = f"{quoted(topic)} has {words} words"
            yield Finding("sentences", row, "topic", message, f"at most {MOST_TOPIC_WORDS} words")


def _verbatim(tables: Tables) -> Iterator[tuple[str, str]]:
    for name, table in tables.items():
        if name != "sources":
            yield from ((name, field.name) for field in table.schema.fields if field.descriptor.get("verbatim"))


def _located(tables: Tables, name: str, column: str) -> Iterator[tuple[str, str]]:
    """Each text of a verbatim column with the sentence that holds it: the evidence's, or else the row's own."""
    table, key = tables[name], SUBJECTS.get(name)
    if key is None or not (table.has(key, "sentence_id") and tables["evidence"].has(key)):
        return
    spans: dict[str, set[str]] = defaultdict(set)
    for _, record, supported, sentence in tables["evidence"].each(key, "column", "sentence_id"):
        if supported == column:
            spans[record].add(sentence)
    own = table.column("sentence_id")
    for row, record, text in table.each(key, column):
        for sentence in spans.get(record, {own[row]}):
            if sentence is not None:
                yield sentence, text


RULES = (verbatim_words, verbatim_share, topic_words)
