"""A report says what an engine left to the reference, and why."""

import json

import pytest

from ceasefire_talks.validation.run import check_package


@pytest.fixture
def package(tmp_path):
    def written(data, field=None, **resource):
        schema = {"fields": [{"name": "a", **(field or {})}]}
        resources = [{"name": "t", "path": "t.csv", "schema": schema, **resource}]
        (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}), "utf-8")
        (tmp_path / "t.csv").write_bytes(data)
        return tmp_path

    return written


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "a file is empty"),
        (b"\xef\xbb\xbfa\n1\n", "its first row may be no header"),
        (b'a\n"1"x\n', "a quote stands within a cell"),
        (b"a\n\xff\n", "it is not UTF-8"),
    ],
)
def test_a_file_in_doubt_is_read_row_by_row_and_the_report_says_why(package, data, reason):
    assert check_package(package(data), engine="polars").remarks == (f"table t read row by row: {reason}",)


def test_so_is_one_in_an_unusual_dialect_or_encoding(package):
    folder = package("a\né\n".encode("latin-1"), encoding="latin-1")
    (remark,) = check_package(folder, engine="polars").remarks
    assert "dialect, encoding or compression" in remark


def test_a_line_end_that_is_not_the_promised_one_is_a_doubt(package):
    folder = package(b"a\r\n1\r\n", dialect={"lineTerminator": "\n"})
    assert "end otherwise" in check_package(folder, engine="polars").remarks[0]


@pytest.mark.parametrize("field", [{"type": "time"}, {"constraints": {"pattern": r"\bx"}}])
def test_a_column_that_cannot_be_compiled_is_named(package, field):
    (remark,) = check_package(package(b"a\nx\n", field), engine="polars").remarks
    assert "column a judged by pandera" in remark


def test_a_sound_table_has_no_remark_and_the_text_shows_those_there_are(package):
    assert check_package(package(b"a\n1\n"), engine="polars").remarks == ()
    assert "read row by row" in str(check_package(package(b""), engine="polars"))
