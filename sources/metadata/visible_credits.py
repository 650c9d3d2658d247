"""Whose text a page says it shows, in the lines around its headline and behind its story.

A credit is a line of its own, part of a byline, or an element named after sources. What stands with
a picture is none, nor is what a system fills into metadata and no reader sees.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sources.credits.agencies import AGENCIES, agencies_in
from sources.credits.agency_credits import agencies_alone
from sources.credits.outlet_names import is_marked_outlet, outlet_name_in
from sources.credits.picture_credits import picture_credits
from sources.languages.language_files import any_of, words_of_all
from sources.metadata.bylines import BEHIND_NAMES
from sources.metadata.person_names import opens_byline, split_names
from sources.metadata.written_dates import dates_in
from sources.page import name_flags as names
from sources.page.figures import Figure
from sources.page.page_table import PageTable
from sources.page.places import Place, Places, place_by_headline

_PLACES = frozenset((Place.ABOVE, Place.BELOW, Place.AFTER))
_WHOLE = frozenset(("html", "body", "article", "main", "section", "h1", "h2", "h3", "head"))
_MAX_LINE_CHARS = 160
_MAX_CREDITS = 12
_ANY_ZONE = timedelta(days=1)
_END_ROWS = 14
_LABELLED = re.compile(
    rf"(?i)(?:^|[\s|·•,;(　]|(?<=\d))(?:{any_of(lambda each: each.credits.page_labels)})"
    r"\s?[:：]\s?(?P<who>[^\n|·•]{2,60})"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_CREDITED_BY = re.compile(
    rf"\s[|/]\s|\s[-–—]\s|\b(?:{any_of(lambda each: each.bylines.outlet_links)})\b"
)
_ARTICLE = re.compile(
    "(?:"
    + "|".join(map(str.capitalize, words_of_all(lambda each: each.outlets.title_articles)))
    + ") [A-Z]"
)
_SENTENCE = re.compile(r"[.!?。！？।؟]$")
_MAX_NAME_CHARS = 60
_HOST = re.compile(r"(?:[\w-]{2,40}\.){1,3}(?:com|org|net|[a-z]{2})")


@dataclass(frozen=True, slots=True)
class ShownCredit:
    """An agency or outlet that a line of the page credits the text to."""

    name: str
    is_wire: bool
    line: str
    place: Place


def shown_credits(
    table: PageTable, places: Places, figures: Sequence[Figure], fetched_at: datetime | None
) -> list[ShownCredit]:
    """The credits in the page's lines, each name once, in order.

    A line with a day after that on which the page was fetched says nothing of what was fetched.
    """
    named: dict[tuple[str, bool], ShownCredit] = {}
    for row, place in _lines(table, places, figures):
        line = table.text_of(row)
        if _is_dated_later(line, fetched_at):
            continue
        for name, is_wire in _credits(table, row, line, place):
            named.setdefault((name, is_wire), ShownCredit(name, is_wire, line, place))
            if len(named) >= _MAX_CREDITS:
                return list(named.values())
    return list(named.values())


def _is_dated_later(line: str, fetched_at: datetime | None) -> bool:
    if fetched_at is None or AGENCIES.search(line) is None:
        return False
    latest = fetched_at + _ANY_ZONE
    return any(entry.date.moment > latest for entry in dates_in(line))


def _lines(
    table: PageTable, places: Places, figures: Sequence[Figure]
) -> Iterator[tuple[int, Place]]:
    pictured = [(figure.row, table.ends[figure.row]) for figure in figures]
    end = 0
    for row, tag in enumerate(table.tags):
        if row < end or tag in _WHOLE or table.chars_of(row) > 2 * _MAX_LINE_CHARS:
            continue
        place = place_by_headline(table, places, row)
        is_end = place is Place.STORY and row >= places.last - _END_ROWS and row > places.first
        if place not in _PLACES and not is_end:
            continue
        if not table.text_of(row) or len(table.text_of(row)) > _MAX_LINE_CHARS:
            continue
        if table.own[row] == 0 and not table.flags[row] & (names.BYLINE | names.SOURCE):
            continue
        end = table.ends[row]
        if table.flags[row] & (names.CREDIT | names.CAPTION | names.IMAGE):
            continue
        if not any(first <= row < last for first, last in pictured):
            yield row, place


def _credits(table: PageTable, row: int, line: str, place: Place) -> Iterator[tuple[str, bool]]:
    if picture_credits(line) and not _LABELLED.search(line):
        return
    wires = agencies_in(line)
    flags = table.flags[row]
    # a sentence in an element named after authors tells of them: "Lee covers courts for AFP."
    is_byline = opens_byline(line) or bool(flags & names.BYLINE and not _SENTENCE.search(line))
    label = _LABELLED.search(line)
    if wires and (
        agencies_alone(line) or is_byline or label or flags & names.SOURCE or _is_info_line(line)
    ):
        yield from ((name, True) for name in wires)
        return
    if place is Place.STORY:
        return
    if label is not None and place is Place.BELOW:
        name = outlet_name_in(label["who"].split("  ")[0])
        if name and (is_marked_outlet(name) or not name.isascii()):
            yield name, False
        return
    for inner in range(row, table.ends[row]):
        name = table.text_of(inner)
        if not name or len(name) > _MAX_NAME_CHARS or _holds_more(table, inner):
            continue
        is_source = bool(table.flags[inner] & names.SOURCE)
        is_named = is_byline or (place is Place.BELOW and table.tags[inner] == "a")
        if (is_source and is_marked_outlet(name)) or (is_named and _is_outlets(name)):
            yield name, False
    if is_byline and place is not Place.AFTER:
        people, *others = _CREDITED_BY.split(BEHIND_NAMES.sub(" | ", line))
        for part in others:
            if is_marked_outlet(part) and split_names(people) and not opens_byline(part):
                yield part, False


def _holds_more(table: PageTable, row: int) -> bool:
    """Whether an element has others with text in it."""
    return any(
        table.finishes[figure] > table.begins[figure] for figure in range(row + 1, table.ends[row])
    )


def _is_outlets(name: str) -> bool:
    """Whether a name is an outlet's for sure: a host, or an article before an outlet's word."""
    return _HOST.fullmatch(name) is not None or (
        is_marked_outlet(name) and _ARTICLE.match(name) is not None
    )


def _is_info_line(line: str) -> bool:
    """Whether a line holds hardly more than an agency and a day."""
    rest = AGENCIES.sub(" ", line)
    return any(map(str.isdigit, rest)) and len(_WORDS.findall(rest)) <= 2
