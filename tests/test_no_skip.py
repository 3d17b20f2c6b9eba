import os
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPING = "import pytest\n\ndef test_skips():\n    pytest.skip('no such program')\n\ndef test_passes():\n    pass\n"


@pytest.mark.parametrize(("no_skip", "status"), [("", 0), ("1", 1)])
def test_a_skipped_test_fails_where_none_may_be_skipped(no_skip, status, tmp_path):
    (tmp_path / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text("utf-8"))
    (tmp_path / "test_it.py").write_text(SKIPPING)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    tree: needs the checkout\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CEASEFIRE_TALKS_NO_SKIP": no_skip},
    )
    assert done.returncode == status, done.stdout
    assert "1 passed, 1 skipped" in done.stdout
