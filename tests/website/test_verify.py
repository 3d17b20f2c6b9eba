"""The page of an article in a real browser: marks and rows, a reader's own copy, and nothing that leaves the page."""

import json
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest

from ceasefire_talks.package.package import Package
from ceasefire_talks.text.fingerprint import fold, sha256, simhash
from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.tracing.ledger import LedgerSentence
from ceasefire_talks.tracing.match import align
from ceasefire_talks.website.records import Records
from ceasefire_talks.website.verify.article import articles
from ceasefire_talks.website.verify.pages import article_files

FICTIONAL, REAL = "articles/meridian-20310314.html", "articles/dazzlingdawn-20241120.html"
VECTORS = json.loads(files("ceasefire_talks.text").joinpath("vectors.json").read_text("utf-8"))
RUN_VECTORS = """vectors => {
  const text = ceasefireTalksText;
  const bytes = hex => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16));
  const made = {...text, decode: hex => text.decode(bytes(hex))};
  return Object.fromEntries(Object.entries(vectors).map(([kind, inputs]) => [kind, inputs.map(made[kind])]));
}"""
STATUSES = """copy => {
  const ledger = JSON.parse(document.getElementById('ledger').textContent);
  return ceasefireTalksMatching.match(ledger.sentences, copy).map(m => [m.status, m.start ?? null, m.end ?? null]);
}"""
CELL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class Recording(SimpleHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def log_message(self, *_arguments):
        self.asked.append(self.path)


@pytest.fixture(scope="module")
def fictional(checkout):
    return checkout / "tests" / "fixtures" / "fictional"


@pytest.fixture(scope="module")
def article_text(fictional):
    return (fictional / "article.txt").read_text("utf-8")


def write_site(root, package, checkout):
    theme = Path(pytest.importorskip("material").__file__).parent / "templates"
    styles = [path.relative_to(theme).as_posix() for path in sorted(theme.glob("assets/stylesheets/*.min.css"))]
    copies = [(style, theme / style) for style in styles] + [
        (name, checkout / "src/ceasefire_talks/website/theme" / name)
        for name in ("scripts/scheme.js", "stylesheets/tables.css")
    ]
    made = article_files(Records(package), [*styles, "stylesheets/tables.css"])
    for name, content in [*copies, *((name, content) for name, content, _ in made)]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.read_bytes() if isinstance(content, Path) else content.encode())
    return root


@pytest.fixture(scope="module")
def site_of_articles(tmp_path_factory, checkout, fictional, bundled):
    root = tmp_path_factory.mktemp("articles")
    write_site(root / "fictional", Package(fictional), checkout)
    write_site(root / "real", bundled, checkout)
    return root


@pytest.fixture(scope="module")
def address(site_of_articles):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Recording, directory=str(site_of_articles)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def open_page(browser):
    contexts = []

    def start(url, width=1280, scheme="light", **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options))
        page = contexts[-1].new_page()
        page.errors, page.requests = [], []
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto(url)
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page, address):
    return open_page(f"{address}/fictional/{FICTIONAL}")


def verify(page, text):
    page.locator("#paste").fill(text)
    page.locator("#check").click()
    return summary(page)


def summary(page):
    page.locator("#summary:not(:empty)").wait_for()
    return page.locator("#summary").inner_text()


def sentences_of(package):
    return [LedgerSentence.from_row(row) for row in package.records("sentences")]


# Without a browser


def test_marks_that_overlap_lie_in_lanes_of_their_own(bundled):
    for article in articles(Records(bundled)):
        for sentence in article.sentences:
            assert all(0 <= mark.start < mark.end <= sentence.length for mark in sentence.marks)
            for lane in {mark.lane for mark in sentence.marks}:
                in_lane = [mark for mark in sentence.marks if mark.lane == lane]
                assert all(a.end <= b.start for a, b in pairwise(in_lane))


def test_every_row_of_evidence_is_on_the_page_once(bundled):
    article = next(articles(Records(bundled)))
    shown = [one.row.id for s in article.sentences for mark in s.marks for one in mark.basis]
    assert sorted(shown) == [row["evidence_id"] for row in bundled.records("evidence")]
    assert article.evidence == len(shown)


def test_a_package_without_traced_sources_has_only_the_page_that_says_so(make_package):
    schema = {"fields": [{"name": "thing_id"}], "primaryKey": "thing_id"}
    made = {path: content for path, content, _ in article_files(Records(make_package(things=(schema, []))))}
    assert "no source that is traced" in made["verify.md"]
    assert not [path for path in made if path.startswith("articles/")]


def test_markup_in_cells_is_shown_as_text(fictional, tmp_path):
    root = shutil.copytree(fictional, tmp_path / "evil")
    for name, old in (
        ("sources", "Talks on Varona"),
        ("sentences", "Day of publication"),
        ("events", "Envoys of both sides"),
    ):
        path = root / "data" / f"{name}.csv"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, CELL), "utf-8")
    made = {path: content for path, content, _ in article_files(Records(Package(root)))}
    for path in (FICTIONAL, "verify.md"):
        assert "<script>alert" not in made[path]
        assert "<img" not in made[path]
        assert "&lt;script&gt;alert(1)" in made[path]


# In the browser


@pytest.mark.slow
def test_the_vectors_hold_in_the_browser(page):
    kinds = [kind for kind, vectors in VECTORS.items() if isinstance(vectors, list) and "output" in vectors[0]]
    made = page.evaluate(RUN_VECTORS, {kind: [vector["input"] for vector in VECTORS[kind]] for kind in kinds})
    for kind in kinds:
        assert made[kind] == [vector["output"] for vector in VECTORS[kind]], kind


@pytest.mark.slow
def test_our_hash_is_that_of_the_browser(page):
    differing = page.evaluate("""async () => {
      const found = [];
      for (let n = 0; n < 200; n++) {
        const text = 'aé🕊'.repeat(n);
        if (ceasefireTalksText.sha256(text) !== await ceasefireTalksText.sha256OfBrowser(text)) found.push(n);
      }
      return [found, isSecureContext];
    }""")
    assert differing == [[], True]


@pytest.mark.slow
def test_the_fictional_article_is_proven(page, article_text):
    assert verify(page, article_text) == "12 of 12 sentences proven: 12 exact."
    assert "published hash" in page.locator("#whole").inner_text()
    assert page.errors == []


@pytest.mark.slow
def test_the_article_is_proven(open_page, address, source_text):
    page = open_page(f"{address}/real/{REAL}")
    found = verify(page, source_text("dazzlingdawn-20241120").decode())
    assert found == "27 of 27 sentences proven: 27 exact."


@pytest.mark.slow
def test_it_works_from_a_folder(open_page, site_of_articles, article_text):
    page = open_page((site_of_articles / "fictional" / FICTIONAL).as_uri())
    assert verify(page, article_text) == "12 of 12 sentences proven: 12 exact."
    assert page.errors == []


@pytest.mark.slow
def test_it_works_where_the_browser_lends_no_hash(page, article_text):
    page.evaluate("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    assert verify(page, article_text) == "12 of 12 sentences proven: 12 exact."


COPIES = {
    "as published": lambda text: text,
    "straight quotes": lambda text: text.translate(str.maketrans("“”’", '""\'')),
    "in one line": lambda text: normalise(text).replace("\n", " "),
    "paragraphs backwards": lambda text: "\n".join(reversed(text.split("\n"))),
    "a page around it": lambda text: f"Home\nNews\n{text}\nRead more about ferries.",
    "a sentence denied": lambda text: text.replace("Reyl will meet", "It is not true that Reyl will meet"),
    "a sentence left out": lambda text: text.replace("Reyl will meet Dunn on Saturday.", ""),
    "a sentence twice": lambda text: f"{text}\nReyl will meet Dunn on Saturday.",
    "hyphenated": lambda text: text.replace("publication", "publi-\ncation").replace("surrender", "sur-\nrender"),
    "soft hyphens": lambda text: text.replace("publication", "publi\u00ad\ncation").replace("surren", "sur\u00adren"),
    "nothing of it": lambda _: "The weather stays mild.",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", COPIES)
def test_browser_and_trace_find_the_same(name, page, fictional, article_text):
    copy = normalise(COPIES[name](article_text))
    expected = [[one.status, one.start, one.end] for one in align(sentences_of(Package(fictional)), copy).matches]
    assert page.evaluate(STATUSES, copy) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sentence", "copy", "found"),
    [
        ("“Well… we have 12 boats.”", '"Well... we have 12 boats."', "12"),
        ("“Well... we have 12 boats.”", '"Well… we have 12 boats."', "12"),
        ("A co-operative of 12 boats.", "A co-\noperative of 12 boats.", "12"),
        ("A truce… and… we have 12 boats.", "A truce... and… we have 12 boats.", "12"),
        ("A truce… and... we have 12 boats.", "A truce... and... we have 12 boats.", None),
        ("The ferry sails", "The ferry sails tomorrow.", None),
    ],
)
def test_offsets_lead_into_other_typography(sentence, copy, found, page):
    row = {"length": len(sentence), "sha256": sha256(sentence), "folded_sha256": sha256(fold(sentence))}
    start = sentence.find("12")
    shown = page.evaluate(
        """([row, copy, start]) => {
          const [found] = ceasefireTalksMatching.match([row], copy);
          return found.offsets ? [...copy].slice(found.offsets[start], found.offsets[start + 2]).join('') : null;
        }""",
        [row | {"simhash": simhash(sentence)}, copy, start],
    )
    assert shown == found


@pytest.mark.slow
def test_only_what_a_reader_sees_is_read_from_a_saved_page(page):
    html = (
        "One<b>.</b> <script>no</script><style>no</style><p hidden>no</p><div>Four<br>five<p>six</div>seven<!-- no -->"
    )
    text = page.evaluate("html => ceasefireTalksText.normalise(ceasefireTalksReading.textOfHtml(html))", html)
    assert text == "One.\nFour\nfive\nsix\nseven"


@pytest.mark.slow
def test_a_changed_number_is_caught(page, article_text):
    found = verify(page, article_text.replace("318", "381"))
    assert found == "11 of 12 sentences proven: 11 exact, 1 altered."
    altered = page.locator("[data-status='altered']")
    assert "says “318”, which does not stand in it" in altered.locator(".ct-remark").inner_text()
    assert altered.locator(".ct-word").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["as published", "straight quotes", "hyphenated"])
def test_the_marked_words_are_those_of_the_evidence(name, page, fictional, article_text):
    package = Package(fictional)
    verify(page, COPIES[name](article_text))
    whole = normalise(article_text)
    starts = {row["sentence_id"]: int(row["start"]) for row in package.records("sentences")}
    for row in package.records("evidence"):
        start = starts[row["sentence_id"]]
        words = page.locator(f".ct-word[data-rows~='{row['evidence_id']}']").all_text_contents()
        expected = COPIES[name](whole[start + row["start"] : start + row["end"]])
        assert "".join(words).replace("-\n", "") == expected.replace("-\n", ""), row["evidence_id"]


@pytest.mark.slow
def test_markup_in_a_copy_is_shown_as_text(page, article_text):
    evil = "<img src=x onerror=alert(1)>"
    verify(page, article_text.replace("318 people", f"318 people {evil}"))
    assert evil in page.locator("[data-status='altered'] .ct-words").inner_text()
    assert page.locator("main img, main script").count() == 0
    assert page.errors == []


@pytest.mark.slow
def test_a_saved_page_is_read_and_neither_run_nor_loaded(page, article_text):
    evil = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'><style>p{}</style><p hidden>Never.</p>"
    lines = "".join(f"<p>{line}</p>" for line in article_text.split("\n") if line)
    html = f"<!doctype html><title>x</title><body>{evil}<nav><a href=/>Home</a></nav><article>{lines}</article>"
    before = len(page.requests)
    page.locator("#file").set_input_files({"name": "a.html", "mimeType": "text/html", "buffer": html.encode()})
    assert summary(page) == "12 of 12 sentences proven: 12 exact."
    assert page.evaluate("window.ran") is None
    assert page.requests[before:] == []


@pytest.mark.slow
def test_a_file_may_be_dropped(page, article_text):
    page.evaluate(
        """text => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], 'copy.txt', {type: 'text/plain'}));
          document.body.dispatchEvent(new DragEvent('drop', {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        article_text,
    )
    assert summary(page).startswith("12 of 12")


@pytest.mark.slow
@pytest.mark.parametrize(("data", "said"), [(b"caf\xe9", "not UTF-8"), (b"a\0b", "no text"), (b" \n", "no text to")])
def test_a_file_that_is_no_text_is_refused_in_words(data, said, page):
    page.locator("#file").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": data})
    assert said in summary(page)


@pytest.mark.slow
def test_a_new_copy_replaces_the_one_before(page, article_text):
    verify(page, article_text)
    page.locator("#paste").fill("Nothing of it.")
    page.locator("#check").click()
    page.get_by_text("0 of 12 sentences proven: 12 lost.").wait_for()
    assert page.locator(".ct-words:visible").count() == 0


@pytest.mark.slow
def test_nothing_can_leave_the_page(page, address, article_text):
    verify(page, article_text)
    before = len(Recording.asked)
    refused = page.evaluate(
        """async address => {
          const refused = [];
          document.addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective));
          await fetch(`${address}/x`).catch(() => {});
          navigator.sendBeacon(`${address}/x`, 'words');
          try { new WebSocket(address.replace('http', 'ws')); } catch { /* refused at once */ }
          new Image().src = `${address}/x.png`;
          const form = Object.assign(document.createElement('form'), {action: `${address}/x`, method: 'post'});
          document.body.append(form);
          form.submit();
          const script = document.createElement('script');
          script.textContent = 'window.ran = 1';
          document.body.append(script);
          await new Promise(done => setTimeout(done, 300));
          return [...new Set(refused)].sort();
        }""",
        address,
    )
    assert refused == ["connect-src", "form-action", "img-src", "script-src-elem"]
    assert Recording.asked[before:] == []
    assert page.evaluate("window.ran") is None


@pytest.mark.slow
def test_only_its_own_files_are_asked_for(page, address):
    assert page.errors == []
    assert [url for url in page.requests if not url.startswith(address)] == []


@pytest.mark.slow
def test_a_mark_shows_its_rows_and_a_row_its_marks(page):
    mark = page.locator(".ct-picture a").nth(3)
    rows = mark.get_attribute("data-rows").split()
    mark.hover()
    shown = page.locator("#panel").inner_text()
    assert all(row in shown for row in rows)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.locator(f"#{rows[0]}").hover()
    assert rows[0] in " ".join(page.locator(".ct-picture a.ct-on").evaluate_all("all => all.map(m => m.dataset.rows)"))
    assert page.locator("#panel").is_hidden()


@pytest.mark.slow
def test_the_keyboard_reaches_everything(page, article_text):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ct-skip"
    page.locator("#paste").focus()
    page.keyboard.insert_text(article_text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert summary(page).startswith("12 of 12")
    reached = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        mark = page.evaluate("document.activeElement.dataset.rows ?? document.activeElement.localName")
        if mark == "body":
            break
        reached.add(mark)
    marks = page.locator("[data-rows]").evaluate_all("all => all.map(m => m.dataset.rows)")
    assert set(marks) <= reached
    assert {"summary", "input"} <= reached


@pytest.mark.slow
def test_a_link_to_a_row_opens_its_list(open_page, address, fictional):
    row = Package(fictional).records("evidence")[-1]["evidence_id"]
    page = open_page(f"{address}/fictional/{FICTIONAL}#{row}")
    assert page.locator(f"#{row}").is_visible()


@pytest.mark.slow
def test_without_scripts_it_is_a_list(open_page, address, fictional):
    page = open_page(f"{address}/fictional/{FICTIONAL}", java_script_enabled=False)
    assert page.locator("li[data-subject]").count() == len(Package(fictional).records("evidence"))
    assert page.locator("#drop").is_hidden()
    page.locator("summary").first.click()
    assert page.locator("li[data-subject]").first.is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_it_is_accessible_and_fits(width, scheme, open_page, address, article_text):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    changed = article_text.replace("318", "381").replace("Reyl will meet Dunn on Saturday.", "")
    for path, copy in ((f"real/{REAL}", None), (f"fictional/{FICTIONAL}", changed)):
        page = open_page(f"{address}/{path}", width, scheme, bypass_csp=True)
        if copy:
            verify(page, copy)
            page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
            page.locator(".ct-word").first.hover()
        found = axe.run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
