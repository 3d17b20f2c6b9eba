import json
import sys
import zipfile
from importlib.resources import files

import jsonschema
import pytest
import yaml
from client import need_library, run

from ceasefire_talks.publishing.bundle import build_release

pytestmark = pytest.mark.slow


def test_the_citation_file_follows_the_schema_of_cff(checkout, tmp_path):
    # Only the schema file: installed, cffconvert would bring an old jsonschema.
    run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", tmp_path, "cffconvert==2.0.0")
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        schema = json.loads(wheel.read("cffconvert/schemas/1.2.0/schema.json"))
    citation = yaml.load((checkout / "CITATION.cff").read_text("utf-8"), yaml.BaseLoader)
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(citation)


def test_the_descriptor_follows_the_profile_of_data_package_2(bundle):
    profile = json.loads(files("dplib").joinpath("profiles", "2.0", "datapackage.json").read_text("utf-8"))
    descriptor = json.loads((bundle.folder / "datapackage.json").read_text("utf-8"))
    jsonschema.validators.validator_for(profile)(profile).validate(descriptor)


def test_frictionless_accepts_the_bundle(bundle):
    run(sys.executable, "-m", "frictionless", "validate", bundle.folder / "datapackage.json")


def test_the_json_ld_files_are_rdf(bundle):
    need_library("rdflib")
    from rdflib import RDF, Graph, URIRef

    graph = Graph().parse(bundle.artefact("-schema-org.jsonld"), format="json-ld")
    assert (None, RDF.type, URIRef("https://schema.org/Dataset")) in graph


def test_croissant_has_no_errors(bundle):
    need_library("mlcroissant")
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(bundle.folder / "croissant.json"))
    assert not dataset.metadata.issues.errors


def test_twine_accepts_wheel_and_sdist(checkout, tmp_path):
    need_library("twine")
    built = [path for path in build_release(checkout, tmp_path, ["python"]) if path.suffix in (".whl", ".gz")]
    told = run(sys.executable, "-m", "twine", "check", "--strict", *built)
    assert told.count("PASSED") == len(built) == 3
