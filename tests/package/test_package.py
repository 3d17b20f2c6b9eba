import csv
from datetime import date

import pytest

from ceasefire_talks.package.errors import PackageError, UnknownNameError
from ceasefire_talks.package.package import Package

FIELDS = {
    "id": {"type": "string"},
    "n": {"type": "integer"},
    "x": {"type": "number"},
    "yes": {"type": "boolean"},
    "day": {"type": "date"},
}
SCHEMA = {"fields": [{"name": name, **field} for name, field in FIELDS.items()], "primaryKey": "id"}
ROW = ["a-1", "3", "8.5", "true", "2024-11-20"]


def test_records_are_typed(make_package):
    package = make_package(things=(SCHEMA, [ROW, ["a-2", "", "", "", ""]]))
    assert package.records("things") == [
        {"id": "a-1", "n": 3, "x": 8.5, "yes": True, "day": date(2024, 11, 20)},
        {"id": "a-2", "n": None, "x": None, "yes": None, "day": None},
    ]


@pytest.mark.parametrize("text", ["NA", "null", "None", "nan", "001", " a ", "two\nlines", 'a "quote"', "a,b", "é"])
def test_texts_come_back_as_they_are(text, make_package):
    package = make_package(things=(SCHEMA, [[text, "", "", "", ""]]))
    assert package.records("things")[0]["id"] == text


def test_callers_cannot_change_what_others_read(make_package):
    package = make_package(things=(SCHEMA, [ROW]))
    package.records("things")[0]["id"] = "changed"
    assert package.records("things")[0]["id"] == "a-1"


@pytest.mark.parametrize("missing", [["-"], [{"value": "-", "label": "not stated"}]])
def test_missing_values_are_those_of_the_schema(missing, make_package):
    package = make_package(things=({**SCHEMA, "missingValues": missing}, [["", "-", "1", "true", "2024-01-01"]]))
    assert package.records("things")[0] | {"x": 0, "yes": 0, "day": 0} == {
        "id": "",
        "n": None,
        "x": 0,
        "yes": 0,
        "day": 0,
    }


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "1.5", "", "", ""]],
        [["a", "1_000", "", "", ""]],
        [["a", "", "NaN", "", ""]],
        [["a", "", "", "yes", ""]],
        [["a", "", "", "", "2024-1-5"]],
        [["a", "", "", "", "2024-02-30"]],
        b"id,n,x,yes,day\na,1\n",
        b"id,n,x,yes,day\na,1,2,true,2024-01-01,more\n",
        b"id,n,x,yes,date\na,1,2,true,2024-01-01\n",
        b'id,n,x,yes,day\n"a,1,2,true,2024-01-01\n',
        b"id,n,x,yes,day\ncaf\xe9,,,,\n",
        b"\xef\xbb\xbfid,n,x,yes,day\na,,,,\n",
    ],
)
def test_a_table_that_cannot_be_read_names_its_file(rows, make_package):
    package = make_package(things=(SCHEMA, rows))
    with pytest.raises(PackageError, match=r"things\.csv.*ceasefire-talks check"):
        package.records("things")


def test_a_missing_file_is_a_package_error(make_package):
    package = make_package(things=(SCHEMA, [ROW]))
    package.path("things").unlink()
    with pytest.raises(PackageError, match=r"things\.csv"):
        package.records("things")
    with pytest.raises(PackageError, match=r"things\.csv"):
        package.frame("things")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", None])
def test_a_descriptor_that_cannot_be_read_is_a_package_error(content, tmp_path):
    if content is not None:
        (tmp_path / "datapackage.json").write_bytes(content)
    with pytest.raises(PackageError, match=r"datapackage\.json"):
        _ = Package(tmp_path).tables


def test_an_unknown_table_names_the_nearest(bundled):
    for ask in (bundled.records, bundled.frame, bundled.path, bundled.schema):
        with pytest.raises(UnknownNameError, match="no table 'event'; nearest is 'events'"):
            ask("event")


def test_nothing_is_near_to_nonsense(bundled):
    with pytest.raises(UnknownNameError) as caught:
        bundled.records("§§§")
    assert str(caught.value) == "no table '§§§'"


def test_the_bundled_package_has_every_table_and_row(bundled):
    for resource in bundled.descriptor["resources"]:
        with bundled.path(resource["name"]).open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) - 1 == resource["rows"] == len(bundled.records(resource["name"]))
