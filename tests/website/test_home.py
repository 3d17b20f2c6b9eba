import json

from ceasefire_talks.website.home import COUNTS, PICTURE, json_ld, with_picture


def described(element):
    return json.loads(element.removeprefix('<script type="application/ld+json">').removesuffix("</script>"))


def test_the_data_set_is_described_for_search_engines(bundled):
    dataset = described(json_ld(bundled, "https://example.org/x/"))
    assert (dataset["@type"], dataset["version"]) == ("Dataset", bundled.descriptor["version"])
    assert dataset["url"] == "https://example.org/x/"
    assert dataset["distribution"][0]["contentUrl"] == "https://example.org/x/data/sources.csv"


def test_without_an_address_of_the_site_none_is_made_up(bundled):
    dataset = described(json_ld(bundled, ""))
    assert "url" not in dataset
    assert dataset["distribution"][0]["contentUrl"] == "data/sources.csv"


def test_a_description_cannot_end_its_element(make_package):
    package = make_package(things=({"fields": [{"name": "a"}]}, []))
    package.descriptor.update(
        title="</script><script>alert(1)</script>", description="d", version="1", created="2024-01-01T00:00:00Z",
        licenses=[], contributors=[], sources=[],
    )  # fmt: skip
    package.descriptor["resources"][0]["mediatype"] = "text/csv"
    element = json_ld(package, "")
    assert element.count("<script") == 1
    assert element.count("</script>") == 1
    assert described(element)["name"] == package.descriptor["title"]


def test_the_picture_and_the_counts_take_the_places_of_their_marks(bundled):
    shown = with_picture(f"a\n{PICTURE}\nb\n{COUNTS}", bundled)
    assert shown.startswith("a\n")
    assert "ct-stance" in shown
    assert f"<strong>{len(bundled.records('events'))}</strong> events" in shown
    assert PICTURE not in shown
    assert COUNTS not in shown
