"""Windows: what days a text names, and which day an article counts for."""

from datetime import UTC, date, datetime, timedelta, timezone

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import UsageError
from pipelines.window import Window, by_day, window_of

MARCH = date(2026, 3, 1)


def march(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


@given(st.dates(), st.integers(0, 3659))
def test_a_window_is_read_from_its_name(first: date, more: int) -> None:
    last = date.fromordinal(min(first.toordinal() + more, date.max.toordinal()))
    assert window_of(Window(first, last).name) == Window(first, last)


NO_WINDOWS = (
    *("", "today", "2026-02-30", "2026-03-02..", "..2026-03-02", "2026-03-02..2026-03-01"),
    *("2026-03-01...2026-03-02", "0001-01-01..9999-12-31"),
)


@pytest.mark.parametrize("text", NO_WINDOWS)
def test_what_is_no_window_is_told_with_what_one_looks_like(text: str) -> None:
    with pytest.raises(UsageError, match=r"2026-03-02 or 2026-03-01\.\.2026-03-07.*got"):
        window_of(text)


def test_an_article_counts_for_the_day_of_its_fetch_in_utc() -> None:
    at = datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=3)))
    assert Window(MARCH, MARCH).day_of(at, march(9)) == MARCH


def test_without_a_fetch_the_claim_counts_and_without_both_the_windows_last_day() -> None:
    window = Window(MARCH, date(2026, 3, 7))
    assert window.day_of(None, march(3)) == date(2026, 3, 3)
    assert window.day_of(None, None) == date(2026, 3, 7)


def test_the_days_before_end_where_the_window_begins() -> None:
    assert Window(date(2026, 3, 2), date(2026, 3, 4)).before(2) == window_of(
        "2026-02-28..2026-03-01"
    )
    assert Window(MARCH, MARCH).before(0) is None


def test_articles_are_parted_by_day_in_their_order() -> None:
    times = [march(2, 5), march(1, 7), march(2, 3), None]
    nothing = pa.nulls(4, pa.timestamp("us", "UTC"))
    table = pa.table({"n": [0, 1, 2, 3], "fetched_at": times, "published_at": nothing})
    days = {
        day.day: rows.column("n").to_pylist()
        for day, rows in by_day(table, Window(MARCH, date(2026, 3, 2)))
    }
    assert days == {1: [1], 2: [0, 2, 3]}
