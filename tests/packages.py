"""Packages to test with: the fictional one, and copies of it with some files replaced.

`python tests/packages.py` writes the fictional package's descriptor anew, after a change of the schema files.
"""

import csv
import hashlib
import json
import shutil
from pathlib import Path

from ceasefire_talks.package.files import write_atomically
from ceasefire_talks.schema.descriptor import build, serialise

FIXTURES = Path(__file__).parent / "fixtures"
FICTIONAL = FIXTURES / "fictional"
RULES = FIXTURES / "rules"


def copy_of(package, folder, overlay=None, *, stale=False, without=()):
    """Copy a package, lay files over it, and bring the descriptor's bytes, hashes and rows up to date.

    `stale` leaves the descriptor as it was; `without` takes tables out of it.
    """
    shutil.copytree(package, folder, dirs_exist_ok=True)
    if overlay:
        shutil.copytree(overlay, folder, dirs_exist_ok=True)
    if not stale:
        refresh(folder, without)
    return folder


def refresh(folder, without=()):
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] not in without]
    for resource in descriptor["resources"]:
        data = (folder / resource["path"]).read_bytes()
        rows = list(csv.reader(data.decode("utf-8", "replace").replace("\0", "").splitlines(keepends=True)))
        resource.update(bytes=len(data), hash=f"sha256:{hashlib.sha256(data).hexdigest()}", rows=max(len(rows) - 1, 0))
    path.write_bytes(serialise(descriptor))


def metadata(descriptor):
    built = ("$schema", "sources", "resources")
    return {name: value for name, value in descriptor.items() if name not in built}


def described(folder):
    """The bytes that the descriptor of a package should have, with the metadata that it has."""
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return serialise(build(folder, metadata(descriptor)))


if __name__ == "__main__":
    write_atomically(FICTIONAL / "datapackage.json", described(FICTIONAL))
