from ceasefire_talks.schema.codings import coding_schema
from ceasefire_talks.schema.definition import CODED_TABLES, coding_resource, is_of_coding, table_schema

VOCABULARY = [{"scheme": "events.type", "code": "attack", "rank": 0, "label": "Attack"}]


def blank(**cells):
    return dict.fromkeys((field["name"] for field in table_schema("events", [])["fields"]), "") | cells


def field(schema, name):
    return next(field for field in schema["fields"] if field["name"] == name)


def test_keys_of_a_coding_point_within_it():
    keys = {
        key["fields"][0]: key["reference"]["resource"]
        for key in coding_schema("events", "third", [], [])["foreignKeys"]
    }
    assert keys == {"place_id": "third-places", "part_of": "third-events", "sentence_id": "sentences"}


def test_a_closed_list_is_kept_while_the_coding_keeps_to_it():
    schema = coding_schema("events", "third", VOCABULARY, [blank(type="attack")])
    assert field(schema, "type")["constraints"]["enum"] == ["attack"]


def test_a_closed_list_is_left_out_where_the_coding_has_another_code():
    schema = coding_schema("events", "third", VOCABULARY, [blank(type="skirmish")])
    assert "enum" not in field(schema, "type")["constraints"]
    assert "categories" not in field(schema, "type")


def test_resources_of_codings_are_known_by_their_name():
    assert is_of_coding(coding_resource("events", "third"))
    assert not any(map(is_of_coding, (*CODED_TABLES, "sentences", "adjudication")))
