import re
import subprocess
import sys

import pytest
from client import need_library, need_program, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def recipes(bundle):
    text = (bundle.folder / "README.md").read_text("utf-8")
    return dict(re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def test_the_recipes_of_the_readme_work_in_the_folder_of_the_bundle(recipes, bundle):
    table = bundle.package.tables[0]
    rows = str(len(bundle.package.records(table)))
    assert run(sys.executable, "-c", recipes["python"], cwd=bundle.folder).strip() == rows
    need_program("Rscript", "r-base-core")
    assert run("Rscript", "--vanilla", "-e", recipes["r"], cwd=bundle.folder).split()[-1] == rows
    need_library("duckdb")
    code = f"import duckdb; print(duckdb.connect().execute({recipes['sql']!r}).fetchone()[0])"
    assert run(sys.executable, "-c", code, cwd=bundle.folder).strip() == rows


def test_the_sums_of_the_bundle_are_those_that_sha256sum_finds(bundle):
    need_program("sha256sum", "coreutils")
    for folder in (bundle.folder, bundle.dist):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
