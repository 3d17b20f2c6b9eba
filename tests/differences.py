"""The differences between this check and frictionless, as data, and the pages of the site that are made from it."""

import json
import re
from pathlib import Path

from ceasefire_talks.schema.lexical import FORMS

LISTED = json.loads((Path(__file__).parents[0] / "fixtures" / "differences.json").read_text("utf-8"))

INTRODUCTION = """\
# Where frictionless judges otherwise

The same package gets the same verdict from `ceasefire-talks check` and from `frictionless validate`, but for what is
listed here. The lists are data that the tests read: each example is run by both, and random cells of every type and
random small tables are held against them, so that a difference which is not listed fails the build.

Where the two differ, the words of the [standard](https://datapackage.org/standard/table-schema/) decide here. What it
leaves open is decided strictly, so that every reader of a file sees the same values ([forms of cells](forms.md)).

## Cells
"""

PACKAGES = """
## Packages

The errors of frictionless are named by their types, the problems of this check by code, file and line; each package is
the smallest that shows it.
"""

FORMS_PAGE = """\
# Forms of cells

Which texts are a value of a type, and which value they are. Digits are ASCII, and nothing is trimmed. Missing values
are looked for first. The tables of this data model are stricter still where that is said, so that every program reads
them alike.

| Type | Format | Texts | Value |
|---|---|---|---|
"""


def differences_page():
    rows = ["", "| Column | Cell | frictionless | Here | Why |", "|---|---|---|---|---|"]
    for entry in LISTED["cells"]:
        field, cell = entry["example"]["field"], entry["example"]["cell"]
        there, here = ("valid", "C01") if entry["frictionless"] == "valid" else (entry["frictionless"], "valid")
        rows.append(f"| {shown(field)} | {code(cell)} | {there} | {here} | {entry['why']} |")
    return INTRODUCTION + "\n".join(rows) + "\n" + PACKAGES + "".join(map(package, LISTED["packages"]))


def package(entry):
    here = ", ".join(f"{problem} {file}:{line}" for problem, file, line in entry["here"]) or "valid"
    title = entry["slug"].replace("-", " ").capitalize()
    files = "".join(f'\n```text title="{name}"\n{visible(text)}\n```\n' for name, text in entry["files"].items())
    resource = json.dumps(entry["resources"][0], indent=2, ensure_ascii=False)
    return f"""
### {title}

frictionless: {", ".join(entry["frictionless"]) or "valid"}. Here: {here}. {entry["why"]}
{files}
```json title="the resource"
{resource}
```
"""


def forms_page():
    return FORMS_PAGE + "".join(
        f"| {form.type} | {form.format} | {escaped(form.texts)} | {form.value} |\n" for form in FORMS.values()
    )


def shown(field):
    return ", ".join(
        code(json.dumps(v) if not isinstance(v, str) else v) if k == "type" else f"{k} {code(v)}"
        for k, v in field.items()
    )


def code(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return f"`{visible(text).replace('|', '&#124;')}`"


def visible(text):
    return re.sub("[\0\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", text.rstrip("\n"))


def escaped(text):
    return text.replace("|", "\\|")
