"""A package that has all that a release needs, and what it releases."""

import pytest

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.artefacts import DOCUMENTS
from packages import FICTIONAL, copy_of


def release_of(folder):
    copy_of(FICTIONAL, folder, stale=True)
    for name in DOCUMENTS:
        (folder / name).write_text(f"{name} of a fictional release\n", encoding="utf-8")
    return Package(folder)


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    return release_of(tmp_path_factory.mktemp("released"))
