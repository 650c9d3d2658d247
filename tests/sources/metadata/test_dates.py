from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.metadata.dates import checked_date, date_in_path, is_before_text
from sources.metadata.written_dates import read_date

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
    date = read_date(written)
    assert date is not None
    assert (date.moment.isoformat(), date.zone) == (moment, zone)


@pytest.mark.parametrize("written", ["", "soon", "2026-13-45", "9" * 200, "yesterday at 5"])
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_date(written) is None


@given(st.text(max_size=90))
def test_no_text_makes_it_raise(written: str) -> None:
    read_date(written)


@pytest.mark.parametrize("written", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_absurd_dates_are_flagged_and_dropped(written: str) -> None:
    checked = checked_date(read_date(written), FETCHED_AT)
    assert (checked.moment, checked.flags) == (None, ("date-implausible",))


def test_a_date_after_the_crawl_is_flagged() -> None:
    later = (FETCHED_AT + timedelta(hours=3)).isoformat()
    assert "date-in-future" in checked_date(read_date(later), FETCHED_AT).flags


def test_a_date_long_after_the_crawl_is_no_date() -> None:
    later = (FETCHED_AT + timedelta(days=30)).isoformat()
    assert checked_date(read_date(later), FETCHED_AT).moment is None


def test_a_day_without_time_says_so() -> None:
    flags = checked_date(read_date("2026-03-04"), FETCHED_AT).flags
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
    date = checked_date(read_date(f"2026-03-04T20:00:00{zone}"), None)
    assert (date.moment is not None, "date-implausible" in date.flags) == (is_real, not is_real)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.com/20260304-story",
        "https://a.com/2026/mar/04/story",
        "https://a.com/n/2026-03-04.html",
    ],
)
def test_an_address_writes_its_day_in_several_ways(url: str) -> None:
    date = date_in_path(url)
    assert date is not None
    assert date.moment == datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment", "zone"),
    [
        ("March 5, 2026 10:42 PM EST", "2026-03-06T03:42:00+00:00", "-05:00"),
        ("5 March 2026, 10:42 GMT+8", "2026-03-05T02:42:00+00:00", "+08:00"),
        ("2026-03-05 10:42 UTC+2", "2026-03-05T08:42:00+00:00", "+02:00"),
        ("July 5, 2026 10:42 a.m. ET", "2026-07-05T14:42:00+00:00", "-04:00"),
        (
            "Thu Mar 05 2026 10:42:00 GMT+0100 (Central European Standard Time)",
            "2026-03-05T09:42:00+00:00",
            "+01:00",
        ),
        ("2026年3月5日下午3:20", "2026-03-05T15:20:00+00:00", None),
        ("٥ مارس ٢٠٢٦ 10:42", "2026-03-05T10:42:00+00:00", None),
        ("2026. március 5. 10:42", "2026-03-05T10:42:00+00:00", None),
    ],
)
def test_clocks_and_zones_are_read_as_people_write_them(
    written: str, moment: str, zone: str | None
) -> None:
    date = read_date(written)
    assert date is not None
    assert (date.moment.isoformat(), date.zone, date.has_time) == (moment, zone, True)


@pytest.mark.parametrize(
    ("written", "is_day_first", "day"),
    [
        ("25/02/2026", None, "2026-02-25"),
        ("02/25/2026", None, "2026-02-25"),
        ("05/03/2026", True, "2026-03-05"),
        ("05/03/2026", False, "2026-05-03"),
        ("2026030510", None, "2026-03-05"),
        ("20260305104200", None, "2026-03-05"),
        ("1772704800.0", None, "2026-03-05"),
    ],
)
def test_numbers_are_a_day_where_something_settles_their_order(
    written: str, is_day_first: bool | None, day: str
) -> None:
    date = read_date(written, is_day_first=is_day_first)
    assert date is not None
    assert date.moment.date().isoformat() == day


def test_numbers_that_could_be_two_days_are_none() -> None:
    assert read_date("05/03/2026") is None


@given(st.datetimes(datetime(1995, 1, 1), datetime(2040, 1, 1)), st.integers(-56, 56))
def test_a_moment_in_iso_form_is_read_back_as_it_was_written(
    moment: datetime, quarters: int
) -> None:
    zone = timezone(timedelta(minutes=15 * quarters))
    written = moment.replace(tzinfo=zone)
    date = read_date(written.isoformat())
    assert date is not None
    assert date.moment == written


@pytest.mark.parametrize(
    "line",
    [
        "The council voted on 2 March 2026 to keep the old bridge.",
        "Der Rat hat am 2. März 2026 für die alte Brücke gestimmt.",
        "市議会は2026年3月2日、古い橋を残すことを決めた。",
        "صوّت المجلس في 2 مارس 2026 على إبقاء الجسر.",
    ],
)
def test_a_claim_years_before_a_day_that_the_text_tells_of_is_before_the_text(line: str) -> None:
    claimed = datetime(1999, 5, 1, tzinfo=UTC)
    assert is_before_text(claimed, FETCHED_AT, line)
    assert is_before_text(claimed, None, line)
    assert not is_before_text(datetime(2026, 3, 2, 9, tzinfo=UTC), FETCHED_AT, line)


def test_a_day_to_come_says_nothing_of_when_a_text_was_written() -> None:
    claimed = datetime(2023, 9, 1, tzinfo=UTC)
    assert not is_before_text(claimed, FETCHED_AT, "The final is on 19 July 2026.")
    assert not is_before_text(claimed, FETCHED_AT, "The term ends on 31 August 2025.")
    assert not is_before_text(claimed, None, "The term ends on 31 August 2025.")
    assert is_before_text(claimed, FETCHED_AT, "The vote was on 2 March 2026.")


def test_years_alone_and_days_of_the_past_say_nothing_of_when_a_text_was_written() -> None:
    text = "By 2026 all is done, as was decided on 3 May 1998. 2026 is far away."
    assert not is_before_text(datetime(1999, 5, 1, tzinfo=UTC), FETCHED_AT, text)
