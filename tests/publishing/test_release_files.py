import os
import re

from ceasefire_talks.publishing.artefacts import ARTEFACTS

TABLE = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- /table -->)", re.DOTALL)


def test_the_documentation_lists_every_file_of_a_release(checkout):
    path = checkout / "docs" / "release-files.md"
    text = path.read_text("utf-8")
    lines = [f"| `…{artefact.suffix}` | {artefact.title} | `{artefact.media_type}` |" for artefact in ARTEFACTS]
    table = "\n".join(["| File | What it is | Type |", "|---|---|---|", *lines, ""])
    if os.environ.get("CEASEFIRE_TALKS_REWRITE"):
        text = TABLE.sub(lambda _: table, text)
        path.write_text(text, encoding="utf-8")
    assert TABLE.search(text)[0] == table
