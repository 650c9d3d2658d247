import json
from collections.abc import Sequence
from typing import Any

import pytest

from schemas.article import PolicyLink
from sources.metadata.policies import _NAMES as NAMES
from sources.metadata.policies import _WORDS as WORDS
from sources.metadata.policies import MAX_LINKS, MAX_SAME, MAX_URL_CHARS, PROPERTIES
from tests.sources.makers import PARAGRAPHS, extracted, from_text, html


def ld(*nodes: dict[str, Any]) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )


def publisher(**policies: Any) -> str:
    outlet = {"@type": "NewsMediaOrganization", "name": "Willow Post", **policies}
    return ld({"@type": "NewsArticle", "headline": "Bridge stays open", "publisher": outlet})


def links(head: str = "", foot: str = "") -> Sequence[PolicyLink]:
    return extracted(html(head=head).replace("</body>", f"{foot}</body>")).policy_links


def shown(head: str = "", foot: str = "") -> set[tuple[str, str, str]]:
    return {(link.kind, link.url, link.how) for link in links(head, foot)}


def footer(text: str, href: str = "/policy") -> str:
    return f'<footer><a href="{href}">{text}</a></footer>'


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_property_of_the_publisher_is_a_link(name: str) -> None:
    policies = shown(publisher(**{name: "https://www.example.com/policy"}))
    assert policies == {(PROPERTIES[name], "https://www.example.com/policy", "json-ld")}


def test_a_publisher_that_stands_elsewhere_on_the_page_is_the_same() -> None:
    graph = {"@graph": [{"@id": "#us", "@type": "Thing", "ethicsPolicy": {"url": "/ethics"}}]}
    story = {"@type": "NewsArticle", "headline": "x", "publisher": {"@id": "#us"}}
    assert shown(ld(graph, story)) == {("ethics", "https://www.example.com/ethics", "json-ld")}


def test_policies_of_an_organisation_that_the_story_is_about_are_not_the_outlets() -> None:
    other = {"@type": "NewsMediaOrganization", "correctionsPolicy": "https://other.example/c"}
    assert shown(ld({"@type": "NewsArticle", "headline": "x", "about": other})) == set()


def test_a_site_says_its_policies_though_no_article_is_declared() -> None:
    site = {"@type": ["NewsMediaOrganization"], "masthead": ["/people", {"@id": "/editors"}]}
    assert {url for _, url, _ in shown(ld(site))} == {
        "https://www.example.com/people",
        "https://www.example.com/editors",
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Corrections", "corrections"),
        ("Corrections &amp; Clarifications", "corrections"),
        ("  Ethics\n Policy › ", "ethics"),
        ("<span>Who owns us</span>", "ownership"),
        ("Unsere Redaktion", "masthead"),
        ("Umgang mit Fehlern", "corrections"),
        ("REDAKTIONELLE LEITLINIEN", "publishing_principles"),
        ("Impressum", "imprint"),
    ],
)
def test_a_link_in_the_footer_is_known_by_what_it_is_called(text: str, kind: str) -> None:
    assert shown(foot=footer(text)) == {(kind, "https://www.example.com/policy", "link")}


@pytest.mark.parametrize(
    "text", ["Corrections officers strike", "<b>Ethics</b> panel resigns", "Sport", "Diversity!"]
)
def test_a_headline_in_the_footer_is_no_policy(text: str) -> None:
    assert shown(foot=footer(text)) == set()


def test_a_word_that_may_be_a_section_counts_in_the_footer_alone() -> None:
    assert shown(foot='<nav><a href="/topic/ethics">Ethics</a></nav>') == set()
    assert shown(foot='<nav><a href="/x">Ethics policy</a></nav>') != set()


def test_a_link_of_the_story_is_none() -> None:
    assert shown(foot='<p>See its <a href="/x">code of ethics</a> of 2019.</p>') == set()


@pytest.mark.parametrize(
    "name", ["site-footer", "Footer", "pageFooter", "c-footer__links footer-links", "colophon"]
)
def test_a_footer_may_be_one_by_its_class_alone(name: str) -> None:
    assert shown(foot=f'<div class="{name}"><a href="/x">Ethics</a></div>') != set()


@pytest.mark.parametrize(
    "href",
    [
        *("", "#", "/", "https://other.example", "/a", "/a#policy", "mailto:us@example.com"),
        *("javascript:void(0)", "data:text/html,x", "ftp://example.com/x", "https://[::1/x"),
        *("https://example.com/a b", "/x\u202e", "/" + "x" * MAX_URL_CHARS),
    ],
)
def test_what_leads_to_no_page_of_its_own_is_no_link(href: str) -> None:
    assert shown(foot=footer("Ethics policy", href)) == set()
    assert shown(publisher(ethicsPolicy=href)) == set()


def test_user_and_password_are_published_nowhere() -> None:
    policies = shown(foot=footer("Ethics policy", "https://me:secret@example.com/x"))
    assert policies == {("ethics", "https://example.com/x", "link")}


@pytest.mark.parametrize("odd", [None, 7, True, [], {}, [[]], {"url": 7}, [None, {"@id": []}]])
def test_values_of_any_shape_are_taken(odd: Any) -> None:
    assert shown(publisher(ethicsPolicy=odd)) == set()


def test_a_page_of_ten_thousand_links_gives_the_few_shortest_of_each_kind() -> None:
    many = "".join(f'<a href="/{"x" * (n % 90)}{n}">Ethics policy</a>' for n in range(10_000))
    policies = links(foot=f"<footer>{many}</footer>")
    assert [policy.url for policy in policies] == [
        f"https://www.example.com/{n}" for n in ("0", "90", "x1")
    ]
    assert len(policies) == MAX_SAME


def test_no_page_gives_more_than_there_is_room_for() -> None:
    every = "".join(
        f'<a href="/{kind}/{n}">{name}</a>'
        for n in range(5)
        for name, kind in (NAMES | WORDS).items()
    )
    values = {name: [f"/{name}/{n}" for n in range(9)] for name in PROPERTIES}
    policies = links(publisher(**values), f"<footer>{every}</footer>")
    assert len(policies) == MAX_LINKS
    assert list(policies) == sorted(
        policies, key=lambda policy: (policy.kind, policy.how, len(policy.url), policy.url)
    )


def test_no_words_mean_two_kinds() -> None:
    assert not NAMES.keys() & WORDS.keys()


def test_an_extracted_text_has_none() -> None:
    assert from_text("\n".join(PARAGRAPHS)).policy_links == ()
