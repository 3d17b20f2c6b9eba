from __future__ import annotations

import pytest

import ceasefire_talks as ct
from ceasefire_talks.package.corroboration import rival_values, timeline_rows, upstream, verdict_counts
from ceasefire_talks.package.errors import UnknownNameError
from ceasefire_talks.package.package import Package


def test_upstream_follows_the_chain_and_survives_a_circle():
    rows = [
        {"source_id": "a", "derived_from": None},
        {"source_id": "b", "derived_from": "a"},
        {"source_id": "c", "derived_from": "b"},
        {"source_id": "x", "derived_from": "y"},
        {"source_id": "y", "derived_from": "x"},
    ]
    assert upstream(rows) | {"x": "", "y": ""} == {"a": "a", "b": "a", "c": "a", "x": "", "y": ""}


def test_reports_of_one_upstream_text_count_once():
    package = Package()
    berri = next(r for r in package.records("positions") if r["actor_id"] == "nabih-berri")
    verdicts = [r for r in package.records("corroborations") if r["position_id"] == berri["position_id"]]
    qualifying = [r for r in verdicts if r["verdict"] == "qualifies"]
    counted = verdict_counts(package, "positions")[berri["position_id"]]["qualified_by"]
    assert counted < len(qualifying)


def test_load_adds_the_counts_and_zero_where_nothing_was_found():
    figures = ct.load("figures", corroboration=True)
    killed = figures[figures["quantity"] == "killed-in-lebanon"].iloc[0]
    assert killed["confirmed_by"] >= 1
    assert killed["contradicted_by"] == 0
    assert str(figures["confirmed_by"].dtype) == "Int64"
    assert (figures["confirmed_by"] == 0).any()


def test_counts_are_refused_where_no_verdicts_are_given():
    with pytest.raises(UnknownNameError, match="places"):
        ct.load("places", corroboration=True)


def test_rivals_stand_side_by_side_with_who_when_and_where():
    displaced = ct.load("figures").set_index("quantity").loc["displaced-in-lebanon", "figure_id"]
    rivals = ct.rivals(displaced)
    assert rivals.loc[0, "record"] == displaced
    assert {1_200_000, 1_237_892, 881_326} <= set(rivals["low"])
    assert set(rivals["trace_level"]) == {"sentence", "document"}
    assert rivals.loc[rivals["low"] == 881_326, "claimant"].item() == "iom"


def test_an_unknown_figure_names_the_nearest():
    with pytest.raises(UnknownNameError, match="fi-001"):
        rival_values(Package(), "fi-0001")


def test_the_timeline_keeps_the_trace_level_of_every_entry():
    rows = timeline_rows(Package())
    days = [row["date_min"] or row["date_max"] for row in rows if row["date_min"] or row["date_max"]]
    assert days == sorted(days)
    assert {row["trace_level"] for row in rows} == {"sentence", "document"}
    assert {row["status"] for row in rows if row["trace_level"] == "document"} == {"supersedes", "extends"}
    assert len(ct.timeline()) == len(rows)


def test_show_flags_what_others_contradict():
    hochstein = str(ct.show("amos-hochstein"))
    assert "contradicted by" in hochstein
