import datetime as dt
import random

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.reliability.measures import alpha_of, exact, interval

# Krippendorff's alpha by hand: 1 - observed / expected disagreement, over the pairable values.
BY_HAND = [
    ("nominal", [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")], 1 - (2 / 8) / (2 * 3 * 5 / (8 * 7))),
    ("number", [(1.0, 3.0), (2.0, 2.0)], 1 - (2 * 0.25 / 4) / ((2 * 0.25 + 4 / 9 + 4 / 25) / 12)),
    ("day", [(1, 2), (3, 3)], 1 - (2 / 4) / (22 / 12)),
]


def alpha(kind, pairs):
    prepare, statistic = alpha_of(kind)
    return statistic(prepare(pairs))


@pytest.mark.parametrize(("kind", "pairs", "expected"), BY_HAND)
def test_alpha_is_what_it_is_by_hand(kind, pairs, expected):
    if kind == "day":
        pairs = [tuple(dt.date(2024, 11, day) for day in pair) for pair in pairs]
    assert alpha(kind, pairs) == pytest.approx(expected)


def test_alpha_without_variation_is_undefined():
    assert alpha("nominal", [("a", "a"), ("a", "a")]) is None
    assert alpha("number", [(1.0, 1.0)]) is None
    assert alpha("nominal", []) is None


def test_an_empty_cell_is_a_code_but_no_number():
    assert alpha("nominal", [(None, None), ("a", "a")]) == pytest.approx(1)
    prepare, _ = alpha_of("number")
    assert prepare([(1.0, None), (None, None), (2.0, 3.0)]) == [(2.0, 3.0)]


def test_exact_counts_two_empty_cells_as_equal():
    assert exact([(None, None), ("a", "a"), ("a", None), ("a", "b")]) == 0.5
    assert exact([]) is None


codes = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30)


@given(codes)
def test_alpha_is_symmetric_and_at_most_one(pairs):
    value = alpha("nominal", pairs)
    swapped = alpha("nominal", [(other, one) for one, other in pairs])
    assert (value is None) == (swapped is None)
    if value is not None:
        assert value == pytest.approx(swapped)
        assert value <= 1 + 1e-12
        assert (value > 1 - 1e-9) == all(one == other for one, other in pairs)


def test_alpha_is_that_of_the_library():
    pairs = [("a", "b"), ("b", "b"), ("a", "a"), ("c", "a")]
    data = np.array([[0, 1], [1, 1], [0, 0], [2, 0]]).T
    assert alpha("nominal", pairs) == pytest.approx(
        krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    )


def test_the_interval_is_the_same_every_time():
    pairs = [("a", "a")] * 6 + [("a", "b")] * 3
    first = interval(pairs, exact)
    random.seed(1)
    assert interval(pairs, exact) == first == pytest.approx((1 / 3, 1))


def test_the_interval_holds_the_value_and_narrows_with_more_units():
    few = [("a", "a")] * 8 + [("a", "b")] * 2
    many = few * 10
    low, high = interval(few, exact)
    closer_low, closer_high = interval(many, exact)
    assert low <= 0.8 <= high
    assert low < closer_low <= 0.8 <= closer_high < high


def test_full_agreement_has_a_point_for_an_interval():
    assert interval([("a", "a"), ("b", "b")], exact) == (1, 1)


def test_there_is_no_interval_where_most_resamples_are_undefined():
    prepare, statistic = alpha_of("nominal")
    pairs = prepare([("a", "a")] * 30 + [("b", "b")])
    assert statistic(pairs) == pytest.approx(1)
    assert interval(pairs[:1], statistic) is None
