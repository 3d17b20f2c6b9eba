import html
import json
import re
from pathlib import Path

import pandas as pd
import pytest

import ceasefire_talks as ct
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.tracing.documents import Document, DocumentError
from ceasefire_talks.tracing.render.page import as_page
from ceasefire_talks.tracing.trace import trace as trace_document
from coded_packages import package_of, with_cell
from packages import FICTIONAL

ARTICLE = (FICTIONAL / "article.txt").read_text("utf-8")
TOLL = "meridian-20310314-p06-s2"
SENTENCES = 12
ROWS = 53


def trace(text, **options):
    return ct.trace(text, package=FICTIONAL, **options)


def statuses(found):
    return dict(zip(found.sentences["sentence_id"], found.sentences["status"], strict=True))


def changed(found):
    return {sentence: status for sentence, status in statuses(found).items() if status not in ("exact", "reformatted")}


def test_the_text_itself_proves_everything():
    found = trace(ARTICLE)
    assert found.ok
    assert found.findings.identical
    assert found.source_id == "meridian-20310314"
    assert found.summary == (
        f"meridian-20310314: {SENTENCES} of {SENTENCES} sentences proven, {ROWS} of {ROWS} evidence rows proven, "
        "4 of 4 figures recomputed, 10 of 10 dates recomputed"
    )
    assert not len(found.new)


def test_a_trace_tells_how_far_it_is(bars):
    trace(ARTICLE)
    told = {bar.label: (bar.done, bar.total) for bar in bars}
    last, length = told["Finding sentences"]
    assert 0.9 * length < last < length <= len(ARTICLE)
    assert told["Reading dates"] == (10, 10)


@pytest.mark.parametrize(
    ("old", "new", "altered"),
    [
        ("318 people", "381 people", TOLL),
        ("tens of thousands", "hundreds of thousands", TOLL),
        ("have been killed", "have not been killed", TOLL),
        ("on Saturday", "on Sunday", "meridian-20310314-p08-s1"),
        ("Mara Dunn", "Maria Dunn", "meridian-20310314-p05-s2"),
        ("at least 12 miles", "12 miles", "meridian-20310314-p05-s1"),
    ],
)
def test_an_edited_sentence_is_not_proven_nor_what_rests_on_it(old, new, altered):
    found = trace(ARTICLE.replace(old, new))
    assert list(changed(found)) == [altered]
    assert set(changed(found).values()) <= {"altered", "lost"}
    of_it = found.rows["sentence_id"] == altered
    assert set(found.rows[of_it]["status"]) == {"not-proven"}
    assert set(found.rows[~of_it]["status"]) == {"proven"}
    for frame in (found.figures, found.dates):
        assert not set(frame[frame["sentence_id"] == altered]["status"]) & {"recomputed", "not-recomputed"}
    assert f"{SENTENCES - 1} of {SENTENCES} sentences" in found.summary
    assert not found.ok


@pytest.mark.parametrize(
    ("edits", "differences"),
    [
        ({"318": "381"}, ["the ledger has 318, this copy reads 381"]),
        (
            {"318": "some 300", "tens of thousands": "thousands"},
            ["the ledger has 318, this copy reads 300", "the ledger has tens of thousands, this copy reads thousands"],
        ),
        ({"318 people": "people"}, ["the ledger has 318, this copy has no such number"]),
        ({"318 people": "318 people and 12 dogs"}, ["this copy reads 12, which no figure of the ledger has"]),
        ({"have been": "had been"}, []),
        ({"318": "three hundred and eighteen"}, []),
        ({"Since then 318": "Since then 3,180"}, ["the ledger has 318, this copy reads 3180"]),
        ({"Since then 318": "Since then 1,318"}, ["the ledger has 318, this copy reads 1318"]),
        ({"Since then 318": "Since then 318.5"}, ["the ledger has 318, this copy reads 318.5"]),
        ({"Since then 318": "Since then 3181"}, ["the ledger has 318, this copy reads 3181"]),
    ],
)
def test_numbers_that_differ_are_called_out_one_by_one(edits, differences):
    copy = ARTICLE
    for old, new in edits.items():
        copy = copy.replace(old, new)
    found = trace(copy)
    assert changed(found) == {TOLL: "altered"}
    assert [str(one) for one in found.findings.numbers] == differences
    assert all(f"  {line}" in str(found).splitlines() for line in differences)


def test_a_number_with_a_unit_is_not_taken_for_one_without():
    copy = ARTICLE.replace("at least 12 miles", "at least 21 km")
    assert [str(one) for one in trace(copy).findings.numbers] == [
        "the ledger has at least 12 miles, this copy has no such number",
        "this copy reads at least 21 km, which no figure of the ledger has",
    ]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
        lambda text: text.replace("\n", "\r\n\r\n"),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("demand", "de\u00admand"),
        lambda text: text.replace("premier", "pre-\nmier"),
    ],
)
def test_how_a_copy_is_set_makes_no_difference(edit):
    found = trace(edit(ARTICLE))
    assert found.ok
    assert set(found.rows["status"]) == {"proven"}
    assert set(found.dates["status"]) == set(found.figures["status"]) == {"recomputed"}


def test_a_dropped_paragraph_is_lost_and_a_new_one_is_reported():
    paragraphs = ARTICLE.split("\n\n")
    found = trace("\n\n".join([*paragraphs[:-1], "Sign up to our newsletter."]))
    assert changed(found) == {"meridian-20310314-p09-s1": "lost"}
    (new,) = found.findings.new
    assert (new.text, new.words, new.repeated) == ("Sign up to our newsletter.", 5, False)
    assert "new text: 5 words in 1 place" in str(found)


def test_moved_and_repeated_paragraphs_are_told_apart():
    paragraphs = ARTICLE.strip().split("\n\n")
    found = trace("\n\n".join([paragraphs[-2], *paragraphs[:-2], paragraphs[-1], paragraphs[-1]]))
    assert found.ok
    assert changed(found) == {"meridian-20310314-p08-s1": "moved"}
    assert [one.repeated for one in found.findings.new] == [True]


def test_frames_have_their_columns_and_types_where_they_are_empty():
    found = trace(ARTICLE)
    assert list(found.new.columns) == ["start", "end", "words", "repeated", "text"]
    assert found.dates["date_min"].dtype == "datetime64[s]"
    assert found.sentences["start"].dtype == "Int64"
    assert found.sentences["proven"].all()
    nothing = trace("Nothing.\nAt all.", source="meridian-20310314")
    assert nothing.sentences["start"].isna().all()
    assert nothing.sentences["start"].dtype == "Int64"


def test_json_holds_everything_but_the_sentences():
    found = trace(ARTICLE.replace("318", "381") + "\nSign up to our newsletter.")
    text = json.dumps(found.to_dict(), ensure_ascii=False)
    data = json.loads(text)
    assert (data["ok"], data["summary"]) == (False, found.summary)
    assert len(data["sentences"]) == SENTENCES
    assert len(data["rows"]) == ROWS
    assert data["numbers"] == [{"sentence_id": TOLL, "figure_id": "fi-003", "ledger": "318", "copy": "381"}]
    words = ARTICLE.split()
    runs = (" ".join(words[i : i + 8]) for i in range(len(words) - 7))
    title = data["title"]
    assert [run for run in runs if run in text and run not in title] == []
    assert "newsletter" not in text


def test_a_text_may_be_itself_a_file_or_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(FICTIONAL)
    assert trace("article.txt").ok
    assert trace(Path("article.txt")).ok
    assert trace(ARTICLE).ok
    assert trace("Reyl will meet Dunn on Saturday.").summary.startswith("meridian-20310314: 1 of 12")
    for missing in ("artcle.txt", Path("artcle.txt"), tmp_path):
        with pytest.raises(DocumentError, match="cannot read"):
            trace(missing)


@pytest.mark.parametrize("text", ["", "x" * 100_000, "a\0b c", "two words"])
def test_odd_texts_are_refused_in_words(text):
    with pytest.raises(PackageError):
        trace(text)


def test_a_text_that_is_no_unicode_is_refused():
    with pytest.raises(DocumentError, match="not Unicode"):
        trace("broken \ud800 text")


def test_of_a_page_all_is_traced_where_its_article_does_not_prove_everything():
    package = ct.Package(FICTIONAL)
    half = ARTICLE[: len(ARTICLE) // 2]
    assert trace_document(package, Document(half, ARTICLE, "html")).ok
    assert trace_document(package, Document("Menu", ARTICLE, "html")).ok
    less, more = "Reyl will meet Dunn on Saturday.", half
    for text, page in ((less, more), (more, less), (more, "Menu")):
        found = trace_document(package, Document(text, page, "html"))
        assert found == trace_document(package, Document(more, more, "text"))
        assert not found.ok
    found = trace_document(package, Document(ARTICLE, f"Menu\n{ARTICLE}", "html"))
    assert found.ok
    assert not found.new


HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)> &amp; \x1b[31m'


def test_the_page_shows_hostile_text_as_text():
    found = trace(f"{ARTICLE.replace('318', HOSTILE)}\n{HOSTILE}")
    page = "\n".join(as_page(found.findings))
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert page.count("&lt;script&gt;alert(&quot;x&quot;)") == 2
    assert "default-src 'none'" in page


def test_the_page_shows_hostile_cells_as_text(tmp_path):
    package = with_cell(FICTIONAL, tmp_path, "events", "ev-006", "summary", HOSTILE.replace("\x1b", ""))
    page = "\n".join(as_page(ct.trace(ARTICLE, package=package.root).findings))
    assert "<script" not in page


def test_the_page_marks_spans_that_overlap():
    page = "\n".join(as_page(trace(ARTICLE).findings))
    assert '<mark title="ed-0024 ed-0050 ed-0051">318</mark><mark title="ed-0024 ed-0050"> people' in page
    quotes = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page)
    assert "\n".join(html.unescape(re.sub("<[^>]*>", "", one)) for one in quotes).split() == ARTICLE.split()


def test_the_report_is_safe_for_a_terminal():
    found = trace(ARTICLE.replace("318", "\x1b[2J318") + "\n\x1b]0;x\x07 more text")
    assert not any(c in str(found) for c in "\x1b\x07")


@pytest.mark.parametrize(
    ("table", "record", "column"),
    [
        ("sentences", TOLL, "folded_sha256"),
        ("sentences", TOLL, "simhash"),
        ("sentences", TOLL, "end"),
        ("evidence", "ed-0001", "start"),
        ("figures", "fi-003", "value_text"),
    ],
)
def test_a_damaged_package_is_refused_in_words(table, record, column, tmp_path):
    package = with_cell(FICTIONAL, tmp_path, table, record, column, "")
    with pytest.raises(PackageError, match=f"{table}.csv.*ceasefire-talks check"):
        ct.trace(ARTICLE, package=package.root)


def test_evidence_of_a_record_that_is_not_there_is_refused_in_words(tmp_path):
    package = with_cell(FICTIONAL, tmp_path, "evidence", "ed-0015", "event_id", "ev-900")
    with pytest.raises(PackageError, match=r"evidence\.csv"):
        ct.trace(ARTICLE, package=package.root)


def test_right_to_left_and_astral_text_is_traced_by_code_points(tmp_path):
    text = "🚢🚢 قال فريد إن 318 شخصا قتلوا 🕊 اليوم."
    cells = {"figure_id": "fi-001", "value_text": "318", "low": 318, "high": 318, "qualifier": "exact"}
    rows = [("figures", cells | {"unit": "person"}, {"": (0, "318 شخصا"), "value_text": (0, "318")})]
    found = ct.trace(f"{text}\nx", package=package_of(tmp_path, text, rows).root)
    assert found.ok
    assert list(found.rows["words"]) == ["318 شخصا", "318"]


@pytest.fixture(scope="module")
def copy(source_text, tmp_path_factory):
    path = tmp_path_factory.mktemp("copy") / "copy.txt"
    path.write_bytes(source_text("dazzlingdawn-20241120"))
    return path


def test_the_article_proves_every_row(copy):
    found = ct.trace(copy)
    assert found.ok, str(found)
    assert found.sentences["proven"].all()
    assert set(found.rows["status"]) == {"proven"}
    assert set(found.figures["status"]) == {"recomputed"}
    assert len(found.figures) == len(ct.load("figures"))
    assert set(found.dates["status"]) <= {"recomputed", "not-recomputed"}


def test_a_changed_number_in_the_article_is_called_out(copy):
    text = copy.read_text("utf-8").replace("3,544", "3,454")
    found = ct.trace(text)
    assert [str(one) for one in found.findings.numbers] == ["the ledger has 3544, this copy reads 3454"]
    assert set(changed(found).values()) == {"altered"}


def test_evidence_and_sentences_stand_beside_the_copy(copy):
    beside = ct.evidence("ev-014", text=str(copy))
    plain = ct.evidence("ev-014")
    assert list(beside)[: plain.shape[1]] == list(plain)
    assert (beside["status"] == "proven").all()
    for row in beside.itertuples():
        assert row.text[row.text_start : row.text_end] == row.words
    sentences = ct.sentences(text=copy)
    assert len(sentences) == len(ct.load("sentences"))
    assert sentences["proven"].all()
    assert (sentences["text"].str.len() == sentences["end"] - sentences["start"]).all()
    pd.testing.assert_frame_equal(ct.sentences(), ct.load("sentences"))


def test_a_record_is_shown_in_the_copy(copy):
    row = ct.evidence("ev-014", text=copy).iloc[0]
    assert f"[{row['words']}]" in str(ct.show("ev-014", text=copy))
