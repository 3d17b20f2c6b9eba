import csv
import io

from ceasefire_talks.publishing.exports.labelled import labelled_tables


def read(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_the_cells_are_those_of_the_table(tricky):
    for table, data in labelled_tables(tricky).items():
        with tricky.path(table).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [{column: row[column] for column in rows[0]} for row in read(data)] == rows


def test_labels_stand_behind_ids_and_codes(released):
    events = read(labelled_tables(released)["events"])
    assert list(events[0])[:4] == ["event_id", "summary", "type", "type_label"]
    names = {row["place_id"]: row["name"] for row in released.records("places")}
    assert {(row["place_id"], row["place_id_label"]) for row in events if row["place_id"]} <= set(names.items())
    assert all(row["place_id_label"] == "" for row in events if not row["place_id"])


def test_a_table_without_labels_has_no_copy(released):
    assert "changes" not in labelled_tables(released)
