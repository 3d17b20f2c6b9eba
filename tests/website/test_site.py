import json
from urllib.parse import urlsplit

import pytest

from ceasefire_talks.package.record import record_key
from ceasefire_talks.validation.codes import registry
from ceasefire_talks.website.addresses import record_path
from documents import broken_links, read_site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def documents(site):
    return read_site(site)


def test_every_link_leads_somewhere(site, documents):
    assert broken_links(site, documents) == []


def test_ids_are_unique_on_every_page(documents):
    twice = {page: {i for i in d.ids if d.ids.count(i) > 1} for page, d in documents.items()}
    assert {page: ids for page, ids in twice.items() if ids} == {}


def test_pages_load_nothing_from_elsewhere(documents):
    assert [r for d in documents.values() for r in d.resources if urlsplit(r).netloc] == []


def test_every_row_has_its_anchor(documents, bundled):
    for table in bundled.tables:
        keys = {record_key(bundled, table, row) for row in bundled.records(table)}
        pages = [document for page, document in documents.items() if page.startswith(f"tables/{table}.")]
        assert keys <= {i for document in pages for i in document.ids}


def test_downloads_are_the_files_of_the_package(site, bundled):
    assert (site / "datapackage.json").read_bytes() == (bundled.root / "datapackage.json").read_bytes()
    for table in bundled.tables:
        assert (site / "data" / f"{table}.csv").read_bytes() == bundled.path(table).read_bytes()


def test_the_dictionary_has_every_field_and_the_codebook_every_code(documents, bundled):
    fields = {f"{table}.{name}" for table, schema in bundled.schemas.items() for name in schema.columns}
    codes = {f"{row['scheme']}/{row['code']}" for row in bundled.records("vocabulary")}
    assert fields <= set(documents["dictionary.html"].ids)
    assert codes <= set(documents["codebook.html"].ids)


def test_the_site_tells_no_machine_paths_and_hides_its_hook(site):
    assert not list(site.rglob("hooks.py"))
    assert not [p for p in site.rglob("*.html") if str(site.parent) in p.read_text("utf-8")]


def test_without_an_address_of_the_site_no_page_and_no_sitemap_makes_one_up(site):
    assert not list(site.glob("sitemap*"))
    assert "canonical" not in (site / "index.html").read_text("utf-8")


def test_every_record_has_its_page(documents, bundled):
    paths = {record_path(schema, record_key(bundled, table, row)) for table, schema in bundled.schemas.items()
             for row in bundled.records(table)}  # fmt: skip
    assert paths <= set(documents)


def test_every_rule_is_explained_with_lines_that_break_it(documents, site):
    assert set(registry()) <= set(documents["rules.html"].ids)
    assert (site / "rules.html").read_text("utf-8").count("<strong>Broken.</strong>") == len(registry())


def test_no_page_weighs_more_than_a_slow_network_bears(documents, site):
    for page, document in documents.items():
        own = [urlsplit(r).path for r in document.resources if "assets/" not in r]
        loaded = [(site / page).parent / path for path in own if path.endswith((".css", ".js"))]
        weight = sum(path.stat().st_size for path in {site / page, *loaded})
        assert weight <= 350_000, page


def test_the_search_index_has_the_records_by_name_and_stays_light(site, bundled):
    index = site / "search" / "search_index.json"
    entries = {entry["location"]: entry for entry in json.loads(index.read_text("utf-8"))["docs"]}
    for table, schema in bundled.schemas.items():
        if schema.label_field:
            for row in bundled.records(table):
                assert record_path(schema, record_key(bundled, table, row)) in entries
    assert "Litani" in entries["records/places/litani-river.html"]["title"]
    assert index.stat().st_size < 700_000
