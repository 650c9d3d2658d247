"""The page in a real browser by the keyboard alone: paste, search, story, outlet; two widths."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines.report.browser import Browser
from tests.pipelines.serve.conftest import DAYS, Served, rows_of

TAB, ENTER, ESCAPE = ("Tab", 9), ("Enter", 13), ("Escape", 27)
MOST_TABS = 60
AXE = os.environ.get("COPYTRAIL_AXE", "")
"""axe.min.js of the package axe-core, `npm pack axe-core`; without it that test is skipped."""


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")], ids=str)
def page(
    request: pytest.FixtureRequest, chromium: Browser, served: Served
) -> Iterator[tuple[Browser, int, str]]:
    """The page at a width and in a scheme; nothing went wrong in it, nothing else was asked for."""
    width, scheme = request.param
    chromium.size(width, media=scheme)
    chromium.visit(f"{served.url}/")
    chromium.wait("document.documentElement?.dataset.ready === 'yes'")
    yield chromium, width, f"serve-{width}-{scheme}"
    assert chromium.problems == []
    assert [url for url in chromium.requests if not url.startswith((served.url, "data:"))] == []
    assert chromium.look("window.hit") is None


def focused(browser: Browser) -> Any:
    return browser.look("document.activeElement.id || document.activeElement.innerText || ''")


def tab_to(browser: Browser, script: str) -> None:
    """Presses Tab until what has the focus is as the expression on `one` says."""
    for _ in range(MOST_TABS):
        if browser.look(f"((one) => Boolean({script}))(document.activeElement)"):
            return
        browser.press(*TAB)
    raise AssertionError(f"{script}: not reached by Tab, which is at {focused(browser)!r}")


def fits(browser: Browser, width: int) -> None:
    assert browser.look("document.documentElement.scrollWidth") <= width


def answered(browser: Browser, place: str) -> str:
    browser.wait(f"document.getElementById('{place}').dataset.answered")
    shown: str = browser.look(f"document.getElementById('{place}').innerText")
    return shown


def test_a_text_is_pasted_and_its_story_opened_by_keys_alone(
    page: tuple[Browser, int, str], pictures: Path
) -> None:
    browser, width, name = page
    tab_to(browser, "one.id === 'text'")
    browser.write(rows_of(DAYS[0], 0)[0]["text"])
    tab_to(browser, "one.type === 'submit'")
    browser.press(*ENTER)
    assert "3 published articles share text with it" in answered(browser, "ask-body")
    assert browser.look("document.activeElement.className") == "answer-h"
    assert browser.look("document.querySelectorAll('#matches > li').length") == 3
    fits(browser, width)
    print(browser.picture(pictures / f"{name}-match.png", is_whole=True))
    tab_to(browser, "one.hash?.startsWith('#story=')")
    link = browser.look("document.activeElement.hash")
    browser.press(*ENTER)
    browser.wait("document.querySelector('#panel').dataset.shown?.startsWith('story=')")
    shown = browser.look("document.querySelector('#panel').innerText")
    assert "[object" not in shown
    assert "Timeline by outlet" in shown
    assert "Articles in time order" in shown
    assert browser.look("document.querySelector('#panel').scrollWidth") <= width
    print(browser.picture(pictures / f"{name}-story.png"))
    tab_to(browser, "one.className === 'evidence-link'")
    browser.press(*ESCAPE)
    browser.wait("!document.querySelector('#panel').open")
    assert browser.look("document.activeElement.hash") == link


def test_a_search_opens_an_outlet_with_its_history(
    page: tuple[Browser, int, str], pictures: Path
) -> None:
    browser, width, name = page
    tab_to(browser, "one.id === 'words'")
    browser.write("headline other")
    tab_to(browser, "one.id === 'outlet'")
    browser.write("lakeside.example")
    browser.press(*ENTER)
    assert "2 articles" in answered(browser, "search-body")
    tab_to(browser, "one.hash === '#outlet=lakeside.example'")
    browser.press(*ENTER)
    browser.wait("document.querySelector('#panel').dataset.shown === 'outlet=lakeside.example'")
    shown = browser.look("document.querySelector('#panel').innerText")
    assert "[object" not in shown
    assert all(part in shown for part in ("Over the runs", "Hosts", "Measures", *DAYS))
    assert browser.look("document.querySelectorAll('#history svg .bar').length") == len(DAYS)
    rows = browser.look("document.querySelectorAll('#history-table tbody tr').length")
    assert rows == len(DAYS)
    assert browser.look("document.querySelector('#panel').scrollWidth") <= width
    print(browser.picture(pictures / f"{name}-outlet.png"))
    tab_to(browser, "one.id === 'close'")
    browser.press(*ENTER)
    browser.wait("!document.querySelector('#panel').open")


def test_what_fails_is_said_in_the_page(page: tuple[Browser, int, str]) -> None:
    browser, _, _ = page
    tab_to(browser, "one.id === 'text'")
    browser.write("too short")
    browser.press("Enter", 13, modifiers=2)
    assert "the text has 2 words" in answered(browser, "ask-body")
    assert browser.look("document.querySelector('#ask-body [role=alert]') !== null")
    browser.problems[:] = [line for line in browser.problems if "422" not in line]


def test_the_theme_is_changed_by_its_button(page: tuple[Browser, int, str]) -> None:
    browser, _, _ = page
    before = browser.look("getComputedStyle(document.body).backgroundColor")
    tab_to(browser, "one.id === 'theme'")
    browser.press(*ENTER)
    assert browser.look("getComputedStyle(document.body).backgroundColor") != before


def test_a_sheet_of_evidence_shows_both_and_fits(
    chromium: Browser, served: Served, pictures: Path
) -> None:
    hits = served.get("/api/search", words="headline zero", since=DAYS[0], until=DAYS[0])["hits"]
    left, right = (hit["article_id"] for hit in hits[:2])
    for width in (1280, 390):
        chromium.size(width)
        chromium.visit(f"{served.url}/evidence?left={left}&right={right}")
        chromium.wait("document.querySelector('footer')")
        fits(chromium, width)
        assert chromium.look("document.querySelectorAll('mark').length") > 2
        assert chromium.look("window.hit") is None
        print(chromium.picture(pictures / f"evidence-{width}.png", is_whole=True))
    assert chromium.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(chromium: Browser, served: Served, scheme: str) -> None:
    if not Path(AXE).is_file():
        pytest.skip("COPYTRAIL_AXE names no axe.min.js; `npm pack axe-core` brings one")
    hits = served.get("/api/search", words="headline zero", since=DAYS[0], until=DAYS[0])["hits"]
    sheet = f"/evidence?left={hits[0]['article_id']}&right={hits[1]['article_id']}"
    story = f"/#story={hits[0]['cluster_id']}"
    for place in ("/", story, "/#outlet=lakeside.example", sheet):
        chromium.size(1280, media=scheme)
        chromium.visit(served.url + place)
        if place != sheet:
            chromium.wait("document.documentElement?.dataset.ready === 'yes'")
        if "#" in place:
            chromium.wait("document.querySelector('#panel').dataset.shown")
        if place == "/":
            chromium.look(f"document.getElementById('text').value = {json.dumps('word ' * 20)}")
            chromium.look("document.getElementById('words').value = 'headline'")
            chromium.look("document.getElementById('search-form').requestSubmit()")
            answered(chromium, "search-body")
        chromium.look(Path(AXE).read_text("utf-8") + ";1")
        violations = chromium.look(
            "axe.run(document, {resultTypes: ['violations']}).then((told) => told.violations"
            ".filter((one) => ['serious', 'critical'].includes(one.impact))"
            ".map((one) => one.id + ': ' + one.nodes.map((node) => node.html).slice(0, 3)))"
        )
        assert violations == [], place
