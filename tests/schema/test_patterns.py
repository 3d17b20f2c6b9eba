import pytest

from ceasefire_talks.schema.patterns import LONGEST, PatternError, UnsupportedPatternError, matcher


@pytest.mark.parametrize("pattern", ["[a-z]+", "^[a-z]+$", "^[a-z]+"])
@pytest.mark.parametrize("text", ["abc\n", "ABC", "abc1", ""])
def test_a_pattern_is_anchored_at_both_ends(pattern, text):
    assert matcher(pattern)("abc")
    assert not matcher(pattern)(text)


def test_a_pattern_that_explodes_on_other_engines_does_not_hang():
    assert not matcher("(a+)+$")("a" * 5000 + "b")
    assert not matcher("(a|aa)+")("a" * 5000 + "b")


@pytest.mark.parametrize("pattern", ["(", "a{2,1}", "[z-a]", "*"])
def test_what_is_no_regular_expression_is_refused(pattern):
    with pytest.raises(PatternError) as error:
        matcher(pattern)
    assert not isinstance(error.value, UnsupportedPatternError)


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1", "a" * (LONGEST + 1), "((a{1000}){1000}){1000}"])
def test_what_cannot_be_run_safely_is_told_apart(pattern):
    with pytest.raises(UnsupportedPatternError):
        matcher(pattern)
