import re

import polars as pl
import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from ceasefire_talks.schema.patterns import PatternError, matcher
from ceasefire_talks.validation.engines.portable import is_cheap, portable

pieces = st.sampled_from(
    [
        "a",
        "b",
        "7",
        "é",
        " ",
        "-",
        "_",
        r"\d",
        r"\w",
        r"\s",
        r"\D",
        ".",
        "[a-c]",
        "[^a-c]",
        r"[\d_-]",
        "[a.]",
        "[+-]",
        r"\.",
        r"\-",
        r"\\",
        "(ab)",
        "(?:a|b)",
        "a|b",
        "^",
        "$",
        "a*",
        "b+",
        "7?",
        "a{2}",
        "b{1,2}",
        "[a-]",
        r"[\]x]",
        "()",
    ]
)
patterns = st.lists(pieces, max_size=6).map("".join) | st.text(st.sampled_from(r"ab7\[]()^$.*+?{}|-d,:"), max_size=8)
texts = st.lists(st.text(st.sampled_from("ab7é -_.\n\r+]\\x"), max_size=6), max_size=8)


@settings(max_examples=500)
@given(patterns, texts)
def test_a_portable_pattern_matches_on_polars_what_re2_matches(pattern, cells):
    try:
        matches = matcher(pattern)
    except PatternError:
        return
    rewritten = portable(pattern)
    if rewritten is not None:
        found = pl.Series(cells, dtype=pl.String).str.contains(rewritten).to_list()
        assert found == [matches(cell) for cell in cells]


@settings(max_examples=300)
@given(patterns, texts)
def test_and_reads_the_same_on_re2_itself(pattern, cells):
    rewritten = portable(pattern)
    if rewritten is not None:
        try:
            matches = matcher(pattern)
        except PatternError:
            return
        assert [re2.search(rewritten, cell) is not None for cell in cells] == [matches(cell) for cell in cells]


@pytest.mark.parametrize(
    "pattern", [r"ev-\d{3,}", "[A-Z]{2}", "https?://[^ ]+", r"-?\d+(?:\.\d+)?", "[a-z]+(-[a-z]+)*", ""]
)
def test_the_usual_patterns_are_portable(pattern):
    assert portable(pattern) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bword",
        "(?i)a",
        r"\p{L}+",
        "[[:alpha:]]",
        "a*?",
        "a*+",
        "(?P<x>a)",
        "[a&&b]",
        "(a",
        "a)",
        "[a",
        "*a",
        "x{",
        r"\z",
    ],
)
def test_what_engines_read_differently_is_left_to_the_reference(pattern):
    assert portable(pattern) is None


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|b)*", "a*a*b", "(?:ab){2,}"])
def test_a_pattern_on_which_backtracking_takes_long_is_not_cheap(pattern):
    assert not is_cheap(pattern)


@pytest.mark.parametrize("pattern", ["ev-[0-9]{3}", "[a-z]+", r"\d{4}-\d{2}", "[+*]x[*]"])
def test_a_simple_pattern_is_cheap(pattern):
    assert is_cheap(pattern)
    assert re.fullmatch(pattern, "") is None
