import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.text.quantities import (
    AmbiguousQuantityError,
    Quantity,
    QuantityError,
    find_quantities,
    read_quantities,
    read_quantity,
)

FOLDER = Path(__file__).parent / "expressions"
SCALES = {"": 1, " thousand": 10**3, " million": 10**6, "bn": 10**9, " trillion": 10**12}


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(cell):
    return None if not cell else float(cell) if "." in cell else int(cell)


def found(sentence):
    return [sentence[one.start : one.end] for one in find_quantities(sentence)]


@pytest.mark.parametrize("row", rows("quantities.csv"), ids=lambda row: row["text"])
def test_reads(row):
    expected = Quantity(number(row["low"]), number(row["high"]), row["qualifier"], row["unit"] or None, row["kind"])
    assert read_quantity(row["text"]) == expected


@pytest.mark.parametrize("row", rows("quantities_refused.csv"), ids=lambda row: row["text"] or "empty")
def test_refuses_with_a_reason(row):
    with pytest.raises(QuantityError, match=re.escape(row["reason"])):
        read_quantity(row["text"])


def test_refuses_what_is_too_long_to_be_a_number():
    with pytest.raises(QuantityError, match="too long"):
        read_quantity("two hundred and " * 1000)


def test_ambiguous_words_keep_every_reading():
    with pytest.raises(AmbiguousQuantityError) as caught:
        read_quantity("about 2.5m")
    assert caught.value.readings == (
        Quantity(2500000, 2500000, "about", None, "count"),
        Quantity(2.5, 2.5, "about", "m", "distance"),
    )


def test_reads_each_quantity_of_an_expression_with_its_place():
    text = "three times in 24 hours"
    assert [(text[q.start : q.end], q.quantity.low, q.quantity.unit) for q in read_quantities(text)] == [
        ("three times", 3, None),
        ("24 hours", 24, "h"),
    ]


def test_places_are_code_points_also_beyond_the_basic_plane():
    text = "\U0001f4a5\U0001f4a5 killed 40 in 2 days"
    assert found(text) == ["40", "2 days"]


def test_finds_figures_in_running_text():
    sentence = "At least 31 villages lost homes, worth $3.1bn, in the past two months."
    assert found(sentence) == ["At least 31", "$3.1bn", "in the past two months"]


def test_leaves_out_dates_ordinals_clock_times_names_and_pairs():
    sentence = (
        "On 5 May 2024 at 10:30 the two sides, one F-16, COVID-19, the 21st brigade, a third round, "
        "resolution 1701a, the two-state plan, March 3 and 1982 were named."
    )
    assert found(sentence) == []


def test_leaves_the_announcing_word_out_of_the_place():
    assert found("Another 60 trucks and a total of 3,400 tents came.") == ["60", "3,400"]


def test_million_or_metre_is_decided_by_the_counted_noun():
    assert [q.quantity.low for q in find_quantities("It moved 1.2m people 300m from there.")] == [1200000]


@given(st.integers(0, 10**18 - 1))
def test_digits_read_as_themselves_with_and_without_commas(value):
    assert read_quantity(str(value)) == read_quantity(f"{value:,}") == Quantity(value, value, "exact")


@given(st.integers(1, 9999), st.integers(0, 2), st.sampled_from(list(SCALES)))
def test_decimals_times_a_scale_are_exact(mantissa, places, scale):
    text = f"{mantissa / 10**places:.{places}f}{scale}"
    scaled = mantissa * SCALES[scale]
    expected = scaled // 10**places if scaled % 10**places == 0 else scaled / 10**places
    assert read_quantity(text).low == expected


@given(st.integers(0, 999_999_999))
def test_number_words_read_as_the_number(value):
    assert read_quantity(spelled(value)).low == value
    assert read_quantity(spelled(value, joint=" ")).low == value


@given(st.integers(2, 10**9), st.sampled_from(["", " miles", " weeks", "%"]))
def test_hedges_never_cross_the_number(value, unit):
    text = f"{value:,}{unit}"
    plain = read_quantity(text)
    assert read_quantity(f"at least {text}").low == read_quantity(f"more than {text}").low == plain.low
    assert read_quantity(f"fewer than {text}").high == read_quantity(f"up to {text}").high == plain.high
    assert read_quantity(f"nearly {text}") == Quantity(plain.low, plain.high, "about", plain.unit, plain.kind)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_range_has_both_bounds_and_never_an_inverted_pair(low, high):
    text = f"between {low:,} and {high:,} miles"
    if low < high:
        assert read_quantity(text) == Quantity(low, high, "between", "[mi_i]", "distance")
    else:
        with pytest.raises(QuantityError):
            read_quantity(text)


@given(st.text(alphabet="aeounth of$€,.-–0123456789mbn%½٣¹", max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        quantity = read_quantity(text)
    except QuantityError:
        return
    assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


@given(st.text(max_size=80))
def test_candidates_lie_in_order_within_the_text(text):
    end = 0
    for one in find_quantities(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end


ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(value, joint=" and "):
    if value < 20:
        return ONES[value]
    if value < 100:
        return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")
    for size, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if value >= size:
            head, rest = divmod(value, size)
            between = joint if rest < 100 else " "
            return f"{spelled(head, joint)} {name}" + (f"{between}{spelled(rest, joint)}" if rest else "")
    raise AssertionError(value)
