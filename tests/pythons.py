"""The Pythons of this machine."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NO_PYTHON = "there is no Python"


def find_python(version):
    """One of that version: on the path, or installed by pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for python in (shutil.which(f"python{version}"), *sorted(pyenv.glob(f"{version}.*/bin/python"))):
        if python and subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0:
            return python
    pytest.skip(f"{NO_PYTHON} {version} on this machine")
    return None
