import pytest

from releases import release_of, with_tricky_texts


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    return release_of(tmp_path_factory.mktemp("released"))


@pytest.fixture(scope="session")
def tricky(tmp_path_factory):
    return with_tricky_texts(release_of(tmp_path_factory.mktemp("tricky")).root)
