from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.metadata.dates import checked_date, date_in_path, written_date

FETCHED_AT = datetime(2026, 3, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment", "zone"),
    [
        ("2026-03-05T10:00:00+02:00", "2026-03-05T08:00:00+00:00", "+02:00"),
        ("2026-03-05T10:00:00+0200", "2026-03-05T08:00:00+00:00", "+02:00"),
        ("2026-03-05T10:00:00Z", "2026-03-05T10:00:00+00:00", "+00:00"),
        ("2026-03-05 10:00:00 +01:00", "2026-03-05T09:00:00+00:00", "+01:00"),
        ("Thu, 05 Mar 2026 10:00:00 -0500", "2026-03-05T15:00:00+00:00", "-05:00"),
        ("2026-03-05T10:00:00", "2026-03-05T10:00:00+00:00", None),
        ("2026-03-05", "2026-03-05T00:00:00+00:00", None),
        ("March 5, 2026", "2026-03-05T00:00:00+00:00", None),
        ("05.03.2026, 14:30", "2026-03-05T14:30:00+00:00", None),
        ("1772704800", "2026-03-05T10:00:00+00:00", "+00:00"),
    ],
)
def test_dates_keep_the_zone_that_was_written(written: str, moment: str, zone: str | None) -> None:
    date = written_date(written)
    assert date is not None
    assert (date.moment.isoformat(), date.zone) == (moment, zone)


@pytest.mark.parametrize("written", ["", "soon", "2026-13-45", "9" * 200, "yesterday at 5"])
def test_what_is_no_date_is_none(written: str) -> None:
    assert written_date(written) is None


@given(st.text(max_size=90))
def test_no_text_makes_it_raise(written: str) -> None:
    written_date(written)


@pytest.mark.parametrize("written", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_absurd_dates_are_flagged_and_dropped(written: str) -> None:
    checked = checked_date(written_date(written), FETCHED_AT)
    assert (checked.moment, checked.flags) == (None, ("date-implausible",))


def test_a_date_after_the_crawl_is_flagged() -> None:
    later = (FETCHED_AT + timedelta(hours=3)).isoformat()
    assert "date-in-future" in checked_date(written_date(later), FETCHED_AT).flags


def test_a_date_long_after_the_crawl_is_no_date() -> None:
    later = (FETCHED_AT + timedelta(days=30)).isoformat()
    assert checked_date(written_date(later), FETCHED_AT).moment is None


def test_a_day_without_time_says_so() -> None:
    flags = checked_date(written_date("2026-03-04"), FETCHED_AT).flags
    assert flags == ("date-day-only", "date-without-zone")


def test_an_address_may_hold_the_day() -> None:
    date = date_in_path("https://a.com/2026/03/04/story")
    assert date is not None
    assert date.moment.isoformat() == "2026-03-04T00:00:00+00:00"


def test_an_address_with_an_impossible_day_holds_none() -> None:
    assert date_in_path("https://a.com/2026/02/31/story") is None


@pytest.mark.parametrize(
    ("zone", "is_real"), [("+14:00", True), ("-12:00", True), ("+23:59", False), ("-15:00", False)]
)
def test_a_zone_that_no_clock_has_makes_a_date_implausible(zone: str, is_real: bool) -> None:
    date = checked_date(written_date(f"2026-03-04T20:00:00{zone}"), None)
    assert (date.moment is not None, "date-implausible" in date.flags) == (is_real, not is_real)
