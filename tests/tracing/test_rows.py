import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire_talks.package.package import Package
from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.text.quantities import read_quantity
from ceasefire_talks.tracing.trace import trace_text
from coded_packages import package_of, with_cell
from packages import FICTIONAL

ARTICLE = (FICTIONAL / "article.txt").read_text("utf-8")
FICTIONAL_PACKAGE = Package(FICTIONAL)


def figure(value_text, line=0, *, figure_id="fi-001", words=None, **cells):
    bounds = read_quantity(value_text)
    row = {"low": bounds.low, "high": bounds.high, "qualifier": bounds.qualifier, "unit": bounds.unit or "person"}
    cells = {"figure_id": figure_id, "subject": "people", "value_text": value_text, **row, **cells}
    return "figures", cells, {"": (line, value_text), "value_text": (line, words or value_text)}


def event(words, date, date_min="", date_max="", *, line=0, event_id="ev-001", status="occurred", row=None):
    cells = {"event_id": event_id, "summary": "An event.", "status": status}
    bounds = {"date": date, "date_min": date_min, "date_max": date_max}
    return "events", cells | bounds, {"": row or (line, words), "date": (line, words)}


def only(findings):
    (found,) = findings
    return found


def test_every_row_of_the_article_is_proven_by_its_text():
    found = trace_text(FICTIONAL_PACKAGE, ARTICLE)
    assert {row.status for row in found.rows} == {"proven"}
    assert {one.status for one in found.figures} == {one.status for one in found.dates} == {"recomputed"}
    cells = {row.evidence_id: (row.words, row.stated) for row in found.rows if row.column == "value_text"}
    assert cells
    assert all(words == stated for words, stated in cells.values())


@pytest.mark.parametrize(
    ("table", "record", "column", "value"),
    [
        ("figures", "fi-003", "value_text", "381"),
        ("positions", "po-003", "quote", "a tram"),
        ("actors", "mara-dunn", "described_as", "Premier"),
        ("evidence", "ed-0051", "start", "12"),
        ("evidence", "ed-0051", "end", "900"),
        ("evidence", "ed-0050", "end", "900"),
        ("evidence", "ed-0050", "end", "0"),
    ],
)
def test_words_that_are_not_those_of_the_cell_differ(table, record, column, value, tmp_path):
    found = trace_text(with_cell(FICTIONAL, tmp_path, table, record, column, value), ARTICLE)
    wrong = only(row for row in found.rows if row.status != "proven")
    assert wrong.status == "differs"
    assert wrong.reason
    assert str(wrong.place).startswith("data/evidence.csv:")
    assert not found.ok
    of_words = [one.status for one in found.figures if one.figure_id == wrong.record and wrong.column == "value_text"]
    assert set(of_words) <= {"not-proven"}


def test_in_an_exact_copy_the_quotes_of_a_cell_count(tmp_path):
    text = "She called it “a ‘fine’ offer”."
    cells = {"position_id": "po-001", "summary": "An offer.", "quote": "a 'fine' offer"}
    rows = [("positions", cells, {"": (0, "She"), "quote": (0, "a ‘fine’ offer")})]
    package = package_of(tmp_path, text, rows)
    assert [row.status for row in trace_text(package, text).rows] == ["proven", "differs"]
    assert {row.status for row in trace_text(package, text.replace("‘", "'").replace("’", "'")).rows} == {"proven"}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("low", "319", "low: the row has 319, its words 318"),
        ("high", "381", "high: the row has 381, its words 318"),
        ("high", "", "high: the row has none, its words 318"),
        ("qualifier", "about", "qualifier: the row has about, its words exact"),
    ],
)
def test_a_figure_that_its_words_do_not_state_differs(column, value, reason, tmp_path):
    found = trace_text(with_cell(FICTIONAL, tmp_path, "figures", "fi-003", column, value), ARTICLE)
    wrong = only(one for one in found.figures if one.status != "recomputed")
    assert (wrong.figure_id, wrong.status, wrong.reason) == ("fi-003", "differs", reason)
    assert str(wrong.place) == "data/figures.csv:4"
    assert not found.ok


def test_a_unit_is_compared_where_the_words_hold_one(tmp_path):
    found = trace_text(with_cell(FICTIONAL, tmp_path / "miles", "figures", "fi-002", "unit", "km"), ARTICLE)
    assert only(one for one in found.figures if one.status != "recomputed").reason.startswith("unit: the row has km")
    found = trace_text(with_cell(FICTIONAL, tmp_path / "people", "figures", "fi-003", "unit", "fighter"), ARTICLE)
    assert {one.status for one in found.figures} == {"recomputed"}


@pytest.mark.parametrize(
    ("value_text", "recomputed"),
    [("2.5m", "not-recomputed"), ("a good few", "not-recomputed"), ("1.2 million", "recomputed")],
)
def test_what_the_grammar_cannot_read_is_never_counted_as_recomputed(value_text, recomputed, tmp_path):
    row = {"low": 1_200_000, "high": 1_200_000, "qualifier": "exact", "unit": "person", "subject": "people"}
    evidence = {"": (0, value_text), "value_text": (0, value_text)}
    text = f"Some {value_text} people have left."
    package = package_of(
        tmp_path, text, [("figures", {"figure_id": "fi-001", "value_text": value_text, **row}, evidence)]
    )
    found = trace_text(package, text)
    assert only(found.figures).status == recomputed
    assert ("beyond the grammar" in found.summary) == (recomputed == "not-recomputed")
    assert found.ok


@pytest.mark.parametrize(
    ("words", "date", "date_min", "date_max", "status"),
    [
        ("on Friday", "2031-03-14", "2031-03-14", "2031-03-14", "occurred"),
        ("on Friday", "2031-03-14", "2031-03-14", "2031-03-14", "planned"),
        ("on Tuesday", "2031-03-18", "2031-03-18", "2031-03-18", "planned"),
        ("on Tuesday", "[2031-03-11,2031-03-18]", "2031-03-11", "2031-03-18", "hypothetical"),
        ("until late February", "2031-02-02/2031-02-28", "2031-02-02", "2031-02-28", "occurred"),
        ("since 2 February", "2031-02-02/..", "2031-02-02", "", "ongoing"),
        ("started on 2 February, after", "2031-02-02/..", "2031-02-02", "", "ongoing"),
        ("came after 2 February, when", "[2031-02-03..2031-03-14]", "2031-02-03", "2031-03-14", "occurred"),
    ],
)
def test_dates_are_recomputed_from_words_and_publication(words, date, date_min, date_max, status, tmp_path):
    text = f"Shells fell {words} it was said."
    package = package_of(tmp_path, text, [event(words, date, date_min, date_max, status=status)])
    found = only(trace_text(package, text).dates)
    assert (found.status, found.reason) == ("recomputed", None)


@pytest.mark.parametrize(
    ("words", "date", "status"),
    [
        ("on Tuesday", "2031-03-18", "occurred"),
        ("on Tuesday", "2031-03-11", "planned"),
        ("on Tuesday", "2031-03-11", "hypothetical"),
        ("on Friday", "2031-03-07", "occurred"),
        ("in February", "2031-02-02", "occurred"),
        ("after 2 February, when", "2031-02-02", "occurred"),
    ],
)
def test_a_date_outside_the_bounds_differs(words, date, status, tmp_path):
    text = f"Shells fell {words} it was said."
    found = trace_text(package_of(tmp_path, text, [event(words, date, date, date, status=status)]), text)
    assert only(found.dates).status == "differs"
    assert not found.ok


@pytest.mark.parametrize("words", ["shortly after the visit", "after a break of a month", "on 2 March and on 5 March"])
def test_a_date_that_the_grammar_cannot_read_is_counted_apart(words, tmp_path):
    text = f"Shells fell {words} again."
    found = trace_text(package_of(tmp_path, text, [event(words, "2031-03-14", "2031-03-14", "2031-03-14")]), text)
    assert only(found.dates).status == "not-recomputed"
    assert words in only(found.dates).reason
    assert "0 of 1 dates recomputed (1 beyond the grammar)" in found.summary
    assert found.ok


def test_numbers_and_dates_of_another_language_are_not_read(tmp_path):
    text = "Depuis 2031-03-02, 318 morts."
    rows = [figure("318"), event("2031-03-02", "2031-03-02", "2031-03-02", "2031-03-02")]
    found = trace_text(package_of(tmp_path, text, rows, language="fr"), text)
    assert {one.status for one in (*found.figures, *found.dates)} == {"not-recomputed"}
    assert "language fr" in only(found.figures).reason


VISIT = ("the visit", "2031-03-11/2031-03-12", "2031-03-11", "2031-03-12")
BEFORE = "2031-03-04/2031-03-10", "2031-03-04", "2031-03-10"


def before_the_visit(bounds=BEFORE, visit=VISIT):
    held = "on Tuesday and Wednesday"
    rows = [
        event(held, *visit[1:], event_id="ev-002", row=(0, "in the days before the visit")),
        event("in the days before the visit", *bounds),
    ]
    rows[0][2][""] = (0, visit[0])
    return f"Shells fell in the days before the visit, held {held}.", rows


def test_a_date_told_from_an_event_is_read_from_the_date_of_that_event(tmp_path):
    text, rows = before_the_visit()
    found = trace_text(package_of(tmp_path / "right", text, rows), text).dates[1]
    assert (found.status, found.read_date, found.anchor) == ("recomputed", "2031-03-04/2031-03-10", VISIT[1])
    text, rows = before_the_visit(("2031-03-05/2031-03-11", "2031-03-05", "2031-03-11"))
    assert trace_text(package_of(tmp_path / "wrong", text, rows), text).dates[1].status == "differs"


def test_an_event_that_the_words_do_not_name_is_no_anchor(tmp_path):
    text, rows = before_the_visit(visit=("visit", *VISIT[1:]))
    found = trace_text(package_of(tmp_path, text, rows), text).dates[1]
    assert (found.status, found.anchor) == ("not-recomputed", None)


def test_an_event_is_not_told_from_itself(tmp_path):
    text = "Shells fell in the days before the visit."
    package = package_of(tmp_path, text, [event("in the days before the visit", *BEFORE, row=(0, "the visit"))])
    assert only(trace_text(package, text).dates).status == "not-recomputed"


def test_a_date_that_comes_later_is_no_anchor(tmp_path):
    text = "Since then 3 have died.\nWar broke out on 2 February."
    package = package_of(tmp_path, text, [event("Since then", "2031-02-02/..", "2031-02-02")])
    assert only(trace_text(package, text).dates).status == "not-recomputed"


def test_what_the_copy_does_not_prove_hides_the_dates_before_it(tmp_path):
    text = "War broke out on 2 February.\nIt stopped on 5 March.\nSince then nobody has died."
    package = package_of(tmp_path, text, [event("Since then", "2031-03-05/..", "2031-03-05", line=2)])
    assert only(trace_text(package, text).dates).status == "recomputed"
    found = only(trace_text(package, text.replace("It stopped", "It ended")).dates)
    assert (found.status, found.anchor) == ("not-recomputed", None)


def test_of_one_day_among_several_any_may_be_meant(tmp_path):
    text, rows = before_the_visit(visit=("the visit", "[2031-03-11..2031-03-12]", "2031-03-11", "2031-03-12"))
    assert trace_text(package_of(tmp_path, text, rows), text).dates[1].status == "differs"


@pytest.mark.parametrize(
    ("text", "words", "bounds"),
    [
        ("War broke out on 2 February.\nSince then 3 have died.", "Since then", ("2031-02-02/..", "2031-02-02", "")),
        ("Talks ended on 5 March.\nHe left the day before.", "the day before", ("2031-03-04",) * 3),
        (
            "On 5 March boats met, and on 7 March they left; he saw it two days later.",
            "two days later",
            ("2031-03-09",) * 3,
        ),
    ],
)
def test_a_date_that_points_back_is_read_from_the_nearest_before_it(text, words, bounds, tmp_path):
    line = text.count("\n")
    package = package_of(tmp_path, text, [event(words, *bounds, line=line)])
    found = only(trace_text(package, text).dates)
    assert (found.status, found.reason) == ("recomputed", None)
    assert found.anchor
    nothing_before = text.split("\n")[-1] if line else words
    alone = package_of(tmp_path / "alone", nothing_before, [event(words, *bounds)])
    assert only(trace_text(alone, nothing_before).dates).status == "not-recomputed"


ELLIPSES = "The first officer left… five of them, officials affirmed… filed “a fine offer” on 2 March."
EVIDENCE = [
    figure("five", words="five"),
    ("positions", {"position_id": "po-001", "summary": "An offer.", "quote": "a fine offer"},
     {"": (0, "filed “a fine offer”"), "quote": (0, "a fine offer")}),
    event("on 2 March", "2031-03-02", "2031-03-02", "2031-03-02"),
]  # fmt: skip
SETTINGS = {
    "three full stops": lambda text: text.replace("…", "..."),
    "one of them": lambda text: text.replace("…", "...", 1),
    "ligatures": lambda text: text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("ff", "ﬀ"),
    "straight quotes": lambda text: text.replace("“", '"').replace("”", '"'),
    "guillemets": lambda text: text.replace("“", "«").replace("”", "»"),
    "lines": lambda text: text.replace(" ", "\n"),
    "hyphenated": lambda text: text.replace("officials", "offi-\ncials").replace("filed", "fi-\nled"),
}


@given(st.lists(st.sampled_from(list(SETTINGS)), unique=True))
def test_spans_are_found_however_the_copy_is_set(tmp_path_factory, settings):
    package = package_of(tmp_path_factory.mktemp("set"), ELLIPSES, EVIDENCE)
    copy = ELLIPSES
    for name in settings:
        copy = SETTINGS[name](copy)
    found = trace_text(package, copy)
    assert found.ok, [row for row in found.rows if row.status != "proven"]
    for row in found.rows:
        text = only(found.sentences).text
        assert text[row.text_start : row.text_end] == row.words


@pytest.mark.parametrize("published", ["ofﬁcer", "oﬀicer", "oﬃcer", "officer"])
def test_ligatures_of_the_published_sentence_are_told_by_its_hash(published, tmp_path):
    text = f"The first {published} – of five – fined 318 people for five offences."
    found = trace_text(package_of(tmp_path, text, [figure("318")]), text.replace(published, "officer"))
    assert found.ok


def test_a_span_that_may_lie_in_several_places_is_not_located(tmp_path):
    # The dashes of the published sentence are of two kinds, so that its hash cannot be had from the copy.
    text = "‘Fish’ — “first officer” – left… five, offers."
    package = package_of(tmp_path, text, [figure("five")])
    found = trace_text(package, text.replace("…", "...").replace("–", "-").replace("—", "-"))
    assert [one.status for one in found.sentences] == ["reformatted"]
    assert {row.status for row in found.rows} == {"not-located"}
    assert only(found.figures).status == "not-proven"
    assert not found.ok


@given(st.data())
def test_no_edit_of_a_copy_proves_words_that_are_not_in_the_row(data):
    place = data.draw(st.integers(0, len(ARTICLE) - 1))
    length = data.draw(st.integers(0, 12))
    put = data.draw(st.sampled_from(["", " not", "0", "x", "\n", "…", '"', " nearly", "-\n"]))
    copy = ARTICLE[:place] + put + ARTICLE[place + length :]
    found = trace_text(FICTIONAL_PACKAGE, copy, "meridian-20310314")
    published = {row.evidence_id: row.words for row in trace_text(FICTIONAL_PACKAGE, ARTICLE).rows}
    for row in found.rows:
        if row.status == "proven":
            assert plain(row.words) == plain(published[row.evidence_id])


def plain(words):
    return re.sub(r"[“”]", '"', normalise(words).replace("…", "...")).replace("’", "'").replace("\n", " ")
