"""The lines in which a page speaks for its outlet: those of its frame, and those that close it.

What an outlet says of itself (its other addresses, say) counts from here only. A sentence of the
story, a quotation, a caption, a comment or a teaser may say the same words of somebody else, or be
written by anybody: `frame_lines` gives none of them. Each line comes with its place, which is kept
as `place` of the snippet of kind `announced_host`: `footer`, `masthead`, `navigation` and `other`
are the page's frame; `closing` is a list of hosts under a line that announces it among the story's
own lines, where some systems put the outlet's notice. A row of text has no frame: such a list is
`closing` there as well.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sources.page.page_table import PageTable
from sources.page.places import Place, Places

CLOSING = "closing"
_FRAME = frozenset((Place.MASTHEAD, Place.NAVIGATION, Place.FOOTER, Place.OTHER))
_MAX_LINES = 600
_MAX_LINE_CHARS = 400
_WHOLE = frozenset(("html", "body"))


class FrameLine(NamedTuple):
    """A line of the page's frame."""

    text: str
    place: str


def frame_lines(table: PageTable, places: Places) -> list[FrameLine]:
    """The lines of the frame in order, each with its place; at most some hundred."""
    lines: list[FrameLine] = []
    for row in _outermost(table, places):
        for line in table.lines_of(row):
            if len(line) <= _MAX_LINE_CHARS:
                lines.append(FrameLine(line, places[row].value))
        if len(lines) >= _MAX_LINES:
            break
    return lines[:_MAX_LINES]


def _outermost(table: PageTable, places: Places) -> Iterator[int]:
    """The outermost rows of which all is frame."""
    end = 0
    other = _others_before(places)
    for row, tag in enumerate(table.tags):
        if row < end or tag in _WHOLE or places[row] not in _FRAME:
            continue
        if other[table.ends[row]] == other[row]:
            end = table.ends[row]
            yield row


def _others_before(places: Places) -> list[int]:
    """How many rows before each row are no frame."""
    counts = [0]
    for place in places.of_rows:
        counts.append(counts[-1] + (place not in _FRAME))
    return counts
