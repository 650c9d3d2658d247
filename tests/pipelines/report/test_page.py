"""The page as a file: its policy, its weight, its words, and what it was made of."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipelines.report.limits import DETAIL_CHARS, SUMMARY_CHARS
from pipelines.report.page import ASSETS
from pipelines.report.write import rebuild
from pipelines.run.outcome import Outcome
from schemas.tables import TABLES
from tests.runs.makers import command

VENDORED = ASSETS / "vendor"
JUDGING = re.compile(
    r"\b(trust|truth|fake)(s|ed|ful|fulness|worthy|worthiness|d)?\b", re.IGNORECASE
)
MARKUP_FROM_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|new Function|\.html\("
)


class Elements(HTMLParser):
    """The texts of scripts that run, and of styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.handlers: list[str] = []
        self._is_kept = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_kept = tag == "style" or (tag == "script" and not dict(attrs).get("type"))
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        if self._is_kept:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_kept = False

    def handle_data(self, data: str) -> None:
        if self._is_kept:
            self.found[-1] += data


@pytest.fixture(scope="module")
def html(sample_run: Outcome) -> str:
    return Path(sample_run.path, "report.html").read_text("utf-8")


def elements(html: str) -> Elements:
    parser = Elements()
    parser.feed(html)
    return parser


def own_texts() -> Iterator[Path]:
    """What we wrote of the page; libraries and texts of pages are others' words."""
    yield from (path for path in ASSETS.rglob("*") if path.is_file() and path.parent != VENDORED)
    yield from ASSETS.parent.glob("*.py")


def test_the_policy_is_first_in_the_head(html: str) -> None:
    head = html.partition("<head>")[2].lstrip()
    assert head.startswith(
        '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;'
    )


def test_a_browser_finds_the_encoding_in_time(html: str) -> None:
    assert b'<meta charset="utf-8">' in html.encode()[:1024]


def test_every_script_and_style_is_named_by_its_hash(html: str) -> None:
    for text in elements(html).found:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"sha256-{digest}" in html.partition("</head>")[0]


def test_nothing_in_the_markup_needs_a_looser_policy(html: str) -> None:
    assert not elements(html).handlers
    assert "unsafe" not in html.partition("<title>")[0]


def test_our_scripts_never_make_markup_of_text() -> None:
    for path in (ASSETS / "js").iterdir():
        assert not MARKUP_FROM_TEXT.search(path.read_text("utf-8")), path


def test_no_word_of_ours_judges_an_outlet() -> None:
    for path in own_texts():
        assert not JUDGING.search(path.read_text("utf-8").replace("trusted-types", "")), path
    for name, schema in TABLES.items():
        words = [
            name,
            *(f"{field.name} {field.metadata[b'description'].decode()}" for field in schema),
        ]
        assert not JUDGING.search(" ".join(words).replace("_", " ")), name


def test_the_libraries_are_those_that_were_pinned() -> None:
    pinned = dict(line.split()[::-1] for line in (VENDORED / "SHA256SUMS").read_text().splitlines())
    named = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDORED.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert named == pinned


def test_a_page_weighs_less_than_two_megabytes_whatever_the_run() -> None:
    fixed = sum(path.stat().st_size for path in ASSETS.rglob("*") if path.is_file())
    assert fixed + SUMMARY_CHARS + DETAIL_CHARS < 2_000_000


def test_the_page_of_the_made_crawl_weighs_less_than_two_megabytes(crawl_run: Outcome) -> None:
    assert Path(crawl_run.path, "report.html").stat().st_size < 2_000_000


def test_the_manifest_has_the_digest_of_the_page(sample_run: Outcome) -> None:
    content = Path(sample_run.path, "report.html").read_bytes()
    report = sample_run.manifest["report"]
    assert report["sha256"] == hashlib.sha256(content).hexdigest()
    assert report["bytes"] == len(content)


def test_a_page_made_anew_is_the_same_bytes_and_leaves_the_run_alone(sample_run: Outcome) -> None:
    before = sorted(Path(sample_run.path).rglob("*"))
    path = rebuild(str(Path(sample_run.path).parent.parent), sample_run.run_id)
    assert path.read_bytes() == Path(sample_run.path, "report.html").read_bytes()
    assert sorted(Path(sample_run.path).rglob("*")) == before


def test_the_report_of_an_unknown_run_is_wrong_usage(
    sample_run: Outcome, capsys: pytest.CaptureFixture[str]
) -> None:
    output = Path(sample_run.path).parent.parent
    assert command("report", output, "--run", "nobody") == 2
    assert "holds no published run" in capsys.readouterr().err
