"""The tables against the article itself, for those who have its text."""

import pytest

import ceasefire_talks as ct
from ceasefire_talks.text.fingerprint import fold, sha256, simhash
from ceasefire_talks.text.normalise import NORMALISER, count_words, decode, normalise
from ceasefire_talks.text.segment import paragraphs, segment

VERBATIM = {"value_text": "figures", "quote": "positions", "described_as": "actors"}
KEYS = {"figures": "figure_id", "positions": "position_id", "actors": "actor_id"}


@pytest.fixture(scope="module")
def documents(source_text):
    traced = [row["source_id"] for row in ct.records("sources") if row["trace_level"] == "sentence"]
    return {source_id: normalise(decode(source_text(source_id))) for source_id in traced}


@pytest.fixture(scope="module")
def words(documents):
    return {
        row["sentence_id"]: documents[row["source_id"]][row["start"] : row["end"]] for row in ct.records("sentences")
    }


def test_sources_are_measured_right(documents):
    for row in ct.records("sources"):
        if row["trace_level"] == "sentence":
            text = documents[row["source_id"]]
            assert row["text_sha256"] == sha256(text)
            assert row["characters"] == len(text)
            assert row["paragraphs"] == len(list(paragraphs(text)))
            assert row["sentences"] == sum(s["source_id"] == row["source_id"] for s in ct.records("sentences"))
            assert row["normaliser"] == NORMALISER


def test_sentences_have_the_hashes_and_counts_of_their_words(words):
    for row in ct.records("sentences"):
        text = words[row["sentence_id"]]
        found = (row["sha256"], row["folded_sha256"], row["simhash"], row["words"])
        assert found == (sha256(text), sha256(fold(text)), simhash(text), count_words(text)), row["sentence_id"]


def test_sentences_are_those_of_the_segmenter(documents):
    for source_id, text in documents.items():
        published = [row for row in ct.records("sentences") if row["source_id"] == source_id]
        place = ["paragraph", "sentence", "position", "start", "end"]
        found = [[getattr(sentence, name) for name in place] for sentence in segment(text, "en")]
        assert [[row[name] for name in place] for row in published] == found


@pytest.mark.parametrize("column", VERBATIM)
def test_verbatim_cells_are_exactly_the_words_of_their_span(column, words):
    table = VERBATIM[column]
    key = KEYS[table]
    cells = {row[key]: row[column] for row in ct.records(table) if row[column]}
    spans = {row[key]: row for row in ct.records("evidence") if row["column"] == column and row[key]}
    assert cells
    assert set(cells) == set(spans)
    for record, cell in cells.items():
        span = spans[record]
        assert words[span["sentence_id"]][span["start"] : span["end"]] == cell, record


def test_evidence_neither_begins_nor_ends_within_a_word(words):
    for row in ct.records("evidence"):
        text = words[row["sentence_id"]]
        edges = text[max(row["start"] - 1, 0) : row["start"] + 1], text[row["end"] - 1 : row["end"] + 1]
        assert not any(len(edge) == 2 and edge.isalnum() for edge in edges if edge), row["evidence_id"]
        assert text[row["start"] : row["end"]] == text[row["start"] : row["end"]].strip(), row["evidence_id"]
