"""What a sieve lets pass as sound, the reference accepts too."""

import re
from calendar import isleap

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.schema.lexical import reader
from ceasefire_talks.schema.model import Field
from ceasefire_talks.validation.engines.sieve import NARROW_FORMS, narrow_form


def is_day(text):
    return re.fullmatch(NARROW_FORMS["date"], text) is not None


def test_of_every_year_just_the_leap_years_have_a_29th_of_february():
    assert [year for year in range(10_000) if is_day(f"{year:04}-02-29")] == list(filter(isleap, range(1, 10_000)))


@pytest.mark.parametrize("year", ["0000", "0001", "0099", "1900", "2000", "2023", "2024", "9999"])
def test_every_day_of_a_year_and_no_other(year):
    read = reader(Field("day", "date", {}))
    for text in (f"{year}-{month:02}-{day:02}" for month in range(14) for day in range(33)):
        try:
            read(text)
        except ValueError:
            assert not is_day(text)
        else:
            assert is_day(text)


@pytest.mark.parametrize("type_", NARROW_FORMS)
@pytest.mark.parametrize("strict", [True, False])
@given(data=st.data())
def test_a_narrow_form_is_never_wider_than_the_reference(type_, strict, data):
    field = Field("cell", type_, {}, strict)
    reader(field)(data.draw(st.from_regex(narrow_form(field), fullmatch=True)))


@pytest.mark.parametrize("strict", [True, False])
@given(data=st.data())
def test_polars_reads_numbers_as_the_reference_does(strict, data):
    field = Field("cell", "number", {}, strict)
    texts = data.draw(st.lists(st.from_regex(narrow_form(field), fullmatch=True), min_size=1))
    assert pl.Series(texts).cast(pl.Float64).to_list() == list(map(reader(field), texts))
