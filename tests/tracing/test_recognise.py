import pytest

from ceasefire_talks.package.errors import PackageError, UnknownNameError
from ceasefire_talks.package.package import Package
from ceasefire_talks.text.normalise import normalise
from ceasefire_talks.tracing.recognise import UnrecognisedError, recognise
from ceasefire_talks.tracing.trace import trace_text
from coded_packages import SOURCE, package_of
from packages import FICTIONAL, copy_of

ARTICLE = normalise((FICTIONAL / "article.txt").read_text("utf-8"))
OTHER = "Ferries were cancelled again.\nReyl will meet Dunn on Saturday.\nNobody said why.\nA second day was lost."


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A package with the fictional article and another, which share a sentence."""
    folder = copy_of(FICTIONAL, tmp_path_factory.mktemp("both"))
    package_of(folder / "other", OTHER, [])
    for table in ("sources", "sentences"):
        added = (folder / "other" / "data" / f"{table}.csv").read_text("utf-8").partition("\n")[2]
        with (folder / "data" / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(added)
    return Package(folder)


def recognised(package, copy):
    return recognise(package, normalise(copy))[0].source["source_id"]


def test_a_source_is_told_by_its_sentences(both):
    assert recognised(both, ARTICLE) == "meridian-20310314"
    assert recognised(both, OTHER) == SOURCE


def test_most_sentences_win_whatever_else_the_copy_holds(both):
    one_of_it = ARTICLE.split("\n")[0]
    assert recognised(both, f"{one_of_it}\n{OTHER}\nShare this.") == SOURCE
    assert recognised(both, f"{ARTICLE}\n{OTHER}") == "meridian-20310314"


def test_of_as_many_sentences_the_greater_share_wins(both):
    assert recognised(both, "Reyl will meet Dunn on Saturday.") == SOURCE


@pytest.mark.parametrize("copy", ["", "Nothing of the kind.", ARTICLE.replace(".", "!").replace(",", ";")[:300]])
def test_a_text_of_no_source_is_refused_with_the_sources_there_are(copy, both):
    with pytest.raises(UnrecognisedError, match=f"no sentence of any source.*{SOURCE}, meridian-20310314|meridian"):
        recognise(both, copy)


def test_a_tie_is_refused(tmp_path):
    package = package_of(tmp_path, OTHER, [])
    for table in ("sources", "sentences"):
        path = tmp_path / "data" / f"{table}.csv"
        header, _, rows = path.read_text("utf-8").partition("\n")
        path.write_text(f"{header}\n{rows}{rows.replace(SOURCE, 'twin-20310314')}", "utf-8")
    with pytest.raises(UnrecognisedError, match=f"several sources; name one: {SOURCE}, twin-20310314"):
        recognise(package, OTHER)


def test_a_named_source_is_traced_though_nothing_of_it_is_there(both):
    found = trace_text(both, "Nothing of the kind.", SOURCE)
    assert {one.status for one in found.sentences} == {"lost"}
    assert not found.ok


@pytest.mark.parametrize("name", ["meridian-2031031", "harbour-board-20310310"])
def test_a_source_that_is_not_traced_to_its_sentences_is_unknown(name, both):
    with pytest.raises(UnknownNameError, match="traced to its sentences"):
        trace_text(both, ARTICLE, name)


def test_a_package_without_traced_sources_says_so(tmp_path):
    package_of(tmp_path, OTHER, [])
    path = tmp_path / "data" / "sources.csv"
    path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    with pytest.raises(PackageError, match="no source that is traced"):
        recognise(Package(tmp_path), OTHER)
