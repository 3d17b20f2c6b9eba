from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.website.pictures.map import place_map
from ceasefire_talks.website.pictures.rivals import quantities
from ceasefire_talks.website.pictures.scale import DayScale, ValueScale
from ceasefire_talks.website.pictures.stances import GROUPS, matrix
from ceasefire_talks.website.pictures.timeline import timeline
from ceasefire_talks.website.pictures.voices import affiliations, voices

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(st.tuples(DAYS, DAYS, DAYS, DAYS).map(sorted))
def test_later_days_stand_further_right(days):
    first, earlier, later, last = days
    scale = DayScale(first, last)
    assert 0 <= scale.at(earlier) <= scale.at(later) <= 100


@given(DAYS, st.integers(1, 20_000))
def test_days_on_the_axis_never_crowd(last, length):
    scale = DayScale(last - timedelta(length), last)
    places = [at for at, _ in scale.ticks()]
    assert all(right - left >= 9 for left, right in pairwise(places))


def test_a_scale_of_one_value_puts_it_in_the_middle():
    assert ValueScale(3, 3).at(3) == 50
    assert ValueScale(0, 10).at(0) < ValueScale(0, 10).at(5) < ValueScale(0, 10).at(10)


def test_every_position_stands_in_the_matrix_former_before_current(bundled):
    found = matrix(bundled)
    shown = [stance for stances in found.stances.values() for stance in stances]
    assert {s.row.id for s in shown} == {row["position_id"] for row in bundled.records("positions")}
    assert [s.currency for s in found.stances["gaza-linkage", "hezbollah"]] == ["former", "current"]
    assert [s.voice for s in found.stances["timing-of-halt", "hezbollah"]] == ["Naim Qassem"]


def test_the_grouped_stances_are_those_of_the_vocabulary(bundled):
    known = {row["code"] for row in bundled.records("vocabulary") if row["scheme"] == "positions.stance"}
    assert {stance for group in GROUPS.values() for stance in group} <= known


@pytest.mark.parametrize(
    ("event", "shape", "opens", "closes"),
    [
        ("ev-001", "day", True, True),
        ("ev-002", "throughout", True, False),
        ("ev-005", "once", True, True),
        ("ev-032", "throughout", False, True),
        ("ev-010", "undated", True, True),
    ],
)
def test_a_bar_shows_how_sure_its_date_is(event, shape, opens, closes, bundled):
    bar = next(bar for bar in timeline(bundled).bars if bar.row.id == event)
    assert (bar.shape, bar.opens, bar.closes) == (shape, opens, closes)


def test_every_event_stands_on_the_timeline_within_the_picture(bundled):
    bars = timeline(bundled).bars
    assert len(bars) == len(bundled.records("events"))
    assert all(bar.left >= 0 and bar.left + bar.width <= 100 for bar in bars)


def test_rival_values_stand_side_by_side_and_none_is_left_out(bundled):
    found = quantities(bundled)
    killed = next(q for q in found if "fi-017" in {v.id for v in q.values})
    assert killed.values[0].verdict == "the article"
    assert killed.values[0].text == "3,544 people"
    with_value = [r for r in bundled.records("corroborations") if r["low"] is not None or r["high"] is not None]
    assert {r["corroboration_id"] for r in with_value if r["figure_id"]} <= {v.id for q in found for v in q.values}


def test_a_value_in_another_unit_is_told_but_not_drawn(bundled):
    values = [v for q in quantities(bundled) for v in q.values]
    assert any(v.left is None and v.text != "no number" for v in values)


def test_the_lines_from_speakers_to_holders_add_up_to_the_positions(bundled):
    assert sum(voice.count for voice in voices(bundled).voices) == len(bundled.records("positions"))


def test_every_actor_stands_once_in_the_trees(bundled):
    def ids(members):
        return [i for m in members for i in (m.row.id, *ids(m.members))]

    assert sorted(ids(affiliations(bundled))) == [row["actor_id"] for row in bundled.records("actors")]


def test_every_place_is_on_the_map_or_said_to_have_no_point(bundled):
    found = place_map(bundled)
    assert len(found.points) + len(found.vague) == len(bundled.records("places"))
    assert all(0 < p.x < found.width and 0 < p.y < found.height for p in found.points)
    assert found.outlines
    assert "Natural Earth" in found.provenance


PLACES = [("place_id", "string"), ("name", "string"), ("latitude", "number"), ("longitude", "number")]


def test_no_outlines_are_drawn_where_they_would_not_cover_the_places(make_package):
    fields = {"fields": [{"name": n, "type": t} for n, t in PLACES], "primaryKey": "place_id"}
    events = {"fields": [{"name": "event_id"}, {"name": "place_id"}], "primaryKey": "event_id"}
    package = make_package(places=(fields, [["lima", "Lima", "-12.05", "-77.04"]]), events=(events, [["ev-1", "lima"]]))
    found = place_map(package)
    assert (found.outlines, found.provenance) == ([], "")
    assert [p.events for p in found.points] == [1]
