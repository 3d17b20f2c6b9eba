"""The published test vectors hold for our code, and for an implementation in another language."""

import json
import shutil
import subprocess
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from ceasefire_talks.text.fingerprint import fold, sha256, simhash
from ceasefire_talks.text.normalise import count_words, decode, normalise
from ceasefire_talks.text.segment import paragraphs
from ceasefire_talks.tracing.ledger import LedgerSentence
from ceasefire_talks.tracing.match import align

VECTORS = json.loads(files("ceasefire_talks.text").joinpath("vectors.json").read_text("utf-8"))
KINDS = {kind: vectors for kind, vectors in VECTORS.items() if isinstance(vectors, list)}


def decoded(data):
    try:
        return decode(bytes.fromhex(data))
    except UnicodeDecodeError:
        return None


OURS = {
    "decode": decoded,
    "normalise": normalise,
    "paragraphs": lambda text: [[p.number, p.start, p.end] for p in paragraphs(text)],
    "fold": fold,
    "casefold": str.casefold,
    "sha256": sha256,
    "simhash": simhash,
    "words": count_words,
}


def of(kind):
    return pytest.mark.parametrize("vector", KINDS[kind], ids=lambda vector: vector["name"])


@pytest.mark.parametrize("kind", OURS)
def test_our_code_gives_the_output_of_every_vector(kind):
    assert [OURS[kind](vector["input"]) for vector in KINDS[kind]] == [vector["output"] for vector in KINDS[kind]]


@of("normalise")
def test_normal_forms_are_stable_and_tiled_by_their_paragraphs(vector):
    normal = vector["output"]
    assert normalise(normal) == normal
    assert "\n".join(p.text for p in paragraphs(normal)) == normal


@of("offsets")
def test_offsets_count_code_points(vector):
    document = vector["document"]
    assert normalise(document) == document
    assert document[vector["start"] : vector["end"]] == vector["text"]
    utf16 = document.encode("utf-16-le")
    assert utf16[2 * vector["utf16_start"] : 2 * vector["utf16_end"]].decode("utf-16-le") == vector["text"]


def test_some_offsets_differ_in_utf16():
    assert any(vector["start"] != vector["utf16_start"] for vector in KINDS["offsets"])


@of("compare")
def test_a_copy_is_compared_as_the_vectors_say(vector):
    sentence = vector["sentence"]
    row = LedgerSentence(
        sentence_id="post-nd-1-p01-s1",
        position=1,
        kind="body",
        words=count_words(sentence),
        length=len(sentence),
        sha256=sha256(sentence),
        folded_sha256=sha256(fold(sentence)),
        simhash=simhash(sentence),
    )
    match = align([row], normalise(vector["copy"])).matches[0]
    assert (match.status if match.proven else "different") == vector["status"]


def run_javascript(vectors):
    if shutil.which("node") is None:
        pytest.skip("needs Node: node is not installed")
    runner = Path(__file__).with_name("anchoring.mjs")
    script = files("ceasefire_talks.website.verify").joinpath("anchoring.js")
    done = subprocess.run(
        ["node", runner, script], input=json.dumps(vectors), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def in_javascript():
    return run_javascript(VECTORS)


@pytest.mark.parametrize("kind", OURS)
def test_javascript_gives_the_output_of_every_vector(kind, in_javascript):
    assert in_javascript[kind] == [vector["output"] for vector in KINDS[kind]]


def test_javascript_cuts_the_same_words(in_javascript):
    expected = [{"text": vector["text"], "sameByUtf16": True} for vector in KINDS["offsets"]]
    assert in_javascript["offsets"] == expected


def test_javascript_compares_alike(in_javascript):
    assert in_javascript["compare"] == [vector["status"] for vector in KINDS["compare"]]


def test_both_treat_every_assigned_character_alike():
    assigned = [chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) not in ("Cn", "Cs")]
    around = {kind: [f"a{c}b" for c in assigned] for kind in ("normalise", "fold")}
    inputs = {**around, "casefold": assigned, "words": assigned}
    nothing = {kind: [] for kind in KINDS}
    results = run_javascript(nothing | {kind: [{"input": i} for i in texts] for kind, texts in inputs.items()})
    for kind, texts in inputs.items():
        assert [t for t, found in zip(texts, results[kind], strict=True) if found != OURS[kind](t)] == [], kind
