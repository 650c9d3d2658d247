"""The page in a real browser, driven as a person would: no error, no request, everything opens."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.run.outcome import Outcome
from tests.pipelines.report.browser import Browser
from tests.runs.makers import jsonl, run, story

RUNS = ("sample_run", "crawl_run", "hostile_run")
TAB, ENTER, ESCAPE = ("Tab", 9), ("Enter", 13), ("Escape", 27)


@pytest.fixture(scope="module", params=RUNS)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Path:
    outcome: Outcome = request.getfixturevalue(request.param)
    return Path(outcome.path, "report.html")


@pytest.fixture
def shown(page: Path, chromium: Browser) -> Browser:
    chromium.size(1280)
    chromium.open(page)
    return chromium


def column(browser: Browser, table: str, place: int) -> list[str]:
    """The texts of a column as they are shown."""
    cells = f"#{table} tbody tr > :nth-child({place})"
    texts: list[str] = browser.look(
        f"[...document.querySelectorAll({json.dumps(cells)})].map(one => one.innerText)"
    )
    return texts


def numbers(browser: Browser, table: str, place: int) -> list[int]:
    return [int(cell.replace(",", "")) for cell in column(browser, table, place)]


def open_first_story(browser: Browser) -> None:
    browser.click("#story-table tbody a")
    browser.wait("document.querySelector('#panel').dataset.shown?.startsWith('story=')")


def assert_clean(browser: Browser, page: Path) -> None:
    assert browser.problems == []
    assert set(browser.requests) <= {page.resolve().as_uri(), "about:blank"}


def test_it_opens_without_an_error_and_asks_for_nothing(shown: Browser, page: Path) -> None:
    shown.look("document.querySelector('#network').scrollIntoView({behavior: 'instant'})")
    shown.wait("document.querySelector('#network-body .net svg, #network-body .note')")
    assert_clean(shown, page)


def test_outlets_are_sorted_by_the_column_that_is_clicked(shown: Browser, page: Path) -> None:
    assert numbers(shown, "outlet-table", 2) == sorted(numbers(shown, "outlet-table", 2))[::-1]
    shown.click('#outlet-table [data-sort="n_articles"]')
    assert numbers(shown, "outlet-table", 2) == sorted(numbers(shown, "outlet-table", 2))
    shown.click('#outlet-table [data-sort="outlet"]')
    names = shown.look(
        "[...document.querySelectorAll('#outlet-table tbody th a')].map(e => e.innerText)"
    )
    assert names == sorted(names)
    assert shown.look("document.querySelector('#outlet-table th').ariaSort") == "ascending"
    assert_clean(shown, page)


def test_a_search_leaves_the_outlets_that_have_the_words(shown: Browser, page: Path) -> None:
    name = shown.look("document.querySelector('#outlet-table tbody a').innerText")
    shown.look("document.querySelector('#outlet-search').focus()")
    shown.write(name.upper())
    assert all(name in cell for cell in column(shown, "outlet-table", 1))
    shown.write("that no outlet is called")
    assert column(shown, "outlet-table", 1) == []
    assert_clean(shown, page)


def test_an_outlet_opens_with_its_hosts_and_closes_again(shown: Browser, page: Path) -> None:
    shown.click("#outlet-table tbody a")
    shown.wait("document.querySelector('#panel').dataset.shown?.startsWith('outlet=')")
    name = shown.look("document.querySelector('#outlet-table tbody a').innerText")
    assert name in shown.look("document.querySelector('#panel ul').innerText")
    shown.press(*ESCAPE)
    shown.wait("!document.querySelector('#panel').open")
    assert_clean(shown, page)


def test_a_story_opens_by_the_keyboard_with_its_articles(shown: Browser, page: Path) -> None:
    articles = numbers(shown, "story-table", 3)[0]
    shown.look("document.querySelector('#story-table tbody a').focus()")
    shown.press(*ENTER)
    shown.wait("document.querySelector('#panel').dataset.shown?.startsWith('story=')")
    assert len(column(shown, "member-table", 1)) == min(articles, 200)
    assert_clean(shown, page)


def test_any_two_versions_are_compared(shown: Browser, page: Path) -> None:
    open_first_story(shown)
    before = shown.look("document.querySelector('#diff').innerText")
    shown.look(
        "(() => { const one = document.querySelector('#diff-right');"
        " one.value = document.querySelector('#diff-left').value;"
        " one.dispatchEvent(new Event('change')); })()"
    )
    same = shown.look("document.querySelector('#changes').innerText")
    assert "0 changed, 0 only in the first, 0 only in the second, 0 moved" in same
    assert shown.look("document.querySelectorAll('#diff del, #diff ins').length") == 0
    assert before
    assert_clean(shown, page)


@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_the_screen_and_its_pictures_are_kept(
    page: Path, chromium: Browser, pictures: Path, width: int, request: pytest.FixtureRequest
) -> None:
    chromium.size(width)
    chromium.open(page)
    name = request.node.callspec.params["page"]
    assert chromium.look("document.documentElement.scrollWidth") <= width
    print(chromium.picture(pictures / f"{name}-{width}.png"))
    open_first_story(chromium)
    chromium.look("document.querySelector('#changes').scrollIntoView({behavior: 'instant'})")
    assert chromium.look("document.querySelector('#panel').scrollWidth") <= width
    print(chromium.picture(pictures / f"{name}-{width}-story.png"))
    assert_clean(chromium, page)


def differing(browser: Browser) -> list[dict[str, Any]]:
    """What the page says of the changes, each with its kind."""
    marks: list[dict[str, Any]] = browser.look(
        "[...document.querySelectorAll('#diff [data-kind]')]"
        ".map(one => ({kind: one.dataset.kind, text: one.innerText, tag: one.localName}))"
    )
    return marks


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a run in which a copy says four things otherwise."""
    folder = tmp_path_factory.mktemp("edited")
    said = "On {day} the council of Avenmoor counted {boats} boats in the bay near the old harbour."
    template = (
        "“We have {word} seen so many boats here before,” the harbour master {name} told them."
    )
    changes = (
        {"day": "4 May", "boats": "1,200", "word": "never", "name": "Mira Okonjo"},
        {"day": "6 May", "boats": "1,300", "word": "seldom", "name": "Petra Lindqvist"},
    )
    rows = [
        {
            "url": f"https://{host}.example/boats",
            "title": "Boats",
            "language": "en",
            "published_at": f"2026-05-07T1{n}:00:00Z",
            "text": " ".join(
                [story(1), said.format(**change), template.format(**change), story(2)]
            ),
        }
        for n, (host, change) in enumerate(zip(("first", "second"), changes, strict=True))
    ]
    return Path(run([jsonl(folder / "rows.jsonl", rows)], folder / "out").path, "report.html")


def test_changed_numbers_dates_names_and_quotations_are_marked(
    edited: Path, chromium: Browser
) -> None:
    chromium.size(1280)
    chromium.open(edited)
    open_first_story(chromium)
    marked = {(mark["kind"], mark["tag"], mark["text"]) for mark in differing(chromium)}
    assert marked == {
        *(("date", "del", "4"), ("date", "ins", "6")),
        *(("number", "del", "1,200"), ("number", "ins", "1,300")),
        *(("quote", "del", "never"), ("quote", "ins", "seldom")),
        *(("name", "del", "Mira Okonjo"), ("name", "ins", "Petra Lindqvist")),
    }
    assert "1,200 → 1,300" in chromium.look("document.querySelector('#changes').innerText")
