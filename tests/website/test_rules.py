from ceasefire_talks.validation.codes import registry
from ceasefire_talks.website.rules import LONGEST, families


def test_every_code_stands_with_its_family(tmp_path):
    found = {code.code: family.title for family in families(tmp_path) for code, _ in family.rules}
    assert list(found) == sorted(registry(), key=lambda code: ("DFCRKM".index(code[0]), code))
    assert found["K01"] == "Keys"


def test_an_example_is_the_line_that_is_reported(tmp_path):
    folder = tmp_path / "K01-foreign-key"
    folder.mkdir()
    (folder / "a.csv").write_text("id,other\na,<b>\x00\n" + "b" * 500, "utf-8")
    (folder / "expected.json").write_text(
        '{"problems": [{"file": "a.csv", "line": 2, "record": null}, {"file": "a.csv", "line": 3}]}', "utf-8"
    )
    rules = {code.code: examples for family in families(tmp_path) for code, examples in family.rules}
    first, second = rules["K01"]
    assert (first.place, first.text) == ({"file": "a.csv", "line": 2}, "a,<b>\\x00")
    assert len(second.text) == LONGEST + 2


def test_a_package_without_a_checkout_has_rules_without_examples(tmp_path):
    assert not any(examples for family in families(tmp_path / "none") for _, examples in family.rules)
