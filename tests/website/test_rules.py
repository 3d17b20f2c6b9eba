import json
import os

from ceasefire_talks.validation.codes import registry
from ceasefire_talks.website.rules import families
from packages import RULES

LONGEST = 240


def test_every_code_stands_with_its_family_and_a_line_that_breaks_it():
    found = {code.code: (family.title, example) for family in families() for code, example in family.rules}
    assert list(found) == sorted(registry(), key=lambda code: ("DFCRKM".index(code[0]), code))
    assert found["K01"][0] == "Keys"
    assert all(example.place for _, example in found.values())


def test_the_examples_are_the_first_lines_that_the_broken_packages_report(checkout):
    path = checkout / "src/ceasefire_talks/website/examples.json"
    made = {folder.name.partition("-")[0]: example_of(folder) for folder in sorted(RULES.iterdir())}
    text = "{\n" + ",\n".join(f"{json.dumps(code)}: {json.dumps(one)}" for code, one in made.items()) + "\n}\n"
    if os.environ.get("CEASEFIRE_TALKS_REWRITE"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, "run `make examples`"


def example_of(folder):
    problem = json.loads((folder / "expected.json").read_text("utf-8"))["problems"][0]
    place = {name: problem[name] for name in ("file", "line", "column", "record") if problem.get(name)}
    return {"place": place, "text": line_of(folder / place.get("file", ""), place.get("line"))}


def line_of(path, number):
    if number is None or not path.is_file():
        return ""
    lines = path.read_text("utf-8", errors="backslashreplace").split("\n")
    text = lines[number - 1] if number <= len(lines) else ""
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"
