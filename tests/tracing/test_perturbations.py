import importlib
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ceasefire_talks.package.package import Package
from ceasefire_talks.text.fingerprint import fold
from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.tracing.ledger import LedgerSentence
from ceasefire_talks.tracing.match import align
from ceasefire_talks.tracing.trace import trace_text

FICTIONAL = Path(__file__).resolve().parents[1] / "fixtures" / "fictional"
TEXT = normalise((FICTIONAL / "article.txt").read_text("utf-8"))
PACKAGE = Package(FICTIONAL)
SOURCE = "meridian-20310314"
ROWS = [row for row in PACKAGE.records("sentences") if row["source_id"] == SOURCE]
LEDGER = [LedgerSentence.from_row(row) for row in ROWS]
SENTENCES = {row["sentence_id"]: TEXT[row["start"] : row["end"]] for row in ROWS}
HYPHEN_AT_LINE_END = re.compile(r"(?<=\w)[-\u2010-\u2015]\n(?=\w)")

places = st.integers(0, len(TEXT))
# What is put in is chosen to come near to a proof: words, stops, quotes, hyphens at the ends of lines, other scripts.
pieces = st.one_of(
    st.sampled_from(["not ", "No. ", ". ", ".", "\n", "-\n", "- ", "…", "ﬁ", "¹", "[3] ", "“", "\xad", "\u200f", "а"]),
    st.text(st.characters(codec="utf-8"), max_size=4),
    st.builds(lambda start, length: TEXT[start : start + length], places, st.integers(1, 120)),
)
edits = st.lists(st.tuples(places, st.integers(0, 60), pieces), max_size=5)
widths = st.none() | st.integers(12, 90)


@pytest.fixture(scope="module")
def benchmark(checkout):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(checkout / "benchmarks")
        yield importlib.import_module("perturb")


@pytest.fixture(scope="module")
def few(benchmark):
    return benchmark.read_articles()[::5]


def edited(text, changes):
    for place, length, piece in changes:
        text = text[:place] + piece + text[place + length :]
    return text


def in_lines(text, width):
    """Lines of a width, broken in the middle of words with and without hyphens, as no typesetter would."""
    return re.sub(f"(.{{{width}}})(?=(.))", lambda m: m[1] + "-" * (m[1][-1] + m[2]).isalpha() + "\n", text)


def at(place):
    return {row["sentence_id"] for row in ROWS if row["start"] <= place < row["end"]}


def may_be(words, sentence):
    """Whether the words, whatever the hyphens at the ends of their lines were, fold to what the sentence folds to."""
    pieces = HYPHEN_AT_LINE_END.split(words)
    return re.fullmatch("(?:|-|- )".join(re.escape(fold(piece)) for piece in pieces), fold(sentence)) is not None


def test_the_articles_are_many_and_varied(benchmark):
    articles = benchmark.read_articles()
    text = "".join(article.document for article in articles)
    assert len(articles) >= 30
    assert len({article.name.partition("-")[0] for article in articles}) >= 25
    hebrew, arabic, emoji = "[\u05d0-\u05ea]", "[\u0621-\u064a]", "[\U0001f300-\U0001faff]"
    for sort in (hebrew, arabic, emoji, "“[^”]*‘", "[–—]", "…", r"\d\.\d", "[€£$]", r"\b[A-Z]\. [A-Z]"):
        assert len(re.findall(sort, text)) > 1, sort


def test_all_sentences_are_proven_whatever_the_type(benchmark):
    for name, edit in benchmark.TYPOGRAPHY.items():
        found = benchmark.of_typography(edit, benchmark.read_articles(), Random(7))
        assert found["exact"] + found["reformatted"] == found["sentences"], name


def test_all_sentences_are_proven_on_web_pages(benchmark, few):
    for name, page in benchmark.PAGES.items():
        found = benchmark.of_pages(page, few, Random(7))
        assert found["proven"] == found["sentences"], name


@pytest.mark.parametrize("wrapped", [False, True])
def test_no_sentence_with_other_words_is_proven(benchmark, few, wrapped):
    for name, edit in (benchmark.WORDS | benchmark.CLAUSES | benchmark.GONE).items():
        found = benchmark.of_words(edit, few, Random(7), wrapped=wrapped)
        assert found["edited"] > 0, name
        assert found["proven"] == 0, name
        assert found["in order"] == found["others"] or wrapped, name


def test_changed_numbers_names_and_negations_are_shown_at_their_place(benchmark, few):
    for name in ("a word changed", "a number changed", "a name swapped", "a negation put in"):
        found = benchmark.of_words(benchmark.WORDS[name], few, Random(7))
        assert found["altered"] >= 0.9 * found["edited"], name


def test_sentences_put_in_are_reported_and_disturb_no_other(benchmark, few):
    for name, edit in benchmark.ADDED.items():
        found = benchmark.of_added(edit, few, Random(7))
        assert found["right"] == found["edited"], name
        assert found["in order"] == found["others"], name


def test_moved_paragraphs_are_proven_and_no_more_moved_than_must_be(benchmark):
    for name, edit in benchmark.ORDERS.items():
        found = benchmark.of_order(edit, benchmark.read_articles(), Random(7))
        assert found["proven"] == found["sentences"], name
        assert found["right"] == found["copies"], name


@given(edits, widths, st.booleans())
def test_trace_proves_no_sentence_whose_folded_text_is_not_there(changes, width, twice):
    text = edited(TEXT, changes)
    copy = normalise(in_lines(text, width) if width else text)
    copy = normalise(edited(copy, changes)) if twice else copy
    for found in align(LEDGER, copy).matches:
        if found.proven:
            assert may_be(copy[found.start : found.end], SENTENCES[found.sentence.sentence_id])


@given(edits)
@settings(max_examples=30)
def test_a_trace_says_proven_of_no_more_than_the_matcher_does(changes):
    copy = edited(TEXT, changes)
    for found in trace_text(PACKAGE, copy, SOURCE).sentences:
        if found.proven:
            assert may_be(found.text, SENTENCES[found.sentence_id])


@given(st.integers(0, len(TEXT) - 1), st.characters(codec="utf-8"))
def test_one_character_for_another_that_does_not_fold_to_it_leaves_its_sentence_unproven(place, character):
    copy = normalise(TEXT[:place] + character + TEXT[place + 1 :])
    assume(len(copy) == len(TEXT) and fold(copy) != fold(TEXT))
    found = [match for match in align(LEDGER, copy).matches if match.sentence.sentence_id in at(place)]
    assert not any(match.proven for match in found)


@pytest.mark.slow
def test_the_documented_tables_are_those_that_the_benchmark_prints(checkout):
    page = (checkout / "docs" / "robustness.md").read_text("utf-8")
    command = [sys.executable, str(checkout / "benchmarks" / "perturb.py")]
    printed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    missing = [line for line in printed.splitlines() if line.startswith("|") and line not in page.splitlines()]
    assert not missing
