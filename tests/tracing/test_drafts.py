from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.text.edtf import parse
from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.text.segment import Sentence
from ceasefire_talks.tracing.drafts import COLUMNS, draft_id, next_number, propose

PUBLISHED = date(2031, 3, 14)
PHRASES = st.sampled_from(
    [
        "at least 12 miles",
        "on Friday",
        "tens of thousands",
        "$8.5bn",
        "3,544",
        "in early March",
        "🕊",
        "said",
        "הוא",
        ".",
    ]
)


def drafts(text):
    sentence = Sentence(1, 1, 1, 0, len(text), text)
    return list(propose([("post-p01-s1", sentence)], PUBLISHED))


def filled(draft):
    return {column: value for column, value in draft.items() if value}


def test_a_figure_is_drafted_with_its_span_and_bounds():
    assert [filled(draft) for draft in drafts("They ask for at least 12 miles.")] == [
        {
            "column": "value_text",
            "sentence_id": "post-p01-s1",
            "start": "13",
            "end": "30",
            "words": "at least 12 miles",
            "measure": "distance",
            "low": "12",
            "qualifier": "at-least",
            "unit": "[mi_i]",
        }
    ]


def test_a_date_is_drafted_with_its_preposition_and_bounds():
    assert [filled(draft) for draft in drafts("They met on Friday.")] == [
        {
            "column": "date",
            "sentence_id": "post-p01-s1",
            "start": "9",
            "end": "18",
            "words": "on Friday",
            "date": "2031-03-14",
            "date_min": "2031-03-14",
            "date_max": "2031-03-14",
            "date_precision": "day",
            "date_basis": "resolved",
        }
    ]


def test_what_is_counted_is_left_to_the_coder():
    (draft,) = drafts("In all 318 people died.")
    assert (draft["measure"], draft["unit"], draft["low"]) == ("", "", "318")


def test_more_than_seven_words_are_not_kept():
    (draft,) = drafts("They walked more than one hundred and twenty three thousand miles.")
    assert (draft["low"], draft["end"], draft["words"]) == ("123000", "65", "")


def test_spans_count_code_points():
    (draft,) = drafts("🕊🕊 $8.5bn")
    assert (draft["start"], draft["end"], draft["high"]) == ("3", "9", "8500000000")


@given(st.lists(PHRASES).map(" ".join))
def test_every_draft_is_a_row_in_order_whose_words_stand_in_its_span(text):
    found = drafts(normalise(text))
    assert all(tuple(draft) == COLUMNS for draft in found)
    assert [int(draft["start"]) for draft in found] == sorted(int(draft["start"]) for draft in found)
    for draft in found:
        assert draft["words"] == normalise(text)[int(draft["start"]) : int(draft["end"])]
        if draft["column"] == "date":
            earliest, latest = parse(draft["date"]).earliest, parse(draft["date"]).latest
            assert (draft["date_min"], draft["date_max"]) == (str(earliest or ""), str(latest or ""))


@pytest.mark.parametrize(("ids", "number"), [([], 1), (["dr-0001", "dr-0007"], 8), (["mine", "dr-x"], 1)])
def test_the_next_number_is_behind_all_others(ids, number):
    assert next_number(ids) == number


def test_ids_of_drafts():
    assert draft_id(7) == "dr-0007"
