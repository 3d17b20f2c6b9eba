import html
import re

from ceasefire_talks.validation.codes import registry
from ceasefire_talks.website.rules import families


def test_every_code_stands_with_its_family_and_a_line_that_breaks_it():
    found = {code.code: (family.title, example) for family in families() for code, example in family.rules}
    assert list(found) == sorted(registry(), key=lambda code: ("DFCRKMX".index(code[0]), code))
    assert found["K01"][0] == "Keys"
    assert all(f" {code} " in example.problem for code, (_, example) in found.items())


def test_every_code_has_a_page_with_what_why_an_example_and_how_to_mend(site):
    for code, example in ((code, example) for family in families() for code, example in family.rules):
        page = (site / "rules" / f"{code.code}.html").read_text("utf-8")
        assert f"<h1>{code.code} {code.slug}</h1>" in page
        text = html.unescape(re.sub(r"</?code>", "", page))
        assert example.problem in text
        for part in (code.title, code.why, code.mend):
            assert part.replace("`", "") in text
