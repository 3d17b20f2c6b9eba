"""Markup typed wherever a package takes text: on every kind of page of its site it is text, and nothing of it runs."""

import csv
import json
from itertools import groupby

import pytest

from ceasefire_talks.commands import parser
from ceasefire_talks.package.package import Package
from ceasefire_talks.website.build import build_site
from documents import search, serve
from packages import FICTIONAL, copy_of

pytestmark = pytest.mark.slow

TYPED = (
    "<img src=x onerror=hacked=1><script>hacked=1</script>'\"><svg onload=hacked=1></svg>"
    "[a](javascript:hacked=1){: onclick=hacked=1 }{{ 7*7 }}&lt;i&gt;"
)
# What ends an element in which markup is not read, or begins one that swallows the rest of the page.
BEFORE = {"alone": "", "after an end": "</title></textarea></script></svg>", "after a beginning": "<!--<script>"}
EVIL = "<img src=x onerror=hacked=1>"
ADDRESS = "javascript:hacked=1"
# More rows than a page takes, so that the others come from the file.
MANY = 400
LOOK = """() => {
  const all = [...document.querySelectorAll('*')];
  return {
    ran: window.hacked ?? 0,
    made: document.querySelectorAll("img[src=x], svg[onload], main i, article i").length,
    handlers: all.filter(e => e.getAttributeNames().some(name => name.startsWith('on'))).map(e => e.outerHTML),
    links: [...document.links].filter(a => /^javascript:/i.test(a.href)).map(a => a.outerHTML),
    whole: document.querySelectorAll('h1').length === 1 && document.querySelectorAll('footer').length === 1,
    computed: document.body.innerText.includes('49&'),
  };
}"""
HARMLESS = {"ran": 0, "made": 0, "handlers": [], "links": [], "whole": True, "computed": False}


def free(field):
    """Whether a check leaves its text free: ids, codes, dates and hashes are not."""
    return field["type"] == "string" and not {"pattern", "enum"} & set(field.get("constraints", {}))


def poison(root, text):
    """Writes a text into all free cells of every first row and the codebook, and into all prose of the descriptor."""
    path = root / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        schema, data = resource["schema"], root / resource["path"]
        keys = {*schema["primaryKey"], *(name for key in schema.get("foreignKeys", []) for name in key["fields"])}
        names = [field["name"] for field in schema["fields"] if free(field) and field["name"] not in keys]
        with data.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows if resource["name"] == "vocabulary" else rows[:1]:
            row |= {name: ADDRESS if name == "url" else text for name in names}
        if resource["name"] == "events":
            rows += [{**rows[0], "event_id": f"ev-{n}"} for n in range(1000, 1000 + MANY)]
        with data.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        resource |= {"title": text, "description": text, "rows": len(rows)}
        for field in schema["fields"]:
            field |= {"title": text, "description": text}
    descriptor |= {"title": text, "description": text, "contributors": [{"title": text, "path": ADDRESS}]}
    path.write_text(json.dumps(descriptor), "utf-8")
    return root


@pytest.fixture(scope="module", params=BEFORE)
def text(request):
    return BEFORE[request.param] + TYPED


@pytest.fixture(scope="module")
def evil_site(text, tmp_path_factory):
    root = poison(copy_of(FICTIONAL, tmp_path_factory.mktemp("evil") / "package"), text)
    return build_site(root.parent / "site", Package(root), parser())


@pytest.fixture(scope="module")
def evil_address(evil_site):
    yield from serve(evil_site)


def kinds(site):
    """Its pages; of many records only the first of a table."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    records = groupby(
        (path for path in found if path.startswith("records/")), key=lambda path: path.partition("-")[0][:12]
    )
    return [path for path in found if not path.startswith("records/")] + [next(group) for _, group in records]


def test_on_no_page_anything_of_it_runs(evil_site, evil_address, text, wide):
    told = set()
    for path in kinds(evil_site):
        wide.goto(f"{evil_address}/{path}")
        assert wide.evaluate(LOOK) == HARMLESS, path
        if text in wide.locator("body").inner_text():
            told.add(path.partition(".")[0])
    tables = {
        f"tables/{name}" for name in ("sources", "sentences", "actors", "places", "events", "positions", "figures")
    }
    assert {
        *tables,
        "index",
        "positions",
        "timeline",
        "actors",
        "map",
        "dictionary",
        "codebook",
        "cite",
        "verify",
    } <= told
    assert {"records/ev-001", "articles/meridian-20310314"} <= told


def test_the_title_of_a_page_is_the_typed_one(evil_address, text, wide):
    wide.goto(f"{evil_address}/tables/events.html")
    assert wide.title() == f"{text} - {text}"


def test_the_data_set_is_described_in_full_to_search_engines(evil_address, text, wide):
    wide.goto(f"{evil_address}/index.html")
    described = wide.locator("script[type='application/ld+json']").text_content()
    assert json.loads(described)["name"] == text


def test_rows_that_a_script_draws_are_text(evil_address, text, wide):
    wide.goto(f"{evil_address}/tables/events.html?find=ev-1399 onerror")
    row = wide.locator("tr#ev-1399")
    row.wait_for()
    assert text in row.inner_text()
    assert wide.evaluate(LOOK) == HARMLESS


def test_what_the_search_finds_is_text(evil_address, wide):
    search(wide, evil_address, "onerror=hacked=1")
    assert "<img src=x onerror=hacked=1>" in wide.locator(".md-search-result").inner_text()
    # Each result has a heading of its own.
    assert wide.evaluate(LOOK) == HARMLESS | {"whole": False}


def test_neither_the_text_nor_the_name_of_a_copy_is_markup(evil_address, wide):
    wide.goto(f"{evil_address}/articles/meridian-20310314.html")
    copy = (FICTIONAL / "article.txt").read_text("utf-8").replace("318 people", f"318 people {EVIL}")
    wide.locator("#file").set_input_files({"name": f"{TYPED}.txt", "mimeType": "text/plain", "buffer": copy.encode()})
    wide.locator("#summary:not(:empty)").wait_for()
    assert EVIL in wide.locator("[data-status='altered'] .ct-words").inner_text()
    assert wide.evaluate(LOOK) == HARMLESS
