import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.text.fingerprint import sha256
from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.tracing.anchor import anchor
from packages import FICTIONAL

SOURCE = {"source_id": "post-20310314", "title": "Truce talks", "language": "en"}
NOT_TOLD_APART = {"kind", "outcome", "reason", "topic"}


def rows(table):
    with (FICTIONAL / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def article():
    return (FICTIONAL / "article.txt").read_text("utf-8")


def test_the_fictional_article_gets_the_rows_that_it_has(article):
    source = next(row for row in rows("sources") if row["source_id"] == "meridian-20310314")
    found = anchor(article, source)
    assert found.source == source
    for row, expected in zip(found.rows, rows("sentences"), strict=True):
        assert {k: v for k, v in row.items() if k not in NOT_TOLD_APART} == {
            k: v for k, v in expected.items() if k not in NOT_TOLD_APART
        }


def test_headline_and_dateline_are_told_apart_from_the_body(article):
    source = SOURCE | {"title": "Talks on Varona river truce inch forward, mediator says"}
    kinds = [row["kind"] for row in anchor(article, source).rows]
    assert kinds == ["headline", "dateline", *["body"] * 10]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Truce talks\nThey met.", ["headline", "body"]),
        ("Truce\u00a0talks\n14 March 2031\nThey met.", ["headline", "dateline", "body"]),
        ("March 14, 2031\nThey met.", ["dateline", "body"]),
        ("They met.\nTruce talks\n14 March 2031", ["body", "body", "body"]),
        ("Truce talks", ["headline"]),
        ("Truce talks\nFriday", ["headline", "body"]),
    ],
)
def test_kinds(text, kinds):
    assert [row["kind"] for row in anchor(text, SOURCE).rows] == kinds


def test_a_sentence_starts_as_pending_without_a_word_of_the_text():
    row = anchor("Guns fell silent.", SOURCE).rows[0]
    assert (row["outcome"], row["reason"]) == ("pending", "Not coded yet.")
    assert row["topic"] == "Paragraph 1, sentence 1"
    assert not any(word in value for value in row.values() for word in ("Guns", "fell", "silent"))


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b"])
def test_a_document_without_text_is_refused(text):
    with pytest.raises(ValueError, match="no text"):
        anchor(text, SOURCE)


@given(st.text().filter(normalise))
def test_rows_tile_the_document(text):
    found = anchor(text, SOURCE)
    document = normalise(text)
    assert (found.source["characters"], found.source["text_sha256"]) == (str(len(document)), sha256(document))
    spans = [(int(row["start"]), int(row["end"])) for row in found.rows]
    assert [sha256(document[start:end]) for start, end in spans] == [row["sha256"] for row in found.rows]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(document)
    assert [int(row["position"]) for row in found.rows] == list(range(1, len(spans) + 1))
