"""The command that builds the site of a package made with `new`."""

import contextlib
import html
import os
import re
import shutil
import subprocess
import sys
import zipfile
from urllib.parse import urlsplit

import pytest

from ceasefire_talks.commands import main
from ceasefire_talks.package.package import Package
from ceasefire_talks.package.record import record_key
from ceasefire_talks.website.addresses import record_path
from documents import broken_links, read_site
from packages import FICTIONAL

pytestmark = pytest.mark.slow

OF_THESE_TALKS = re.compile("hezbollah|israel|leban|litani|beirut|hochstein|dazzling|language model", re.IGNORECASE)
# The dictionary and the codebook list all currencies of the data model.
CURRENCIES = re.compile("new Israeli shekel|Lebanese pound")
EVIL = '</title><script>alert(1)</script> [x](javascript:alert(1)) "><img src=x onerror=alert(1)>'


def new(folder, title="The Varona truce"):
    """A package of one's own, coded."""
    assert main(["new", str(folder), "--title", title]) == 0
    for path in (FICTIONAL / "data").glob("*.csv"):
        shutil.copy(path, folder / "data")
    assert main(["describe", str(folder)]) == 0
    return folder


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def truce(tmp_path_factory):
    return new(tmp_path_factory.mktemp("package") / "truce")


@pytest.fixture(scope="module")
def built(truce, tmp_path_factory):
    folder = tmp_path_factory.mktemp("built") / "site"
    assert main(["site", str(folder), str(truce)]) == 0
    return folder


def test_every_link_leads_somewhere(built):
    assert broken_links(built) == []


def test_it_says_nothing_of_other_talks(built):
    for path in built.rglob("*.html"):
        assert not OF_THESE_TALKS.search(CURRENCIES.sub("", path.read_text("utf-8"))), path
    assert not OF_THESE_TALKS.search(CURRENCIES.sub("", (built / "search/search_index.json").read_text("utf-8")))


def test_it_is_named_after_the_package_and_shows_all_of_it(built, truce):
    package = Package(truce)
    home = (built / "index.html").read_text("utf-8")
    assert "<title>The Varona truce</title>" in home
    assert "There is no data statement" in home
    assert "ct-stance" in home
    for table, schema in package.schemas.items():
        assert (built / f"data/{table}.csv").read_bytes() == package.path(table).read_bytes()
        for row in package.records(table):
            assert (built / record_path(schema, record_key(package, table, row))).is_file()
    assert "meridian-20310314-p06-s2" in (built / "articles/meridian-20310314.html").read_text("utf-8")


def test_it_loads_nothing_from_elsewhere_and_makes_up_no_address(built):
    resources = [r for document in read_site(built).values() for r in document.resources]
    assert [r for r in resources if urlsplit(r).netloc] == []
    assert not list(built.glob("sitemap*"))


def test_the_ways_in_that_the_home_page_shows_can_be_gone(built, truce):
    home = (built / "index.html").read_text("utf-8").split("Three ways in")[-1]
    snippets = [
        html.unescape(re.sub("<[^>]+>", "", code)) for code in re.findall("<code>(.*?)</code>", home, re.DOTALL)
    ]
    install, check, read, citation = (snippet for snippet in snippets if " " in snippet)
    assert install == 'pip install "ceasefire-talks[check]"\n'
    names = {}
    with contextlib.chdir(truce):
        exec(check + read, names)
    assert len(names["events"]) == len(Package(truce).records("events"))
    assert citation.startswith("The Varona truce (Version 0.1.0) [Data set].")


def test_an_earlier_site_is_replaced_and_nothing_else_is(built, truce, tmp_path, capsys):
    (built / "left-over.html").write_text("x")
    assert main(["site", str(built), str(truce)]) == 0
    assert not (built / "left-over.html").exists()
    write(tmp_path / "full" / "mine.txt", "x")
    assert main(["site", str(tmp_path / "full"), str(truce)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "mine.txt"]


def test_it_is_not_built_over_the_package(truce, capsys):
    for folder in (truce, truce.parent, truce / "data"):
        assert main(["site", str(folder), str(truce)]) == 2
    assert "name another" in capsys.readouterr().err


def test_a_package_with_problems_has_no_site(truce, tmp_path, capsys):
    broken = shutil.copytree(truce, tmp_path / "broken")
    (broken / "data" / "events.csv").unlink()
    assert main(["site", str(tmp_path / "site"), str(broken)]) == 1
    assert "D04" in capsys.readouterr().out
    assert not (tmp_path / "site").exists()


def test_a_package_without_rows_has_a_site_that_says_so(tmp_path):
    assert main(["new", str(tmp_path / "empty"), "--title", "Nothing yet"]) == 0
    assert main(["site", str(tmp_path / "site"), str(tmp_path / "empty")]) == 0
    assert broken_links(tmp_path / "site") == []
    for page, said in {"index": "No position", "timeline": "No event", "figures": "No other report"}.items():
        assert said in (tmp_path / "site" / f"{page}.html").read_text("utf-8")


def test_its_own_pages_are_in_it_and_a_broken_link_in_them_is_told(truce, tmp_path, capsys):
    own = shutil.copytree(truce, tmp_path / "own")
    write(own / "docs/data-statement.md", "---\nnotice: Coded by two people.\n---\n# Data statement\n\nAs it was.\n")
    write(own / "docs/field-notes.md", "# Field notes\n\n[Of the river](records/places/varona-river.html)\n")
    write(
        own / "README.md",
        "# Read me\n\n[notes](docs/field-notes.md), [the licence](LICENSE), [home](https://a.example/)\n",
    )
    write(own / "CHANGELOG.md", "# Changes\n\nNone.\n")
    assert main(["site", str(tmp_path / "site"), str(own)]) == 0
    assert broken_links(tmp_path / "site") == []
    assert "Coded by two people." in (tmp_path / "site/records/ev-001.html").read_text("utf-8")
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert all(page in home for page in ("field-notes.html", "data-statement.html", "readme.html", "changelog.html"))
    assert "There is no data statement" not in home
    readme = (tmp_path / "site/readme.html").read_text("utf-8")
    assert 'href="field-notes.html"' in readme
    assert "the licence" in readme
    write(own / "docs/field-notes.md", "[nowhere](none.md)\n")
    capsys.readouterr()
    assert main(["site", str(tmp_path / "site"), str(own)]) == 2
    assert "none.md" in capsys.readouterr().err
    for name in ("docs/field-notes.md", "README.md"):
        (own / name).write_bytes(b"\xff")
        assert main(["site", str(tmp_path / "site"), str(own)]) == 2
        assert "not UTF-8" in capsys.readouterr().err
    assert "Of the river" in (tmp_path / "site/field-notes.html").read_text("utf-8")


def test_markup_in_the_names_of_a_package_is_shown_as_text(tmp_path):
    package = new(tmp_path / "evil", EVIL)
    # Prose is taken as its authors wrote it.
    (package / "README.md").unlink()
    descriptor = package / "datapackage.json"
    text = descriptor.read_text("utf-8").replace(
        '"version": "0.1.0"', '"version": "0.1.0", "description": "<img src=x>"'
    )
    descriptor.write_text(text, "utf-8")
    assert main(["describe", str(package)]) == 0
    assert main(["site", str(tmp_path / "site"), str(package)]) == 0
    for path, document in read_site(tmp_path / "site").items():
        assert not any(link.startswith("javascript:") for link in document.links), path
        assert "onerror" not in document.attributes, path
        assert "alert(1)" not in "".join(document.scripts), path


def test_installed_wheels_build_the_site_of_their_own_data_and_of_another_package(checkout, truce, tmp_path):
    for source in (checkout, checkout / "tools"):
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True)
    for wheel in tmp_path.glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    for site, package in (("bundled", []), ("truce", [str(truce)])):
        command = [sys.executable, "-m", "ceasefire_talks", "site", str(tmp_path / site), *package]
        environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed")}
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert broken_links(tmp_path / site) == []
    assert "not reviewed by a person" in (tmp_path / "bundled/records/ev-001.html").read_text("utf-8")
    assert (tmp_path / "bundled/data-statement.html").is_file()
    assert not (tmp_path / "truce/data-statement.html").exists()


def test_the_missing_extra_is_named():
    code = (
        "import sys; sys.modules['mkdocs'] = None\n"
        "from ceasefire_talks.commands import main; sys.exit(main(['site', 'nowhere']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ceasefire-talks[site]" in done.stderr
