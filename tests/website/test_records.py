import pytest

from ceasefire_talks.publishing.citation import cite_subset
from ceasefire_talks.publishing.citation.subset import select
from ceasefire_talks.schema.model import TableSchema
from ceasefire_talks.website.addresses import record_path
from ceasefire_talks.website.records import MOST_ABOUT, MOST_MENTIONS, Records

NUMBERED = {"fields": [{"name": "ev_id", "constraints": {"pattern": "^ev-[0-9]{3,}$"}}], "primaryKey": "ev_id"}
SLUGS = {"fields": [{"name": "thing_id"}, {"name": "url"}, {"name": "note"}], "primaryKey": "thing_id"}
PARTS = {
    "fields": [{"name": "part_id"}, {"name": "thing_id"}],
    "primaryKey": "part_id",
    "foreignKeys": [{"fields": "thing_id", "reference": {"resource": "things", "fields": "thing_id"}}],
}
CHANGES = {
    "fields": [{"name": n} for n in ("change_id", "record", "column", "old", "new", "reason", "version")],
    "primaryKey": "change_id",
}


@pytest.fixture(scope="module")
def found(bundled):
    return {path: gather() for path, gather in Records(bundled).pages()}


def with_meta(package):
    package.descriptor.update(title="t", version="1", created="2024")
    return package


@pytest.mark.parametrize(
    ("schema", "record", "path"),
    [
        (NUMBERED, "ev-014", "records/ev-014.html"),
        (SLUGS, "litani-river", "records/things/litani-river.html"),
        (SLUGS, "ev-014/hezbollah/target", "records/things/ev-014~hezbollah~target.html"),
        (SLUGS, "../x", "records/things/_2e.~x.html"),
        (SLUGS, "a_b é\\%", "records/things/a_5fb_20_c3_a9_5c_25.html"),
    ],
)
def test_addresses_are_safe_and_stable(schema, record, path):
    assert record_path(TableSchema.from_descriptor("things", schema), record) == path


def test_every_record_has_a_page_of_its_own(found, bundled):
    assert len(found) >= sum(len(bundled.records(table)) for table in bundled.tables)
    assert "records/ev-014.html" in found


def test_a_page_gathers_what_is_said_of_its_record(found):
    event = found["records/ev-002.html"]
    assert {m.table for m in event.mentions} >= {"participants", "events", "figures"}
    assert all(row.cells["event_id"].text == "ev-002" for row in event.evidence)
    assert {field.name for field in event.empty} >= {"place_id"}
    assert found["records/fi-018.html"].reports
    assert found["records/actors/lebanon.html"].changes


def test_the_citation_is_the_one_that_the_program_gives(found, bundled):
    for name, path in [("ev-014", "records/ev-014.html"), ("actors/israel", "records/actors/israel.html")]:
        whole = cite_subset(bundled, select(bundled, [name]), "apa")
        assert whole.startswith(found[path].citation.strip())


def test_a_withdrawn_record_keeps_its_address_and_says_why(make_package):
    gone = ["ch-1", "things/b", "", "b", "", "Was twice there.", "2"]
    package = with_meta(make_package(things=(SLUGS, [["a", "", ""]]), changes=(CHANGES, [gone])))
    pages = {path: gather() for path, gather in Records(package).pages()}
    assert pages["records/things/b.html"].withdrawn["reason"] == "Was twice there."


def test_many_mentions_are_counted_not_listed(make_package):
    parts = [[f"p{n:04}", "a"] for n in range(MOST_MENTIONS + 5)]
    package = with_meta(make_package(things=(SLUGS, [["a", "", ""]]), parts=(PARTS, parts)))
    pages = dict(Records(package).pages())
    (group,) = pages["records/things/a.html"]().mentions
    assert (group.count, len(group.first)) == (MOST_MENTIONS + 5, MOST_MENTIONS)


def test_sources_sentences_and_evidence_lead_to_the_article(found, bundled):
    sentence, evidence = bundled.records("sentences")[0]["sentence_id"], bundled.records("evidence")[0]["evidence_id"]
    page = "articles/dazzlingdawn-20241120.html"
    assert found["records/sources/dazzlingdawn-20241120.html"].in_article == page
    assert found[f"records/sentences/{sentence}.html"].in_article == f"{page}#{sentence}"
    assert found[f"records/{evidence}.html"].in_article == f"{page}#{evidence}"
    assert found["records/ev-001.html"].in_article == ""


def test_very_much_evidence_is_counted_not_listed(bundled):
    records = Records(bundled)
    records.rows["evidence"] *= 100
    (page,) = [gather() for path, gather in records.pages() if path == "records/ev-001.html"]
    assert len(page.evidence) == MOST_ABOUT
    assert page.counts[0] == 100 * len([r for r in bundled.records("evidence") if r["event_id"] == "ev-001"])
