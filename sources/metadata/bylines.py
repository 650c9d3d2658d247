"""Who wrote a story as its page shows it, in places where bylines stand.

Marked bylines come first (rel=author of HTML, itemprop of schema.org, vcard and fn of hAtom, class
names of many systems), then lines that begin as bylines do; above or below the headline first, at
the story's end where none stands there, and never in comments, teasers or later stories.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sources.credits.agencies import AGENCIES, agency
from sources.languages.language_files import any_of
from sources.metadata.person_names import folded, is_written_name, opens_byline, split_names
from sources.metadata.written_dates import dates_in
from sources.page import name_flags as names
from sources.page.page_table import PageTable
from sources.page.places import Place, Places, place_by_headline

_WHOLE = frozenset(("html", "body", "article", "main", "section", "table", "tbody", "tr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ORDER = (Place.BELOW, Place.ABOVE, Place.HEADLINE, Place.AFTER, Place.STORY)
_FALLBACK = frozenset((Place.NAVIGATION, Place.ASIDE, Place.MASTHEAD, Place.OTHER, Place.FOOTER))
"""Of the page's frame, where some systems put the line of author and day: asked last."""
_REACH = 60
"""Rows from the headline within which such a line is the story's."""
_MAX_CLOSING = 3
_EDGE = 6
"""Rows of the story, at its beginning and its end, in which a marked byline may stand."""
_MAX_BYLINE_CHARS = 300
_MAX_LINE_CHARS = 160
_MAX_ROWS = 80
_MAX_NAMES = 8
_NEAR = 3
"""Levels up from a byline at which the bylines of the same story meet it."""
_END_ROWS = 12
"""At a story's end within which a line may name its author."""
# What follows names in one line: a day, a place, an outlet.
BEHIND_NAMES = re.compile(
    r"\s*[|·•–—/(@]\s*|\s+-\s+|,?\s*(?=\d)"
    rf"|,\s*(?:{any_of(lambda each: each.bylines.before_day)})\b"
    rf"|\s(?:{any_of(lambda each: each.bylines.day_openers)})\s(?=\w+\s?\d|\d)|:\s*(?=\d)"
    rf"|\s*(?:(?:{any_of(lambda each: each.bylines.dated_leads)}) )?(?<!\w)"
    rf"(?:{any_of(lambda each: each.bylines.dated)})"
    rf"|\s(?:{any_of(lambda each: each.bylines.cut_off)})$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"(?i)(?:^|[\s|·•,;　])(?:{any_of(lambda each: each.bylines.inside)})"
    r"\s?[:：/／]\s?(?P<who>[^\s|·•:：　][^|·•:：　\n]{1,60})"
)
_ANYBODY_PATHS = any_of(lambda each: each.bylines.anybody_paths)
_PROFILE = re.compile(
    rf"(?i)/(?:{any_of(lambda each: each.bylines.profile_paths)}|{_ANYBODY_PATHS})[/=]"
)
_ANYBODY = re.compile(rf"(?i)/(?:{_ANYBODY_PATHS})[/=]")
"""Of a profile that is as well one of whom a story is about."""


_SUBJECT = re.compile(r"(?:^|[\s_-])(?:tag|category|section|topic)s?(?:$|[\s_-])")
_DAY_THEN_NAME = re.compile(
    r"[-–—|·•,]\s*(?P<who>[^\d|·•]{4,60})$"
    rf"|\s(?:{any_of(lambda each: each.bylines.behind_day)})\s(?P<by>[^\d|·•]{{4,60}})$"
)
"""What stands behind a day in a line of day and name."""
_SET_APART = frozenset(("i", "em"))


@dataclass(frozen=True, slots=True)
class Byline:
    """The names in a page's byline and where it stands."""

    names: tuple[str, ...]
    place: Place | None


def page_byline(table: PageTable, places: Places) -> Byline:
    """The names in the story's byline; none where the page shows none."""
    marked = _marked(table, places)
    for place in _ORDER:
        rows = [row for row, at in marked if at is place]
        if place is Place.AFTER and len(rows) > _MAX_CLOSING:
            continue  # a list of other stories, each with its author
        if authors := _first_group(table, rows):
            return Byline(_persons(authors), place)
        if authors := _opened(table, places, place):
            return Byline(_persons(authors), place)
    return Byline(_closing(table, places) or _beside_headline(table, places), None)


def _persons(authors: Sequence[str]) -> tuple[str, ...]:
    """The names less agencies beside or behind persons, whose credit they are."""
    bare = [AGENCIES.sub("", name).strip() if " " in name else name for name in authors]
    people = [
        person if is_written_name(person) else name
        for name, person in zip(authors, bare, strict=True)
        if agency(name) is None
    ]
    return tuple(people or authors)


def _marked(table: PageTable, places: Places) -> list[tuple[int, Place]]:
    """The outermost rows that are marked as bylines, with their place."""
    authors: list[tuple[int, Place]] = []
    end = 0
    for row, tag in enumerate(table.tags):
        if row < end or tag in _WHOLE or tag in _HEADINGS or len(authors) >= _MAX_ROWS:
            continue
        if not _is_marked(table, row) or table.chars_of(row) > 3 * _MAX_BYLINE_CHARS:
            continue
        if not _is_of_story(table, places, row):
            continue
        place = place_by_headline(table, places, row)
        if place not in _ORDER:
            continue
        if place is Place.STORY and (
            places.first + _EDGE < row < places.last - 2 * _EDGE or _runs_on(table, row)
        ):
            continue
        if place in (Place.STORY, Place.AFTER) and _may_be_subject(table, row):
            continue
        end = table.ends[row]
        authors.append((row, place))
    return authors


def _is_of_story(table: PageTable, places: Places, row: int) -> bool:
    """Whether microdata around the row describes the story, not a work that is cited."""
    owner = next(
        (outer for outer in table.ancestors(row) if "itemscope" in table.attributes[outer]), 0
    )
    return any(
        table.holds(owner, other)
        for other in (places.headline, places.first)
        if other is not None and other < len(table)
    )


def _may_be_subject(table: PageTable, row: int) -> bool:
    """Whether nothing but its address says that a link is a writer's, and it may be anybody's."""
    is_marked = table.get(row, "rel") == "author" or bool(table.flags[row] & names.BYLINE)
    return not is_marked and _ANYBODY.search(table.get(row, "href")) is not None


def _runs_on(table: PageTable, row: int) -> bool:
    """Whether the row is a link amid a paragraph, which tells of somebody."""
    if table.tags[row] != "a":
        return False
    line = next((outer for outer in table.ancestors(row) if table.own[outer]), row)
    return table.own[line] > _MAX_LINE_CHARS


def _is_marked(table: PageTable, row: int) -> bool:
    attributes = table.attributes[row]
    if not attributes:
        return False
    if attributes.get("rel") == "author" or attributes.get("itemprop") == "author":
        return True
    flags = table.flags[row]
    if flags & names.BYLINE and not flags & names.NO_NAMES:
        return True
    return table.tags[row] == "a" and _PROFILE.search(attributes.get("href") or "") is not None


def _first_group(table: PageTable, rows: Sequence[int]) -> tuple[str, ...]:
    """The names in the first of the bylines that holds any, and in those beside it."""
    first: set[int] = set()
    authors: list[str] = []
    for row in rows:
        around = [
            outer for outer in table.ancestors(row) if table.tags[outer] not in ("html", "body")
        ]
        if first and first.isdisjoint(around[:_NEAR]):
            break
        here = _names_of(table, row)
        if here and not first:
            first = set(around[:_NEAR])
        authors.extend(here)
    return tuple(dict.fromkeys(authors))[:_MAX_NAMES]


def _names_of(table: PageTable, row: int) -> list[str]:
    """The names that are marked inside of the byline, else those that its words are."""
    own = table.get(row, "content") if table.tags[row] == "meta" else ""
    parts = list(_parts(table, row))
    for written in ([own] if own else [], parts, [_rest(table, row)]):
        authors = [
            name
            for outer in written
            for name in split_names(BEHIND_NAMES.split(outer, maxsplit=1)[0])
            if _is_name(name) or (written is parts and _is_profiled(table, row, name))
        ]
        if authors:
            return authors
    return []


def _is_profiled(table: PageTable, row: int, name: str) -> bool:
    """Whether one word is a writer's name: it is marked as one, or its link leads to its profile.

    Of class names only hAtom's `fn` says so, which holds a name and nothing else.
    """
    is_name = name[:1].upper() == name[:1] and name.count(" ") <= 1
    return is_name and any(
        folded(table.text_of(inner)) == folded(name)
        and (
            "fn" in table.get(inner, "class").split()
            or "author" in table.get(inner, "rel").split()
            or folded(table.get(inner, "href").rstrip("/").rpartition("/")[2]) == folded(name)
        )
        for inner in range(row, table.ends[row])
    )


def _parts(table: PageTable, row: int) -> Iterator[str]:
    """The texts of links and names inside: the first of each address, none that leads elsewhere."""
    seen: set[str] = set()
    end = 0
    for inner in range(row, table.ends[row]):
        if inner < end:
            continue
        is_link = table.tags[inner] == "a"
        flags = table.flags[inner]
        is_name = table.get(inner, "itemprop") == "name" or (
            inner != row and flags & names.BYLINE and not flags & names.NO_NAMES
        )
        if inner != row and flags & names.NO_NAMES and not flags & names.BYLINE:
            end = table.ends[inner]
            continue
        if is_link:
            href = table.get(inner, "href").strip()
            end = table.ends[inner]
            is_outward = href.startswith(("#", "javascript:", "mailto:", "tel:"))
            text = table.text_of(inner)[:_MAX_BYLINE_CHARS]
            if (
                not text
                or _leads_to_subject(table, inner)
                or is_outward
                or (href and href in seen)
                or (seen and href.startswith("http") and _elsewhere(href, seen))
            ):
                continue
            seen.add(href)
            yield text
        elif is_name and not any(True for _ in table.rows("a", within=inner)):
            end = table.ends[inner]
            yield table.text_of(inner)[:_MAX_BYLINE_CHARS]


def _leads_to_subject(table: PageTable, link: int) -> bool:
    """Whether a link is marked as leading to what a story is about, not to who wrote it."""
    marks = f"{table.get(link, 'rel')} {table.get(link, 'class')}".lower()
    return _SUBJECT.search(marks) is not None


def _elsewhere(href: str, seen: set[str]) -> bool:
    """Whether a link leads to another host than the names before it do."""
    host = href.split("/", 3)[2] if href.count("/") > 2 else href
    return all(not outer.startswith("http") or host not in outer for outer in seen)


def _rest(table: PageTable, row: int) -> str:
    """The row's words less those of links and of what is marked as no name."""
    pieces: list[str] = []
    at = table.begins[row]
    end = 0
    for inner in range(row + 1, table.ends[row]):
        if inner < end:
            continue
        flags = table.flags[inner]
        is_no_name = table.tags[inner] == "a" or (
            flags & names.NO_NAMES and not flags & names.BYLINE
        )
        if is_no_name or (flags & names.DATE) or table.tags[inner] == "time":
            pieces.append(table.text[at : table.begins[inner]])
            at = table.finishes[inner]
            end = table.ends[inner]
    pieces.append(table.text[at : table.finishes[row]])
    text = table.text_of(row) if table.tags[row] == "a" else " ".join(" ".join(pieces).split())
    return text[:_MAX_BYLINE_CHARS]


def _opened(table: PageTable, places: Places, place: Place) -> tuple[str, ...]:
    """The names in the first line in a place that begins as bylines do."""
    rows = _lines(table, places, place)
    if place is Place.BELOW and _is_info_line(table, places.first):
        rows = chain(rows, (places.first,))
    for row in rows:
        line = _spaced(table, row)
        written = BEHIND_NAMES.split(line, maxsplit=1)[0]
        if opens_byline(line):
            authors = split_names(written)
            if authors and all(map(_is_name, authors)):
                return tuple(dict.fromkeys(authors))
        elif place in (Place.BELOW, Place.ABOVE) and (match := _INSIDE.search(line)):
            written = match["who"]
            if line[match.end() :].startswith((":", "：", " :")):
                written = written.rpartition(" ")[0]  # the next label
            authors = split_names(BEHIND_NAMES.split(written, maxsplit=1)[0])
            if authors and all(map(is_written_name, authors)):
                return tuple(authors)
        elif place in (Place.BELOW, Place.ABOVE) and (authors := _behind_day(line)):
            return tuple(authors)
    return ()


def _is_info_line(table: PageTable, first: int) -> bool:
    """Whether what counts as the first paragraph is a line of labels and a day."""
    if first >= len(table) or table.chars_of(first) > _MAX_LINE_CHARS:
        return False
    line = table.text_of(first)
    return _INSIDE.search(line) is not None and bool(dates_in(line))


def _behind_day(line: str) -> list[str]:
    """The names in a line that holds nothing but a day and names: `25.10.2022 - Ann Lee`."""
    match = _DAY_THEN_NAME.search(line)
    if match is None or not dates_in(line[: match.start()]):
        return []
    authors = split_names(match["who"] or match["by"])
    return authors if all(map(is_written_name, authors)) else []


def _spaced(table: PageTable, row: int) -> str:
    """The row's line with a space before each link: some systems leave it to the style sheet."""
    pieces: list[str] = []
    at = table.begins[row]
    for link in table.rows("a", within=row):
        if table.begins[link] > at:
            pieces.append(table.text[at : table.begins[link]])
            at = table.begins[link]
    pieces.append(table.text[at : table.finishes[row]])
    return " ".join(" ".join(pieces).split())


def _closing(table: PageTable, places: Places) -> tuple[str, ...]:
    """The names in the story's last line, where it is nothing else and set apart by its type."""
    for row in reversed(range(max(places.first, places.last - _EDGE), places.last + _EDGE)):
        if row >= len(table) or table.tags[row] not in _SET_APART:
            continue
        line = next((outer for outer in table.ancestors(row) if table.own[outer]), row)
        text = table.text_of(row)
        if not text or text != table.text_of(line) or len(text) > _MAX_LINE_CHARS:
            continue
        if table.linked[line] or table.tags[line] in _HEADINGS:
            continue
        authors = split_names(text)
        if authors and all(map(is_written_name, authors)):
            return tuple(authors)
    return ()


def _beside_headline(table: PageTable, places: Places) -> tuple[str, ...]:
    """The names in a marked byline of the page's frame that opens as one, near the headline."""
    if places.headline is None:
        return ()
    first, last = places.headline - _REACH, table.ends[places.headline] + _REACH
    for row in range(max(0, first), min(len(table), last)):
        is_byline = _is_marked(table, row) and table.chars_of(row) <= 2 * _MAX_LINE_CHARS
        is_opened = is_byline and places[row] in _FALLBACK and opens_byline(_spaced(table, row))
        if is_opened and (authors := _names_of(table, row)):
            return tuple(dict.fromkeys(authors))[:_MAX_NAMES]
    return ()


def _lines(table: PageTable, places: Places, place: Place) -> Iterator[int]:
    """The rows that hold one short line each in a place."""
    begin, end = 0, len(table)
    if place is Place.STORY:
        begin, end = max(places.first, places.last - 4 * _END_ROWS), places.last
    skipped = 0
    for row in range(begin, end):
        if row < skipped or table.own[row] == 0 or table.tags[row] in _WHOLE | _HEADINGS:
            continue
        if place_by_headline(table, places, row) is not place:
            continue
        if table.chars_of(row) > 2 * _MAX_LINE_CHARS or len(table.text_of(row)) > _MAX_LINE_CHARS:
            continue
        skipped = table.ends[row]
        yield row


def _is_name(name: str) -> bool:
    return is_written_name(name) or agency(name) is not None
