"""Whose text a page says it shows: lines where credits stand, not what tells of people."""

import pytest

from tests.sources.makers import PARAGRAPHS, extracted


def credits(around: str) -> tuple[str, ...]:
    """The agencies of a story between a headline and what stands behind it."""
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    story = f"<article><h1>Bridge stays open</h1>{paragraphs}{around}</article>"
    return extracted(f"<html><body>{story}</body></html>").wire_credits


@pytest.mark.parametrize(
    "life",
    [
        '<div class="author-bio"><p>Lee covers national politics for Reuters.</p></div>',
        '<div class="author-bio"><p>Ann Lee is a reporter. She worked for AFP before.</p></div>',
        '<p class="byline-about">Before he came here he reported for the AP in Delhi!</p>',
    ],
)
def test_a_sentence_about_an_author_credits_no_agency(life: str) -> None:
    assert credits(life) == ()


@pytest.mark.parametrize("line", ["By Ann Lee, Reuters.", "Ann Lee | Reuters", "Ann Lee, Reuters"])
def test_a_byline_with_an_agency_credits_it(line: str) -> None:
    assert credits(f'<div class="author-name">{line}</div>') == ("Reuters",)


def test_a_line_dated_after_the_page_was_fetched_credits_nothing() -> None:
    line = "By Ann Lee and Bo Ek The Associated Press Posted {} 10:05 am"
    later, before = line.format("May 24, 2031"), line.format("March 4, 2026")
    assert credits(f'<div class="byline">{later}</div>') == ()
    assert credits(f'<div class="byline">{before}</div>') == ("AP",)
