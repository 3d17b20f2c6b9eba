# The CHECKs of the SQL files and the row rules of `check` are two forms of one definition: one verdict on every row.

import sqlite3
from itertools import islice, product

import pandas as pd
import pytest

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports.sql import create_table
from ceasefire_talks.publishing.exports.sqlite import SQLITE
from ceasefire_talks.schema import rules
from ceasefire_talks.schema.columns import read
from ceasefire_talks.schema.model import TableSchema

CHECKED = ("exactly-one", "both-or-neither", "ordered", "required-when", "required-unless", "empty-when", "equal-when")
CASES = [
    pytest.param(schema, rule, id=f"{schema.name}-{rule.name}")
    for schema in Package().schemas.values()
    for rule in schema.row_rules
    if rule.kind in CHECKED
]
VALUES = {"string": ["p", "q"], "integer": ["1", "2"], "number": ["1.5", "2"], "date": ["2024-01-01", "2024-01-02"]}
MOST_ROWS = 600


def bare(field):
    return {"name": field.name, "type": field.type}


def choices(field, rule):
    named = rule.descriptor.get("when", {}).get(field.name, [])
    return [None, *named, *VALUES[field.type]]


@pytest.mark.parametrize(("schema", "rule"), CASES)
def test_sql_and_narwhals_give_one_verdict(schema, rule):
    fields = [schema.field(name) for name in rule.involved]
    alone = {"fields": [bare(field) for field in fields], "rowRules": [dict(rule.descriptor)]}
    table = TableSchema.from_descriptor("rows", alone)
    rows = list(islice(product(*(choices(field, rule) for field in fields)), MOST_ROWS))
    texts = pd.DataFrame(rows, columns=[field.name for field in fields], dtype="str")
    frame = pd.DataFrame({field.name: read(texts[field.name], field, ("",))[0] for field in table.fields})
    answers = rules.holds(rule, frame)
    in_order = [all(bool(column.iloc[row]) for column in answers.values()) for row in range(len(rows))]
    assert set(in_order) == {True, False}
    assert [accepted(table, row) for row in rows] == in_order


def accepted(table, row):
    database = sqlite3.connect(":memory:")
    database.execute(create_table(table, SQLITE, foreign_keys=False))
    types = {"integer": int, "number": float}
    values = [None if v is None else types.get(f.type, str)(v) for f, v in zip(table.fields, row, strict=True)]
    try:
        database.execute(f"INSERT INTO rows VALUES ({', '.join('?' * len(values))})", values)
    except sqlite3.IntegrityError:
        return False
    finally:
        database.close()
    return True
