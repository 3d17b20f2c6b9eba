import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.text.normalise import count_words, decode, normalise
from ceasefire_talks.text.segment import paragraphs

TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\t \u00a0\u00ad\u200b\u200f\u2028\u2066\u3000\ufeffé\u0301ab"))
)


@given(TEXTS)
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS)
def test_a_normal_form_has_plain_spaces_and_full_lines_only(text):
    normal = normalise(text)
    assert unicodedata.is_normalized("NFC", normal)
    assert all(line and line == line.strip(" ") and "  " not in line for line in normal.split("\n") if normal)
    assert not any(c == "\t" or (unicodedata.category(c) == "Zs" and c != " ") for c in normal)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one_lf(line_break):
    assert normalise(f"a{line_break}b") == "a\nb"


@pytest.mark.parametrize(
    "code", [0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
def test_invisible_controls_are_removed(code):
    assert normalise(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("\ufeffa", "a"),
        ("e\u0301", "é"),
        ("e\u00ad\u0301", "é"),
        ("a\t\u00a0\u3000b", "a b"),
        ("  a  \n\n \n b ", "a\nb"),
        ("‘a’ – “b” …", "‘a’ – “b” …"),
        ("", ""),
        (" \n\t\n", ""),
    ],
)
def test_normalise(text, normal):
    assert normalise(text) == normal


def test_decode_drops_one_byte_order_mark():
    assert decode(b"\xef\xbb\xbfa") == "a"


def test_decode_is_strict():
    with pytest.raises(UnicodeDecodeError):
        decode(b"caf\xe9")


@given(TEXTS)
def test_paragraphs_are_the_lines_at_their_offsets(text):
    normal = normalise(text)
    found = list(paragraphs(normal))
    assert "\n".join(p.text for p in found) == normal
    assert [p.number for p in found] == list(range(1, len(found) + 1))
    assert all(normal[p.start : p.end] == p.text for p in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one", 1), ("a – b", 2), ("“$8.5bn”", 1), ("… !", 0), ("tit-for-tat 13", 2), ("¹ ½", 0), ("٣ 日本", 2)],
)
def test_words_hold_a_letter_or_a_digit(text, words):
    assert count_words(text) == words
