import json
import re
import subprocess
import sys
import zipfile

import bibtexparser
import jsonschema
import pytest
import rispy
import yaml
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

import ceasefire_talks as ct
from ceasefire_talks.package.errors import UnknownNameError
from ceasefire_talks.publishing.citation import cite, formats
from ceasefire_talks.publishing.citation.apa import as_apa
from ceasefire_talks.publishing.citation.bibtex import as_bibtex
from ceasefire_talks.publishing.citation.cff import as_cff
from ceasefire_talks.publishing.citation.csl import as_csl_json
from ceasefire_talks.publishing.citation.reference import Reference, doi, of_source
from ceasefire_talks.publishing.citation.ris import as_ris

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
ARTICLE = Reference(
    key="paper-20310504",
    kind="news",
    title="Who won?",
    issued="2031-05-04",
    accessed="2031-05-06",
    publisher="The Paper",
    url="https://example.org/a_b?c=1&d=%20",
    language="en-GB",
)


def test_apa():
    assert cite(DESCRIPTOR, "apa") == "Some Body. (2031). Some Talks (Version 1.2.3) [Data set]."
    assert as_apa([ARTICLE]) == f"Who won? (2031, May 4). The Paper. {ARTICLE.url}"


def test_apa_of_a_text_with_an_author_and_without_a_date():
    article = Reference(key="k", kind="report", title="A Report", authors=("The Paper",), publisher="The Paper")
    assert as_apa([article]) == "The Paper. (n.d.). A Report."


def test_bibtex():
    assert cite(DESCRIPTOR, "bibtex").splitlines() == [
        "@misc{some_talks_1_2_3,",
        "  author  = {{Some Body}},",
        "  title   = {{Some Talks}},",
        "  year    = {2031},",
        "  version = {1.2.3},",
        "  note    = {Data set},",
        "}",
    ]


def test_ris():
    (record,) = rispy.loads(as_ris([ARTICLE]))
    assert record == {
        "type_of_reference": "NEWS",
        "id": "paper-20310504",
        "title": "Who won?",
        "year": "2031",
        "date": "2031/05/04",
        "publisher": "The Paper",
        "urls": [ARTICLE.url],
        "access_date": "2031/05/06",
        "language": "en-GB",
    }


def test_csl_json():
    release, article = json.loads(as_csl_json([_release(), ARTICLE]))
    assert release["type"] == "dataset"
    assert release["author"] == [{"literal": "Some Body"}]
    assert release["issued"] == {"date-parts": [[2031, 5, 6]]}
    assert (article["type"], article["container-title"]) == ("article-newspaper", "The Paper")
    assert article["accessed"] == {"date-parts": [[2031, 5, 6]]}


def _release(**more):
    return Reference(key="r", kind="dataset", title="Some Talks", authors=("Some Body",), issued="2031-05-06", **more)


@pytest.mark.parametrize("name", formats())
def test_there_is_no_doi_until_there_is_one(name):
    assert "doi" not in cite(DESCRIPTOR, name).casefold()
    for given_as in ({"doi": "10.1234/x-y"}, {"id": "https://doi.org/10.1234/x-y"}):
        assert "10.1234/x-y" in cite(DESCRIPTOR | given_as, name)


@pytest.mark.parametrize("text", ["", "none", "https://example.org/10.1234/x", "10.1/x", "10.1234/", "10.1234/a b"])
def test_what_is_no_doi_is_none(text):
    assert doi({"doi": text}) == ""
    assert doi({"id": text}) == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://example.org/a b", "nowhere"])
def test_an_address_is_a_web_address(url, bundled):
    row = bundled.records("sources")[0] | {"url": url}
    assert of_source(row).url == ""


def test_an_unknown_format_names_the_nearest():
    with pytest.raises(UnknownNameError, match="no citation format 'bibtec'; nearest is 'bibtex'"):
        cite(DESCRIPTOR, "bibtec")


texts = st.text(st.one_of(st.sampled_from("\\{}&%$#_~^\"'@,;=\n\r\u2028\x85 :-"), st.characters(codec="utf-8")))
references = st.builds(
    Reference,
    key=st.just("key"),
    kind=st.sampled_from(["dataset", "news", "report", "repost"]),
    title=texts.map("T".__add__),
    authors=st.lists(texts.map("A".__add__), min_size=1, max_size=2).map(tuple),
    issued=st.sampled_from(["", "2031-05-06"]),
    version=texts,
    publisher=texts,
    abstract=texts,
    note=texts,
)


@given(reference=references)
def test_no_text_breaks_out_of_its_ris_tag(reference):
    (record,) = rispy.loads(as_ris([reference]))
    assert record["title"] == " ".join(reference.title.split())
    assert len(record["authors"]) == len(reference.authors)


@given(reference=references)
def test_no_text_breaks_out_of_its_bibtex_field(reference):
    library = bibtexparser.parse_string(as_bibtex([reference, ARTICLE]))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["key", ARTICLE.key]
    names = {field.key for field in library.entries[0].fields}
    assert names <= {"author", "title", "howpublished", "year", "date", "version", "note"}


@given(reference=references)
def test_bibtex_escapes_what_tex_would_read(reference):
    escaped = re.sub(r"\\(?:[&%$#_{}]|textbackslash\{\}|textascii\w+\{\})", "", as_bibtex([reference]))
    title = next(line for line in escaped.split("\n") if line.startswith("  title"))
    assert not set(title.partition("{{")[2].removesuffix("}},")) & set("&%$#_{}\\~^")


@given(release=references, source=references)
def test_yaml_gives_the_texts_back(release, source):
    document = yaml.safe_load(as_cff([release, source]))
    assert document["title"] == release.title
    assert document.get("abstract", "") == release.abstract
    assert document["references"][0]["authors"] == [{"name": name} for name in source.authors]


def test_the_citation_file_is_what_cite_prints(checkout):
    assert (checkout / "CITATION.cff").read_text("utf-8") == ct.cite(format="cff") + "\n"


@pytest.fixture(scope="module")
def cff_schema(tmp_path_factory):
    # cffconvert needs an old jsonschema; the schema that it carries needs nothing.
    folder = tmp_path_factory.mktemp("cff")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), "cffconvert==2.0.0"]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return json.loads(wheel.read("cffconvert/schemas/1.2.0/schema.json"))


@pytest.mark.slow
def test_every_cff_is_valid_by_the_schema_of_the_format(cff_schema):
    validator = jsonschema.Draft7Validator(cff_schema)
    with_doi = cite(ct.descriptor() | {"doi": "10.1234/x-y", "homepage": "https://example.org/"}, "cff")
    for text in (ct.cite(format="cff"), ct.cite("ev-001", "cff"), ct.cite("sources", "cff"), with_doi):
        assert [error.message for error in validator.iter_errors(yaml.safe_load(text))] == []
    assert list(validator.iter_errors({"title": "not enough"}))


@pytest.mark.filterwarnings("error::UserWarning:citeproc")
def test_a_citation_processor_renders_every_csl_item():
    items = json.loads(ct.cite("sources", "csl-json"))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    rendered = {str(entry) for entry in bibliography.bibliography()}
    assert len(rendered) == len(items)
    for item in items:
        year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else "no date"
        names = [author["literal"] for author in item.get("author", [])]
        stated = [item["title"], year, *names, item.get("URL", ""), item.get("container-title", "")]
        assert any(all(text in entry for text in stated) for entry in rendered), item["id"]


def test_every_csl_item_has_the_shape_of_the_schema():
    text = {"id", "type", "title", "version", "container-title", "publisher", "DOI", "URL", "language", "note"}
    for item in json.loads(ct.cite("sources", "csl-json")):
        assert set(item) <= text | {"author", "issued", "accessed"}
        assert all(isinstance(item[name], str) for name in text & set(item))
        for name in {"issued", "accessed"} & set(item):
            (parts,) = item[name]["date-parts"]
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)
