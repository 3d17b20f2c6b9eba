"""Whatever a package holds: a report or a PackageError, within a time, and it prints in every form."""

import faulthandler
import json
import os
import signal
import unicodedata
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from ceasefire_talks.package.errors import PackageError
from ceasefire_talks.validation import delegation
from ceasefire_talks.validation.fixing.diff import diff_lines
from ceasefire_talks.validation.fixing.plan import plan
from ceasefire_talks.validation.render.annotations import as_annotations
from ceasefire_talks.validation.render.data import as_json
from ceasefire_talks.validation.render.text import as_text
from ceasefire_talks.validation.run import check_package
from fuzzing import FILES, descriptors, random_files, written

# Half of them descriptors, half of them bytes.
CASES = int(os.environ.get("CEASEFIRE_TALKS_FUZZ", "2000"))
SEED = int(os.environ.get("CEASEFIRE_TALKS_FUZZ_SEED", "0"))
# Of the processor; on a busy machine a case may take much longer.
SECONDS = 30
HANGS = 900
FIXED_OF = 25
ENGINES = ("pandas", "polars")

many = settings(
    max_examples=max(CASES // 2, 1), suppress_health_check=list(HealthCheck), database=None, derandomize=not SEED
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    # What frictionless makes of a package is not ours, and each time it takes a second.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delegation, "_ask", lambda question: [[]] * len(question["resources"]))
        yield tmp_path_factory.mktemp("fuzz")


@contextmanager
def bounded():
    def hangs(*_):
        raise TimeoutError(f"more than {SECONDS} s")

    # Where Python itself no longer comes to its turn, the second one ends the process and says where it was.
    faulthandler.dump_traceback_later(HANGS, exit=True)
    before = signal.signal(signal.SIGPROF, hangs)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        faulthandler.cancel_dump_traceback_later()


def survives(folder, turn):
    fix, engine = turn % FIXED_OF == 0, ENGINES[turn % len(ENGINES)]
    with bounded():
        try:
            report = check_package(folder, engine=engine)
            edits = plan(folder, check_package) if fix else []
        except PackageError as error:
            assert str(error)  # noqa: PT017
            return
        lines = [*as_text(report), *as_text(report, every=True), *as_annotations(report), *diff_lines(edits)]
        assert not [line for line in lines if any(unicodedata.category(c) in ("Cc", "Cs", "Zl") for c in line)]
        content = json.loads("\n".join(as_json(report)))
        assert content["count"] == len(content["problems"]) == len(report.to_frame())


def test_the_package_that_is_damaged_is_otherwise_read(folder):
    report = check_package(written(folder, FILES))
    assert [count.rows for count in report.tables] == [4, 2, 2, 3, 1]


@pytest.mark.slow
@many
@seed(SEED)
@given(descriptors(), st.integers(0, 2 * FIXED_OF))
def test_no_descriptor_brings_it_down(folder, descriptor, turn):
    text = json.dumps(descriptor).encode("utf-8", "surrogatepass")
    survives(written(folder, FILES | {"datapackage.json": text}), turn)


@pytest.mark.slow
def test_no_bytes_bring_it_down(folder):
    for number in range(CASES // 2):
        survives(written(folder, random_files(SEED * CASES + number)), number)
