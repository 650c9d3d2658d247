"""What a page says besides its story leaves the text for its column, with its passage."""

import pytest

from schemas.article import Article
from tests.sources.extraction.test_extract import ld
from tests.sources.makers import PARAGRAPHS, extracted, html

STORY = "\n".join(PARAGRAPHS)
FIGURE = (
    '<figure><img src="a.jpg"><figcaption>Mayor Ines Aldane on the bridge. (AFP photo)'
    "</figcaption></figure>"
)
ADDRESSES = (
    "<p>Our site can also be accessed at the following alternate addresses:</p>"
    "<p>www.example.net</p><p>www.example.co.uk</p>"
)


def shown(above: str = "", below: str = "", head: str = "") -> Article:
    """The article of a page with more above and below its story."""
    page = html(head=head).replace("</h1>", f"</h1>{above}").replace("</body>", f"{below}</body>")
    return extracted(page)


def passages(article: Article, kind: str) -> list[tuple[str, str]]:
    """Value and passage of the evidence of one kind."""
    return [
        (snippet.value, snippet.snippet) for snippet in article.snippets if snippet.kind == kind
    ]


@pytest.mark.parametrize(
    ("line", "kind", "values"),
    [
        ("(Associated Press)", "wire_credit", ["AP"]),
        ("dpa", "wire_credit", ["dpa"]),
        ("Correction: the vote was on Tuesday.", "correction", None),
        ("This story has been updated with a statement.", "correction", None),
        ("SHARE THIS ARTICLE", "share_line", None),
        ("Sign up for our newsletter to get the news by email.", "subscribe_line", None),
        ("Read more: The pier", "share_line", None),
    ],
)
def test_a_line_below_the_story_leaves_the_text_with_its_passage(
    line: str, kind: str, values: list[str] | None
) -> None:
    article = shown(below=f"<p>{line}</p>")
    assert article.text == STORY
    assert passages(article, kind) == [(value, line) for value in values or [line]]


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("With reporting by Associated Press writer Lea Holt.", ["AP"]),
        ("Mit Material von dpa", ["dpa"]),
    ],
)
def test_who_else_reported_is_credited_with_the_passage(line: str, agencies: list[str]) -> None:
    article = shown(below=f"<p>{line}</p>")
    assert passages(article, "wire_credit") == [(name, line) for name in agencies]
    assert list(article.wire_credits) == agencies


def test_a_dateline_is_told_with_its_sentence() -> None:
    line = "GENEVA (AFP) — The council of the small town met on Monday."
    article = shown(above=f"<p>{line}</p>")
    assert (article.dateline, article.wire_credits) == ("GENEVA (AFP) —", ("AFP",))
    assert passages(article, "dateline") == [("GENEVA (AFP) —", line)]
    assert passages(article, "wire_credit") == [("AFP", line)]


def test_an_agency_in_a_byline_is_told_with_the_byline() -> None:
    article = shown(above='<div class="byline">By <a rel="author">Reuters</a></div>')
    assert passages(article, "wire_credit") == [("Reuters", "By Reuters")]


@pytest.mark.parametrize(
    "claimed",
    [
        {"sourceOrganization": {"@type": "Organization", "name": "Agence France-Presse"}},
        {"creditText": "Agence France-Presse"},
        {"isBasedOn": {"@type": "NewsArticle", "publisher": {"name": "Agence France-Presse"}}},
        {"isBasedOn": [{"@type": "CreativeWork", "name": "Agence France-Presse"}]},
    ],
)
def test_an_agency_in_the_metadata_is_told_with_its_words(claimed: dict[str, object]) -> None:
    article = shown(head=ld(headline="Bridge stays open", **claimed))
    assert passages(article, "wire_credit") == [("AFP", "Agence France-Presse")]


def test_a_caption_and_its_credit_leave_the_text_with_their_passage() -> None:
    article = shown(above=FIGURE)
    caption = "Mayor Ines Aldane on the bridge."
    shown_words = f"{caption} (AFP photo)"
    assert (article.text, article.captions, article.photo_credits) == (STORY, (caption,), ("AFP",))
    assert passages(article, "caption") == [(caption, shown_words)]
    assert passages(article, "photo_credit") == [("AFP", shown_words)]
    assert article.wire_credits == ()


def test_other_addresses_leave_the_text_with_the_lines_that_name_them() -> None:
    article = shown(below=ADDRESSES)
    assert article.text == STORY
    assert article.announced_hosts == ("example.net", "example.co.uk")
    announced = dict(passages(article, "announced_host"))
    assert list(announced) == ["example.net", "example.co.uk"]
    assert all(host in line for host, line in announced.items())


def test_every_value_in_a_column_of_evidence_has_a_passage() -> None:
    lines = ("(Reuters)", "Correction: it was Tuesday.", "SHARE THIS ARTICLE")
    below = "".join(f"<p>{line}</p>" for line in lines) + ADDRESSES
    article = shown(above=FIGURE, below=below)
    columns = {
        "caption": article.captions,
        "photo_credit": article.photo_credits,
        "wire_credit": article.wire_credits,
        "correction": article.corrections,
        "announced_host": article.announced_hosts,
    }
    assert article.text == STORY
    assert all(columns.values())
    for kind, values in columns.items():
        assert {value for value, _ in passages(article, kind)} == set(values)
