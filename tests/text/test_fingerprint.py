import hashlib
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.text.fingerprint import fold, sha256, simhash, simhash_value
from ceasefire_talks.text.normalise import normalise

NORMALISED = st.text().map(normalise)


def independent_simhash(folded):
    """Votes a bit, written anew from the definition."""
    grams = {folded.casefold()[i:][:3] for i in range(len(folded.casefold()) - 2)}
    votes = [0] * 64
    for gram in grams:
        bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(gram.encode()).digest()[:8])
        votes = [vote + (1 if bit == "1" else -1) for vote, bit in zip(votes, bits, strict=True)]
    return "s1-" + "".join(
        f"{int(''.join('1' if v > 0 else '0' for v in votes[i : i + 4]), 2):x}" for i in range(0, 64, 4)
    )


@pytest.mark.parametrize("quote", "‘’‚‛′`´")
def test_single_quotes_fold(quote):
    assert fold(f"a{quote}b") == "a'b"


@pytest.mark.parametrize("quote", "“”„‟″«»")
def test_double_quotes_fold(quote):
    assert fold(f"a{quote}b") == 'a"b'


def test_every_dash_folds_to_a_hyphen():
    dashes = [chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) == "Pd"] + ["\u2212"]
    assert fold("".join(dashes)) == "-" * len(dashes)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("a…", "a..."), ("ﬀ ﬁ ﬂ ﬃ ﬄ", "ff fi fl ffi ffl"), ("a\nb", "a b"), ("3,544¹", "3,544¹"), ("US", "US")],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(NORMALISED)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_sha256_is_over_utf8():
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()


def test_simhash_of_one_trigram_is_its_hash():
    assert simhash("abc") == "s1-ba7816bf8f01cfea"


@pytest.mark.parametrize("text", ["", "a", "ab"])
def test_simhash_of_less_than_a_trigram_is_zero(text):
    assert simhash(text) == "s1-0000000000000000"


@given(NORMALISED)
def test_simhash_follows_its_definition(text):
    assert simhash(text) == independent_simhash(fold(text))


def test_simhash_ignores_case_and_typography():
    assert simhash("“No” – it ISN’T") == simhash('"no" - it isn\'t')


def test_similar_texts_are_near_and_others_far():
    one = "A quick brown fox jumps over the lazy dog near the river bank"
    others = (one + " today", "Completely different words about inflation and trade")
    near, far = ((simhash_value(simhash(one)) ^ simhash_value(simhash(other))).bit_count() for other in others)
    assert near < 16 < far


def test_a_simhash_is_64_bits():
    assert simhash_value("s1-f00000000000000f") == 0xF00000000000000F


@pytest.mark.parametrize(
    "text", ["", "s1-", "s2-0000000000000000", "s1-000", "s1-+00000000000000f", "s1-00000000_000000f"]
)
def test_what_is_no_simhash_is_refused(text):
    with pytest.raises(ValueError, match="not a simhash"):
        simhash_value(text)
