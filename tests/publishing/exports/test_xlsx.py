import io
from datetime import date, datetime

import openpyxl
import pytest

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.publishing.exports.xlsx import workbook


@pytest.fixture(scope="module")
def book(tricky):
    return openpyxl.load_workbook(io.BytesIO(workbook(tricky)))


def at_midnight(value):
    return datetime.combine(value, datetime.min.time()) if isinstance(value, date) else value


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_cells_have_the_values_and_types_of_the_tables(book, tricky):
    for table in tricky.tables:
        expected = [[at_midnight(value) for value in row.values()] for row in tricky.records(table)]
        assert values(book[table]) == expected


def test_no_cell_is_a_formula_and_texts_stay_texts(book):
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= set("nsbd")
    notes = {cell.value: cell.number_format for row in book["evidence"].iter_rows() for cell in row if cell.value}
    assert notes["007"] == notes["=1+1"] == "@"


def test_headers_are_frozen_and_bold(book, tricky):
    for table in tricky.tables:
        assert book[table].freeze_panes == "A2"
        assert [cell.value for cell in book[table][1]] == list(tricky.schema(table).columns)


def test_the_dictionary_has_every_column_and_the_codes_every_code(book, tricky):
    columns = {(row[0], row[1]) for row in values(book["columns"])}
    assert columns == {(table, column) for table in tricky.tables for column in tricky.schema(table).columns}
    codes = {tuple(row[:3]) for row in values(book["codes"])}
    assert {("events", "type", code) for code in tricky.schema("events").field("type").labels} <= codes


def small(make_package, type_, text):
    package = make_package(t=({"fields": [{"name": "x", "type": type_}]}, [[text]]))
    package.descriptor.update(title="T", version="1.0.0", created="2024-01-01", description="d", licenses=[])
    package.descriptor["contributors"] = []
    return package


@pytest.mark.parametrize(
    ("type_", "text", "cell"),
    [
        ("date", "1899-12-31", "1899-12-31"),
        ("date", "1900-03-01", at_midnight(date(1900, 3, 1))),
        ("integer", "9007199254740993", "9007199254740993"),
        ("integer", "999999999999999", 999999999999999),
        ("string", "x" * 32767, "x" * 32767),
    ],
)
def test_what_excel_cannot_hold_exactly_is_text(type_, text, cell, make_package):
    book = openpyxl.load_workbook(io.BytesIO(workbook(small(make_package, type_, text))))
    assert book["t"]["A2"].value == cell


def test_a_text_that_no_cell_can_hold_is_an_error_and_not_cut(make_package):
    with pytest.raises(PackageError, match="32767"):
        workbook(small(make_package, "string", "x" * 32768))
