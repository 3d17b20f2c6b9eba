import pytest

from ceasefire_talks.package.errors import UnknownNameError
from ceasefire_talks.publishing.citation import cite

DESCRIPTOR = {
    "name": "some-talks",
    "title": "Some Talks",
    "version": "1.2.3",
    "created": "2031-05-06T00:00:00Z",
    "contributors": [
        {"title": "Some Body", "roles": ["creator"]},
        {"title": "A Helper", "roles": ["contributor"]},
        {"title": "Nobody in Particular"},
    ],
}


def test_apa():
    assert cite(DESCRIPTOR, "apa") == "Some Body. (2031). Some Talks (Version 1.2.3) [Data set]."


def test_bibtex():
    assert cite(DESCRIPTOR, "bibtex").splitlines() == [
        "@misc{some_talks_1_2_3,",
        "  author  = {{Some Body}},",
        "  title   = {{Some Talks}},",
        "  year    = {2031},",
        "  version = {1.2.3},",
        "  note    = {Data set}",
        "}",
    ]


def test_an_unknown_format_names_the_nearest():
    with pytest.raises(UnknownNameError, match="no citation format 'bibtec'; nearest is 'bibtex'"):
        cite(DESCRIPTOR, "bibtec")
