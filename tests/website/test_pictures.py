import csv
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.package.package import Package
from ceasefire_talks.website.cells import Cell, table_rows
from ceasefire_talks.website.pictures.map import place_map
from ceasefire_talks.website.pictures.rivals import VALUES_A_PAGE, quantities
from ceasefire_talks.website.pictures.scale import DayScale, ValueScale
from ceasefire_talks.website.pictures.stances import GROUPS, STANCES_A_CELL, matrices
from ceasefire_talks.website.pictures.timeline import EVENTS_A_PAGE, timelines
from ceasefire_talks.website.pictures.voices import MOST_ACTORS, MOST_PAIRS, affiliations, voices
from packages import FICTIONAL, copy_of

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def bars(package):
    found = timelines(package, table_rows(package, "events"), table_rows(package, "participants"))
    return [bar for t in found for bar in t.part.items]


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
    (found,) = matrices(bundled, table_rows(bundled, "positions"))
    shown = [stance for stances in found.stances.values() for stance in stances]
    assert {s.row.id for s in shown} == {row["position_id"] for row in bundled.records("positions")}
    assert [s.currency for s in found.stances["gaza-linkage", "hezbollah"]] == ["former", "current"]
    assert [s.voice for s in found.stances["timing-of-halt", "hezbollah"]] == ["Naim Qassem"]


def test_actors_of_one_side_stand_side_by_side(bundled):
    (found,) = matrices(bundled, table_rows(bundled, "positions"))
    sides = [{actor.text for actor in side} for side in found.sides]
    assert {"united-states", "us-officials", "amos-hochstein"} in sides
    assert {"lebanese-officials", "nabih-berri"} in sides


def test_actors_that_belong_to_each_other_in_a_circle_are_drawn_all_the_same(tmp_path):
    root = copy_of(FICTIONAL, tmp_path / "circle")
    path = root / "data" / "actors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ids = [row["actor_id"] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"affiliation": ids[n - 1]} for n, row in enumerate(rows))
    package = Package(root)
    (found,) = matrices(package, table_rows(package, "positions"))
    shown = {actor.text for side in found.sides for actor in side}
    assert shown == {row["actor_id"] for row in package.records("positions")}


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
    bar = next(bar for bar in bars(bundled) if bar.row.id == event)
    assert (bar.shape, bar.opens, bar.closes) == (shape, opens, closes)


def test_every_event_stands_on_the_timeline_within_the_picture(bundled):
    found = bars(bundled)
    assert len(found) == len(bundled.records("events"))
    assert all(bar.left >= 0 and bar.left + bar.width <= 100 for bar in found)


def test_many_events_come_in_periods_each_on_an_axis_of_its_own(bundled):
    rows = [row for row in table_rows(bundled, "events") for _ in range(10)]
    found = list(timelines(bundled, rows, []))
    assert [len(t.part.items) for t in found] == [EVENTS_A_PAGE, EVENTS_A_PAGE, len(rows) - 2 * EVENTS_A_PAGE]
    assert found[0].last < found[1].last
    assert all(0 <= bar.left <= 100 for t in found for bar in t.part.items)


def test_many_positions_come_in_pages_of_some_actors_each(bundled):
    rows = [row for row in table_rows(bundled, "positions") for _ in range(20)]
    found = matrices(bundled, rows)
    assert len(found) > 1
    actors = [actor for matrix in found for side in matrix.sides for actor in side]
    assert len(actors) == len(set(actors))
    assert sum(len(stances) for matrix in found for stances in matrix.stances.values()) == len(rows)
    assert all(len(matrix.rows) <= STANCES_A_CELL * len(matrix.stances) for matrix in found)


def test_of_many_actors_and_pairs_the_largest_are_shown_and_the_others_counted(bundled):
    actors = table_rows(bundled, "actors")
    alone = next(row for row in actors if not row.cells["affiliation"].text)
    more = [replace(alone, id=f"more-{n}") for n in range(MOST_ACTORS)]
    trees = affiliations([*more, *actors])
    assert trees.left_out == len(actors)
    assert any(member.members for member in trees.members)
    position = table_rows(bundled, "positions")[0]
    pairs = [replace(position, cells=position.cells | {"voiced_by": Cell(f"a{n}")}) for n in range(MOST_PAIRS + 3)]
    assert voices(pairs).left_out == 3


def test_rival_values_stand_side_by_side_and_none_is_left_out(bundled):
    found = [q for part in quantities(bundled) for q in part.items]
    killed = next(q for q in found if "fi-017" in {v.id for v in q.values})
    assert killed.values[0].verdict == "the article"
    assert killed.values[0].text == "3,544 people"
    with_value = [r for r in bundled.records("corroborations") if r["low"] is not None or r["high"] is not None]
    assert {r["corroboration_id"] for r in with_value if r["figure_id"]} <= {v.id for q in found for v in q.values}


def test_very_many_values_of_a_quantity_go_on_in_a_further_part(bundled):
    class Repeated:
        def __getattr__(self, name):
            return getattr(bundled, name)

        def records(self, table):
            rows = bundled.records(table)
            return rows * 60 if table == "corroborations" else rows

    found = [q for part in quantities(Repeated()) for q in part.items]
    assert max(len(q.values) for q in found) == VALUES_A_PAGE
    assert {(q.low, q.high) for q in found if q.before} <= {(q.low, q.high) for q in found if not q.before}
    assert len({q.values[0].id for q in found if not q.before}) == len(quantities(bundled)[0].items)


def test_a_value_in_another_unit_is_told_but_not_drawn(bundled):
    values = [v for part in quantities(bundled) for q in part.items for v in q.values]
    assert any(v.left is None and v.text != "no number" for v in values)


def test_the_lines_from_speakers_to_holders_add_up_to_the_positions(bundled):
    assert sum(voice.count for voice in voices(table_rows(bundled, "positions")).voices) == len(
        bundled.records("positions")
    )


def test_every_actor_stands_once_in_the_trees(bundled):
    def ids(members):
        return [i for m in members for i in (m.row.id, *ids(m.members))]

    assert sorted(ids(affiliations(table_rows(bundled, "actors")).members)) == [
        row["actor_id"] for row in bundled.records("actors")
    ]


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
