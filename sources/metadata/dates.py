"""Whether a date can be true, and the day that an address names."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sources.metadata.written_dates import WrittenDate
from sources.text.calendar_words import months

_FIRST_YEAR = 1990
"""Before it hardly a page was published: an earlier date is a template's or a clock's."""
_LAST_YEAR = 2100
_TOLERANCE = timedelta(minutes=10)
_MAX_AHEAD = timedelta(days=1)
"""A zone left out puts a date at most a day ahead of the crawl; what is further off is no date."""
_FARTHEST_ZONE_MINUTES = 14 * 60
"""Of Kiribati, the first in a day; no clock is further from UTC."""
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
    found = _PATH_DATE.search(url[:2_000].partition("?")[0].lower())
    if found is None:
        return None
    year, month, day_of_month = [group for group in found.groups() if group]
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


def _is_zone(written: str) -> bool:
    """Whether an offset such as `+02:00` is that of a clock somewhere in the world."""
    hours, _, minutes = written[1:].partition(":")
    return int(hours) * 60 + int(minutes or 0) <= _FARTHEST_ZONE_MINUTES
