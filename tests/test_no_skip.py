import os
import subprocess
import sys
from pathlib import Path

import pytest

from pythons import NO_PYTHON

SKIPPING = "import pytest\n\ndef test_skips():\n    pytest.skip({reason!r})\n\ndef test_passes():\n    pass\n"


@pytest.mark.parametrize(
    ("no_skip", "reason", "status"),
    [
        ("", "no such program", 0),
        ("1", "no such program", 1),
        ("1", "set CEASEFIRE_TALKS_SOURCES", 0),
        ("1", f"{NO_PYTHON} 3.99", 0),
    ],
)
def test_a_skipped_test_fails_where_none_may_be_skipped(no_skip, reason, status, tmp_path):
    (tmp_path / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text("utf-8"))
    (tmp_path / "test_it.py").write_text(SKIPPING.format(reason=reason))
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
