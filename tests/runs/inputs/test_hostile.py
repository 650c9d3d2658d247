"""Pages and files made to break readers: each becomes what its truth says, and none is lost."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.run.outcome import Outcome
from tests.runs.makers import run, table

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "hostile"
TRUTH = json.loads((FOLDER / "truth.json").read_text()) if FOLDER.is_dir() else {}
PAGES = TRUTH.get("hostile.warc.gz", {})
TWICE = "https://www.bridgeherald.com/2026/03/04/twice"


def addresses(expected: str) -> list[Any]:
    """The addresses with one fate, as the tables write them."""
    expected_pages = [
        (url, page["id"]) for url, page in PAGES.items() if page["expected"] == expected
    ]
    return [
        pytest.param(url.replace("reader:secret@", ""), id=name) for url, name in expected_pages
    ]


def published(outcome: Outcome) -> list[str]:
    return [row["url"].partition("#same")[0] for row in table(outcome, "articles") if row["url"]]


def rejected(outcome: Outcome, name: str) -> list[dict[str, Any]]:
    return [row for row in table(outcome, "rejected") if row["input"].endswith(f"/{name}")]


def articles(outcome: Outcome, name: str) -> list[dict[str, Any]]:
    return [row for row in table(outcome, "articles") if row["input"].endswith(f"/{name}")]


@pytest.mark.parametrize("url", addresses("article"))
def test_a_page_with_a_story_becomes_an_article(hostile_run: Outcome, url: str) -> None:
    assert url.partition("#same")[0] in published(hostile_run)


@pytest.mark.parametrize("url", addresses("rejected"))
def test_a_page_without_a_story_is_rejected(hostile_run: Outcome, url: str) -> None:
    assert [url] == [row["url"] for row in table(hostile_run, "rejected") if row["url"] == url]


@pytest.mark.parametrize("url", addresses("rejected") + addresses("skipped"))
def test_what_is_no_story_is_no_article(hostile_run: Outcome, url: str) -> None:
    assert url not in published(hostile_run)


@pytest.mark.parametrize("url", addresses("skipped"))
def test_what_was_never_a_page_is_not_rejected(hostile_run: Outcome, url: str) -> None:
    assert url not in [row["url"] for row in table(hostile_run, "rejected")]


@pytest.mark.parametrize("url", addresses("any"))
def test_a_page_that_may_be_either_is_exactly_one(hostile_run: Outcome, url: str) -> None:
    urls = published(hostile_run) + [row["url"] for row in table(hostile_run, "rejected")]
    assert urls.count(url) == 1


def test_skipped_pages_are_counted_by_reason(hostile_run: Outcome) -> None:
    skipped = hostile_run.manifest["counts"]["skipped_by_reason"]
    pages = {name: n for name, n in skipped.items() if name != "record-type"}
    del pages["repeated"]  # the damaged files hold pages of the whole one
    assert pages == {"media-type": 2, "status-301": 1, "status-404": 1}


def test_one_address_with_two_texts_is_two_articles(hostile_run: Outcome) -> None:
    assert published(hostile_run).count(TWICE) == 2


def test_what_was_cut_off_is_rejected_and_what_stood_before_it_kept(
    shared: Path, tmp_path: Path
) -> None:
    outcome = run([shared / "hostile" / "truncated.warc.gz"], tmp_path)
    assert (len(table(outcome, "articles")), len(table(outcome, "rejected"))) == (2, 1)


def test_reading_goes_on_behind_a_damaged_record(shared: Path, tmp_path: Path) -> None:
    outcome = run([shared / "hostile" / "corrupt-middle.warc.gz"], tmp_path)
    assert (len(table(outcome, "articles")), len(table(outcome, "rejected"))) == (2, 1)


def test_a_file_that_is_no_warc_is_rejected_once(hostile_run: Outcome) -> None:
    assert len(rejected(hostile_run, "not-a-warc.warc.gz")) == 1


def test_an_empty_file_is_a_warning(hostile_run: Outcome) -> None:
    assert any("empty.warc.gz is empty" in warning for warning in hostile_run.warnings)
    assert hostile_run.exit_code == 3


def test_lines_that_are_no_article_are_rejected_by_number(hostile_run: Outcome) -> None:
    assert [row["position"] for row in rejected(hostile_run, "broken.jsonl")] == [2, 3, 4, 6, 7]
    assert [row["position"] for row in articles(hostile_run, "broken.jsonl")] == [1]


def test_no_password_of_an_address_is_published(hostile_run: Outcome) -> None:
    root = Path(hostile_run.path)
    assert "secret" not in json.dumps(table(hostile_run, "articles"), default=str)
    assert "secret" not in (root / "run.json").read_text()


def test_no_local_file_leaks_into_a_text(hostile_run: Outcome) -> None:
    assert not [row for row in table(hostile_run, "articles") if "root:x:" in row["text"]]


def test_a_date_after_the_fetch_makes_nobody_first(hostile_run: Outcome) -> None:
    (row,) = [
        article for article in table(hostile_run, "articles") if article["url"].endswith("/future")
    ]
    assert row["role"] != "earliest_observed"
    assert "date-in-future" in row["flags"]


@pytest.mark.parametrize("year", ["year-9999", "year-0001"])
def test_an_absurd_date_is_told_and_never_published(hostile_run: Outcome, year: str) -> None:
    (row,) = [
        article for article in table(hostile_run, "articles") if article["url"].endswith(year)
    ]
    assert {"date-implausible", "date-in-future"} & set(row["flags"])
    # the address says a day too: /2026/03/04/
    assert row["date_source"] == "url"
    assert row["published_at"].year == 2026


def test_a_title_without_end_is_cut(hostile_run: Outcome) -> None:
    assert max(len(row["title"] or "") for row in table(hostile_run, "articles")) <= 500


@pytest.mark.parametrize("made", ["sample_run", "hostile_run", "crawl_run"])
def test_pages_in_are_articles_and_rejected_and_skipped(
    made: str, request: pytest.FixtureRequest
) -> None:
    outcome: Outcome = request.getfixturevalue(made)
    counts = outcome.manifest["counts"]
    assert counts["pages"] == counts["articles"] + counts["rejected"] + counts["skipped"]
    assert counts["articles"] == len(table(outcome, "articles"))
    reasons = Counter(f"{row['stage']}/{row['reason']}" for row in table(outcome, "rejected"))
    assert counts["rejected_by_reason"] == reasons
    assert counts["skipped"] == sum(counts["skipped_by_reason"].values())
