import re
import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.publishing.exports.sql import gaps
from ceasefire_talks.publishing.exports.sqlite import SQLITE, glob_condition, sqlite_database

PATTERNS = ["^[A-Z]{3}$", "^Q[1-9][0-9]*$", "^ev-[0-9]{3,}$", "^[0-9a-f]{4}$", "^s1-[0-9a-f]{2}$", "^[a-z][a-z0-9_]*$"]


@pytest.fixture
def database(tricky):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(sqlite_database(tricky))
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def test_rows_and_values_are_those_of_the_tables(database, tricky):
    for table in tricky.tables:
        order = ", ".join(f'"{column}"' for column in tricky.schema(table).primary_key)
        found = database.execute(f'SELECT * FROM "{table}" ORDER BY {order}').fetchall()
        plain = [[v.isoformat() if isinstance(v, date) else v for v in row.values()] for row in tricky.records(table)]
        assert sorted(map(list, found), key=str) == sorted(plain, key=str)


def test_the_database_is_whole(database):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET type = 'party'",
        "UPDATE events SET event_id = 'ev-1' WHERE event_id = 'ev-001'",
        "UPDATE events SET date_min = '2024-02-30'",
        "UPDATE places SET latitude = 90.5",
        "UPDATE places SET latitude = NULL WHERE longitude IS NOT NULL",
        "UPDATE figures SET low = 'many'",
        "UPDATE figures SET cumulative = 2",
        'UPDATE evidence SET start = "end"',
        "UPDATE evidence SET actor_id = 'nobody', event_id = NULL",
        "UPDATE evidence SET event_id = NULL, actor_id = NULL WHERE event_id IS NOT NULL",
        "UPDATE evidence SET sentence_id = NULL",
        "UPDATE sentences SET reason = NULL WHERE outcome = 'context'",
        "DELETE FROM sources",
        "INSERT INTO participants SELECT * FROM participants LIMIT 1",
    ],
)
def test_what_the_definition_forbids_the_database_refuses(statement, database):
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)


def test_views_join_labels(database, tricky):
    names = {row["place_id"]: row["name"] for row in tricky.records("places")}
    rows = database.execute("SELECT place_id, place_id_label, type, type_label FROM events_labelled").fetchall()
    assert len(rows) == len(tricky.records("events"))
    labels = tricky.schema("events").field("type").labels
    assert all(row[1] == names.get(row[0]) and row[3] == labels[row[2]] for row in rows)


def test_full_text_search_finds_the_record(database, tricky):
    event = tricky.records("events")[0]
    word = max(re.findall(r"\w+", event["summary"]), key=len)
    found = database.execute('SELECT "table", record, "column" FROM search WHERE search MATCH ?', [word]).fetchall()
    assert ("events", event["event_id"], "summary") in found


def test_what_is_not_checked_is_said(released):
    assert "the pattern of source_id" in list(gaps(released.schema("sources"), SQLITE))
    assert "the rule date-agrees-with-bounds" in list(gaps(released.schema("events"), SQLITE))


@pytest.mark.parametrize(
    "pattern", ["^a|b$", "^(a)+$", "^[a-z]+[0-9]$", "^a?$", r"^\d$", "^[^a]$", "^a{1,2}$", "^.$", "^a*b$", ""]
)
def test_a_pattern_that_glob_cannot_say_is_left_out(pattern):
    assert glob_condition('"x"', pattern) is None


@given(st.data())
def test_a_glob_holds_for_exactly_the_texts_of_its_pattern(data):
    pattern = data.draw(st.sampled_from(PATTERNS))
    near = st.from_regex(pattern.removesuffix("$"), alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs"]))
    text = data.draw(near | st.from_regex(pattern, fullmatch=True) | st.text("evQsn-0129afAZ_*?[] "))
    condition = glob_condition("x", pattern)
    with sqlite3.connect(":memory:") as connection:
        (held,) = connection.execute(f"SELECT {condition} FROM (SELECT ? AS x)", [text]).fetchone()
    assert bool(held) == (re.fullmatch(pattern.strip("^$"), text) is not None)
