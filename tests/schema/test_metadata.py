"""Whose package it is: the descriptor's own words stay, unless it is this release's."""

import json

import pytest

from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.schema.descriptor import build, metadata_of, package_metadata
from packages import FICTIONAL, copy_of

OWN = {
    "name": "varona-truce",
    "title": "The Varona truce",
    "version": "2.1.0",
    "contributors": [{"title": "Selm Desk", "roles": ["creator"]}],
    "homepage": "https://varona.example/",
}


@pytest.fixture
def other(tmp_path):
    folder = copy_of(FICTIONAL, tmp_path / "other", stale=True)
    path = folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | OWN), "utf-8")
    return folder


def test_describing_another_package_keeps_what_it_says_of_itself(other, capsys):
    assert main(["describe", str(other)]) == 0
    assert capsys.readouterr().out == f"wrote {other / 'datapackage.json'}\n"
    described = json.loads((other / "datapackage.json").read_text("utf-8"))
    assert OWN.items() <= described.items()
    assert [source["title"] for source in described["sources"]]
    assert main(["describe", "--check", str(other)]) == 0


def test_our_release_is_described_by_its_definition(other):
    path = other / "datapackage.json"
    path.write_text(json.dumps(OWN | {"name": package_metadata()["name"]}), "utf-8")
    assert metadata_of(other) == package_metadata()
    path.unlink()
    assert build(other)["title"] == package_metadata()["title"]


@pytest.mark.parametrize("content", ["[1]", '{"name":'])
def test_a_descriptor_that_cannot_be_read_is_not_replaced(content, other, capsys):
    (other / "datapackage.json").write_text(content, "utf-8")
    assert main(["describe", str(other)]) == COULD_NOT_RUN
    assert "whose package this is" in capsys.readouterr().err
    assert (other / "datapackage.json").read_text("utf-8") == content
