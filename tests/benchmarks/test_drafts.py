"""The figures in the guide are those that the benchmark prints."""

import os
import runpy

import pytest

from conftest import SOURCES


@pytest.fixture
def printed(checkout):
    def table(folder):
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv(SOURCES, raising=False)
            if folder:
                patch.setenv(SOURCES, folder)
            return runpy.run_path(str(checkout / "benchmarks" / "drafts.py"))["table"]()

    return table


@pytest.fixture
def guide(checkout):
    return (checkout / "docs" / "coding-the-next-article.md").read_text("utf-8")


def test_the_fictional_articles_scores_stand_in_the_guide(printed, guide):
    assert [line for line in printed(None).splitlines() if line not in guide] == []


@pytest.mark.usefixtures("source_text")
def test_the_articles_scores_stand_in_the_guide(printed, guide):
    assert printed(os.environ[SOURCES]) in guide, "run `python benchmarks/drafts.py` and copy its table"


def test_scores_of_known_spans(checkout):
    benchmark = runpy.run_path(str(checkout / "benchmarks" / "drafts.py"))
    span, score = benchmark["Span"], benchmark["score"]
    truth = [
        span("date", "s1", 0, 9, frozenset({("a", "b")})),
        span("date", "s1", 20, 29, frozenset({("c", "d")})),
        span("date", "s2", 0, 9, frozenset({("e", "f")})),
        span("value_text", "s2", 0, 9, frozenset({(1, 1)})),
    ]
    drafts = [
        span("date", "s1", 0, 9, frozenset({("a", "b")})),
        span("date", "s1", 22, 29, frozenset({("c", "x")})),
        span("date", "s3", 0, 9, frozenset({("e", "f")})),
    ]
    assert score("a text", "date", truth, drafts) == (
        "a text",
        "dates",
        "2 of 3 (67%)",
        "2 of 3 (67%)",
        "1 of 2 (50%)",
        "1 of 2 (50%)",
    )
    assert score("a text", "value_text", truth, drafts)[2:] == ("0 of 1 (0%)", "none", "none", "none")
