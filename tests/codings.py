"""Small codings, written in a line."""

from ceasefire_talks.reliability.coding import make_coding
from ceasefire_talks.reliability.columns import columns_by_table
from ceasefire_talks.reliability.comparison import compare
from ceasefire_talks.schema.definition import CODED_TABLES

KEYS = {"actors": "actor_id", "places": "place_id", "events": "event_id"}


def coding(schemas, spans, **tables):
    """A coding: rows by table as dicts, and `spans` by id, each `(sentence, start, end)`."""
    rows = {
        table: [dict.fromkeys(schemas[table].columns) | {"sentence_id": "s1"} | row for row in tables.get(table, [])]
        for table in CODED_TABLES
    }
    for table, key in KEYS.items():
        for row in rows[table]:
            for sentence, start, end in spans.get(row[key], ()):
                blank = dict.fromkeys(schemas["evidence"].columns)
                place = {"sentence_id": sentence, "start": start, "end": end}
                rows["evidence"].append(blank | place | {key: row[key]})
    return make_coding(rows)


def compared(schemas, first, second, sentences=("s1",)):
    return compare(first, second, columns_by_table(schemas), sentences)
