"""The published codings, their agreement and their adjudication, against each other and against the tables."""

import pytest

import ceasefire_talks as ct
from ceasefire_talks.package.record import cell_text, record_key
from ceasefire_talks.reliability.coding import read_coding
from ceasefire_talks.reliability.run import agreement_rows, disagreement_rows, drift
from ceasefire_talks.schema.definition import CODED_TABLES
from ceasefire_talks.text.normalise import decode, normalise
from codings import compared

pytestmark = pytest.mark.usefixtures("checkout")

OF_TABLE = ("table", "first_id", "second_id", "column", "first", "second")


def keyed(package, table):
    return {record_key(package, package.in_coding(table, None), row): row for row in package.records(table)}


@pytest.fixture(scope="module")
def folders(bundled):
    return {name: bundled.path(bundled.in_coding("events", name)).parent for name in ("first", "second")}


@pytest.fixture(scope="module")
def found(bundled):
    return disagreement_rows(bundled)


@pytest.fixture(scope="module")
def adjudicated(bundled):
    return [{name: cell_text(value) for name, value in row.items()} for row in bundled.records("adjudication")]


def test_the_agreement_table_is_what_the_codings_give(bundled):
    assert drift(agreement_rows(bundled), bundled.records("agreement")) == []


def test_every_disagreement_is_adjudicated_and_nothing_else(found, adjudicated):
    def cells(rows):
        return [tuple(row[name] for name in OF_TABLE) for row in rows]

    assert cells(adjudicated) == cells(found)


def test_every_ruling_on_a_cell_is_what_the_tables_say(bundled, adjudicated):
    tables = {table: keyed(bundled, table) for table in CODED_TABLES}
    of_cells = [row for row in adjudicated if row["column"]]
    assert of_cells
    for row in of_cells:
        assert cell_text(tables[row["table"]][row["first_id"]][row["column"]]) == row["final"], row["adjudication_id"]


def test_every_ruling_on_a_row_is_what_the_tables_say(bundled, adjudicated):
    of_rows = [row for row in adjudicated if not row["column"]]
    assert of_rows
    for row in of_rows:
        known = keyed(bundled, row["table"])
        assert not row["final"] or row["final"] in known, row["adjudication_id"]
        if row["first_id"]:
            still_there = any(key == row["first_id"] or key.startswith(row["first_id"] + "/") for key in known)
            assert still_there == bool(row["final"]), row["adjudication_id"]


def test_a_ruling_for_one_coding_has_its_value(adjudicated):
    references = {"part_of", "place_id", "event_id", "actor_id"}
    for row in adjudicated:
        if row["column"] and row["ruling"] in ("first", "second") and row["column"] not in references:
            assert row["final"] == row[row["ruling"]], row["adjudication_id"]
        if row["ruling"] == "neither":
            assert row["final"] not in (row["first"], row["second"]), row["adjudication_id"]
        if row["ruling"] == "both":
            assert row["codebook_sharpened"] == "true", row["adjudication_id"]


@pytest.mark.parametrize("table", CODED_TABLES)
def test_whatever_differs_from_the_first_coding_is_in_the_change_ledger(bundled, table):
    first = bundled.in_coding(table, "first")
    before = {record_key(bundled, first, row): row for row in bundled.records(first)}
    now = keyed(bundled, table)
    logged = {(row["record"].removeprefix(f"{table}/"), row["column"]) for row in bundled.records("changes")}
    added = {(key, None) for key in now.keys() ^ before.keys()}
    changed = {
        (key, column) for key in now.keys() & before for column in now[key] if now[key][column] != before[key][column]
    }
    assert added | changed <= logged


@pytest.mark.parametrize("name", ["first", "second"])
def test_a_coding_agrees_with_itself_in_everything(bundled, folders, name):
    rows = agreement_rows(bundled, folders[name], folders[name])
    assert {row["value"] for row in rows} == {1.0, None}
    assert disagreement_rows(bundled, folders[name], folders[name]) == []


def test_swapping_the_codings_swaps_precision_and_recall(bundled, folders):
    schemas = bundled.schemas
    one, other = (read_coding(folders[name], schemas) for name in ("first", "second"))
    there, back = compared(schemas, one, other), compared(schemas, other, one)
    for table, match in there.matching.items():
        assert {second: first for first, second in match.pairs.items()} == dict(back.matching[table].pairs)


def test_codings_are_loaded_by_name_and_are_no_tables():
    second = ct.load("events", coding="second", labels=True)
    assert len(second) == 45
    assert second["type"].dtype == "category"
    assert second.loc[second["event_id"] == "ev-006", "sentence_id_label"].notna().all()
    assert not [name for name in ct.tables() if "-" in name]
    assert ct.tables()[-2:] == ["agreement", "adjudication"]


@pytest.mark.parametrize(
    ("table", "coding", "message"),
    [
        ("events", "secnd", "no coding 'secnd'; nearest is 'second'"),
        ("event", "second", "no table of the coding 'second' 'event'; nearest is 'events'"),
        ("changes", "second", "no table of the coding 'second' 'changes'"),
        ("event", None, "no table 'event'; nearest is 'events'"),
    ],
)
def test_an_unknown_coding_or_table_gets_the_nearest(table, coding, message):
    with pytest.raises(KeyError) as error:
        ct.load(table, coding=coding)
    assert str(error.value).startswith(message)


VERBATIM = {
    "described_as": ("actors", "actor_id"),
    "quote": ("positions", "position_id"),
    "value_text": ("figures", "figure_id"),
}


@pytest.mark.parametrize("coding", ["first", "second"])
def test_verbatim_cells_of_a_coding_are_the_words_of_their_spans(bundled, coding, source_text):
    document = normalise(decode(source_text("dazzlingdawn-20241120")))
    starts = {row["sentence_id"]: row["start"] for row in bundled.records("sentences")}
    for evidence in bundled.records(bundled.in_coding("evidence", coding)):
        if evidence["column"] in VERBATIM:
            table, key = VERBATIM[evidence["column"]]
            row = next(r for r in bundled.records(bundled.in_coding(table, coding)) if r[key] == evidence[key])
            start = starts[evidence["sentence_id"]]
            words = document[start + evidence["start"] : start + evidence["end"]]
            assert words == row[evidence["column"]], evidence["evidence_id"]
