from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.text.segment import paragraphs, segment

WORDS = st.sampled_from(
    ["The U.S. spoke.", "Who?", "“So,” he said.", "It rose 3.5 %!", "x", "Mr. Smith came …", "日本。", "\n", "\n"]
)
DOCUMENTS = st.lists(WORDS).map(" ".join).map(normalise)


@given(st.one_of(DOCUMENTS, st.text().map(normalise)))
def test_sentences_tile_the_document(document):
    sentences = list(segment(document, "en"))
    assert all(document[s.start : s.end] == s.text != "" for s in sentences)
    edges = [0, *(edge for s in sentences for edge in (s.start, s.end)), len(document)]
    gaps = [document[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert not "".join(gaps).strip(" \n")


@given(DOCUMENTS)
def test_sentences_are_numbered_and_never_cross_a_paragraph(document):
    sentences = list(segment(document, "en"))
    lines = {p.number: p for p in paragraphs(document)}
    assert [s.position for s in sentences] == list(range(1, len(sentences) + 1))
    assert all(lines[s.paragraph].start <= s.start < s.end <= lines[s.paragraph].end for s in sentences)
    by_paragraph = [[s.sentence for s in sentences if s.paragraph == number] for number in lines]
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_paragraph)


def test_a_region_of_the_language_does_not_matter():
    assert [s.text for s in segment("One. Two.", "en-GB")] == ["One.", "Two."]
