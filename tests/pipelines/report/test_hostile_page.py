"""Pages that want to be markup stay text, and the policy stops what would get through."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.run.outcome import Outcome
from tests.pipelines.report.browser import Browser
from tests.runs.makers import jsonl, run, story

MARKUP = '</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'
WORDS = f"{MARKUP}&lt;b&gt; {{{{ 7*7 }}}} ${{alert(1)}} \u202eevil"


def row(n: int, host: str, **told: Any) -> dict[str, Any]:
    return {
        "url": f"https://{host}/{n}?q=<svg onload=window.hit=1>",
        "title": f"{WORDS} {n}",
        "authors": [f"<iframe src='javascript:window.hit=1'> {n}"],
        "text": f"{story(1)} <img src=x onerror=window.hit=1> said {n} people. {story(2)}",
        "published_at": f"2026-03-0{n + 1}T10:00:00Z",
        "language": "en",
        **told,
    }


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("hostile-page")
    rows = [
        row(0, "one.example"),
        row(1, "two.example"),
        row(2, "three.example", outlet="<script>window.hit=1</script>"),
        row(3, "four.example", url="javascript:window.hit=1//x"),
        {"url": "https://five.example/<script>window.hit=1</script>", "title": MARKUP, "text": "x"},
        "<script>window.hit=1</script>",
    ]
    return run([jsonl(folder / "rows.jsonl", rows)], folder / "out", "input.columns.outlet=outlet")


@pytest.fixture
def page(outcome: Outcome) -> Path:
    return Path(outcome.path, "report.html")


def injected(page: Path, folder: Path, has_policy: bool) -> Path:
    """The page with a script and a handler in it, as a hole in our own code would put them."""
    html = page.read_text("utf-8")
    head, rest = html.split("<main>", 1)
    if not has_policy:
        start = head.index('<meta http-equiv="Content-Security-Policy"')
        head = head[:start] + head[head.index(">", start) + 1 :]
    bad = '<script>window.hit = 1</script><img src="data:," onerror="window.hit = 1">'
    target = folder / f"injected-{has_policy}.html"
    target.write_text(f"{head}<main>{bad}{rest}", "utf-8")
    return target


def opened(chromium: Browser, page: Path) -> Browser:
    chromium.size(1280)
    chromium.open(page)
    chromium.look("[...document.querySelectorAll('details')].forEach(one => { one.open = true })")
    chromium.look("document.querySelector('#network').scrollIntoView({behavior: 'instant'})")
    chromium.wait("document.querySelector('#network-body .net svg, #network-body .note')")
    links = "[...document.querySelectorAll('#outlet-table a, #story-table a')].map(e => e.hash)"
    for link in chromium.look(links):
        chromium.look(f"location.hash = {json.dumps(link)}")
        chromium.wait("document.querySelector('#panel').dataset.shown")
        chromium.look("document.querySelector('#panel').close()")
        chromium.wait("!document.querySelector('#panel').dataset.shown")
    return chromium


def test_markup_in_titles_authors_addresses_and_texts_is_shown_as_text(
    page: Path, chromium: Browser
) -> None:
    browser = opened(chromium, page)
    assert browser.look("window.hit") is None
    assert browser.look("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert browser.look("document.querySelectorAll('script').length") <= 5
    assert MARKUP in browser.look("document.querySelector('#story-table').textContent")
    assert browser.problems == []
    assert set(browser.requests) <= {page.resolve().as_uri(), "about:blank"}


def test_only_addresses_of_the_web_become_links(page: Path, chromium: Browser) -> None:
    browser = opened(chromium, page)
    chromium.look("location.hash = document.querySelector('#story-table a').hash")
    chromium.wait("document.querySelector('#member-table')")
    schemes = browser.look("[...new Set([...document.links].map(one => one.protocol))]")
    assert set(schemes) <= {"file:", "https:", "http:"}


def test_a_script_that_got_into_the_page_does_not_run(
    page: Path, chromium: Browser, tmp_path: Path
) -> None:
    chromium.size(1280)
    chromium.open(injected(page, tmp_path, has_policy=True))
    assert chromium.look("window.hit") is None
    assert any("Content Security Policy" in problem for problem in chromium.problems)


def test_without_the_policy_the_same_script_runs_and_is_noticed(
    page: Path, chromium: Browser, tmp_path: Path
) -> None:
    chromium.size(1280)
    chromium.open(injected(page, tmp_path, has_policy=False))
    assert chromium.look("window.hit") == 1


def test_no_text_becomes_markup_even_by_our_own_scripts(page: Path, chromium: Browser) -> None:
    chromium.size(1280)
    chromium.open(page)
    looked = chromium.look(
        "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'done' }"
        " catch (error) { return error.name } })()"
    )
    assert looked == "TypeError"
