import io
import shutil
import stat
import zipfile

import pytest

from ceasefire_talks.commands import COULD_NOT_RUN, main
from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.publishing import verify as module
from ceasefire_talks.publishing.bundle import build_release
from ceasefire_talks.publishing.verify import UnsafeArchiveError, unpack, verify


@pytest.fixture(scope="module")
def built(released, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    build_release(released.root, out, ["csv.zip", "sqlite"])
    return out


@pytest.fixture
def dist(built, tmp_path):
    return shutil.copytree(built, tmp_path / "dist")


@pytest.fixture
def bundle(dist, tmp_path):
    folder = tmp_path / "bundle"
    unpack(next(dist.glob("*.zip")), folder)
    return folder


def codes(verification):
    return [problem.code for problem in verification.problems]


def archive(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in entries.items():
            zipped.writestr(name, data)
    return path


def test_verifying_tells_how_far_it_is(dist, bars):
    files = [str(path) for path in dist.glob("*.sqlite")] * 2
    assert main(["release", "verify", *files]) == 0
    assert [(bar.label, bar.done, bar.total) for bar in bars] == [("Verifying", 2, 2)]


def test_what_was_built_is_as_released(dist, bundle):
    for path in (dist, *dist.glob("*.zip"), *dist.glob("*.sqlite"), bundle):
        found = verify(path)
        assert found.ok, str(found)
        assert found.sums > 0
    assert verify(bundle).checked


def test_a_changed_cell_breaks_the_sum_and_the_descriptors_hash(bundle):
    path = bundle / "data" / "actors.csv"
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    found = codes(verify(bundle))
    assert found[0] == "V04"
    assert "F02" in found


def test_sums_that_were_adapted_to_a_change_do_not_help(bundle):
    path = bundle / "data" / "actors.csv"
    old = module._sha256(path)
    path.write_bytes(path.read_bytes() + b"too,few\n")
    sums = bundle / "SHA256SUMS"
    sums.write_text(sums.read_text("utf-8").replace(old, module._sha256(path)), encoding="utf-8")
    found = codes(verify(bundle))
    assert "V04" not in found
    assert {"F01", "F03", "F13"} <= set(found)


def test_missing_and_additional_files_are_problems(bundle):
    (bundle / "LICENSE").rename(bundle / "LICENCE")
    assert codes(verify(bundle)) == ["V03", "V05"]


def test_a_list_of_sums_cannot_point_outside_the_folder(bundle):
    with (bundle / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  ../dist/SHA256SUMS\n")
    assert codes(verify(bundle)) == ["V03"]


@pytest.mark.parametrize("text", ["nonsense\n", "abc  LICENSE\n", "\ufeff", f"{'0' * 64}  a\n" * 2])
def test_an_unreadable_list_of_sums_is_a_problem(text, bundle):
    (bundle / "SHA256SUMS").write_text(text or "x", encoding="utf-8")
    assert codes(verify(bundle)) == ["V02"]


def test_a_list_of_sums_that_is_no_text_is_a_problem(bundle):
    (bundle / "SHA256SUMS").write_bytes(b"\xff\xfe")
    assert codes(verify(bundle)) == ["V02"]


def test_a_file_is_held_against_the_sums_beside_it(dist):
    path = next(dist.glob("*.sqlite"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert codes(verify(path)) == ["V04"]
    assert codes(verify(dist)) == ["V04"]


def test_a_file_without_sums_cannot_be_verified(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(PackageError, match="nothing to verify it against"):
        verify(tmp_path / "notes.txt")
    with pytest.raises(PackageError, match="nothing to verify it against"):
        verify(tmp_path)


@pytest.mark.parametrize("name", ["../escaped", "/escaped", "a/../../escaped", "c:escaped", "a\\..\\escaped", "a\nb"])
def test_a_path_that_leaves_the_folder_is_not_unpacked(name, tmp_path):
    path = archive(tmp_path / "evil.zip", {"SHA256SUMS": "", name: "x"})
    assert codes(verify(path)) == ["V01"]
    with pytest.raises(UnsafeArchiveError, match="no path"):
        unpack(path, tmp_path / "into")
    assert not (tmp_path / "escaped").exists()
    assert not (tmp_path / "into").exists()


def test_a_link_is_not_unpacked(tmp_path):
    entry = zipfile.ZipInfo("link")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as zipped:
        zipped.writestr(entry, "/etc/passwd")
    with pytest.raises(UnsafeArchiveError, match="link"):
        unpack(tmp_path / "evil.zip", tmp_path / "into")


def test_a_bomb_is_counted_while_it_is_unpacked_whatever_it_states(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1 << 16)
    path = archive(tmp_path / "bomb.zip", {"a": bytes(1 << 15), "b": bytes((1 << 15) + 1)})
    with pytest.raises(UnsafeArchiveError, match="bytes"):
        unpack(path, tmp_path / "into")
    monkeypatch.setattr(module, "MOST_FILES", 1)
    with pytest.raises(UnsafeArchiveError, match="files"):
        unpack(path, tmp_path / "into2")


@pytest.mark.parametrize("names", [("a", "A"), ("a", "a/b"), ("a/b", "a")])
def test_entries_that_overwrite_one_another_are_refused(names, tmp_path):
    path = archive(tmp_path / "evil.zip", dict.fromkeys(names, "x"))
    with pytest.raises(UnsafeArchiveError):
        unpack(path, tmp_path / "into")


def test_damaged_archives_are_problems(dist):
    path = next(dist.glob("*.zip"))
    data = bytearray(path.read_bytes())
    data[60:200] = bytes(140)
    path.write_bytes(data)
    assert codes(verify(path)) == ["V04", "V01"]


def test_an_archive_cut_short_fails_by_its_sum(dist):
    path = next(dist.glob("*.zip"))
    path.write_bytes(path.read_bytes()[:-100])
    assert codes(verify(path)) == ["V04"]


def test_exit_codes(dist, tmp_path, capsys):
    good = str(next(dist.glob("*.zip")))
    assert main(["release", "verify", good]) == 0
    assert "as released" in capsys.readouterr().out
    path = next(dist.glob("*.sqlite"))
    path.write_bytes(b"x")
    assert main(["release", "verify", good, str(path), "--json"]) == 1
    assert '"V04"' in capsys.readouterr().out
    assert main(["release", "verify", str(tmp_path / "absent.zip")]) == COULD_NOT_RUN
    assert "Traceback" not in capsys.readouterr().err


def test_a_zip_of_the_folder_made_by_another_program_verifies_too(bundle, tmp_path):
    made = shutil.make_archive(str(tmp_path / "again"), "zip", bundle)
    assert verify(type(tmp_path)(made)).ok
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / "again.zip").read_bytes()))
