"""What programs of the web make of the metadata: the types of schema.org, and the selectors of Web Annotation."""

import json

import pytest
from client import need_program, run

from ceasefire_talks.package.package import Package
from ceasefire_talks.publishing.exports.annotations import web_annotations
from ceasefire_talks.text.normalise import normalise
from packages import FICTIONAL

pytestmark = pytest.mark.slow

NPM = ("@apache-annotator/selector@0.2", "schema-dts@2", "typescript@7")
DATASET = 'import type { Dataset, WithContext } from "schema-dts";\nexport const dataset: WithContext<Dataset> = '
SELECT = """
import { readFileSync } from 'node:fs';
import { textPositionSelectorMatcher } from '@apache-annotator/selector';
const { text, selectors } = JSON.parse(readFileSync('selectors.json', 'utf8'));
const chunk = { data: text };
const whole = () => ({ currentChunk: chunk, nextChunk: () => null, previousChunk: () => null });
const found = [];
for (const selector of selectors)
  for await (const match of textPositionSelectorMatcher(selector)(whole()))
    found.push(text.slice(match.startIndex, match.endIndex));
process.stdout.write(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    need_program("node", "nodejs")
    need_program("npm", "npm")
    folder = tmp_path_factory.mktemp("node")
    run("npm", "install", "--no-audit", "--no-fund", "--prefix", folder, *NPM)
    return folder


def typed(folder, content):
    (folder / "dataset.ts").write_text(f"{DATASET}{json.dumps(content)};\n", encoding="utf-8")
    compiler = folder / "node_modules" / ".bin" / "tsc"
    return run(compiler, "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "dataset.ts", cwd=folder)


def test_schema_org_has_the_types_of_schema_org(bundle, node):
    content = json.loads(bundle.artefact("-schema-org.jsonld").read_text("utf-8"))
    # The types know the context by its address alone, which a reader without network could not open.
    typed(node, content | {"@context": "https://schema.org"})
    with pytest.raises(AssertionError, match="distributions"):
        typed(node, content | {"@context": "https://schema.org", "distributions": []})


def test_the_selectors_find_the_words_of_the_evidence(node):
    package = Package(FICTIONAL)
    text = normalise((FICTIONAL / "article.txt").read_text("utf-8"))
    annotations = json.loads(web_annotations(package))["first"]["items"]
    selectors = [annotation["target"]["selector"] for annotation in annotations]
    # Letters outside of the first plane are two units in JavaScript and one code point in a selector.
    shifted = [selector | {side: selector[side] + 2 for side in ("start", "end")} for selector in selectors]
    (node / "selectors.json").write_text(json.dumps({"text": f"𝔸\n{text}", "selectors": shifted}), encoding="utf-8")
    (node / "select.mjs").write_text(SELECT, encoding="utf-8")
    words = json.loads(run("node", "select.mjs", cwd=node))
    assert words == [text[selector["start"] : selector["end"]] for selector in selectors]
    figures = {figure["figure_id"]: figure["value_text"] for figure in package.records("figures")}
    rows = zip(package.records("evidence"), words, strict=True)
    assert {row["figure_id"]: found for row, found in rows if row["column"] == "value_text"} == figures
