"""The story's own pictures, and the words that stand with each.

Words stand with a picture where they share its small box; a teaser's picture is in a box that leads
to another page, the outlet's in its frame: what is said there is said of something else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sources.page import name_flags as names
from sources.page.page_table import PageTable
from sources.page.places import Place, Places, folded

_PICTURES = frozenset(
    (
        *("img", "picture", "amp-img", "video", "iframe", "amp-video", "object", "embed", "audio"),
        *("amp-youtube", "amp-iframe", "amp-carousel"),
    )
)
_WHOLE = frozenset(("html", "body", "article", "main", "td", "tr", "tbody", "table", "head"))
_NO_CAPTION = frozenset(("blockquote", "form", "input", "textarea", "table"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STORY_PLACES = frozenset((Place.ABOVE, Place.BELOW, Place.STORY, Place.HEADLINE))
_NO_WORDS = names.STANDFIRST | names.DATE | names.BYLINE
_MAX_BOX_CHARS = 2_500
_MAX_CAPTION_CHARS = 1_500
_MAX_UNNAMED_CHARS = 400
_MAX_FIGURES = 60
_MAX_CREDIT_CHARS = 100
_LEVELS = 5
_BEFORE = 40
"""Rows before a caption among which the element before it begins."""
_MIN_STORY_CHARS = 800
"""Below it a page is a gallery or a film, whose pictures stand where they like."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands with one picture of the story."""

    row: int
    """Of the element that holds the words."""
    words: str
    """On one line; empty where only a credit stands there."""
    credit: str
    """What stands in an element that is named after credits; empty where none does."""
    is_named: bool
    """Whether element or name say that it is a caption; else only that a picture is beside it."""
    place: Place


def figures_of(table: PageTable, places: Places) -> list[Figure]:
    """The words at the story's pictures, in order, each once."""
    figures: list[Figure] = []
    seen: set[tuple[str, str]] = set()
    headline = "" if places.headline is None else folded(table.text_of(places.headline))
    for row, is_named in _boxes(table, places):
        if len(figures) >= _MAX_FIGURES:
            break
        words, credit = _parted(table, row)
        if len(words) > (_MAX_CAPTION_CHARS if is_named else _MAX_UNNAMED_CHARS):
            continue
        if headline and folded(words) == headline:
            words = ""
        if (words or credit) and (words, credit) not in seen:
            seen.add((words, credit))
            figures.append(Figure(row, words, credit, is_named, places[row]))
    return figures


def _boxes(table: PageTable, places: Places) -> Iterator[tuple[int, bool]]:
    """The rows that hold the words at pictures, outermost, and whether they are named so."""
    story = (
        places.paragraph_chars[places.last] - places.paragraph_chars[min(places.first, places.last)]
    )
    is_story = story >= _MIN_STORY_CHARS
    allowed = _STORY_PLACES if is_story else _STORY_PLACES | {Place.AFTER, Place.OTHER}
    end = 0
    for row, tag in enumerate(table.tags):
        if row < end or tag in _WHOLE or tag in _HEADINGS or places[row] not in allowed:
            continue
        flags = table.flags[row]
        is_named = tag == "figcaption" or _is_caption_name(table, row) or bool(flags & names.CREDIT)
        is_figure = tag == "figure" or bool(flags & names.IMAGE)
        if not (is_named or is_figure or tag in _PICTURES):
            continue
        box: int | None = row
        if tag in _PICTURES and not is_named:
            box, is_figure = _box_of(table, places, row), False
        if box is None or not _fits(table, places, box):
            continue
        if is_named and not _stands_with_picture(table, box):
            if not _leads(table, places, box):
                continue
            is_named = False
        if not is_named and not (
            _has_picture(table, box) or (is_figure and _stands_with_picture(table, box))
        ):
            continue
        if not is_named and (_named_inside(table, box) or _shows_several(table, box)):
            continue  # what is named so inside is the caption, and each picture has its own
        end = table.ends[box]
        yield box, is_named or tag == "figure"


def _is_caption_name(table: PageTable, row: int) -> bool:
    """Whether names say caption: that word, or both picture and subtitle (`image-subtitle`)."""
    flags = table.flags[row]
    is_subtitle = bool(flags & names.IMAGE) and bool(flags & names.STANDFIRST)
    return bool(flags & names.CAPTION) or (is_subtitle and not _has_picture(table, row))


def _fits(table: PageTable, places: Places, row: int) -> bool:
    if table.chars_of(row) > 2 * _MAX_BOX_CHARS or not table.text_of(row):
        return False
    if places.headline is not None and table.holds(row, places.headline):
        return False
    is_caption = table.tags[row] in ("figure", "figcaption") or _is_caption_name(table, row)
    for other in range(row, table.ends[row]):
        if table.tags[other] in _NO_CAPTION:
            return False
        if (
            not is_caption
            and table.flags[other] & _NO_WORDS
            and not table.flags[other]
            & (names.CREDIT | names.IMAGE)  # of the picture, not the story
        ):
            return False
    if any(True for _ in table.rows(*_HEADINGS, within=row)):
        return False
    text = "".join(table.text_of(row).split())
    if table.flags[row] & names.CREDIT and len(text) <= _MAX_CREDIT_CHARS:
        return True
    linked = table.linked[row] - sum(table.linked[other] for other in _credits_in(table, row))
    return 2 * linked <= len(text)


def _box_of(table: PageTable, places: Places, picture: int) -> int | None:
    """The nearest row around a picture that has words; None where it holds more than a figure."""
    for level, outer in enumerate(table.ancestors(picture)):
        if table.tags[outer] in _WHOLE or level > _LEVELS or table.chars_of(outer) > _MAX_BOX_CHARS:
            return None
        if table.text_of(outer):
            return outer
    return None


def _has_picture(table: PageTable, row: int) -> bool:
    return table.tags[row] == "figure" or not _PICTURES.isdisjoint(
        table.tags[row : table.ends[row]]
    )


def _named_inside(table: PageTable, row: int) -> bool:
    return any(
        table.tags[other] == "figcaption" or _is_caption_name(table, other)
        for other in range(row + 1, table.ends[row])
        if table.finishes[other] > table.begins[other]
    )


def _shows_several(table: PageTable, row: int) -> bool:
    """Whether a box that is no `figure` has more than one picture in it: it is a gallery."""
    if table.tags[row] == "figure":
        return False
    return sum(tag in ("img", "amp-img") for tag in table.tags[row : table.ends[row]]) > 1


def _follows_picture(table: PageTable, row: int) -> bool:
    """Whether the element before the row is a picture, or holds nothing but one."""
    before = next(
        (
            other
            for other in range(row - 1, max(-1, row - _BEFORE), -1)
            if table.parents[other] == table.parents[row]
        ),
        None,
    )
    return before is not None and _has_picture(table, before) and not table.text_of(before)


def _stands_with_picture(table: PageTable, row: int) -> bool:
    """Whether a picture or a film is in the small box around the words."""
    if _has_picture(table, row) or _follows_picture(table, row):
        return True
    for level, outer in enumerate(table.ancestors(row)):
        if table.tags[outer] in _WHOLE or level >= _LEVELS:
            return False
        if table.tags[outer] == "figure":
            return True
        if table.chars_of(outer) > _MAX_BOX_CHARS:
            return False
        if _has_picture(table, outer) or table.flags[outer] & names.IMAGE:
            return True
    return False


def _leads(table: PageTable, places: Places, row: int) -> bool:
    """Whether a caption stands between headline and story: its picture may be a script's."""
    is_caption = bool(table.flags[row] & names.CAPTION) and len(table.text_of(row)) > 8
    return is_caption and places[row] is Place.BELOW and table.chars_of(row) <= _MAX_UNNAMED_CHARS


def _parted(table: PageTable, row: int) -> tuple[str, str]:
    """The words and the credit among them, where it has an element of its own."""
    whole = table.text_of(row)
    credits = _credits_in(table, row)
    figure = next((other for other in table.ancestors(row) if table.tags[other] == "figure"), None)
    if not credits and figure is not None and table.chars_of(figure) <= _MAX_BOX_CHARS:
        credits = [other for other in _credits_in(table, figure) if not table.holds(row, other)]
    texts = [text for other in credits if (text := table.text_of(other))]
    for text in reversed(texts):  # what goes on behind a credit is printed as one with it
        if whole.endswith(text):
            whole = whole.removesuffix(text).rstrip()
        elif whole.startswith(text):
            whole = whole.removeprefix(text).lstrip()
    return " ".join(whole.split()), " ".join(texts)


def _credits_in(table: PageTable, row: int) -> list[int]:
    """The outermost rows in a figure that are marked as its credit: by name, `cite` or `small`."""
    is_figure = table.tags[row] in ("figure", "figcaption") or table.flags[row] & names.CAPTION
    # in a figure a byline is the photographer's
    marks = names.CREDIT | (names.BYLINE if is_figure else 0)
    figures: list[int] = []
    end = 0
    for inner in range(row, table.ends[row]):
        if inner < end or table.begins[inner] == table.finishes[inner]:
            continue
        flags = table.flags[inner]
        is_marked = table.tags[inner] in ("cite", "small") or flags & marks
        if is_marked and not any(
            table.flags[other] & names.CAPTION for other in range(inner, table.ends[inner])
        ):
            figures.append(inner)
            end = table.ends[inner]
    return figures
