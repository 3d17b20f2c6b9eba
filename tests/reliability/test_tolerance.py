from datetime import date

import pytest

from ceasefire_talks.reliability.tolerance import dates_overlap, ranges_overlap, within_a_day


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2024-11-20", "[2024-11-19..2024-11-20]", True),
        ("[2024-11-12..2024-11-18]", "2024-11-19/..", False),
        ("2024", "2024-11-20", True),
        ("../2024-09", "2024-09-30/..", True),
        ("2024-11-20", None, False),
        (None, None, True),
        ("no date", "2024-11-20", False),
    ],
)
def test_dates_agree_where_they_overlap(one, other, agree):
    assert dates_overlap({"date": one}, {"date": other}, "date") is agree
    assert dates_overlap({"date": other}, {"date": one}, "date") is agree


@pytest.mark.parametrize(("day", "agree"), [(19, True), (20, True), (21, True), (22, False), (None, False)])
def test_days_agree_where_they_are_at_most_one_apart(day, agree):
    one, other = {"day": date(2024, 11, 20)}, {"day": date(2024, 11, day) if day else None}
    assert within_a_day(one, other, "day") is agree


def test_two_empty_days_agree():
    assert within_a_day({"day": None}, {"day": None}, "day")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ((1, 1), (1, 1), True),
        ((2000, None), (3544, 3544), True),
        ((2000, None), (1000, 1500), False),
        ((None, 5), (5, 9), True),
        ((None, None), (None, None), True),
        ((None, None), (1, 1), False),
    ],
)
def test_figures_agree_where_their_ranges_overlap(one, other, agree):
    rows = [dict(zip(("low", "high"), bounds, strict=True)) for bounds in (one, other)]
    assert ranges_overlap(*rows, "low") is agree
    assert ranges_overlap(*reversed(rows), "high") is agree
