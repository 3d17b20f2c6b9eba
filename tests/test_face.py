import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import ceasefire_talks as ct


def test_importing_brings_no_heavy_library():
    code = (
        "import sys, ceasefire_talks as ct; "
        "ct.tables(); ct.records('events'); ct.show('fi-001'); ct.cite(); ct.__version__; "
        "print(*sorted({'pandas', 'numpy', 'pandera', 'frictionless', 'jsonschema', 'narwhals'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_name_of_the_face_is_there_and_described():
    for name in ct.__all__:
        value = getattr(ct, name)
        if inspect.isfunction(value):
            assert inspect.getdoc(value), name


@pytest.mark.parametrize("name", [n for n in ct.__all__ if inspect.isfunction(vars(ct).get(n))])
def test_docstrings_name_every_argument_and_error_section(name):
    function = getattr(ct, name)
    doc = inspect.getdoc(function)
    described = set(re.findall(r"^    (\w+): ", doc, re.MULTILINE))
    assert set(inspect.signature(function).parameters) <= described | {"table", "record_id", "figure_id"}


def test_the_example_of_the_module_is_right():
    assert doctest.testmod(ct).attempted > 0
    assert doctest.testmod(ct).failed == 0


def test_no_folder_bears_the_name_of_a_function_of_the_face():
    folders = {path.name for path in Path(ct.__file__).parent.iterdir() if path.is_dir()}
    assert not folders & set(ct.__all__)


def test_an_unknown_attribute_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = ct.nothing


def test_load_gives_a_typed_frame_with_every_row():
    events = ct.load("events")
    assert isinstance(events, pd.DataFrame)
    assert len(events) == len(ct.records("events")) > 0
    assert events["date_min"].dtype == "datetime64[s]"
    assert events["type"].dtype == "category"


def test_frames_are_independent():
    events = ct.load("events")
    events["summary"] = "changed"
    assert not (ct.load("events")["summary"] == "changed").any()


def test_path_is_the_file_of_the_table():
    assert ct.path("events").read_text("utf-8").startswith("event_id,")


def test_evidence_has_places_in_the_document():
    evidence = ct.evidence("fi-001")
    assert len(evidence) > 0
    assert (evidence["document_end"] - evidence["document_start"] == evidence["end"] - evidence["start"]).all()


def test_evidence_has_its_columns_where_there_is_none():
    key = "/".join(ct.records("vocabulary")[0][column] for column in ("scheme", "code"))
    empty = ct.evidence(key)
    assert len(empty) == 0
    assert list(empty) == list(ct.evidence("fi-001"))


def test_version_and_descriptor_agree():
    assert ct.__version__ == ct.descriptor()["version"]


def test_a_check_warns_of_nothing():
    done = subprocess.run([sys.executable, "-m", "ceasefire_talks", "check"], capture_output=True, check=True)
    assert done.stderr == b""
