"""Dates in any line that a page or a table writes: forms, clocks and zones of many languages.

A number that cannot be told from another reading (`05/03/2026` where nothing says which comes
first) is no date. Patterns are bounded and lines are cut: the work is linear.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from sources.languages.language_files import any_of, language_file
from sources.text.calendar_words import DAY_SIGN, MONTH_SIGN, YEAR_SIGN, months_in_dates

MAX_CHARS = 200
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_YEAR = r"(?P<year>(?:19|20|25)\d\d)"
_DAY = r"(?<!\d)(?<!\d[:.])(?P<day>[0-3]?\d)"
_WORD = r"(?P<word>[^\W\d_]{3,12})"
_ORDINALS = any_of(lambda each: each.calendar.ordinals)
_ENGLISH_ORDINALS = "|".join(language_file("en").calendar.ordinals)
_BEFORE_MONTH = (
    rf"(?:{any_of(lambda each: each.calendar.before_month)})\s"
    rf"|{any_of(lambda each: each.calendar.elided_before_month)}"
)
_BEFORE_YEAR = any_of(lambda each: each.calendar.before_year)
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_DAY}(?:\.|{_ORDINALS})?[\s-]?(?:{_BEFORE_MONTH})?{_WORD}"
        rf"(?:\s?/\s?[^\W\d_]{{3,12}})?[.,]{{0,2}}[\s-]?(?:(?:{_BEFORE_YEAR})\s)?(?:{_YEAR}"
        rf"|['’](?P<short>\d\d)(?!\d))(?!\d)",
        rf"(?<!\w){_WORD}\.?[\s-](?P<day>[0-3]?\d)(?:{_ENGLISH_ORDINALS})?(?:,|\s)\s?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}\s?(?:{YEAR_SIGN})\s?(?P<month>[01]?\d)\s?(?:{MONTH_SIGN})"
        rf"\s?(?P<day>[0-3]?\d)\s?(?:{DAY_SIGN})?",
        rf"(?<!\d){_YEAR}\.?\s(?:de\s)?{_WORD}\s(?P<day>[0-3]?\d)(?!\d)",
        rf"(?<![\d/.-]){_YEAR}(?P<by>[-/.])\s?(?P<month>[01]?\d)(?P=by)\s?(?P<day>[0-3]?\d)(?!\d)",
        r"(?<![\d/.-])(?P<first>[0-3]?\d)(?P<by>[/.-])\s?(?P<second>[0-3]?\d)(?P=by)\s?"
        r"(?:(?P<year>(?:19|20|25)\d\d)(?!\d)|(?P<short>\d\d)(?![\d/.:-]))",
    )
)
_CLOCK = re.compile(
    rf"(?:(?P<morning_before>{any_of(lambda each: each.calendar.morning_before)})"
    rf"|(?P<afternoon_before>{any_of(lambda each: each.calendar.afternoon_before)}))?"
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])"
    rf"(?:\s?(?::|{any_of(lambda each: each.calendar.hour_signs)}|\.(?=\d\d(?!\d|\.)))"
    r"\s?(?P<minute>[0-5]\d)?(?::(?P<second>[0-5]\d)(?:[.,]\d{1,6})?)?"
    rf"|(?=\s?(?:{any_of(lambda each: each.calendar.hour_only)})))"
    rf"(?:\s?(?:{any_of(lambda each: each.calendar.minute_signs)}))?\s?"
    rf"(?:(?P<morning>{any_of(lambda each: each.calendar.morning)})"
    rf"|(?P<afternoon>{any_of(lambda each: each.calendar.afternoon)}))?"
    rf"(?:\s?(?:{any_of(lambda each: each.calendar.hour_units)}))?"
    r"(?:\s?\(?(?P<zone>(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)|[a-z]{1,5}\b))?"
)
_UTC = frozenset(("utc", "gmt", "z"))
# Names that stand for one offset where news is written; `IST` and `CST` stand for several.
_OFFSETS = {
    **{"cet": 60, "mez": 60, "cest": 120, "mesz": 120, "bst": 60, "wet": 0, "west": 60, "eet": 120},
    **{"eest": 180, "msk": 180, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360},
    **{"pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "jst": 540, "kst": 540},
    **{"hkt": 480, "sgt": 480, "myt": 480, "wib": 420, "pkt": 300, "sast": 120, "eat": 180},
    **{"wat": 60, "aest": 600, "aedt": 660, "awst": 480, "acst": 570, "acdt": 630, "nzst": 720},
    **{"nzdt": 780, "brt": -180, "art": -180, "utc": 0, "gmt": 0, "z": 0},
}
_BY_SEASON = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d\d)?")
_STAMP = re.compile(r"(\d{8})(?:(\d\d)(\d\d)?(\d\d)?)?")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d{1,6})?")
_MODIFIED = re.compile(f"(?i){any_of(lambda each: each.calendar.modified)}")
_PUBLISHED = re.compile(f"(?i){any_of(lambda each: each.calendar.published)}")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it was written, in UTC."""

    moment: datetime
    zone: str | None
    """`+02:00`; None where none was written and UTC was assumed."""
    has_time: bool


@dataclass(frozen=True, slots=True)
class LineDate:
    """A date in a line, and what the line says that it is of."""

    date: WrittenDate
    is_modified: bool
    """Whether the words before it say that the text was changed then."""


def read_date(written: str, *, is_day_first: bool | None = None) -> WrittenDate | None:
    """The first date in a text: ISO 8601, RFC 5322, Unix time, or any form that people write.

    Args:
        written: the text, of which the first MAX_CHARS are read.
        is_day_first: how `05/03/2026` is read; None where nothing says so.
    """
    text = _plain(written)
    if not text:
        return None
    if (date := _stamp(text)) or (date := _iso(text)):
        return date
    return next((entry.date for entry in _dates(text, is_day_first)), None)


def dates_in(line: str, *, is_day_first: bool | None = None) -> list[LineDate]:
    """The dates in a line that readers see, in order."""
    text = _plain(line)
    if (date := _iso(text)) is not None:
        return [LineDate(date, False)]
    return list(_dates(text, is_day_first))


def _plain(written: str) -> str:
    """The text in lower case, its digits those of ASCII, with single spaces."""
    text = " ".join(written[:MAX_CHARS].split())
    if not text.isascii():
        text = "".join(
            str(unicodedata.decimal(entry)) if entry.isdecimal() and not entry.isascii() else entry
            for entry in unicodedata.normalize("NFC", text)
            if unicodedata.category(entry) != "Cf"
        )
        text = text.replace("،", ",").replace("：", ":")
    # without case the one letter of Μαΐου is three characters, of which two are no letters
    return unicodedata.normalize("NFC", text.strip().casefold())


def _stamp(text: str) -> WrittenDate | None:
    """A date in digits only: `20260305`, with hours, minutes and seconds or not, or Unix time."""
    if (match := _STAMP.fullmatch(text)) and text.startswith(("19", "20")):
        day, hour, minute, second = match.groups()
        try:
            moment = datetime.strptime(
                f"{day}{hour or '00'}{minute or '00'}{second or '00'}", "%Y%m%d%H%M%S"
            )
        except ValueError:
            pass
        else:
            return WrittenDate(moment.replace(tzinfo=UTC), None, hour is not None)
    if match := _EPOCH.fullmatch(text):
        return WrittenDate(datetime.fromtimestamp(int(match[1]), UTC), "+00:00", True)
    return None


def _iso(text: str) -> WrittenDate | None:
    if not text[:4].isdigit():
        return None
    try:
        moment = datetime.fromisoformat(_joined_zone(text.upper()))
    except ValueError:
        return None
    zone = moment.utcoffset()
    has_time = ":" in text or "t" in text
    if zone is None:
        return WrittenDate(moment.replace(tzinfo=UTC), None, has_time)
    try:
        return WrittenDate(moment.astimezone(UTC), _zone_text(zone), has_time)
    except OverflowError:
        return None


_SPACED_ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_NAMED_UTC = re.compile(r"\s?(?:UTC|GMT)$")


def _joined_zone(text: str) -> str:
    return _SPACED_ZONE.sub("", _NAMED_UTC.sub("+00:00", text))


def _dates(text: str, is_day_first: bool | None) -> Iterator[LineDate]:
    begin = 0
    is_modified = False
    for at, end, day in _days(text, is_day_first):
        if at < begin:
            continue
        label = text[begin:at]
        if _MODIFIED.search(label):
            is_modified = not _PUBLISHED.search(label[_last(_MODIFIED, label) :])
        elif _PUBLISHED.search(label):
            is_modified = False
        clock = _CLOCK.search(text, end, end + 40) if end < len(text) else None
        if clock is not None and re.search(r"\d", text[end : clock.start()]):
            clock = None
        if clock is None and begin <= at:
            days = list(_CLOCK.finditer(text, max(begin, at - 30), at))
            clock = days[-1] if days and days[-1]["hour"] else None
        begin = clock.end() if clock is not None and clock.start() >= end else end
        if (date := _with_clock(day, clock)) is not None:
            yield LineDate(date, is_modified)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max(match.start() for match in pattern.finditer(text))


def _days(text: str, is_day_first: bool | None) -> list[tuple[int, int, datetime]]:
    """Where each day in the text begins and ends."""
    days: list[tuple[int, int, datetime]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if (day := _day(match, is_day_first)) is not None:
                days.append((match.start(), match.end(), day))
    return sorted(days, key=lambda entry: (entry[0], -entry[1]))


def _day(match: re.Match[str], is_day_first: bool | None) -> datetime | None:
    groups = match.groupdict()
    year = int(groups.get("year") or f"20{groups['short']}")
    year -= 543 if year >= 2500 else 0
    if word := groups.get("word"):
        month = months_in_dates().get(word, 0)
        day = int(groups["day"])
    elif groups.get("first"):
        first, second = int(groups["first"]), int(groups["second"])
        if groups["by"] == "." or first > 12:
            is_day_first = True
        elif second > 12:
            is_day_first = False
        elif first == second:
            is_day_first = True
        if is_day_first is None:
            return None
        day, month = (first, second) if is_day_first else (second, first)
    else:
        month, day = int(groups["month"]), int(groups["day"])
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _with_clock(day: datetime, clock: re.Match[str] | None) -> WrittenDate | None:
    if clock is None:
        return WrittenDate(day.replace(tzinfo=UTC), None, False)
    hour = int(clock["hour"])
    is_halved = bool(clock["morning"] or clock["afternoon"])
    is_morning = bool(clock["morning"] if is_halved else clock["morning_before"])
    is_afternoon = bool(clock["afternoon"] if is_halved else clock["afternoon_before"])
    if hour == 24 or (hour > 12 and (is_afternoon or is_morning)):
        is_afternoon = is_morning = False
        hour %= 24
    if is_afternoon or is_morning:
        hour = hour % 12 + (12 if is_afternoon else 0)
    local = day.replace(
        hour=hour, minute=int(clock["minute"] or 0), second=int(clock["second"] or 0)
    )
    offset = _offset(clock["zone"], local)
    if offset is None:
        return WrittenDate(local.replace(tzinfo=UTC), None, True)
    try:
        moment = local.replace(tzinfo=timezone(offset)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return WrittenDate(moment, _zone_text(offset), True)


def _offset(written: str | None, local: datetime) -> timedelta | None:
    zone = (written or "").strip()
    if not zone:
        return None
    if zone in _OFFSETS:
        return timedelta(minutes=_OFFSETS[zone])
    if zone in _BY_SEASON:
        return local.replace(tzinfo=ZoneInfo(_BY_SEASON[zone])).utcoffset()
    if match := _OFFSET.fullmatch(zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return (
            timedelta(minutes=minutes if match[1] == "+" else -minutes) if minutes <= 840 else None
        )
    return None


def _zone_text(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
