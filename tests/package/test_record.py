import pytest

from ceasefire_talks.package.errors import AmbiguousIdError, UnknownNameError
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.record import cell_text, find, record_key
from packages import FICTIONAL

ID = {"fields": [{"name": "actor_id"}, {"name": "name"}], "primaryKey": "actor_id", "labelField": "name"}
PLACE = {"fields": [{"name": "place_id"}, {"name": "name"}], "primaryKey": "place_id", "labelField": "name"}
EVENT = {
    "fields": [
        {"name": "event_id"},
        {"name": "actor_id"},
        {"name": "n", "type": "number"},
        {"name": "sure", "type": "boolean"},
        {"name": "type", "categories": [{"value": "talks", "label": "Talks between sides"}]},
        {"name": "note"},
    ],
    "primaryKey": "event_id",
    "foreignKeys": [{"fields": ["actor_id"], "reference": {"resource": "actors", "fields": ["actor_id"]}}],
}
SENTENCE_FIELDS = ["sentence_id", "source_id", "paragraph", "sentence", "kind", "start", "topic"]
SENTENCES = {
    "fields": [
        {"name": n, "type": "integer" if n in {"paragraph", "sentence", "start"} else "string"} for n in SENTENCE_FIELDS
    ],
    "primaryKey": "sentence_id",
}
EVIDENCE_FIELDS = [
    "evidence_id", "event_id", "column", "sentence_id", "start", "end", "support", "attribution", "attributed_to",
]  # fmt: skip
EVIDENCE = {
    "fields": [{"name": n, "type": "integer" if n in {"start", "end"} else "string"} for n in EVIDENCE_FIELDS],
    "primaryKey": "evidence_id",
}
SOURCES = {"fields": [{"name": "source_id"}, {"name": "derived_from"}], "primaryKey": "source_id"}
CORROBORATIONS = {
    "fields": [{"name": n} for n in ("corroboration_id", "event_id", "actor_id", "source_id", "verdict", "summary")],
    "primaryKey": "corroboration_id",
}
CHANGES = {
    "fields": [{"name": n} for n in ("change_id", "record", "column", "old", "new", "reason", "version")],
    "primaryKey": "change_id",
}

SHEET = """\
events ev-001  [other reports: confirmed by 1]
  event_id  ev-001
  actor_id  the-state  (Israel)
  n         13
  sure      false
  type      talks  (Talks between sides)
evidence
  ed-1  row  doc-p01-s2[3:9]  states, narrator; sentence on: A topic
  ed-2  n  doc-p01-s2[3:5]  implies, reported-speech of israel; sentence on: A topic
other reports
  confirms (other): Says the same.
changes
  0.2.0 n: empty -> 13: Was missing."""


@pytest.fixture
def package(make_package):
    return make_package(
        actors=(ID, [["israel", "Israel"], ["the-state", "Israel"], ["hamas", "Hamas"]]),
        places=(PLACE, [["israel", "Israel"], ["beirut", "Beirut"]]),
        events=(EVENT, [["ev-001", "the-state", "13", "false", "talks", ""], ["ev-002", "", "", "", "", "x"]]),
        sources=(SOURCES, [["doc", ""], ["other", ""]]),
        sentences=(SENTENCES, [["doc-p01-s2", "doc", "1", "2", "body", "40", "A topic"]]),
        evidence=(
            EVIDENCE,
            [
                ["ed-1", "ev-001", "", "doc-p01-s2", "3", "9", "states", "narrator", ""],
                ["ed-2", "ev-001", "n", "doc-p01-s2", "3", "5", "implies", "reported-speech", "israel"],
            ],
        ),
        corroborations=(CORROBORATIONS, [["co-1", "ev-001", "", "other", "confirms", "Says the same."]]),
        changes=(
            CHANGES,
            [
                ["ch-1", "ev-001", "n", "", "13", "Was missing.", "0.2.0"],
                ["ch-2", "places/israel", "name", "a", "b", "Of the place.", "0.2.0"],
            ],
        ),
    )


def test_a_sheet_has_cells_labels_evidence_reports_and_changes(package):
    assert str(find(package, "ev-001")) == SHEET


def test_evidence_is_placed_in_the_document(package):
    first = find(package, "ev-001").evidence[0]
    assert (first["document_start"], first["document_end"]) == (43, 49)
    assert (first["source_id"], first["paragraph"], first["sentence"]) == ("doc", 1, 2)


def test_an_evidence_row_shows_itself(package):
    assert [row["evidence_id"] for row in find(package, "ed-2").evidence] == ["ed-2"]


def test_a_slug_of_two_tables_is_ambiguous(package):
    with pytest.raises(AmbiguousIdError, match="'actors/israel' or 'places/israel'"):
        find(package, "israel")
    assert find(package, "places/israel").table == "places"


def test_a_change_of_an_ambiguous_id_belongs_to_its_table_alone(package):
    assert [change["change_id"] for change in find(package, "places/israel").changes] == ["ch-2"]
    assert find(package, "actors/israel").changes == []


@pytest.mark.parametrize(("asked", "nearest"), [("ev-01", "ev-001"), ("beirutt", "beirut")])
def test_an_unknown_id_names_the_nearest(asked, nearest, package):
    with pytest.raises(UnknownNameError, match=f"no record '{asked}'; nearest is '{nearest}'"):
        find(package, asked)


def test_every_bundled_record_can_be_shown_by_its_full_id(bundled):
    for table in bundled.tables:
        for row in bundled.records(table):
            record = find(bundled, f"{table}/{record_key(bundled, table, row)}")
            assert (record.table, record.row) == (table, row)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (3, "3"),
        (13.0, "13"),
        (8.5, "8.5"),
        (1200000.0, "1200000"),
        (1e-7, "0.0000001"),
        ("a", "a"),
    ],
)
def test_cells_are_written_as_in_the_file(value, text):
    assert cell_text(value) == text


def test_a_withdrawn_record_is_explained():
    record = find(Package(FICTIONAL), "ev-010")
    assert (record.table, record.id, record.row) == ("events", "ev-010", {})
    assert str(record).splitlines() == [
        "events ev-010  [withdrawn in 0.1.1: It was the same as ev-009.]",
        "changes",
        "  0.1.1 row: Withdrawn row -> empty: It was the same as ev-009.",
    ]
    assert find(Package(FICTIONAL), "events/ev-010").table == "events"


def test_a_changed_record_is_not_withdrawn():
    record = find(Package(FICTIONAL), "fi-002")
    assert record.row["low"] == 12
    assert [change["reason"] for change in record.changes] == ["Misread."]
