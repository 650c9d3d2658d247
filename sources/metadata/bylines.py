"""Who wrote a story as its page shows it, in places where bylines stand.

Marked bylines come first (rel=author of HTML, itemprop of schema.org, vcard and fn of hAtom, class
names of many systems), then lines that begin as bylines do; above or below the headline first, at
the story's end where none stands there, and never in comments, teasers or later stories.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sources.credits.agencies import agency
from sources.metadata.person_names import is_written_name, opens_byline, person, split_names
from sources.page import name_flags as names
from sources.page.page_table import PageTable
from sources.page.places import Place, Places, place_by_headline

_WHOLE = frozenset(("html", "body", "article", "main", "section", "table", "tbody", "tr"))
_HEADINGS = frozenset(("h1", "h2", "h3"))
_ORDER = (Place.BELOW, Place.ABOVE, Place.HEADLINE, Place.AFTER, Place.STORY)
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
    r"\s*[|·•–—/(@]\s*|\s+-\s+|,?\s*(?=\d)|,\s*(?:published|updated|updat|am|le|el)\b"
    r"|\s(?:published|updated|posted|on|am|le|el|del|vom)\s(?=\w+\s?\d|\d)|:\s*(?=\d)"
    r"|\s*(?:last )?(?<!\w)(?:updat|aktualisier|publicad|publish|posted|veröffentlich|mis à jour"
    r"|modifi)"
    r"|\s(?:last|publi)$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"(?i)(?:^|[\s|·•,;　])(?:autor(?:in|en)?|author|text|auteur|redaktion"
    r"|作者|[記记]者|著者|文|撰文|נכתב)"
    r"\s?[:：/／]\s?(?P<who>[^\s|·•:：　][^|·•:：　\n]{1,60})"
)
_PROFILE = re.compile(
    r"(?i)/(?:authors?|autor(?:es|en)?|auteurs?|autore|contributors?|reporters?|journalists?|staff"
    r"|people|person|profile|profil|columnists?|writers?|by|redaktion|team)[/=]"
)


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
            return Byline(authors, place)
        if authors := _opened(table, places, place):
            return Byline(authors, place)
    return Byline((), None)


def _marked(table: PageTable, places: Places) -> list[tuple[int, Place]]:
    """The outermost rows that are marked as bylines, with their place."""
    authors: list[tuple[int, Place]] = []
    end = 0
    for row, tag in enumerate(table.tags):
        if row < end or tag in _WHOLE or tag in _HEADINGS or len(authors) >= _MAX_ROWS:
            continue
        if not _is_marked(table, row) or table.chars_of(row) > 3 * _MAX_BYLINE_CHARS:
            continue
        place = place_by_headline(table, places, row)
        if place not in _ORDER:
            continue
        if place is Place.STORY and places.first + _EDGE < row < places.last - 2 * _EDGE:
            continue
        end = table.ends[row]
        authors.append((row, place))
    return authors


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
            if _is_name(name)
        ]
        if authors:
            return authors
    return []


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
            if (
                is_outward
                or (href and href in seen)
                or (seen and href.startswith("http") and _elsewhere(href, seen))
            ):
                continue
            seen.add(href)
            yield table.text_of(inner)[:_MAX_BYLINE_CHARS]
        elif is_name and not any(True for _ in table.rows("a", within=inner)):
            end = table.ends[inner]
            yield table.text_of(inner)[:_MAX_BYLINE_CHARS]


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
    for row in _lines(table, places, place):
        line = table.text_of(row)
        written = BEHIND_NAMES.split(line, maxsplit=1)[0]
        if opens_byline(line):
            authors = split_names(written)
            if authors and all(map(_is_name, authors)):
                return tuple(dict.fromkeys(authors))
        elif place in (Place.BELOW, Place.ABOVE) and (match := _INSIDE.search(line)):
            name = person(BEHIND_NAMES.split(match["who"], maxsplit=1)[0].split("  ")[0])
            if name and is_written_name(name):
                return (name,)
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
