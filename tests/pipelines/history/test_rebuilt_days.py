"""A day whose file is lost comes back out of the run that published it."""

from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.history.rebuilt_days import published_day, run_with
from pipelines.output.publish import Output
from pipelines.window import window_of
from schemas.staged_articles import STAGED_ARTICLES
from tests.pipelines.published import articles, published, sources

FIRST, SECOND, THIRD = (date(2026, 3, day) for day in (1, 2, 3))


def test_the_run_published_last_of_those_that_hold_the_day_is_taken() -> None:
    windows = {
        "first": window_of("2026-03-01..2026-03-02"),
        "second": window_of("2026-03-02"),
        "third": window_of("2026-03-03"),
    }
    assert run_with(FIRST, windows) == "first"
    assert run_with(SECOND, windows) == "second"
    assert run_with(date(2026, 3, 9), windows) is None


def test_a_day_holds_its_own_articles_as_staged_ones(tmp_path: Path) -> None:
    rows = [
        *articles(1, 2, fetched_at=datetime(2026, 3, 1, 9, tzinfo=UTC)),
        *articles(3, fetched_at=datetime(2026, 3, 2, 9, tzinfo=UTC)),
    ]
    published(tmp_path, "days", {"articles": rows, "sources": sources(a=3)})
    window = window_of("2026-03-01..2026-03-03")
    ids = {}
    for day in (FIRST, SECOND, THIRD):
        table = published_day(Output(str(tmp_path)), "days", window, day)
        assert table.schema.names == STAGED_ARTICLES.names
        ids[day] = [int(name, 16) for name in table.column("article_id").to_pylist()]
    assert ids == {FIRST: [1, 2], SECOND: [3], THIRD: []}
