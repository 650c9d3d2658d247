"""Whether a date can be true, and the day that an address names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from sources.metadata.written_dates import WrittenDate, dates_in
from sources.text.calendar_words import months

_FIRST_YEAR = 1990
"""Before it hardly a page was published: an earlier date is a template's or a clock's."""
_LAST_YEAR = 2100
_TOLERANCE = timedelta(minutes=10)
_MAX_AHEAD = timedelta(days=1)
"""A zone left out puts a date at most a day ahead of the crawl; what is further off is no date."""
_FARTHEST_ZONE_MINUTES = 14 * 60
"""Of Kiribati, the first in a day; no clock is further from UTC."""
_ANNOUNCED_AHEAD = timedelta(days=2 * 366)
"""How far ahead of its own day a story names days that are to come: elections, ends of terms."""
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BEFORE_YEAR, _AFTER_YEAR = 40, 20
"""Characters beside a year in which its day and month stand."""
_MOST_YEARS = 200
"""Years of a text that are looked at."""
_PATH_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2]|[a-z]{3,9})[/-](0?[1-9]|[12]\d|3[01])(?=[/\-._]|$)"
    r"|(?<![\d])(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/\-._]|$)"
    r"|(?<![\d])(20[0-3]\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?=[/\-._]|$)"
)


@dataclass(frozen=True, slots=True)
class CheckedDate:
    """A date after the question whether it can be true."""

    moment: datetime | None
    """None where it cannot."""
    zone: str | None
    flags: tuple[str, ...]


def date_in_path(url: str) -> WrittenDate | None:
    """The day in an address such as `/2026/03/05/story`, None where there is none."""
    match = _PATH_DATE.search(url[:2_000].partition("?")[0].lower())
    if match is None:
        return None
    year, month, day_of_month = [group for group in match.groups() if group]
    number = int(month) if month.isdigit() else months("en").get(month, 0)
    try:
        day = datetime(int(year), number, int(day_of_month), tzinfo=UTC)
    except ValueError:
        return None
    return WrittenDate(day, None, False)


def checked_date(date: WrittenDate | None, fetched_at: datetime | None) -> CheckedDate:
    """The date with flags where it is weak; without its moment where it cannot be true.

    A date ahead of the crawl is flagged `date-in-future`, one that is out of all bounds
    `date-implausible`, one without a zone `date-without-zone`, a bare day `date-day-only`.
    """
    if date is None:
        return CheckedDate(None, None, ())
    if date.zone is not None and not _is_zone(date.zone):
        return CheckedDate(None, None, ("date-implausible",))
    if not _FIRST_YEAR <= date.moment.year <= _LAST_YEAR:
        return CheckedDate(None, None, ("date-implausible",))
    flags: tuple[str, ...] = () if date.zone else ("date-without-zone",)
    if not date.has_time:
        flags = ("date-day-only", *flags)
    if fetched_at is not None and date.moment > fetched_at + _TOLERANCE:
        if date.moment > fetched_at + _MAX_AHEAD:
            return CheckedDate(None, None, ("date-in-future",))
        flags = (*flags, "date-in-future")
    return CheckedDate(date.moment, date.zone, flags)


def is_before_text(claimed_at: datetime, fetched_at: datetime | None, text: str) -> bool:
    """Whether a text tells of a day long after the claim, so that it was not written then.

    A story announces days to come: those of two years after the claim say nothing, nor does what
    lies after the fetch.

    >>> claim, fetch = datetime(1999, 5, 1, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC)
    >>> is_before_text(claim, fetch, "The council voted on 2 March 2026 to keep the bridge.")
    True
    >>> is_before_text(claim, fetch, "The bridge is to stand until 2 March 2036.")
    False
    """
    if fetched_at is not None and fetched_at - claimed_at <= _ANNOUNCED_AHEAD:
        return False  # of most pages
    until = datetime.max.replace(tzinfo=UTC) if fetched_at is None else fetched_at + _MAX_AHEAD
    since = claimed_at + _ANNOUNCED_AHEAD
    return any(since < day <= until for day in _days_told(text, (since.year, until.year)))


def _days_told(text: str, years: tuple[int, int]) -> Iterator[datetime]:
    """The days that a text names with a year of the given span, the first _MOST_YEARS."""
    spots = (
        match for match in _YEAR.finditer(text) if years[0] <= int(match[0]) <= min(years[1], 2099)
    )
    for match in islice(spots, _MOST_YEARS):
        beside = text[max(0, match.start() - _BEFORE_YEAR) : match.end() + _AFTER_YEAR]
        yield from (entry.date.moment for entry in dates_in(beside))


def _is_zone(written: str) -> bool:
    """Whether an offset such as `+02:00` is that of a clock somewhere in the world."""
    hours, _, minutes = written[1:].partition(":")
    return int(hours) * 60 + int(minutes or 0) <= _FARTHEST_ZONE_MINUTES
