"""Dates as pages and tables write them, with their zone or the knowledge that there is none."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sources.cache import kept

_FIRST_YEAR = 1990
"""Before it hardly a page was published: an earlier date is a template's or a clock's."""
_LAST_YEAR = 2100
_TOLERANCE = timedelta(minutes=10)
_MAX_AHEAD = timedelta(days=1)
"""A zone left out puts a date at most a day ahead of the crawl; what is further off is no date."""
_MAX_CHARS = 80
_FARTHEST_ZONE_MINUTES = 14 * 60
"""Of Kiribati, the first in a day; no clock is further from UTC."""
_SPACED_ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_ZONE = re.compile(r"([+-]\d\d):?(\d\d)$|(Z|z|UTC|GMT)$")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_PATH_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/\-.]|$)"
)
_FORMATS = (
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y %I:%M %p",
    "%b %d, %Y %I:%M %p",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y, %H:%M",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it was written, in UTC."""

    moment: datetime
    zone: str | None
    """`+02:00`; None where none was written and UTC was assumed."""
    has_time: bool


@dataclass(frozen=True, slots=True)
class CheckedDate:
    """A date after the question whether it can be true."""

    moment: datetime | None
    """None where it cannot."""
    zone: str | None
    flags: tuple[str, ...]


# A crawl's texts were fetched together; a story's copies claim the same minute.
@kept(1_024)
def written_date(written: str) -> WrittenDate | None:
    """The date in ISO 8601, RFC 5322, Unix time or a common form, None where there is none.

    >>> written_date("2026-03-05T10:00:00+02:00").zone
    '+02:00'
    """
    text = _SPACED_ZONE.sub("", " ".join(written.split())) if len(written) <= _MAX_CHARS else ""
    if not text:
        return None
    if _EPOCH.fullmatch(text):
        return WrittenDate(datetime.fromtimestamp(int(text[:10]), UTC), "+00:00", True)
    moment = _iso(text) or _mail(text) or _formatted(text)
    return None if moment is None else _in_utc(moment, text)


def date_in_path(url: str) -> WrittenDate | None:
    """The day in an address such as `/2026/03/05/story`, None where there is none."""
    found = _PATH_DATE.search(url[:2_000])
    if found is None:
        return None
    try:
        day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
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


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC").removesuffix(" GMT"))
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _formatted(text: str) -> datetime | None:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _in_utc(moment: datetime, text: str) -> WrittenDate | None:
    has_time = ":" in text or "T" in text
    if moment.tzinfo is None:
        is_utc = text.endswith((" UTC", " GMT"))
        zone = "+00:00" if is_utc else None
        return WrittenDate(moment.replace(tzinfo=UTC), zone, has_time)
    found = _ZONE.search(text)
    zone = f"{found[1]}:{found[2]}" if found and found[1] else "+00:00"
    if found is None and (offset := moment.utcoffset()):
        zone = moment.strftime("%z")[:3] + ":" + moment.strftime("%z")[3:5] if offset else zone
    try:
        return WrittenDate(moment.astimezone(UTC), zone, has_time)
    except OverflowError:
        return None
