from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from ceasefire_talks.commands import modules, parser
from ceasefire_talks.website.cells import table_rows
from ceasefire_talks.website.pages import pages
from ceasefire_talks.website.templating import code_spans

EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</table></div><h1>x",
    "**bold** [link](javascript:alert(1)) {: .x }",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;",
    "<!-- a -->",
    "javascript:alert(1)",
    "`code`",
]
VOCABULARY = {
    "fields": [{"name": n} for n in ("scheme", "code", "label", "definition", "include", "exclude", "plover",
                                     "plover_match", "acled", "acled_match")],
    "primaryKey": ["scheme", "code"],
}  # fmt: skip
THINGS = {"fields": [{"name": "thing_id"}, {"name": "url"}, {"name": "note"}], "primaryKey": "thing_id"}


class Cells(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.hrefs, self.text = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.hrefs += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def evil_page(make_package):
    def make(text):
        package = make_package(
            things=(THINGS, [[text, text, text]]), vocabulary=(VOCABULARY, [["things.kind", text, *[text] * 8]])
        )
        package.descriptor.update(
            title=text, version="1", created="2024", contributors=[{"title": text, "roles": ["creator"]}]
        )
        for resource in package.descriptor["resources"]:
            resource.update(rows=1, bytes=1, description=text)
        return {page.path: page.text() for page in pages(package, parser()) if not isinstance(page.content, Path)}

    return make


@pytest.mark.parametrize("text", EVIL)
def test_markup_in_a_cell_is_shown_as_text(text, evil_page):
    for path in ("tables/things.md", "tables/vocabulary.md", "cite.md", "tables/index.md"):
        content = evil_page(text)[path].replace("hide: [toc]", "")
        html = markdown.markdown(content, extensions=["attr_list", "tables", "toc"])
        cells = Cells(html)
        shown = "".join(cells.text)
        assert text.replace("`", "") in shown.replace("`", ""), path
        assert not {"script", "img", "b", "strong"} & set(cells.tags), path
        assert not any(href.startswith("javascript:") for href in cells.hrefs), path


@pytest.mark.parametrize("text", EVIL)
def test_markup_on_the_page_of_a_record_is_shown_as_text(text, evil_page):
    (html,) = (content for path, content in evil_page(text).items() if path.startswith("records/things/"))
    cells = Cells(html)
    assert "".join(cells.text).count(text) >= 4
    assert cells.tags.count("script") == 1
    assert not {"img", "b"} & set(cells.tags)
    assert not any(href.startswith("javascript:") for href in cells.hrefs)


def test_every_table_page_is_there(bundled):
    paths = {page.path for page in pages(bundled, parser())}
    expected = {f"tables/{table}.md" for table in bundled.tables} | {f"data/{table}.csv" for table in bundled.tables}
    assert expected | {"dictionary.md", "codebook.md", "cite.md", "cli.md", "datapackage.json"} <= paths


def test_cells_link_to_the_rows_and_codes_that_they_name(bundled):
    event = bundled.records("events")[0]
    cells = table_rows(bundled, "events")[0].cells
    assert cells["event_id"].href == f"records/{event['event_id']}.html"
    assert cells["sentence_id"].href == f"articles/dazzlingdawn-20241120.html#{event['sentence_id']}"
    assert cells["type"].href == f"codebook.html#events.type/{event['type']}"
    assert cells["summary"].href == ""


def test_web_addresses_are_linked(bundled):
    source = bundled.records("sources")[0]
    cells = table_rows(bundled, "sources")[0].cells
    assert cells["url"].href == source["url"]


def test_the_command_line_page_has_every_command(bundled):
    page = next(page.content for page in pages(bundled, parser()) if page.path == "cli.md")
    assert all(f"\n## {name}\n" in page for name in modules())
    assert "\n### release verify\n" in page
    assert "usage: ceasefire-talks release verify " in page


def test_backticks_mark_code_and_the_rest_is_escaped():
    assert code_spans("a `<b>` & c") == "a <code>&lt;b&gt;</code> &amp; c"
