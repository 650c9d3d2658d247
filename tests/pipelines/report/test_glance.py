"""What a person sees first, in a real browser: answers, folded outlets, cards."""

from pathlib import Path

import pytest

from pipelines.run.outcome import Outcome
from sources.intervals import wilson
from tests.pipelines.report.browser import Browser
from tests.runs.makers import jsonl, run, story


@pytest.fixture(scope="module")
def page(sample_run: Outcome) -> Path:
    return Path(sample_run.path, "report.html")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a run with an outlet of six articles and eight of one, one without a headline."""
    folder = tmp_path_factory.mktemp("many")
    hosts = ["large"] * 6 + [f"small{n}" for n in range(8)]
    rows: list[dict[str, str | None]] = [
        {
            "url": f"https://{host}.example/{n}",
            "title": f"Boats {n}",
            "language": "en",
            "published_at": "2026-05-07T10:00:00Z",
            "text": story(n),
        }
        for n, host in enumerate(hosts)
    ]
    rows += [
        row | {"url": f"https://copy{n}.example/", "title": None}
        for n, row in enumerate(rows[:1] * 2)
    ]
    rows[0] = rows[0] | {"title": None}
    return Path(run([jsonl(folder / "rows.jsonl", rows)], folder / "out").path, "report.html")


def opened(browser: Browser, page: Path, width: int = 1280, place: str = "") -> Browser:
    browser.size(width)
    browser.open(page, place)
    return browser


@pytest.mark.parametrize("name", ["first", "carried", "uncredited"])
def test_the_top_answers_with_outlets_and_the_articles_behind_them(
    chromium: Browser, page: Path, name: str
) -> None:
    opened(chromium, page)
    card = f"document.querySelector('[aria-labelledby=answer-{name}]')"
    assert chromium.look(f"{card}.querySelectorAll('ol > li').length") > 0
    chromium.look(f"{card}.querySelector('details').open = true")
    headline = chromium.look(f"{card}.querySelector('details a').innerText")
    assert headline
    chromium.look(f"{card}.querySelector('details a').click()")
    chromium.wait("document.querySelector('#panel').dataset.shown?.startsWith('story=')")
    assert chromium.problems == []


def test_an_address_that_names_a_part_lands_at_it(chromium: Browser, page: Path) -> None:
    opened(chromium, page, place="#outlets")
    top = chromium.look("document.querySelector('#outlets').getBoundingClientRect().top")
    assert 0 <= top < 100


def test_outlets_of_few_articles_are_folded_until_asked_for_or_searched(
    chromium: Browser, many: Path
) -> None:
    opened(chromium, many)
    rows = "document.querySelectorAll('#outlet-table tbody tr').length"
    assert chromium.look(rows) == 1
    chromium.look("document.querySelector('#outlet-search').focus()")
    chromium.write("small")
    assert chromium.look(rows) == 8
    opened(chromium, many)
    chromium.click("#outlet-few")
    assert chromium.look(rows) == 11


def test_intervals_of_few_are_given_on_demand_and_are_those_of_the_tables(
    chromium: Browser, many: Path
) -> None:
    opened(chromium, many)
    share = "document.querySelector('#outlet-table [data-label=clustered]').innerText"
    assert "(" not in chromium.look(share)
    chromium.click("#outlet-intervals")
    low, high = wilson(1, 6)
    assert f"1 of 6 ({low:.2f}–{high:.2f})" in chromium.look(share)


def test_a_null_says_why(chromium: Browser, many: Path) -> None:
    opened(chromium, many, place="#outlet=large.example")
    chromium.wait("document.querySelector('#panel').dataset.shown?.startsWith('outlet=')")
    text = chromium.look("document.querySelector('#panel').innerText")
    assert "6 of 30 articles" in text
    assert "unknown" not in text.lower().replace("direction unknown", "")


def test_a_story_without_a_headline_is_called_by_its_first_words(
    chromium: Browser, many: Path
) -> None:
    opened(chromium, many)
    text = chromium.look("document.querySelector('#story-table tbody a').innerText")
    assert text.startswith("“")
    assert text[1:20] in story(0)


def test_the_first_difference_is_seen_without_scrolling(chromium: Browser, page: Path) -> None:
    opened(chromium, page)
    chromium.click("#story-table tbody a")
    chromium.wait("document.querySelector('#panel').dataset.shown?.startsWith('story=')")
    bottom = chromium.look(
        "document.querySelector('.first-difference').getBoundingClientRect().bottom"
    )
    assert bottom < 900  # of a screen of 1280 by 900


def test_on_a_phone_rows_are_cards_and_no_headline_breaks_within_a_word(
    chromium: Browser, page: Path
) -> None:
    opened(chromium, page, 390)
    title = "document.querySelector('#story-table tbody a')"
    assert chromium.look(f"getComputedStyle({title}.closest('tr')).display") == "block"
    assert chromium.look(f"{title}.getBoundingClientRect().width") > 200
    label = "getComputedStyle(document.querySelector('#story-table td'), '::before').content"
    assert "outlets" in chromium.look(label)


def test_every_mark_has_a_word_in_the_legend(chromium: Browser, page: Path) -> None:
    opened(chromium, page)
    text = chromium.look("document.querySelector('#legend').innerText")
    for mark in ("earliest observed", "copy", "excerpt", "revision", "mirror", "undetermined"):
        assert mark in text
