"""When a page's own story was published and changed, of all dates that the page gives.

What the page declares of its story comes first, then what it marks, then what it shows beside the
headline; a date in a comment, a teaser or the masthead is of something else. Among sources that
agree on the day the most precise one gives the moment; precision never decides between days.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sources.languages.language_files import any_of, language_file
from sources.metadata.dates import date_in_path
from sources.metadata.head import PageHead
from sources.metadata.json_ld import JsonLd
from sources.metadata.written_dates import LineDate, WrittenDate, dates_in, read_date
from sources.page import name_flags as names
from sources.page.page_table import PageTable
from sources.page.places import Place, Places, place_by_headline

_PUBLISHED_METAS = (
    *("article:published_time", "article:published", "og:published_time", "datepublished"),
    *("og:article:published_time", "bt:pubdate", "rnews:datepublished", "article.published"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "pubdate"),
    *("publishdate", "publish-date", "publish_date", "publication_date", "publication-date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_date"),
    *(
        "citation_publication_date",
        "citation_online_date",
        "datecreated",
        "created",
        "article_date_original",
    ),
    *(
        "og:pubdate",
        "originalpublicationdate",
        "vr:published_time",
        "shareaholic:article_published_time",
    ),
    *("lastpublished", "displaydate", "timestamp", "gentime", "displaydate", "rbpubdate"),
)
_WEAK_METAS = (
    "date",
    "dc.date",
    "dcterms.date",
    "eomportal-lastupdate",
    "release_date",
    "og:date",
    "dcterms.date",
)
"""Which systems fill with any of a page's dates."""
_MODIFIED_METAS = (
    *("article:modified_time", "og:updated_time", "datemodified", "last-modified", "date.modified"),
    *(
        "dcterms.modified",
        "lastmod",
        "article:modified",
        "dc.date.modified",
        "lastmodified",
        "revised",
    ),
    *("article:updated_time", "moddate", "modified"),
)
_DAY_AND_ZONES = timedelta(hours=38)
_MAX_LINE_CHARS = 160
_MAX_DATES = 60
_FIRST_YEAR = 1990
"""Before it hardly a page was published."""
_VISIBLE = (Place.BELOW, Place.ABOVE, Place.HEADLINE)
_NEVER = frozenset((Place.COMMENTS, Place.TEASER, Place.LATER, Place.HEAD, Place.NAVIGATION))
_MIN_ENTRIES = 3
_BOX_LEVELS = 3
"""From a time up to the box of its entry."""
_EDGE_ROWS = 250
"""Rows before the story within which a line that shows a date is looked for."""
_AGREEING = 2
_OPENING_CHARS = 40
"""Of the first paragraph, which may begin with the day."""
_DECLARED = 1
"""The rank of the last source that declares when the story was published."""
_SURE = 4
"""The rank of what the page shows at its headline, the last that is the story's for sure."""
_MODIFIED_NAME = re.compile(r"(?i)modified|updated")
_PUBLISHED_NAME = re.compile(r"(?i)publish|pubdate|created|entry-date")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date of the page's story, with where it was found."""

    date: WrittenDate
    source: str
    """json-ld, meta, marked, time, shown, url."""
    rank: int
    """How sure the source is about being the story's publication: 0 is surest."""
    place: Place = Place.HEAD
    is_modified: bool = False


@dataclass(frozen=True, slots=True)
class PageDates:
    """The story's dates; None where no source is left."""

    published: FoundDate | None
    modified: WrittenDate | None
    flags: tuple[str, ...] = ()
    """`date-in-future` where the page declares a day that had not come."""


def page_dates(
    table: PageTable,
    places: Places,
    head: PageHead,
    data: JsonLd,
    url: str | None,
    fetched_at: datetime | None,
) -> PageDates:
    """When the story was published and last changed; published <= changed <= fetched."""
    is_day_first = _is_day_first(head)
    candidates = list(_candidates(table, places, head, data, url, is_day_first))
    limit = None if fetched_at is None else fetched_at + timedelta(days=1)
    published = [
        candidate
        for candidate in candidates
        if not candidate.is_modified and candidate.date.moment.year >= _FIRST_YEAR
    ]
    modified = [candidate for candidate in candidates if candidate.is_modified]
    in_time = [
        candidate for candidate in published if limit is None or candidate.date.moment <= limit
    ]
    best = _best(in_time or published)
    changes = [
        candidate.date
        for candidate in sorted(modified, key=lambda candidate: candidate.rank)
        if limit is None or candidate.date.moment <= limit
    ]
    if best is not None:
        best = _with_local_zone(best, in_time)
        changes = [candidate for candidate in changes if _is_not_before(candidate, best.date)]
    declared = [
        candidate.date
        for candidate in candidates
        if candidate.rank <= _DECLARED and not candidate.is_modified
    ]
    is_ahead = limit is not None and any(candidate.moment > limit for candidate in declared)
    is_absurd = any(candidate.moment.year < _FIRST_YEAR for candidate in declared)
    flags = [("date-in-future", is_ahead), ("date-implausible", is_absurd)]
    # what was declared is told, where another source gives the day
    flags_shown = tuple(name for name, holds in flags if holds and best is not None)
    return PageDates(best, _most_precise(changes), flags_shown)


def _most_precise(changes: Sequence[WrittenDate]) -> WrittenDate | None:
    """Of the surest change and those of the same day the one with a zone, or at least a time."""
    if not changes:
        return None
    alike = [
        candidate
        for candidate in changes
        if abs(candidate.moment - changes[0].moment) < _DAY_AND_ZONES
    ]
    return max(
        alike,
        key=lambda candidate: (
            candidate.zone is not None and candidate.has_time,
            candidate.has_time,
        ),
    )


def _is_not_before(changed: WrittenDate, published: WrittenDate) -> bool:
    is_exact = changed.zone is not None and published.zone is not None and changed.has_time
    slack = timedelta(0) if is_exact and published.has_time else timedelta(days=1)
    return changed.moment >= published.moment - slack


def _best(candidates: Sequence[FoundDate]) -> FoundDate | None:
    """The surest source's date, unless others agree on another day against it alone."""
    if not candidates:
        return None
    ordered = sorted(candidates, key=lambda candidate: candidate.rank)
    chosen = ordered[0]
    if chosen.rank > 0:
        for candidate in ordered:
            sources = {other.source for other in ordered if _same(candidate, other)}
            lone = {other.source for other in ordered if _same(chosen, other)}
            if len(sources) >= _AGREEING and len(lone) == 1 and candidate.rank <= _SURE:
                chosen = candidate
                break
    alike = [
        candidate
        for candidate in ordered
        if _same(candidate, chosen) and candidate.rank <= max(_SURE, chosen.rank)
    ]
    zoned = [
        candidate
        for candidate in alike
        if candidate.date.zone is not None and candidate.date.has_time
    ]
    timed = [candidate for candidate in alike if candidate.date.has_time]
    return (zoned or timed or alike)[0]


def _same(candidate: FoundDate, other: FoundDate) -> bool:
    if candidate.date.has_time and other.date.has_time:
        return abs(candidate.date.moment - other.date.moment) < timedelta(hours=15)
    return abs(candidate.date.moment - other.date.moment) < _DAY_AND_ZONES


def _with_local_zone(best: FoundDate, candidates: Sequence[FoundDate]) -> FoundDate:
    """The date with the zone in which the page shows it, where it declares the moment in UTC.

    The clock that readers see and the moment differ by the zone's offset.
    """
    if best.date.zone != "+00:00" or not best.date.has_time:
        return best
    moment = best.date.moment.replace(second=0, microsecond=0)
    for candidate in candidates:
        if not candidate.date.has_time or candidate.rank > _SURE:
            continue
        minutes = round(
            (candidate.date.moment.replace(second=0, microsecond=0) - moment).total_seconds() / 60
        )
        if candidate.date.zone is None and candidate.source in ("shown", "time", "marked"):
            is_offset = minutes != 0 and abs(minutes) <= 840 and minutes % 30 == 0
            sign = "-" if minutes < 0 else "+"
            zone = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
        else:
            is_offset = minutes == 0 and candidate.date.zone not in (None, "+00:00")
            zone = candidate.date.zone or ""
        if is_offset:
            date = WrittenDate(best.date.moment, zone, True)
            return FoundDate(date, best.source, best.rank, best.place)
    return best


def _candidates(
    table: PageTable,
    places: Places,
    head: PageHead,
    data: JsonLd,
    url: str | None,
    is_day_first: bool | None,
) -> Iterator[FoundDate]:
    def read(text: str | None) -> WrittenDate | None:
        return read_date(text, is_day_first=is_day_first) if text else None

    if date := read(data.published):
        yield FoundDate(date, "json-ld", 0 if data.is_matched else 1)
    if date := read(data.modified):
        yield FoundDate(date, "json-ld", 0, is_modified=True)
    for key in _PUBLISHED_METAS:
        if date := read(head.metas.get(key)):
            yield FoundDate(date, "meta", 1)
    for key in _WEAK_METAS:
        if date := read(head.metas.get(key)):
            yield FoundDate(date, "meta", 3)
    for key in _MODIFIED_METAS:
        if date := read(head.metas.get(key)):
            yield FoundDate(date, "meta", 1, is_modified=True)
    if url and (day := date_in_path(url)):
        yield FoundDate(day, "url", 3)
    entries = _entries(table) if data.is_live_blog else frozenset[int]()
    yield from _on_page(table, places, is_day_first, entries)


def _entries(table: PageTable) -> frozenset[int]:
    """The rows in boxes alike with a time each: the newest entry's is not the live blog's."""
    rows: dict[object, set[int]] = {}
    for time in table.rows("time"):
        for box in islice(table.ancestors(time), _BOX_LEVELS):
            alike = (table.parents[box], table.tags[box], table.get(box, "class"))
            rows.setdefault(alike, set()).add(box)
    boxes = (box for alike in rows.values() if len(alike) >= _MIN_ENTRIES for box in alike)
    return frozenset(row for box in boxes for row in range(box, table.ends[box]))


def _on_page(
    table: PageTable, places: Places, is_day_first: bool | None, entries: frozenset[int]
) -> Iterator[FoundDate]:
    """Dates in the page's body, those that are marked and those in short lines by the headline."""
    count = 0
    end = 0
    first_line = max(0, (places.headline or 0) - _EDGE_ROWS)
    for row in range(len(table)):
        place = place_by_headline(table, places, row)
        if count >= _MAX_DATES:
            return
        if place in _NEVER or row in entries or (place is Place.MASTHEAD and row < first_line):
            continue
        is_marked = _mark(table, row)
        if is_marked is None:
            if row < end or not _may_show(table, row, place, first_line, places):
                continue
            end = table.ends[row]
        rank = _rank(place, is_marked, places, row)
        if rank is None:
            continue
        for source, candidate in _dates_of(table, row, is_marked, is_day_first):
            is_changed = candidate.is_modified or is_marked == "modified"
            yield FoundDate(candidate.date, source, rank, place, is_changed)
            count += 1


def _mark(table: PageTable, row: int) -> str | None:
    """published, modified, or date where only that is said; None where the row is not marked."""
    attributes = table.attributes[row]
    if attributes:
        named = f"{attributes.get('itemprop') or ''} {attributes.get('property') or ''}"
        if "datePublished" in named or "dc:date" in named or "dateCreated" in named:
            return "published"
        if "dateModified" in named:
            return "modified"
    flags = table.flags[row]
    if table.tags[row] == "time" or flags & names.DATE:
        if table.tags[row] != "time" and table.chars_of(row) > 2 * _MAX_LINE_CHARS:
            return None
        name = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
        if attributes.get("pubdate") is not None or _PUBLISHED_NAME.search(name):
            return "published" if table.tags[row] == "time" else "date"
        return "modified" if _MODIFIED_NAME.search(name) else "date"
    return None


def _may_show(table: PageTable, row: int, place: Place, first_line: int, places: Places) -> bool:
    """Whether the row is a short line, near to headline or end of the story, with a digit in it."""
    is_opening = places.first <= row <= places.first + 3
    if table.own[row] == 0 or (table.chars_of(row) > 2 * _MAX_LINE_CHARS and not is_opening):
        return False
    if place not in (*_VISIBLE, Place.AFTER, Place.STORY):
        return False
    if place is Place.STORY and row > places.first + 4 and row < places.last - 8:
        return False
    if row < first_line:
        return False
    text = table.text[table.begins[row] : table.finishes[row]][: 2 * _MAX_LINE_CHARS]
    return any(map(str.isdigit, text))


def _rank(place: Place, mark: str | None, places: Places, row: int) -> int | None:
    if mark == "published":
        return 2 if place in (*_VISIBLE, Place.STORY, Place.AFTER) else 5
    if place in (Place.ASIDE, Place.FOOTER, Place.OTHER, Place.MASTHEAD):
        return 8 if mark and place is Place.OTHER else None
    if mark:
        return 4 if place in _VISIBLE else 5
    return 4 if place is Place.BELOW else 6


def _dates_of(
    table: PageTable, row: int, mark: str | None, is_day_first: bool | None
) -> Iterator[tuple[str, LineDate]]:
    if mark is not None:
        for name in ("datetime", "content", "title", "data-date", "data-datetime"):
            if (written := table.get(row, name)) and (
                date := read_date(written, is_day_first=is_day_first)
            ):
                label = table.text_of(row)[:_MAX_LINE_CHARS]
                source = "time" if table.tags[row] == "time" else "marked"
                shown = dates_in(label, is_day_first=is_day_first) if label else []
                is_modified = _is_update(label) if not shown else shown[0].is_modified
                yield source, LineDate(date, is_modified)
                break
    text = table.text_of(row)
    if len(text) > 2 * _MAX_LINE_CHARS:
        text = text[:_OPENING_CHARS]
    if text:
        for candidate in dates_in(text, is_day_first=is_day_first):
            yield "shown", candidate


_UPDATE = re.compile(rf"(?i)\s*(?:{any_of(lambda each: each.calendar.updates)})\b")


def _is_update(label: str) -> bool:
    return _UPDATE.match(label) is not None


def _is_day_first(head: PageHead) -> bool | None:
    """How the page's language writes numeric days; None where it does not say whose it is."""
    declared = (head.language or head.first("og:locale") or "").replace("_", "-").lower()
    if not declared:
        return None
    language, _, region = declared.partition("-")
    calendar = language_file(language).calendar
    if calendar.month_first_in:
        return None if not region else region not in calendar.month_first_in
    return calendar.day_first
