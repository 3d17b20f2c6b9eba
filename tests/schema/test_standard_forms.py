"""The forms of the standard, as packages of others have them; those of the data model are in test_lexical_forms."""

# ruff: noqa: DTZ001

from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.schema.lexical import FORMS, canonical, form, is_plain, reader, regex
from ceasefire_talks.schema.model import Field
from ceasefire_talks.schema.types.duration import Duration
from ceasefire_talks.schema.types.duration import read as read_duration


def field(type_, *, strict=False, **descriptor):
    return Field("f", type_, descriptor, strict)


FULL_WIDTH = "\uff11\uff12"
RIGHT = [
    (field("integer"), {"+5": 5, "007": 7, "-0": 0, "9223372036854775807": 2**63 - 1}),
    (field("integer", groupChar=","), {"1,000": 1000, "12,34,567": 1234567, "7": 7}),
    (field("integer", bareNumber=False), {"EUR 95": 95, "95%": 95, "$-5": -5, "n = +7 !": 7}),
    (
        field("number"),
        {"+1.5": 1.5, ".5": 0.5, "5.": 5.0, "1e5": 1e5, "1E-2": 0.01, "INF": float("inf"), "-inf": -float("inf")},
    ),
    (field("number", decimalChar=",", groupChar="."), {"1.234,5": 1234.5, "0,5": 0.5, "7": 7.0}),
    (field("number", groupChar=" ", bareNumber=False), {"1 000.5 EUR": 1000.5, "Nr. 5": 5.0, "-.5%": -0.5, "$.5": 0.5}),
    (field("boolean"), {"true": True, "TRUE": True, "1": True, "False": False, "0": False}),
    (field("boolean", trueValues=["yes"], falseValues=["no"]), {"yes": True, "no": False}),
    (field("date"), {"2024-02-29": date(2024, 2, 29)}),
    (field("date", format="%d/%m/%Y"), {"05/01/2024": date(2024, 1, 5), "5/1/2024": date(2024, 1, 5)}),
    (field("date", format="fmt:%d.%m.%y"), {"05.01.24": date(2024, 1, 5)}),
    (field("date", format="any"), {"5 January 2024": date(2024, 1, 5)}),
    (
        field("datetime"),
        {
            "2024-01-26T15:00:00": datetime(2024, 1, 26, 15),
            "2024-01-26T15:00:00.300-05:00": datetime(2024, 1, 26, 20, 0, 0, 300_000),
            "2024-12-31T24:00:00Z": datetime(2025, 1, 1),
        },
    ),
    (field("datetime", format="%Y-%m-%d %H:%M"), {"2024-01-05 07:30": datetime(2024, 1, 5, 7, 30)}),
    (field("datetime", format="%Y-%m-%dT%H:%M:%S%z"), {"2020-05-30T04:57:37+02:00": datetime(2020, 5, 30, 2, 57, 37)}),
    (field("time"), {"00:00:00": time(0), "23:59:59": time(23, 59, 59)}),
    (field("time", format="%H:%M"), {"07:30": time(7, 30)}),
    (field("year"), {"2024": 2024, "0001": 1, "-0044": -44, "12024": 12024}),
    (field("yearmonth"), {"2024-02": (2024, 2), "-0044-03": (-44, 3)}),
    (field("duration"), {"P1Y2M": Duration(14, Decimal(0)), "-PT1M0.5S": Duration(0, Decimal("-60.5"))}),
    (field("geopoint"), {"90.50, 45.50": (90.5, 45.5), "-180,90": (-180, 90)}),
    (field("geopoint", format="array"), {"[90.5, 45]": (90.5, 45)}),
    (field("geopoint", format="object"), {'{"lon": 1, "lat": 2.5}': (1, 2.5)}),
    (field("object"), {'{"a": [1]}': {"a": [1]}}),
    (field("array"), {"[]": [], '["a", 1]': ["a", 1]}),
    (field("list"), {"a,b": ("a", "b"), "a": ("a",), "": ("",)}),
    (field("list", itemType="integer", delimiter=";"), {"1;+2": (1, 2)}),
    (field("list", itemType="date"), {"2024-01-05": (date(2024, 1, 5),)}),
    (field("string", format="email"), {"a.b+c@example.org": "a.b+c@example.org"}),
    (
        field("string", format="uri"),
        {"https://example.org/a?b#c": "https://example.org/a?b#c", "urn:x:y": "urn:x:y", "a:": "a:"},
    ),
    (field("string", format="uuid"), {"123E4567-e89b-12d3-a456-426614174000": "123E4567-e89b-12d3-a456-426614174000"}),
    (field("string", format="binary"), {"YWI=": "YWI=", "": ""}),
    (field("any"), {" x ": " x "}),
    (field("geojson"), {'{"type": "Point", "coordinates": [1, 2]}': {"type": "Point", "coordinates": [1, 2]}}),
]
WRONG = [
    (field("integer"), ["", "1.0", "1_000", FULL_WIDTH, " 1", "1\n", "0x1F", "1e3", "9223372036854775808", "9" * 5000]),
    (field("integer", groupChar=","), [",1", "1,", "1,,0"]),
    (field("integer", bareNumber=False), ["EUR", "1 2", "5 of 7", "--5", "- 5", "5-"]),
    (field("number"), ["", ".", "1,5", "1e", "1e400", FULL_WIDTH, "infinity", "+INF", " 1", "1 000", "$5", "5%"]),
    (field("number", decimalChar=","), ["1.5", "1,5,5"]),
    (field("boolean"), ["yes", "tRUE", "T", "2", " true"]),
    (field("boolean", trueValues=["yes"], falseValues=["no"]), ["true", "Yes", "0"]),
    (field("date"), ["2024-1-5", "2024-02-30", "20240105", "2024-01-05T00:00:00", "10000-01-01"]),
    (field("date", format="%d/%m/%Y"), ["2024-01-05", "31/02/2024", "\u0660\u0661/01/2024", "05/01/2024 "]),
    (field("date", format="any"), ["soon", "99999999999999"]),
    (
        field("datetime"),
        ["2024-01-26", "2024-01-26 15:00:00", "2024-01-26T15:00", "2024-01-26T24:00:01", "2024-02-30T00:00:00Z"],
    ),
    (field("datetime"), ["0001-01-01T00:00:00+14:00", "9999-12-31T24:00:00", "2024-01-26T15:00:00+15:00"]),
    (field("time"), ["7:30:00", "07:30", "24:00:00", "07:30:60", "07:30:00Z", "07:30:00.5"]),
    (field("year"), ["24", "02024", "2024Z", "MMXX", "+2024"]),
    (field("yearmonth"), ["2024", "2024-13", "2024-1", "2024-01Z"]),
    (field("duration"), ["", "P", "PT", "P1W", "1Y", "P1.5Y", "P1YT", "P-1Y", "P1S"]),
    (field("geopoint"), ["1", "1,2,3", "181,0", "0,91", "a,b", "NaN,0", "1;2"]),
    (field("geopoint", format="array"), ["[1]", "[1,2,3]", '["1","2"]', "[true,1]", "1,2", "[NaN, 1]"]),
    (field("geopoint", format="object"), ['{"lon": 1}', '{"lon": 1, "lat": 2, "alt": 3}', '{"lon": "1", "lat": 2}']),
    (field("object"), ["[]", "{", "null", '{"a": NaN}', '{"a":' * 50_000]),
    (field("array"), ["{}", "[", "a,b", "[Infinity]", "[" * 60 + "]" * 60]),
    (field("list", itemType="integer"), ["1,a", "1, 2", ""]),
    (field("string", format="email"), ["a", "a@b", "a b@example.org", "a@example.org\n", "a..b@example.org"]),
    (field("string", format="uri"), ["example.org", "http://a b", "https://example.org/%zz", "1a:b"]),
    (field("string", format="uuid"), ["123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}"]),
    (field("string", format="binary"), ["YWI", "Y W I=", "\u00e4"]),
    (
        field("geojson"),
        ['{"type": "Point"}', '{"type": "Point", "coordinates": ["1", "2"]}', '{"type": "Feature"}', "[]"],
    ),
    (field("geojson"), ['{"type": "Polygon", "coordinates": [[[0,0],[1,1],[2,2],[3,3]]]}', '{"type": []}']),
    (field("geojson", format="topojson"), ['{"type": "Topology"}', '{"type": "Point", "coordinates": [1, 2]}']),
]


@pytest.mark.parametrize(
    ("of", "cells"), RIGHT, ids=lambda of: f"{of.type}-{of.format}" if isinstance(of, Field) else ""
)
def test_a_text_of_the_form_is_its_value(of, cells):
    read = reader(of)
    for text, value in cells.items():
        assert read(text) == value
        assert regex(of) is None or is_plain(of) is False or of.type == "any" or matches(of, text)


def matches(of, text):
    import re

    return re.fullmatch(regex(of), text)


@pytest.mark.parametrize(
    ("of", "cells"), WRONG, ids=lambda of: f"{of.type}-{of.format}" if isinstance(of, Field) else ""
)
def test_any_other_text_is_refused(of, cells):
    read = reader(of)
    for text in cells:
        with pytest.raises(ValueError, match=r"."):
            read(text)


def test_every_form_is_tried():
    tried = {form(of).type + form(of).format for of, _ in RIGHT} & {form(of).type + form(of).format for of, _ in WRONG}
    assert {a + b for a, b in FORMS} - tried == {
        "stringdefault",
        "anydefault",
        "datetimepattern",
        "datetimeany",
        "timepattern",
        "timeany",
        "geojsontopojson",
    }


@pytest.mark.parametrize(
    "of",
    [
        field("number", decimalChar=",", groupChar=","),
        field("number", decimalChar=""),
        field("integer", groupChar="1"),
        field("number", decimalChar="E"),
        field("boolean", trueValues=["x"], falseValues=["x"]),
        field("date", format="%Q"),
        field("date", format="%Y %Y"),
        field("date", format="%" * 200),
        field("list", delimiter=""),
        field("list", itemType="list"),
    ],
)
def test_options_that_say_nothing_are_refused_at_once(of):
    with pytest.raises(ValueError, match=r"."):
        reader(of)


@pytest.mark.parametrize("of", [of for of, _ in RIGHT if of.type in ("integer", "number")])
@given(st.text(alphabet="0123456789+-.,eE $%naifNAIF\n", max_size=12))
def test_what_is_read_as_a_number_is_one_in_ascii(of, text):
    try:
        value = reader(of)(text)
    except ValueError:
        return
    assert isinstance(value, int | float)
    assert value != value or "n" in text.lower() or any(c in "0123456789" for c in text)  # noqa: PLR0124


def test_durations_are_ordered_as_far_as_months_have_a_length():
    ordered = [read_duration(text) for text in ("-P1Y", "P0D", "PT1S", "P27D", "P1M", "P32D", "P1Y", "P367D")]
    assert all(one < two and one <= two and two > one and two >= one for one, two in pairwise(ordered))
    month, days = read_duration("P1M"), read_duration("P30D")
    assert not any((month < days, month > days, month <= days, month >= days))
    assert read_duration("P12M") == read_duration("P1Y")


@pytest.mark.parametrize(
    ("of", "texts"),
    [
        (field("integer"), ["1", "+1", "001"]),
        (field("number"), ["1", "1.0", "+1.", "1e0", "0.1e1"]),
        (field("boolean"), ["1", "true", "TRUE"]),
        (field("datetime"), ["2024-01-01T00:00:00", "2024-01-01T00:00:00.000Z", "2024-01-01T01:00:00+01:00"]),
        (field("duration"), ["P1D", "PT24H", "P1DT0S"]),
        (field("object"), ['{"a": 1, "b": 2}', '{"b":2,"a":1}']),
        (field("geopoint"), ["1,2", "1.0, 2.0"]),
    ],
)
def test_equal_values_are_written_as_one_text(of, texts):
    assert len(set(map(canonical(of), texts))) == 1


def test_a_type_with_one_text_a_value_needs_no_rewriting():
    assert canonical(field("string")) is None
    assert canonical(field("date")) is None
    assert canonical(field("integer", strict=True)) is None
