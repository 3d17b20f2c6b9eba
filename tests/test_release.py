import json
import re
import tomllib
from importlib.metadata import version

import yaml

import ceasefire_talks as ct
from ceasefire_talks.schema.descriptor import package_metadata


def test_the_built_metadata_have_the_version():
    assert version("ceasefire-talks") == ct.__version__ == package_metadata()["version"]


def test_pyproject_reads_the_version_and_does_not_repeat_it(checkout):
    assert ct.__version__ not in (checkout / "pyproject.toml").read_text("utf-8")


def test_the_descriptor_has_the_version_and_date(checkout):
    descriptor = json.loads((checkout / "datapackage.json").read_text("utf-8"))
    assert [descriptor[k] for k in ("version", "created")] == [package_metadata()[k] for k in ("version", "created")]


def test_the_citation_file_says_what_the_descriptor_says(checkout):
    citation = yaml.safe_load((checkout / "CITATION.cff").read_text("utf-8"))
    release = package_metadata()
    assert str(citation["version"]) == release["version"]
    assert citation["date-released"] == release["created"][:10]
    assert citation["title"] == release["title"]
    assert [author["name"] for author in citation["authors"]] == [c["title"] for c in release["contributors"]]
    assert citation["license"] == release["licenses"][0]["name"]
    assert citation["keywords"] == release["keywords"]
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"


def test_the_changelog_begins_with_this_release_data_and_code_apart(checkout):
    changelog = (checkout / "CHANGELOG.md").read_text("utf-8")
    # What comes after it has no version yet.
    latest = re.split(r"^## (?!Unreleased$)", changelog, flags=re.MULTILINE)[1]
    assert latest.startswith(f"{ct.__version__} ({package_metadata()['created'][:10]})\n")
    assert re.findall(r"^### (.*)$", latest, re.MULTILINE) == ["Data", "Code"]


def test_the_docs_name_no_other_version(checkout):
    # That page is about the difference of two.
    pages = [path for path in (checkout / "docs").glob("*.md") if path.name != "versions.md"]
    named = re.compile(r"(?:ceasefire-talks-|ceasefire_talks-|Talks \(Version )([0-9]+\.[0-9]+\.[0-9]+)")
    texts = [path.read_text("utf-8") for path in (checkout / "README.md", *pages)]
    assert {version for text in texts for version in named.findall(text)} == {ct.__version__}


def test_every_dependency_says_what_it_is_for(checkout):
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {"always": project["dependencies"], **project["optional-dependencies"]}
    wanted = {(name(requirement), extra) for extra, group in extras.items() for requirement in group}
    table = re.findall(
        r"^\| (.+?) \| `?(\w+)`? \|", (checkout / "docs" / "dependencies.md").read_text("utf-8"), re.MULTILINE
    )
    described = {(library, extra) for libraries, extra in table for library in libraries.split(", ")}
    assert {pair for pair in wanted if pair[0] != "ceasefire-talks"} == described - {("Library", "Comes")}


def name(requirement):
    return re.match(r"[\w-]+", requirement)[0]
