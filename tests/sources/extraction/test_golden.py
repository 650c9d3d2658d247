"""Golden pages: invented stories in the markup of many outlets, each beside what must come out."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schemas.article import Article
from sources.extraction.extract import extract_article
from sources.readers.single_files import read_html_file
from tests.sources.makers import LIMITS, from_text

FOLDER = Path(__file__).parents[2] / "golden"
PAGES = sorted(path.stem for path in FOLDER.glob("*.html"))
FLOORS = json.loads((Path(__file__).parents[2] / "quality" / "quality_floor.json").read_text())


def expected(name: str) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return fields


def golden(name: str) -> Article:
    with (FOLDER / f"{name}.html").open("rb") as stream:
        article = extract_article(read_html_file(stream, name), LIMITS)
    assert isinstance(article, Article), article
    return article


def shown(article: Article, field: str) -> object:
    """The field as the golden file writes it."""
    value = getattr(article, field)
    if field == "text":
        return value.split("\n")
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("name", PAGES)
def test_a_golden_page_gives_its_article(name: str) -> None:
    article = golden(name)
    wanted = expected(name)
    assert {field: shown(article, field) for field in wanted} == wanted


@pytest.mark.parametrize("name", PAGES)
def test_a_golden_page_gives_the_same_twice(name: str) -> None:
    assert golden(name) == golden(name)


@pytest.mark.parametrize("name", PAGES)
def test_extracting_clean_text_again_changes_nothing(name: str) -> None:
    article = golden(name)
    again = from_text(article.text, article.title)
    assert again.text == article.text


def test_persian_words_keep_their_zero_width_non_joiners() -> None:
    assert golden("persian").text.count("\u200c") == "\n".join(expected("persian")["text"]).count(
        "\u200c"
    )


def f1(wanted: str, extracted: str) -> float:
    left, right = Counter(re.findall(r"\w+", wanted)), Counter(re.findall(r"\w+", extracted))
    return 2 * (left & right).total() / max(1, left.total() + right.total())


SCORES: dict[str, Callable[[Article, dict[str, Any]], float]] = {
    "body_f1": lambda got, want: f1("\n".join(want["text"]), got.text),
    "title": lambda got, want: got.title == want["title"],
    "authors": lambda got, want: sorted(got.authors) == sorted(want["authors"]),
    "date": lambda got, want: shown(got, "published_at") == want["published_at"],
    "language": lambda got, want: got.language == want["language"],
    "wire_credit": lambda got, want: list(got.wire_credits) == want["wire_credits"],
}


@pytest.mark.parametrize("score", sorted(SCORES))
def test_no_score_falls_below_its_floor(score: str) -> None:
    values = [float(SCORES[score](golden(name), expected(name))) for name in PAGES]
    assert sum(values) / len(values) >= FLOORS[score]


def test_the_floors_belong_to_these_pages() -> None:
    assert FLOORS["pages"] == PAGES
