"""Articles and clusters are named by id, address or words of a headline."""

from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.explain.cluster import explain_cluster
from pipelines.explain.evidence_sheet import evidence_sheet
from pipelines.explain.mirrors import explain_mirrors
from pipelines.explain.named_articles import named_article, named_articles
from pipelines.explain.pair import explain_pair
from pipelines.run.outcome import Outcome
from tests.runs.makers import command, jsonl, run, story

COLUMNS = ("article_id", "canonical_url", "title")
MARKUP = "<script>window.hit=1</script>"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """A story of three outlets, two headlines of which share words, and another story."""
    folder = tmp_path_factory.mktemp("named")
    titles = (
        "Harbour bridge closes",
        "Bridge in the harbour shut",
        "Ferries wait",
        "Winter budget",
    )
    rows = [
        {
            "url": f"https://outlet{number}.example/story",
            "outlet": ("North Post", "South Post", "East Post", "East Post")[number],
            "title": f"{title} {MARKUP if number == 0 else ''}",
            "published_at": f"2026-03-0{number + 1}T10:00:00Z",
            "text": f"{story(1 if number < 3 else 2, 200)} said {number} people.",
        }
        for number, title in enumerate(titles)
    ]
    return run([jsonl(folder / "rows.jsonl", rows)], folder / "out", "input.columns.outlet=outlet")


def test_words_of_one_headline_name_its_article(outcome: Outcome) -> None:
    path = str(outcome.path)
    article = named_article(path, "HARBOUR closes", COLUMNS)
    assert article["canonical_url"] == "https://outlet0.example/story"
    assert named_article(path, article["article_id"], COLUMNS) == article
    assert named_article(path, "http://www.outlet0.example/story", COLUMNS) == article


def test_words_of_several_headlines_name_them_and_decide_nothing(outcome: Outcome) -> None:
    assert len(named_articles(str(outcome.path), "harbour bridge", COLUMNS)) == 2
    with pytest.raises(UsageError, match=r"stands in 2 headlines: .*give one of these ids"):
        named_article(str(outcome.path), "harbour bridge", COLUMNS)


@pytest.mark.parametrize(
    "name", ["harbour winter", "+ +", "0000000000000000", "https://x.example/"]
)
def test_what_names_nothing_is_refused(outcome: Outcome, name: str) -> None:
    with pytest.raises(UsageError, match="has no article"):
        named_article(str(outcome.path), name, COLUMNS)


def test_words_of_one_story_name_its_cluster(outcome: Outcome) -> None:
    path = str(outcome.path)
    assert explain_cluster(path, "harbour bridge").cluster["n_articles"] == 3
    with pytest.raises(UsageError, match="in no cluster"):
        explain_cluster(path, "winter budget")


def test_an_outlet_is_named_by_its_name_where_only_one_has_it(outcome: Outcome) -> None:
    assert explain_mirrors(str(outcome.path), "north post").host == "outlet0.example"
    with pytest.raises(UsageError, match="2 outlets are called East Post"):
        explain_mirrors(str(outcome.path), "East Post")


def test_a_pair_named_by_words_is_the_pair_named_by_ids(outcome: Outcome) -> None:
    pair = explain_pair(str(outcome.path), "harbour closes", "ferries")
    ids = [pair.left["article_id"], pair.right["article_id"]]
    assert explain_pair(str(outcome.path), *ids) == pair


def test_a_sheet_tells_addresses_times_credits_places_and_caveats(
    outcome: Outcome, tmp_path: Path
) -> None:
    target = tmp_path / "sheet.html"
    names = ("harbour closes", "ferries")
    assert command("explain", "pair", *names, "--run", outcome.path, "--html", target) == 0
    page = target.read_text("utf-8")
    assert target.read_bytes() == evidence_sheet(str(outcome.path), *names)
    for part in ("https://outlet0.example/story", "2026-03-01 10:00:00 UTC", "none found"):
        assert part in page
    assert "rows.jsonl, row or line" in page
    assert "The earliest copy in a crawl is not the original" in page
    assert "no payload digest was written" in page
    assert page.count("<mark>") >= 3


def test_a_sheet_escapes_what_pages_say_and_fetches_nothing(outcome: Outcome) -> None:
    page = evidence_sheet(str(outcome.path), "harbour closes", "ferries").decode()
    assert MARKUP not in page
    assert "&lt;script&gt;window.hit=1&lt;/script&gt;" in page
    assert "script-src &#39;none&#39;" in page
    for word in ("src=", '<link rel="stylesheet', "@import", "url("):
        assert word not in page
