"""Two releases to read: the real one, and one whose texts look like everything that they are not."""

import sys
import zipfile
from pathlib import Path

import pytest

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.bundle import build_release, kinds
from releases import release_of, with_tricky_texts

sys.path.insert(0, str(Path(__file__).parent))
from client import Bundle


def bundle_of(package, folder):
    build_release(package.root, folder / "dist", [kind for kind in kinds() if kind != "python"])
    for ending, name in (("-csv.zip", "bundle"), ("-parquet.zip", "parquet")):
        with zipfile.ZipFile(next((folder / "dist").glob(f"*{ending}"))) as archive:
            archive.extractall(folder / name)
    return Bundle(package, folder / "bundle", folder / "dist")


@pytest.fixture(scope="session", params=["release", "tricky"])
def bundle(request, checkout, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "release":
        return bundle_of(Package(checkout), folder)
    return bundle_of(with_tricky_texts(release_of(folder / "package").root), folder)
