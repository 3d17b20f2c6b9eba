"""What all tests share: where they run, what they may not skip, and small packages written on the spot."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from hypothesis import settings

from ceasefire_talks.package.package import Package
from ceasefire_talks.package.progress import _Line

NO_SKIP = "CEASEFIRE_TALKS_NO_SKIP"
SOURCES = "CEASEFIRE_TALKS_SOURCES"
# As tests/pythons.py says; this file is tested alone, so it imports no other of this folder.
NO_PYTHON = "there is no Python"
PACKAGES = "CEASEFIRE_TALKS_PACKAGES"
CHECKOUT = Path(__file__).resolve().parents[1]

# Reproducible, and no test of wall time.
settings.register_profile("ceasefire-talks", deadline=None, derandomize=True)
settings.load_profile("ceasefire-talks")


def pytest_collection_modifyitems(config, items):
    for item in items:
        if "checkout" in getattr(item, "fixturenames", ()):
            item.add_marker("tree")
    if not (CHECKOUT / "src").is_dir():
        of_tree = [item for item in items if item.get_closest_marker("tree")]
        items[:] = [item for item in items if item not in of_tree]
        config.hook.pytest_deselected(items=of_tree)


def pytest_sessionfinish(session):
    if os.environ.get(NO_SKIP) and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if os.environ.get(NO_SKIP) and _skipped(config):
        terminalreporter.write_line(f"ERROR: tests were skipped although {NO_SKIP} is set", red=True)


def _skipped(config):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    # Neither texts and packages of others nor every Python can be installed: their absence is no fault of the machine.
    excused = (SOURCES, PACKAGES, NO_PYTHON)
    return [report for report in reports if not any(reason in str(report.longrepr) for reason in excused)]


@pytest.fixture(scope="session")
def checkout():
    return CHECKOUT


@pytest.fixture(scope="session")
def source_text():
    folder = os.environ.get(SOURCES)
    if not folder:
        pytest.skip(f"needs the article's text, which is not published: set {SOURCES} to the folder that holds it")
    return lambda source_id: (Path(folder) / f"{source_id}.txt").read_bytes()


@pytest.fixture(scope="session")
def public_packages():
    folder = Path(os.environ.get(PACKAGES) or CHECKOUT.parent / "shared" / "packages")
    if not folder.is_dir():
        pytest.skip(
            f"needs packages of others, which are not published here: set {PACKAGES} to the folder that has them"
        )
    return folder


@pytest.fixture(scope="session")
def bundled():
    return Package()


@pytest.fixture
def bars(monkeypatch):
    """Every piece of work that tells how far it is, as it stood when the work was done."""
    ended = []
    monkeypatch.setattr(_Line, "end", lambda line, bar: (ended.append(bar), line.bars.remove(bar)))
    return ended


@pytest.fixture
def make_package(tmp_path):
    """Write a small package: `make_package(table=(schema, rows))`, rows as lists of texts or as the bytes of a file."""

    def make(**tables):
        resources = []
        for name, (schema, rows) in tables.items():
            path = tmp_path / f"{name}.csv"
            if isinstance(rows, bytes):
                path.write_bytes(rows)
            else:
                with path.open("w", encoding="utf-8", newline="") as file:
                    writer = csv.writer(file, lineterminator="\n")
                    writer.writerow([field["name"] for field in schema["fields"]])
                    writer.writerows(rows)
            resources.append({"name": name, "title": name, "path": path.name, "schema": schema})
        (tmp_path / "datapackage.json").write_text(json.dumps({"name": "small", "resources": resources}))
        return Package(tmp_path)

    return make
