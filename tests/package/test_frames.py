import pandas as pd
import pytest

from ceasefire_talks.package.errors import PackageError


def schema(type_, **field):
    return {
        "fields": [{"name": "id", "type": "string"}, {"name": "cell", "type": type_, **field}],
        "primaryKey": ["id"],
    }


def frame(make_package, type_, *texts, **field):
    rows = [[f"r-{n}", text] for n, text in enumerate(texts)]
    return make_package(things=(schema(type_, **field), rows)).frame("things")


@pytest.mark.parametrize(
    ("type_", "text", "dtype", "value"),
    [
        ("string", "001", "str", "001"),
        ("string", "NA", "str", "NA"),
        ("string", "null", "str", "null"),
        ("string", "two\nlines", "str", "two\nlines"),
        ("string", "1E5", "str", "1E5"),
        ("integer", "3544", "Int64", 3544),
        ("integer", "9223372036854775807", "Int64", 9223372036854775807),
        ("number", "8.5", "float64", 8.5),
        ("number", "-3", "float64", -3.0),
        ("boolean", "false", "boolean", False),
        ("boolean", "true", "boolean", True),
        ("date", "2024-11-20", "datetime64[s]", pd.Timestamp("2024-11-20")),
        ("date", "0622-07-16", "datetime64[s]", pd.Timestamp("0622-07-16")),
    ],
)
def test_dtypes_follow_the_schema(type_, text, dtype, value, make_package):
    column = frame(make_package, type_, text, "")["cell"]
    assert column.dtype == dtype
    assert column[0] == value
    assert pd.isna(column[1])


@pytest.mark.parametrize("type_", ["string", "integer", "number", "boolean", "date"])
def test_a_table_without_rows_has_its_dtypes(type_, make_package):
    filled = {"string": "a", "integer": "1", "number": "1", "boolean": "true", "date": "2024-01-01"}[type_]
    assert frame(make_package, type_)["cell"].dtype == frame(make_package, type_, filled)["cell"].dtype


def test_closed_lists_are_categoricals_with_every_code(make_package):
    column = frame(make_package, "string", "b", "", constraints={"enum": ["c", "b", "a"]})["cell"]
    assert list(column.cat.categories) == ["c", "b", "a"]
    assert not column.cat.ordered
    assert pd.isna(column[1])


def test_ranked_lists_are_ordered(make_package):
    column = frame(make_package, "string", "low", "high", constraints={"enum": ["low", "high"]}, categoriesOrdered=True)
    assert column["cell"].cat.ordered
    assert column["cell"].max() == "high"


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("integer", "0x1F"),
        ("integer", "+5"),
        ("integer", "1.0"),
        ("integer", "9223372036854775808"),
        ("number", "inf"),
        ("number", "1e5"),
        ("number", "1,5"),
        ("boolean", "True"),
        ("boolean", "1"),
        ("date", "2024-1-5"),
        ("date", "2023-02-29"),
    ],
)
def test_a_cell_of_another_type_is_an_error_and_never_a_gap(type_, text, make_package):
    with pytest.raises(PackageError, match=r"things\.csv: column cell: .* is not"):
        frame(make_package, type_, text)


def test_a_code_outside_its_list_is_an_error_and_never_a_gap(make_package):
    with pytest.raises(PackageError, match="column cell: 'z' is not a code of its closed list"):
        frame(make_package, "string", "a", "z", constraints={"enum": ["a"]})


def test_labels_stand_behind_ids_and_codes(make_package):
    people = {"fields": [{"name": "id"}, {"name": "name"}], "primaryKey": "id", "labelField": "name"}
    things = {
        "fields": [
            {"name": "id"},
            {"name": "owner"},
            {"name": "size", "constraints": {"enum": ["s"]}, "categories": [{"value": "s", "label": "Small"}]},
        ],
        "primaryKey": "id",
        "foreignKeys": [{"fields": ["owner"], "reference": {"resource": "people", "fields": ["id"]}}],
    }
    package = make_package(people=(people, [["p", "Pat"]]), things=(things, [["a", "p", "s"], ["b", "", ""]]))
    labelled = package.frame("things", labels=True)
    assert list(labelled) == ["id", "owner", "owner_label", "size", "size_label"]
    assert list(labelled.loc[0]) == ["a", "p", "Pat", "s", "Small"]
    assert labelled.loc[1, ["owner_label", "size_label"]].isna().all()
    assert labelled["owner_label"].dtype == labelled["size_label"].dtype == "str"


def test_labels_do_not_depend_on_the_rows(bundled):
    for table in bundled.tables:
        with_rows = bundled.frame(table, labels=True)
        assert list(with_rows) == list(with_rows.head(0))
    assert "actor_id_label" in bundled.frame("corroborations", labels=True)


def test_frames_and_records_say_the_same(bundled):
    for table in bundled.tables:
        typed = bundled.frame(table)
        for column in typed:
            cells = [None if pd.isna(cell) else cell for cell in typed[column]]
            plain = [record[column] for record in bundled.records(table)]
            assert [c.date() if isinstance(c, pd.Timestamp) else c for c in cells] == plain, f"{table}.{column}"
