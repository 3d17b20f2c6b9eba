import io

import pyarrow.parquet as pq
import pytest

from ceasefire_talks.publishing.exports.parquet import parquet_tables


@pytest.fixture(scope="module")
def tables(tricky):
    return {name: pq.read_table(io.BytesIO(data)) for name, data in parquet_tables(tricky).items()}


def test_rows_are_those_of_the_tables(tables, tricky):
    assert {name: table.to_pylist() for name, table in tables.items()} == {t: tricky.records(t) for t in tricky.tables}


def test_columns_have_their_types_and_say_what_they_are(tables, tricky):
    schema = tables["figures"].schema
    assert [str(schema.field(c).type) for c in ("figure_id", "low", "cumulative")] == ["string", "double", "bool"]
    assert str(tables["events"].schema.field("date_min").type) == "date32[day]"
    assert not schema.field("figure_id").nullable
    described = schema.field("low").metadata[b"description"].decode("utf-8")
    assert described == tricky.schema("figures").field("low").description


def test_a_file_carries_version_and_licence(tables, tricky):
    metadata = tables["events"].schema.metadata
    assert metadata[b"version"].decode() == tricky.descriptor["version"]
    assert metadata[b"licence"].decode() == tricky.descriptor["licenses"][0]["name"]
