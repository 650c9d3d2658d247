"""The headline is what a page's sources agree on, without the name of its outlet."""

import pytest

from sources.metadata.headline import choose_headline

STORY = "Old bridge stays open to walkers"


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " · ", "_", ": "])
def test_a_site_name_that_nothing_declares_is_known_by_the_heading(separator: str) -> None:
    suffixed = f"{STORY}{separator}Harbour Post"
    sources = [("og", suffixed), ("h1", STORY), ("title", suffixed)]
    assert choose_headline(sources, [])[0] == STORY


def test_a_logo_that_is_the_first_heading_is_no_headline() -> None:
    sources = [("h1", "Harbour Post"), ("title", f"Harbour Post: {STORY}"), ("heading", STORY)]
    assert choose_headline(sources, []) == (STORY, "title")


def test_an_outlet_is_known_by_its_host_where_only_a_title_names_it() -> None:
    sources = [("title", f"Harbour Post - {STORY}")]
    assert choose_headline(sources, [], "www.harbourpost.example") == (STORY, "title")


def test_a_dash_inside_of_a_headline_stays() -> None:
    headline = "Bridge - a love story"
    sources = [("og", headline), ("h1", headline), ("title", f"{headline} | Harbour Post")]
    assert choose_headline(sources, ["Harbour Post"])[0] == headline


def test_a_page_that_bears_its_outlets_name_alone_keeps_it() -> None:
    assert choose_headline([("h1", "Harbour Post")], ["Harbour Post"])[0] == "Harbour Post"
