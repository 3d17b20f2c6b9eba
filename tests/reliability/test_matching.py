import pytest

from ceasefire_talks.reliability.coding import Span
from ceasefire_talks.reliability.matching import overlap
from codings import coding, compared


@pytest.fixture
def schemas(bundled):
    return bundled.schemas


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("s1", 0, 10), ("s1", 0, 10), 1.0),
        (("s1", 0, 10), ("s1", 5, 15), 5 / 15),
        (("s1", 0, 10), ("s1", 6, 16), 0.0),
        (("s1", 0, 100), ("s1", 40, 50), 0.1),
        (("s1", 0, 10), ("s1", 10, 20), 0.0),
        (("s1", 0, 10), ("s2", 0, 10), 0.0),
    ],
)
def test_spans_may_be_the_same_where_they_share_half_of_the_shorter(one, other, expected):
    assert overlap([Span(*one)], [Span(*other)]) == pytest.approx(expected)
    assert overlap([Span(*other)], [Span(*one)]) == pytest.approx(expected)


def test_the_best_pair_of_spans_counts():
    assert overlap([Span("s1", 0, 10), Span("s2", 0, 4)], [Span("s1", 0, 20), Span("s2", 0, 4)]) == 1.0
    assert overlap([], [Span("s1", 0, 10)]) == 0.0


def test_the_assignment_is_the_best_as_a_whole(schemas):
    first = coding(schemas, {"a": [("s1", 0, 20)], "b": [("s1", 0, 10)]}, events=[{"event_id": "a"}, {"event_id": "b"}])
    second = coding(
        schemas, {"x": [("s1", 0, 12)], "y": [("s1", 2, 20)]}, events=[{"event_id": "x"}, {"event_id": "y"}]
    )
    match = compared(schemas, first, second).matching["events"]
    assert match.pairs == {"a": "y", "b": "x"}


def test_equal_overlaps_are_told_apart_by_codes(schemas):
    spans = {key: [("s1", 0, 10)] for key in "abxy"}
    types = ("attack", "killing")
    first = coding(schemas, spans, events=[{"event_id": i, "type": t} for i, t in zip("ab", types, strict=True)])
    second = coding(schemas, spans, events=[{"event_id": i, "type": t} for i, t in zip("yx", types, strict=True)])
    assert compared(schemas, first, second).matching["events"].pairs == {"a": "y", "b": "x"}


def test_codes_never_outweigh_an_overlap(schemas):
    spans = {"a": [("s1", 0, 10)], "x": [("s1", 0, 10)], "y": [("s1", 0, 11)]}
    first = coding(schemas, spans, events=[{"event_id": "a", "type": "attack"}])
    second = coding(schemas, spans, events=[{"event_id": "x", "type": "war"}, {"event_id": "y", "type": "attack"}])
    match = compared(schemas, first, second).matching["events"]
    assert match.pairs == {"a": "x"}
    assert match.second_only == ("y",)


def test_rows_that_share_no_words_stay_alone(schemas):
    spans = {"a": [("s1", 0, 10)], "x": [("s1", 20, 30)]}
    first = coding(schemas, spans, events=[{"event_id": "a"}])
    second = coding(schemas, spans, events=[{"event_id": "x"}])
    match = compared(schemas, first, second).matching["events"]
    assert (match.pairs, match.first_only, match.second_only) == ({}, ("a",), ("x",))


@pytest.mark.parametrize(("kind", "pairs"), [("state", {"utopia": "utopia"}), ("person", {})])
def test_actors_named_in_different_sentences_are_matched_by_id_and_kind(schemas, kind, pairs):
    first = coding(schemas, {"utopia": [("s1", 0, 6)]}, actors=[{"actor_id": "utopia", "kind": "state"}])
    second = coding(schemas, {"utopia": [("s2", 0, 6)]}, actors=[{"actor_id": "utopia", "kind": kind}])
    assert compared(schemas, first, second).matching["actors"].pairs == pairs


def test_rows_without_a_sentence_are_no_units(schemas):
    first = coding(schemas, {}, actors=[{"actor_id": "known-from-elsewhere", "sentence_id": None}])
    assert not first.units["actors"]


def test_participants_are_matched_by_event_and_actor(schemas):
    def made(event, actor, role):
        return coding(
            schemas,
            {event: [("s1", 0, 10)], actor: [("s1", 0, 5)]},
            actors=[{"actor_id": actor, "kind": "state"}],
            events=[{"event_id": event}],
            participants=[{"event_id": event, "actor_id": actor, "role": role}],
        )

    comparison = compared(schemas, made("a", "utopia", "target"), made("x", "the-utopians", "affected"))
    assert comparison.matching["participants"].pairs == {"a/utopia": "x/the-utopians"}
    [(one, other)] = comparison.rows("participants")
    assert (one["role"], other["role"]) == ("target", "affected")


def test_ids_are_compared_in_translation(schemas):
    spans = {"a": [("s1", 0, 10)], "b": [("s1", 20, 30)], "x": [("s1", 0, 10)], "y": [("s1", 20, 30)]}
    first = coding(schemas, spans, events=[{"event_id": "a"}, {"event_id": "b", "part_of": "a"}])
    second = coding(schemas, spans, events=[{"event_id": "x"}, {"event_id": "y", "part_of": "x"}])
    rows = dict(zip("ab", compared(schemas, first, second).rows("events"), strict=True))
    assert rows["b"][0]["part_of"] == rows["b"][1]["part_of"] == "a"


def test_an_id_without_a_counterpart_equals_none(schemas):
    spans = {"a": [("s1", 0, 10)], "b": [("s1", 20, 30)], "c": [("s1", 40, 50)]}
    first = coding(schemas, spans, events=[{"event_id": "a", "part_of": "c"}])
    second = coding(schemas, spans, events=[{"event_id": "a", "part_of": "c"}, {"event_id": "c"}])
    [(one, other)] = compared(schemas, first, second).rows("events")
    assert one["part_of"] != other["part_of"]
