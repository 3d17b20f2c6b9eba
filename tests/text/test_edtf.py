from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.text.edtf import EdtfError, parse

YEARS = st.integers(1000, 2999).map(lambda y: f"{y:04d}")
MONTHS = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(lambda d: d.isoformat()[:7])
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(date.isoformat)
PLAIN = st.one_of(YEARS, MONTHS, DAYS)


@pytest.mark.parametrize(
    ("text", "kind", "precision", "earliest", "latest", "qualified"),
    [
        ("2024-11-20", "date", "day", "2024-11-20", "2024-11-20", False),
        ("2024-02", "date", "month", "2024-02-01", "2024-02-29", False),
        ("2006", "date", "year", "2006-01-01", "2006-12-31", False),
        ("2024-11~", "date", "month", "2024-11-01", "2024-11-30", True),
        ("2024?", "date", "year", "2024-01-01", "2024-12-31", True),
        ("2024-11-20%", "date", "day", "2024-11-20", "2024-11-20", True),
        ("2023-10-08/..", "interval", "range", "2023-10-08", None, False),
        ("../2024-11-20", "interval", "range", None, "2024-11-20", False),
        ("2023-10/2024-11-20", "interval", "range", "2023-10-01", "2024-11-20", False),
        ("2023-10-08/2023", "interval", "range", "2023-10-08", "2023-12-31", False),
        ("2024-09-21~/2024-11-20", "interval", "range", "2024-09-21", "2024-11-20", True),
        ("[2024-11-12,2024-11-19]", "set", "range", "2024-11-12", "2024-11-19", False),
        ("[2024-11-19,2024-11-12]", "set", "range", "2024-11-12", "2024-11-19", False),
        ("[2024-11-13..2024-11-20]", "set", "range", "2024-11-13", "2024-11-20", False),
        ("[..2024-11]", "set", "range", None, "2024-11-30", False),
        ("[2024-11..]", "set", "range", "2024-11-01", None, False),
        ("[2024-11-12,2024-11-19..]", "set", "range", "2024-11-12", None, False),
        ("[..2023-10,2024-11-12]", "set", "range", None, "2024-11-12", False),
        ("[2024-11-12]", "set", "range", "2024-11-12", "2024-11-12", False),
    ],
)
def test_parse(text, kind, precision, earliest, latest, qualified):
    found = parse(text)
    bounds = [bound and bound.isoformat() for bound in (found.earliest, found.latest)]
    assert (found.kind, found.precision, *bounds, found.qualified) == (kind, precision, earliest, latest, qualified)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../..",
        "/",
        "2024/",
        "[]",
        "[..]",
        "[2024",
        "[2024,]",
        "2024-13",
        "2024-02-30",
        "0000",
        "2024-1-5",
        "2024-11-20T10:00",
        "20241120",
        "２０２４",
        "2024\n",
        " 2024",
        "2024-11-1X",
        "2024/2023",
        "2024-11-20/2024-11-19",
        "[2024-11-20..2024-11-19]",
        "2024/2025/2026",
        "2024..2025",
        "~2024",
        "2024~?",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(EdtfError):
        parse(text)


@given(st.text(st.sampled_from("0123456789-./[],~?% X\n٣")))
def test_any_text_is_a_date_or_an_edtf_error(text):
    try:
        found = parse(text)
    except EdtfError:
        return
    assert found.earliest is not None or found.latest is not None


def bounds_by_edtf(text):
    parsed = edtf.parse_edtf(text)
    return [date(*day[:3]) for day in (parsed.lower_strict(), parsed.upper_strict())]


@given(PLAIN)
def test_plain_dates_have_the_bounds_that_edtf_gives(text):
    found = parse(text)
    assert [found.earliest, found.latest] == bounds_by_edtf(text)


@given(PLAIN, PLAIN)
def test_intervals_have_the_bounds_that_edtf_gives(one, other):
    first, last = sorted([one, other], key=lambda text: parse(text).earliest)
    if parse(last).latest < parse(first).earliest:
        return
    found = parse(f"{first}/{last}")
    assert [found.earliest, found.latest] == [bounds_by_edtf(first)[0], bounds_by_edtf(last)[1]]


@given(st.lists(PLAIN, min_size=1, max_size=4))
def test_one_of_sets_reach_from_the_first_to_the_last(texts):
    found = parse(f"[{','.join(texts)}]")
    assert found.earliest == min(bounds_by_edtf(text)[0] for text in texts)
    assert found.latest == max(bounds_by_edtf(text)[1] for text in texts)
