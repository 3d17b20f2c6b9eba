from ceasefire_talks.reliability.coding import Span, make_coding
from ceasefire_talks.schema.definition import CODED_TABLES


def made(bundled, **tables):
    blank = {table: dict.fromkeys(bundled.schema(table).columns) for table in CODED_TABLES}
    return make_coding({table: [blank[table] | row for row in tables.get(table, [])] for table in CODED_TABLES})


def test_a_row_rests_on_its_own_evidence_not_on_that_of_its_cells(bundled):
    span = {"event_id": "a", "sentence_id": "s1", "start": 0, "end": 5}
    coding = made(bundled, evidence=[span, span | {"column": "date", "start": 9, "end": 12}])
    assert coding.spans["events"] == {"a": [Span("s1", 0, 5)]}


def test_a_sentence_is_coded_where_it_supports_anything(bundled):
    span = {"event_id": "a", "column": "date", "sentence_id": "s2", "start": 0, "end": 5}
    assert made(bundled, evidence=[span]).coded == {"s2"}


def test_an_actor_with_two_roles_in_an_event_is_one_participant(bundled):
    rows = [{"event_id": "a", "actor_id": "x", "role": role, "sentence_id": "s1"} for role in ("target", "initiator")]
    assert made(bundled, participants=rows).units["participants"]["a/x"]["role"] == "initiator+target"
