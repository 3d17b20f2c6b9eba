import hashlib
import io
import shutil
import zipfile

import pytest

from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.package.errors import PackageError, UnknownNameError
from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.artefacts import ARTEFACTS, bundle_files, csv_bundle
from ceasefire_talks.publishing.bundle import build_release, kinds
from ceasefire_talks.publishing.exports.tables import file_stem, resources
from ceasefire_talks.publishing.sums import read_sums


@pytest.fixture(scope="module")
def built(released, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    build_release(released.root, out)
    return out


def test_every_artefact_is_written_with_its_sum(built, released):
    names = {file_stem(released) + artefact.suffix for artefact in ARTEFACTS}
    assert {path.name for path in built.iterdir()} == names | {"SHA256SUMS"}
    sums = read_sums((built / "SHA256SUMS").read_bytes())
    assert sums == {name: hashlib.sha256((built / name).read_bytes()).hexdigest() for name in names}


@pytest.mark.parametrize("artefact", ARTEFACTS, ids=lambda artefact: artefact.suffix)
def test_the_same_package_gives_the_same_bytes_wherever_it_lies(artefact, built, released, tmp_path):
    elsewhere = Package(shutil.copytree(released.root, tmp_path / "elsewhere"))
    assert artefact.make(elsewhere) == (built / (file_stem(released) + artefact.suffix)).read_bytes()


def test_the_csv_bundle_holds_the_tables_as_they_are(released):
    files = bundle_files(released)
    for path in ("datapackage.json", "LICENSE", "CITATION.cff", *(r["path"] for r in resources(released))):
        assert files[path] == (released.root / path).read_bytes()


def test_entries_are_sorted_and_dated_by_the_release(released):
    with zipfile.ZipFile(io.BytesIO(csv_bundle(released))) as archive:
        entries = archive.infolist()
    assert [e.filename for e in entries] == sorted(e.filename for e in entries)
    year, month, day = (int(part) for part in released.descriptor["created"][:10].split("-"))
    assert {entry.date_time[:3] for entry in entries} == {(year, month, day)}


def test_a_build_tells_how_far_it_is(released, tmp_path, bars):
    build_release(released.root, tmp_path, ["csv.zip", "sqlite"])
    assert [(bar.label, bar.done, bar.total) for bar in bars] == [("Building", 2, 2)]


def test_a_build_removes_what_an_earlier_one_left_and_nothing_else(released, tmp_path):
    build_release(released.root, tmp_path, ["csv.zip", "sqlite"])
    (tmp_path / "notes.txt").write_text("mine")
    build_release(released.root, tmp_path, ["csv.zip"])
    assert {path.name for path in tmp_path.iterdir()} == {
        "notes.txt",
        "SHA256SUMS",
        f"{file_stem(released)}-csv.zip",
    }


def test_a_build_that_fails_changes_nothing(released, tmp_path):
    out = tmp_path / "dist"
    build_release(released.root, out, ["csv.zip"])
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    broken = shutil.copytree(released.root, tmp_path / "broken")
    (broken / "LICENSE").unlink()
    with pytest.raises(PackageError, match="LICENSE"):
        build_release(broken, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_an_unknown_kind_names_the_nearest(released, tmp_path):
    with pytest.raises(UnknownNameError, match="'sqlite'"):
        build_release(released.root, tmp_path, ["sqllite"])
    assert list(tmp_path.iterdir()) == []


def test_the_command_lists_what_it_wrote(released, tmp_path, capsys):
    assert main(["release", "build", str(released.root), "--out", str(tmp_path / "dist"), "--only", kinds()[0]]) == 0
    assert f"{file_stem(released)}-csv.zip" in capsys.readouterr().out


def test_a_folder_that_is_no_package_could_not_run(tmp_path, capsys):
    assert main(["release", "build", str(tmp_path), "--out", str(tmp_path / "dist")]) == COULD_NOT_RUN
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.slow
def test_a_checkout_releases_wheel_and_sdist_the_same_each_time(checkout, tmp_path):
    first, second = (build_release(checkout, tmp_path / name, ["python"]) for name in ("one", "two"))
    assert {path.suffix for path in first} == {".whl", ".gz", ""}
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
