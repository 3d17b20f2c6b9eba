"""Every planted fault is found at its place, and nothing else, by every engine; the benchmark runs."""

import importlib
import shutil
import subprocess
import sys

import pytest

import ceasefire_talks as ct

# Enough rows for faults in every kind of column, few enough to take a moment.
ROWS = 8_000


@pytest.fixture(scope="module")
def benchmark(checkout):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(checkout / "benchmarks"))
        yield importlib.import_module


@pytest.fixture(scope="module")
def scale(benchmark):
    return lambda name: benchmark(f"scale.{name}")


def needs_spark():
    pytest.importorskip("pyspark", reason="needs pyspark: pip install '.[spark]'")
    if shutil.which("java") is None:
        pytest.skip("needs Java, on Debian: apt-get install default-jre-headless")


@pytest.fixture(scope="module", params=[False, True], ids=["lines are rows", "cells with line breaks"])
def planted(request, scale, tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    return folder, scale("package").write(folder, ROWS, faults=True, line_breaks=request.param)


@pytest.mark.parametrize("engine", ["pandas", "polars", pytest.param("spark", marks=pytest.mark.slow)])
def test_every_fault_is_found_at_its_place_and_nothing_else(planted, engine):
    if engine == "spark":
        needs_spark()
    folder, faults = planted
    report = ct.check(folder, engine=engine)
    found = [(problem.file, problem.line, problem.column, problem.code) for problem in report.problems]
    assert sorted(found) == sorted((fault.file, fault.line, fault.column, fault.code) for fault in faults)
    assert report.unchecked == ()


def test_faults_are_of_every_kind(planted, scale):
    _, faults = planted
    assert {fault.kind for fault in faults} == set(scale("faults").KINDS)
    assert len({(fault.table, fault.row) for fault in faults}) == len(faults)


def test_without_faults_it_is_valid(scale, tmp_path):
    assert scale("package").write(tmp_path, 1_000, faults=False) == []
    assert ct.check(tmp_path).ok


def test_it_is_the_same_whatever_the_batches(scale, tmp_path, monkeypatch):
    package = scale("package")
    package.write(tmp_path / "one", 5_000, faults=True, line_breaks=True)
    monkeypatch.setattr(package, "BATCH", 333)
    package.write(tmp_path / "many", 5_000, faults=True, line_breaks=True)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "many" / file.name).read_bytes(), file.name


def test_full_size_has_nine_hundred_faults_and_they_survive_as_json(scale, tmp_path):
    faults = scale("faults").plan(scale("tables").Sizes.of(1_000_000))
    assert len(faults) == 900
    scale("fault").write_faults(tmp_path / "faults.json", faults)
    assert scale("fault").read_faults(tmp_path / "faults.json") == faults


def test_a_score_counts_places_rows_and_false_alarms(scale):
    fault = scale("fault").Fault
    planted = [fault("date", "C01", "events", row, row + 2, "start", {"start": "no"}) for row in (1, 5, 9)]
    found = {
        ("events.csv", 1, "start"),
        ("events.csv", 5, None),
        ("events.csv", 7, "start"),
        ("actors.csv", 9, "since"),
    }
    assert scale("session").score(found, planted) == scale("session").Score(located=1, rows=2, others=2)


@pytest.mark.parametrize(("more", "found", "verdict"), [
    (True, 80, "aim reached"), (True, 60, "reached"), (True, 40, "**missed**"),
    (False, 80, "**missed**"), (False, 60, "reached"), (False, 40, "aim reached"),
])  # fmt: skip
def test_targets_say_whether_they_are_reached(benchmark, more, found, verdict):
    enough, aim = (50, 70) if more else (70, 50)
    target = benchmark("validate").Target("speed", found, enough, aim, more)
    assert target.cells()[-1] == verdict
    assert target.reached == (verdict != "**missed**")


@pytest.mark.slow
def test_the_benchmark_runs_and_finds_every_fault(checkout):
    command = [sys.executable, "benchmarks/validate.py", "--quick", "--only", "engine", "reads", "frictionless"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Our engines locate every planted fault and nothing else: yes." in done.stdout
    assert "failed" not in done.stdout
