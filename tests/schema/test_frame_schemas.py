import pandas as pd
import pandera.pandas as pa
import pytest

import ceasefire_talks as ct
from ceasefire_talks.package.package import Package
from ceasefire_talks.schema.frames import frame_schemas
from packages import FICTIONAL

PACKAGE = Package(FICTIONAL)
SCHEMAS = frame_schemas(PACKAGE.schemas)


def faults(table, frame):
    with pytest.raises(pa.errors.SchemaErrors) as errors:
        SCHEMAS[table].validate(frame, lazy=True)
    cases = errors.value.failure_cases
    return set(zip(cases["column"], cases["check"], cases["index"], strict=True))


@pytest.mark.parametrize("table", PACKAGE.tables)
def test_frames_of_load_are_valid_and_come_back_as_they_were(table):
    frame = PACKAGE.frame(table)
    pd.testing.assert_frame_equal(SCHEMAS[table].validate(frame, lazy=True), frame)


@pytest.mark.parametrize("table", PACKAGE.tables)
def test_frames_of_plain_read_csv_are_cast_to_those_of_load(table):
    frame = pd.read_csv(PACKAGE.path(table))
    as_texts = pd.read_csv(PACKAGE.path(table), dtype="str", keep_default_na=False)
    if table == "changes":  # `old` and `new` hold digits alone, which read_csv takes for numbers
        frame = frame.astype({"old": "str", "new": "str"}).assign(new=["12", None])
    for given in (frame, as_texts, as_texts.astype(object)):
        pd.testing.assert_frame_equal(SCHEMAS[table].validate(given, lazy=True), PACKAGE.frame(table))


def test_the_release_is_valid():
    for table in ct.tables():
        ct.schemas[table].validate(ct.load(table), lazy=True)


def test_schemas_are_built_once_and_named_after_the_tables():
    assert list(ct.schemas) == ct.tables()
    assert len(ct.schemas) == len(ct.tables())
    assert ct.schemas["events"] is ct.schemas["events"]
    assert ct.schemas["events"].name == "events"
    with pytest.raises(KeyError):
        ct.schemas["evnts"]


def test_labels_may_stand_beside():
    SCHEMAS["events"].validate(PACKAGE.frame("events", labels=True), lazy=True)


def test_no_fault_hides_another():
    frame = PACKAGE.frame("figures").astype(object)
    frame.loc[0, "low"] = "2,0"
    frame.loc[1, "low"] = "twelve"
    frame.loc[1, "qualifier"] = "roughly"
    frame.loc[3, "measure"] = None
    found = faults("figures", frame)
    assert {(column, row) for column, _, row in found} == {("low", 0), ("low", 1), ("qualifier", 1), ("measure", 3)}
    assert ("low", "not a number such as 42 or 8.5", 0) in found


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "check"),
    [
        ("events", "date_min", 0, "2031-3-13", "type"),
        ("events", "date_min", 0, "2031-02-30", "type"),
        ("events", "status", 0, "over", "enum"),
        ("events", "event_id", 0, "event-1", "pattern"),
        ("events", "summary", 0, None, "not_nullable"),
        ("events", "summary", 0, "", "not_nullable"),
        ("events", "event_id", 1, "ev-001", "primaryKey"),
        ("events", "date_precision", 1, "range", "date-agrees-with-bounds"),
        ("sentences", "position", 1, 1, "uniqueKey"),
        ("sentences", "words", 0, 2.5, "type"),
        ("sentences", "start", 0, -1, "minimum"),
        ("places", "latitude", 1, float("inf"), "type"),
        ("places", "latitude", 1, 95.5, "maximum"),
        ("places", "latitude", 1, None, "both-coordinates-or-neither"),
        ("figures", "cumulative", 0, "False", "type"),
        ("figures", "low", 2, 319, "bounds-in-order"),
    ],
)
def test_each_kind_of_fault_is_found(table, column, row, value, check):
    frame = PACKAGE.frame(table).astype(object)
    frame.loc[row, column] = value
    with pytest.raises(pa.errors.SchemaErrors) as errors:
        SCHEMAS[table].validate(frame, lazy=True)
    found = [error.check if isinstance(error.check, str) else error.check.name for error in errors.value.schema_errors]
    assert check in found
    rows = {int(index) for index in errors.value.failure_cases["index"].dropna()}
    assert row in rows


def test_a_row_whose_cell_has_failed_its_type_is_not_reported_a_second_time():
    frame = PACKAGE.frame("events").astype(object)
    frame.loc[0, "date_min"] = "13 March"
    with pytest.raises(pa.errors.SchemaErrors) as errors:
        SCHEMAS["events"].validate(frame, lazy=True)
    assert [error.check.name for error in errors.value.schema_errors] == ["type"]


def test_a_missing_column_is_reported_once():
    frame = PACKAGE.frame("events").drop(columns="date_min")
    with pytest.raises(pa.errors.SchemaErrors) as errors:
        SCHEMAS["events"].validate(frame, lazy=True)
    found = [(error.reason_code.name, error.failure_cases) for error in errors.value.schema_errors]
    assert found == [("COLUMN_NOT_IN_DATAFRAME", "date_min")]


def test_the_users_own_frame_is_left_as_it_was():
    frame = pd.read_csv(PACKAGE.path("figures"))
    before = frame.copy(deep=True)
    SCHEMAS["figures"].validate(frame, lazy=True)
    pd.testing.assert_frame_equal(frame, before)
