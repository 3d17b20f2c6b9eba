import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.text import edtf
from ceasefire_talks.text.times import TimeError, find_times, read_time

FOLDER = Path(__file__).parent / "expressions"
PUBLISHED = date(2024, 11, 20)
DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
EXPRESSIONS = st.sampled_from(
    [
        "on Tuesday",
        "last Friday",
        "next Friday",
        "this Sunday",
        "20 May",
        "late February",
        "September",
        "29 February",
        "over the past week",
        "the last two days",
        "the past month",
        "for the past decade",
        "two months ago",
        "three weeks ago",
        "last week",
        "next month",
        "late last year",
        "earlier this week",
        "since March",
        "overnight",
        "from 23 September to 1 October",
        "last September",
        "between 8 and 10 November",
        "the next three weeks",
    ]
)


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(cell):
    return date.fromisoformat(cell) if cell else None


def found(sentence, **context):
    return [(sentence[one.start : one.end], one.reading.edtf) for one in find_times(sentence, PUBLISHED, **context)]


@pytest.mark.parametrize(
    "row", rows("times.csv"), ids=lambda row: f"{row['text']} {row['published']} {row['direction']}"
)
def test_reads(row):
    reading = read_time(
        row["text"], day(row["published"]), anchor=day(row["anchor"]), direction=row["direction"] or None
    )
    assert (reading.edtf, reading.basis) == (row["edtf"], row["basis"])


@pytest.mark.parametrize("row", rows("times_refused.csv"), ids=lambda row: row["text"] or "empty")
def test_refuses_with_a_reason(row):
    with pytest.raises(TimeError, match=re.escape(row["reason"])):
        read_time(row["text"], PUBLISHED)


def test_refuses_what_is_too_long_to_be_a_date():
    with pytest.raises(TimeError, match="too long"):
        read_time("2006 to " * 1000, PUBLISHED)


def test_a_reading_has_the_bounds_of_its_edtf():
    reading = read_time("late September", PUBLISHED)
    assert (reading.earliest, reading.latest, reading.precision) == (date(2024, 9, 21), date(2024, 9, 30), "range")


def test_finds_dates_in_running_text_and_leaves_counts_and_common_words():
    sentence = "On Tuesday, 2000 people may march in March 2021, as in 2006 and since late September; the sun set."
    assert found(sentence, direction="past") == [
        ("Tuesday", "2024-11-19"),
        ("March 2021", "2021-03"),
        ("2006", "2006"),
        ("since late September", "2024-09-21/.."),
    ]


def test_places_are_code_points_also_beyond_the_basic_plane():
    assert found("\U0001f4a5 על 8 October 2023") == [("8 October 2023", "2023-10-08")]


@given(DAYS)
def test_a_full_date_reads_as_itself_in_every_order(value):
    name = f"{value:%B}"
    for text in (f"{value.day} {name} {value.year}", f"{name} {value.day}, {value.year}", value.isoformat()):
        reading = read_time(text, PUBLISHED)
        assert (reading.edtf, reading.basis) == (value.isoformat(), "stated")


@given(EXPRESSIONS, DAYS, st.sampled_from([None, "past", "future"]))
def test_every_reading_is_edtf_with_the_bounds_it_gives(text, published, direction):
    try:
        reading = read_time(text, published, direction=direction)
    except TimeError:
        return
    parsed = edtf.parse(reading.edtf)
    assert (reading.earliest, reading.latest) == (parsed.earliest, parsed.latest)


@given(st.sampled_from(WEEKDAYS), DAYS)
def test_a_weekday_is_that_weekday_within_a_week_on_the_side_asked_for(name, published):
    past = read_time(f"on {name}", published, direction="past").earliest
    future = read_time(f"on {name}", published, direction="future").earliest
    assert f"{past:%A}" == f"{future:%A}" == name
    assert timedelta(0) <= published - past < timedelta(7)
    assert timedelta(0) <= future - published < timedelta(7)
    both = read_time(f"on {name}", published)
    assert (both.earliest, both.latest) == (past, future)


@given(st.integers(1, 300), DAYS)
def test_the_past_days_are_so_many_and_end_on_publication(number, published):
    reading = read_time(f"over the past {number} days", published)
    assert reading.latest == published
    assert (reading.latest - reading.earliest).days == number - 1


@given(st.integers(1, 12), st.integers(1, 28), DAYS)
def test_a_day_without_its_year_is_never_further_than_half_a_year_unless_both_are_kept(month, number, published):
    reading = read_time(f"{number} {date(2000, month, 1):%B}", published)
    nearest = min(abs((reading.earliest - published).days), abs((reading.latest - published).days))
    assert nearest <= 183
    assert reading.precision == "day" or reading.latest.year - reading.earliest.year == 1


@given(st.text(alphabet="theforminusday 0123456789-/–toandlastweek,.'ago", max_size=40), DAYS)
def test_any_text_is_read_or_refused(text, published):
    try:
        edtf.parse(read_time(text, published, anchor=published).edtf)
    except TimeError:
        return


@given(st.text(max_size=60), DAYS)
def test_candidates_lie_in_order_within_the_text(text, published):
    end = 0
    for one in find_times(text, published):
        assert end <= one.start < one.end <= len(text)
        end = one.end
