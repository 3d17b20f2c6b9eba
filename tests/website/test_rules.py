from ceasefire_talks.validation.codes import registry
from ceasefire_talks.website.rules import families


def test_every_code_stands_with_its_family_and_a_line_that_breaks_it():
    found = {code.code: (family.title, example) for family in families() for code, example in family.rules}
    assert list(found) == sorted(registry(), key=lambda code: ("DFCRKMX".index(code[0]), code))
    assert found["K01"][0] == "Keys"
    assert all(example.place for _, example in found.values())
