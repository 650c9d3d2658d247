"""The date that a page shows its readers, for pages whose metadata has none with a time."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from sources.metadata.dates import WrittenDate, written_date
from sources.metadata.lines_below_headline import lines_below_headline
from sources.text.calendar_words import LANGUAGES, months

_MARK = re.compile(
    r"(?:^|[\s_-])(?:dates?|datum|fecha|datetime|published|publish-?date|pub-?date|posted-?(?:on|at)"
    r"|time-?stamp|entry-date|post-date)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MARKED = etree.XPath(
    "//*[@itemprop='datePublished' or @property='datePublished' or self::time or @class]"
)
_OUTSIDE = ("aside", "nav", "footer", "form", "li")
_MODIFIED = re.compile(
    r"(?i)(?:last )?(?:update[ds]?|modified|edited)\b|aktualisiert|mis à jour|actualizado"
)
_CLOCK = (
    r"(?:\D{1,12}?(?P<hour>[01]?\d|2[0-3])(?:[:.h時点시](?P<minute>[0-5]\d))"
    r"(?::[0-5]\d)?\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?(?:Uhr|hrs?))?"
    r"\s?\(?(?P<zone>UTC|GMT|CES?T|MES?Z|EES?T|MSK|JST|KST|[+-]\d\d:?\d\d)?)?"
)
_YEAR = r"(?P<year>20\d\d|19\d\d)"
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)"
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        rf"{_DAY}(?:\.|º|er|st|nd|rd|th)?\s(?:de\s)?{_WORD},?\s(?:del?\s)?{_YEAR}",
        rf"(?<!\w){_WORD}\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s{_YEAR}",
        rf"{_YEAR}\s?[年년]\s?(?P<month>[01]?\d)\s?[月월]\s?(?P<day>[0-3]?\d)\s?[日일]",
        rf"(?<!\d){_YEAR}[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?!\d)",
        rf"{_DAY}\.\s?(?P<month>[01]?\d)\.\s?{_YEAR}",
    )
)
_ZONES = {"cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3}
_ZONES |= {"utc": 0, "gmt": 0, "jst": 9, "kst": 9}
_MAX_CHARS = 160
_DAY_AND_ZONES = timedelta(hours=38)
_MAX_MARKED = 12


def shown_date(tree: HtmlElement) -> WrittenDate | None:
    """The date that is marked as the story's or stands below its headline; None where none is.

    The first day that is told, and its time where another place tells that: `10:42` beside it.
    """
    lines = (*_marked(tree), *lines_below_headline(tree))
    dates = [date for one in lines if not _MODIFIED.match(one) and (date := read_shown(one))]
    same = [date for date in dates if abs(date.moment - dates[0].moment) < _DAY_AND_ZONES]
    return max(same, key=lambda date: (date.has_time, date.zone is not None), default=None)


def read_shown(written: str) -> WrittenDate | None:
    """The first date in a line that readers see; days and months written 3/4/2026 are not guessed.

    >>> read_shown("Veröffentlicht am 5. März 2026, 10:42 Uhr MEZ").zone
    '+01:00'
    """
    line = " ".join(written[:_MAX_CHARS].split())
    if whole := written_date(line):
        return whole
    for form in _FORMS:
        if (found := form.search(line)) and (date := _date(found)):
            return date
    return None


def _date(found: re.Match[str]) -> WrittenDate | None:
    told = found["month"]
    month = int(told) if told.isdigit() else _months().get(told.casefold(), 0)
    text = f"{found['year']}-{month:02}-{int(found['day']):02}"
    if found["hour"]:
        text += f"T{_hour(found):02}:{found['minute']}:00{_zone(found['zone'])}"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return written_date(text)


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    if not found["half"] or hour > 12:
        return hour
    return hour % 12 + (12 if found["half"][0] in "pP" else 0)


def _zone(written: str | None) -> str:
    if not written:
        return ""
    hours = _ZONES.get(written.casefold())
    return written if hours is None else f"+{hours:02}:00"


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {word: month for language in LANGUAGES for word, month in months(language).items()}


def _marked(tree: HtmlElement) -> Iterator[str]:
    found = 0
    for element in _MARKED(tree):
        if not _is_marked(element) or next(element.iterancestors(*_OUTSIDE), None) is not None:
            continue
        found += 1
        if found > _MAX_MARKED:
            return
        for name in ("content", "datetime", "title"):
            if written := element.get(name):
                yield written
        yield " ".join(element.itertext())[: 2 * _MAX_CHARS]


def _is_marked(element: HtmlElement) -> bool:
    if "datePublished" in (element.get("itemprop"), element.get("property")):
        return True
    return element.tag == "time" or _MARK.search((element.get("class") or "")[:300]) is not None
