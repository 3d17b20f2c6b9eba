import hashlib
import itertools
import re
import textwrap
from bisect import bisect_left

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ceasefire_talks.text.fingerprint import fold, sha256, simhash
from ceasefire_talks.text.normalise import count_words, normalise
from ceasefire_talks.tracing import prove
from ceasefire_talks.tracing.ledger import LedgerSentence
from ceasefire_talks.tracing.match import align

ARTICLE = [
    ["Ferry talks resume in Port Aldine"],
    ["14 March 2031"],
    [
        "Crews from both harbours met the regulator on Monday, and neither side walked out.",
        "It was the first full session since the autumn’s cross-channel strike.",
    ],
    [
        "“We have a floor, not a ceiling,” said Ruth Ben-Ami, who speaks for the 2,140 deckhands…",
        "Office staff were not invited.",
        "Why?",
    ],
    ["The operator values the fleet at €3.4 billion – a figure that its auditors have yet to sign off."],
    [
        "فريد الخطيب, the pilots’ delegate, called the offer “thin”.",
        "Well-known brokers from Haifa (חיפה) \U0001f6a2 agreed.",
    ],
    ["He declined to comment.", "Sailings fell by a third; official figures for five routes are missing."],
    ["She left at noon.", "He declined to comment.", "No date was set for another round."],
]
TEXT = "\n".join(" ".join(paragraph) for paragraph in ARTICLE)
SENTENCES = [sentence for paragraph in ARTICLE for sentence in paragraph]
# Nothing may stand between a typographic variant of the article and its proof.
TYPOGRAPHY = {
    "straight quotes": lambda text: re.sub("[“”]", '"', text.replace("’", "'")),
    "guillemets": lambda text: text.replace("“", "«").replace("”", "»"),
    "hyphens for dashes": lambda text: text.replace("–", "-"),
    "em dashes": lambda text: text.replace("–", "—"),
    "three full stops": lambda text: text.replace("…", "..."),
    "ligatures": lambda text: text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ"),
    "non-breaking spaces": lambda text: text.replace(" ", "\u00a0"),
    "soft hyphens": lambda text: re.sub(r"([a-z]{3})([a-z]{3})", "\\1\u00ad\\2", text),
    "merged paragraphs": lambda text: text.replace("\n", " "),
    "empty lines": lambda text: text.replace("\n", "\r\n\r\n"),
    "a paragraph a sentence": lambda text: re.sub(r"(?<=[.…])(”?) ", "\\1\n", text),
    "indented": lambda text: re.sub("^", "\t  ", text, flags=re.MULTILINE),
}


def row(position, text):
    folded = sha256(fold(text))
    return LedgerSentence(
        f"s{position}", position, "body", count_words(text), len(text), sha256(text), folded, simhash(text)
    )


LEDGER = [row(position, text) for position, text in enumerate(SENTENCES, 1)]


def statuses(copy, ledger=LEDGER):
    return [match.status for match in align(ledger, normalise(copy)).matches]


def hard_wrapped(text, width):
    return "\n\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=True) for line in text.split("\n")
    )


def hyphenated(text, width):
    return "\n".join("\n".join(lines_hyphenated(line, width)) for line in text.split("\n"))


def lines_hyphenated(text, width):
    line = ""
    for word in text.split(" "):
        room = width - len(line) - 2
        if len(line) + 1 + len(word) <= width or not line:
            line = f"{line} {word}".strip()
        elif word.isascii() and word.isalpha() and 2 <= room <= len(word) - 2:
            yield f"{line} {word[:room]}-"
            line = word[room:]
        else:
            yield line
            line = word
    yield line


def joined_lines(text):
    """Every reading of a text with hyphens at the ends of its lines, written anew from the definition."""
    pieces = re.split(r"(?<=\w)-\n(?=\w)", re.sub(r"\w[‐–—-]\n(?=\w)", lambda m: m[0][0] + "-\n", text))
    for joints in itertools.product(("", "-", "- "), repeat=len(pieces) - 1):
        yield fold("".join(itertools.chain(*zip(pieces, [*joints, ""], strict=True))))


def longest_rising(values):
    tails = []
    for value in values:
        i = bisect_left(tails, value)
        tails[i : i + 1] = [value]
    return len(tails)


def test_the_text_itself_is_exact_throughout():
    alignment = align(LEDGER, TEXT)
    assert [match.status for match in alignment.matches] == ["exact"] * len(SENTENCES)
    assert [TEXT[match.start : match.end] for match in alignment.matches] == SENTENCES
    assert not alignment.new
    assert not alignment.repeated


@pytest.mark.parametrize("edit", TYPOGRAPHY.values(), ids=TYPOGRAPHY)
def test_typographic_variants_are_proven_in_order(edit):
    assert set(statuses(edit(TEXT))) <= {"exact", "reformatted"}


@given(
    st.lists(st.sampled_from(list(TYPOGRAPHY.values())), max_size=5, unique=True),
    st.sampled_from([None, hard_wrapped, hyphenated]),
    st.integers(18, 90),
)
def test_typographic_variants_are_proven_in_any_mixture(edits, lines, width):
    copy = TEXT
    for edit in edits:
        copy = edit(copy)
    copy = lines(normalise(copy), width) if lines else copy
    assert set(statuses(copy)) <= {"exact", "reformatted"}


def test_a_hyphen_of_the_word_and_one_of_the_line_are_told_apart_by_the_hash():
    ledger = [
        row(1, "The well-known plan was re-\u200bread aloud.".replace("\u200b", "")),
        row(2, "Pre- and post-war maps."),
    ]
    copy = "The well-\nknown plan was re-read al-\noud.\nPre-\nand post-war maps."
    assert statuses(copy, ledger) == ["reformatted", "reformatted"]


def test_many_hyphenated_lines_with_one_hyphen_of_the_word():
    sentence = "Alpha beta gamma delta epsilon well-known zeta eta theta iota kappa lambda."
    copy = "Al-\npha be-\nta gam-\nma del-\nta ep-\nsilon well-\nknown ze-\nta eta the-\nta iota kap-\npa lambda."
    assert statuses(copy, [row(1, sentence)]) == ["reformatted"]


@given(st.permutations(range(len(ARTICLE))))
def test_moved_paragraphs_are_proven_and_the_longest_common_order_stays(order):
    found = statuses("\n".join(" ".join(ARTICLE[i]) for i in order))
    assert set(found) <= {"exact", "moved"}
    first = list(itertools.accumulate([0, *map(len, ARTICLE)]))
    positions = [first[i] + j for i in order for j in range(len(ARTICLE[i]))]
    # Two sentences have the same text, either of which may stand for the other.
    twins = [i for i, text in enumerate(SENTENCES) if SENTENCES.count(text) > 1]
    swapped = [dict(zip(twins, reversed(twins), strict=True)).get(i, i) for i in positions]
    assert found.count("exact") == max(longest_rising(positions), longest_rising(swapped))


def test_moved_is_not_judged_by_offset():
    assert statuses("Much that is new stands here. " * 40 + "\n" + TEXT) == ["exact"] * len(SENTENCES)


@pytest.mark.parametrize(
    ("old", "new", "altered"),
    [
        ("2,140 deckhands", "2,410 deckhands", 4),
        ("neither side walked out", "one side walked out", 2),
        ("have yet to sign", "have not yet to sign", 7),
        ("Ruth Ben-Ami", "Ruth Ben-Avi", 4),
        ("first full session", "first session", 3),
        ("official figures for five routes", "official figures for all five routes", 11),
    ],
)
def test_a_changed_word_is_altered_with_its_place_and_never_proven(old, new, altered):
    copy = TEXT.replace(old, new)
    alignment = align(LEDGER, copy)
    assert [i for i, match in enumerate(alignment.matches) if not match.proven] == [altered]
    match = alignment.matches[altered]
    assert match.status == "altered"
    assert copy[match.start : match.end] == SENTENCES[altered].replace(old, new)
    assert match.distance > 0
    assert not alignment.new


@given(st.integers(0, len(SENTENCES) - 1), st.data())
def test_a_word_put_into_a_sentence_is_never_overlooked(index, data):
    words = SENTENCES[index].split(" ")
    place = data.draw(st.integers(0, len(words) - 1))
    copy = "\n".join(
        " ".join(
            " ".join([*words[:place], "not", *words[place:]]) if text is SENTENCES[index] else text
            for text in paragraph
        )
        for paragraph in ARTICLE
    )
    assume(SENTENCES.count(SENTENCES[index]) == 1)
    found = statuses(copy)
    assert found[index] in ("altered", "lost")
    assert set(found[:index] + found[index + 1 :]) == {"exact"}


@pytest.mark.parametrize("copy", ["It is not true that Office staff were not invited.", "We ask: Why?", "So Why?"])
def test_a_sentence_within_another_is_not_proven(copy):
    assert not {"exact", "reformatted", "moved"} & set(statuses(copy))


def test_a_line_broken_for_want_of_room_begins_no_sentence():
    sentences = ["Ships left early today.", "Office staff were invited to it again."]
    ledger = [row(position, text) for position, text in enumerate(sentences, 1)]
    wrapped = "Ships left early today. Certainly not\nOffice staff were invited to it again."
    assert statuses(wrapped, ledger) == ["exact", "altered"]
    heading = "Ships left early today.\nNews\nOffice staff were invited to it again."
    assert statuses(heading, ledger) == ["exact", "exact"]


def test_what_is_as_like_one_sentence_as_another_is_neither():
    sentence = "Some {} crates of tea were landed on the first day."
    ledger = [row(1, sentence.format(400)), row(2, sentence.format(500))]
    assert statuses(sentence.format(700), ledger) == ["lost", "lost"]
    assert statuses(sentence.format(700), ledger[:1]) == ["altered"]


def test_a_sentence_without_a_stop_that_goes_on_in_the_copy_is_not_proven():
    assert statuses("Ferry talks resume in Port Aldine no more. 14 March 2031")[0] != "exact"
    assert statuses("Ferry talks resume in Port Aldine 14 March 2031")[:2] == ["exact", "exact"]


def test_dropped_sentences_are_lost_and_what_is_new_is_said():
    copy = TEXT.replace(" Office staff were not invited.", "").replace("She left", "Advertisement\nShe left")
    alignment = align(LEDGER, copy)
    assert [match.sentence.position for match in alignment.matches if match.status == "lost"] == [6]
    assert [copy[one.start : one.end] for one in alignment.new] == ["Advertisement"]


def test_a_sentence_that_the_copy_has_once_more_is_repeated_and_not_new():
    copy = TEXT + "\nNo date was set for another round."
    alignment = align(LEDGER, copy)
    assert {match.status for match in alignment.matches} == {"exact"}
    assert [copy[one.start : one.end] for one in alignment.repeated] == ["No date was set for another round."]
    assert not alignment.new


def test_a_sentence_put_before_a_headline_hides_nothing():
    copy = SENTENCES[2] + " " + TEXT
    alignment = align(LEDGER, copy)
    assert {match.status for match in alignment.matches} == {"exact"}
    assert [copy[one.start : one.end] for one in alignment.repeated] == [SENTENCES[2]]


@pytest.mark.parametrize("mark", ["¹", "¹²", "[3]", "[3][14]"])
def test_a_note_s_mark_behind_a_sentence_is_new_and_one_within_it_alters_it(mark):
    copy = TEXT.replace("invited.", f"invited.{mark}")
    alignment = align(LEDGER, copy)
    assert {match.status for match in alignment.matches} == {"exact"}
    assert [copy[one.start : one.end] for one in alignment.new] == [mark]
    assert statuses(TEXT.replace("2,140", f"2,140{mark}"))[4] == "altered"


def test_a_sentence_alone_in_its_place_may_have_more_of_its_words_changed():
    old, new = "Office staff were not invited.", "Dock staff were never invited."
    assert statuses(TEXT.replace(old, new))[5] == "altered"
    assert statuses(TEXT.replace(old, f"{new} Nobody minded it."))[5] == "lost"


def test_boilerplate_around_the_text_is_new_and_proves_nothing():
    copy = "Menu\nNews\n" + TEXT.replace("\n", "\nAdvertisement\n") + "\nRelated: more ferries"
    alignment = align(LEDGER, copy)
    assert {match.status for match in alignment.matches} == {"exact"}
    assert len(alignment.new) == len(ARTICLE) + 2


def test_another_text_proves_nothing():
    assert set(statuses("A quite different story of inland barges. It has its own sentences.")) == {"lost"}


def test_an_empty_copy_and_an_empty_ledger():
    assert statuses("") == ["lost"] * len(SENTENCES)
    assert align([], TEXT).matches == ()
    assert len(align([], TEXT).new) == len(ARTICLE)


def test_a_copy_that_is_not_normalised_is_refused():
    with pytest.raises(ValueError, match="normalise"):
        align(LEDGER, "two  spaces")


def test_reads_rows_of_the_table():
    cells = {"sentence_id": "x-p01-s1", "position": 1, "kind": "body", "words": 1, "start": 10, "end": 14}
    hashes = {"sha256": sha256("Why?"), "folded_sha256": sha256("Why?"), "simhash": simhash("Why?")}
    sentence = LedgerSentence.from_row(cells | hashes)
    assert sentence.length == 4
    assert statuses("Why?", [sentence]) == ["exact"]


SPLICES = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), st.text("notN 3,.-\n“’…ﬁeé\U0001f6a2", max_size=8)),
    max_size=6,
)


@given(SPLICES)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_edit_a_proven_sentence_has_the_folded_text_of_the_original(splices):
    copy = TEXT
    for place, length, text in splices:
        copy = copy[:place] + text + copy[place + length :]
    check_every_match(normalise(copy))


@given(st.text(max_size=200))
def test_any_copy_is_aligned(copy):
    check_every_match(normalise(copy))


@given(
    st.lists(st.sampled_from([*SENTENCES, "Not", "\n", "-\n", "It is false that"]), max_size=30), st.sampled_from(" \n")
)
def test_any_mixture_of_its_sentences_is_aligned(parts, joint):
    check_every_match(normalise(joint.join(parts)))


def check_every_match(copy):
    alignment = align(LEDGER, copy)
    assert [match.sentence for match in alignment.matches] == LEDGER
    spans = []
    for match, original in zip(alignment.matches, SENTENCES, strict=True):
        words = copy[match.start : match.end] if match.status != "lost" else None
        if match.proven:
            assert fold(original) in joined_lines(words)
        if match.status == "exact":
            assert words == original
        if words is not None:
            spans.append((match.start, match.end))
    spans += [(one.start, one.end) for one in (*alignment.new, *alignment.repeated)]
    spans.sort()
    assert all(0 <= start < end <= len(copy) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    covered = "".join(copy[a:b] for (_, a), (b, _) in itertools.pairwise([(0, 0), *spans, (len(copy), 0)]))
    assert not any(map(str.isalnum, covered))


@pytest.mark.parametrize("edit", [str, lambda text: hard_wrapped(text, 60), fold], ids=["same", "wrapped", "one line"])
def test_the_number_of_hashes_grows_with_the_text(monkeypatch, edit):
    hashed = []

    class Counting:
        @staticmethod
        def sha256(data):
            hashed.append(len(data))
            return hashlib.sha256(data)

    monkeypatch.setattr(prove, "hashlib", Counting)
    work = []
    for times in (20, 80):
        sentences = [f"{text.rstrip('.')} in year {year}." for year in range(times) for text in SENTENCES]
        ledger = [row(position, text) for position, text in enumerate(sentences, 1)]
        hashed.clear()
        alignment = align(ledger, normalise(edit("\n".join(sentences))))
        assert all(match.proven for match in alignment.matches)
        work.append(sum(hashed))
    assert work[1] <= 4.4 * work[0]
