"""Where on a page a row stands: in its frame, in the story and what belongs to it, or elsewhere.

A part of the frame is known by its element, its role, or what it is named after; a name counts for
nothing where the part holds the headline or a good share of the page's paragraphs. What is left is
placed by the headline and the paragraphs of the story, whatever it is called.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sources.page import name_flags as names
from sources.page.page_table import PageTable


class Place(StrEnum):
    """A part of a page."""

    HEAD = "head"
    MASTHEAD = "masthead"
    """What stands above the story's part of the page."""
    NAVIGATION = "navigation"
    ABOVE = "above-headline"
    """Within the story's part, before the headline: section, lead picture, date."""
    HEADLINE = "headline"
    BELOW = "below-headline"
    """Between headline and first paragraph: standfirst, byline, date, lead picture."""
    STORY = "story"
    AFTER = "after-story"
    """Within the story's part, behind its last paragraph."""
    ASIDE = "aside"
    TEASER = "teaser"
    COMMENTS = "comments"
    LATER = "later-story"
    FOOTER = "footer"
    OTHER = "other"


OF_STORY = frozenset((Place.ABOVE, Place.HEADLINE, Place.BELOW, Place.STORY, Place.AFTER))
"""Where what is said is said of this story."""
FRAME = frozenset((Place.MASTHEAD, Place.NAVIGATION, Place.FOOTER, Place.HEAD))
"""Where a page speaks for its outlet; what stands elsewhere (a story, a quotation, a caption, a
comment) says nothing of the outlet's own."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TAGS = {
    "head": Place.HEAD,
    "nav": Place.NAVIGATION,
    "menu": Place.NAVIGATION,
    "footer": Place.FOOTER,
    "aside": Place.ASIDE,
    "form": Place.ASIDE,
    "dialog": Place.ASIDE,
    "select": Place.ASIDE,
    "button": Place.ASIDE,
    "amp-sidebar": Place.NAVIGATION,
    "amp-consent": Place.ASIDE,
    "amp-ad": Place.ASIDE,
    "amp-list": Place.ASIDE,
    "amp-lightbox": Place.ASIDE,
}
_ROLES = {
    "navigation": Place.NAVIGATION,
    "contentinfo": Place.FOOTER,
    "complementary": Place.ASIDE,
    "dialog": Place.ASIDE,
    "search": Place.NAVIGATION,
    "banner": Place.MASTHEAD,
}
_FLAGS = (
    (names.COMMENTS, Place.COMMENTS),
    (names.FOOTER, Place.FOOTER),
    (names.NAVIGATION, Place.NAVIGATION),
    (names.ASIDE, Place.ASIDE),
)
_PICTURED = names.IMAGE | names.CAPTION
_NAMED = names.COMMENTS | names.FOOTER | names.NAVIGATION | names.ASIDE
_WHOLE = frozenset(("html", "body", "main", "article", "td", "tr", "tbody", "table"))
"""What holds a story is called after whatever stands beside it too: `has-sidebar`."""
_MIN_PARAGRAPH_CHARS = 40
_MAX_NAMED_SHARE = 0.25
"""Of the characters in paragraphs; above it a part is not what it is called."""
_MIN_LEFT_CHARS = 400
"""So much has to be left beside comments; there may be more of them than of the story."""
_MAX_TEASER_CHARS = 700


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The place of each row, and the rows that decided them."""

    of_rows: Sequence[Place]
    headline: int | None
    """The row that shows the headline."""
    box: int
    """The smallest row around headline and story, the root where there is no such."""
    first: int
    """The story's first paragraph; the number of rows where the page has none."""
    last: int
    """Behind the row of its last one."""
    paragraph_chars: Sequence[int]
    """Characters in paragraphs before each row, one entry more than rows."""

    def __getitem__(self, row: int) -> Place:
        return self.of_rows[row]

    def is_of_story(self, row: int) -> bool:
        """Whether what the row says is said of this story."""
        return self.of_rows[row] in OF_STORY


def place_by_headline(table: PageTable, places: Places, row: int) -> Place:
    """The row's place; in the story's part, what frames headline or end is of the story.

    Many systems call the box of byline and date a navigation, an aside or a footer.
    """
    place = places.of_rows[row]
    is_named = place in (Place.ASIDE, Place.NAVIGATION, Place.FOOTER)
    if not is_named or places.headline is None or not table.holds(places.box, row):
        return place
    if row >= places.last:
        return Place.AFTER if place is Place.FOOTER and places.box else place
    if not places.headline < row < places.first:
        return place
    around = (row, *table.ancestors(row))
    is_element = any(table.tags[other] in _TAGS for other in around if other > places.box)
    return place if is_element and places.box == 0 else Place.BELOW


def places_of(table: PageTable, headline: int | None) -> Places:
    """The place of each row.

    Args:
        table: of the page.
        headline: the row that shows the headline.
    """
    sums = _paragraph_chars(table)
    marked = _frame(table, headline, sums)
    _mark_teasers(table, headline, sums, marked)
    _mark_later(table, headline, marked)
    holders = _holders(table, headline, marked)
    first, last = _span(table, holders, marked)
    box = _box(table, headline, holders)
    of_rows = _placed(table, marked, headline, box, first, last)
    return Places(of_rows, headline, box, first, last, sums)


def folded(text: str) -> str:
    """Letters and digits without case: equal for two ways to write one headline."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _paragraph_chars(table: PageTable) -> list[int]:
    sums = [0]
    total = 0
    for own, linked in zip(table.own, table.linked, strict=True):
        if own >= _MIN_PARAGRAPH_CHARS and 2 * linked <= own:
            total += own
        sums.append(total)
    return sums


def _frame(table: PageTable, headline: int | None, sums: Sequence[int]) -> list[Place | None]:
    """The place of rows in parts that are no story; what is inside of one is of it."""
    whole = sums[-1]
    marked: list[Place | None] = []
    for row, tag in enumerate(table.tags):
        parent = table.parents[row]
        outer = marked[parent] if parent >= 0 else None
        if outer is not None and outer is not Place.MASTHEAD:
            marked.append(outer)
            continue
        place = _TAGS.get(tag)
        is_named = False
        if place is None:
            place = _ROLES.get(table.attributes[row].get("role") or "")
        flags = table.flags[row]
        if place is Place.ASIDE and flags & _PICTURED:
            place = None
        if place is None and tag not in _WHOLE and flags & _NAMED:
            place = next(place for bit, place in _FLAGS if flags & bit)
            is_named = True
            if place is Place.ASIDE and flags & _PICTURED:
                place = None
        if place is None and tag == "header":
            place = Place.MASTHEAD
        if place is not None and headline is not None and table.holds(row, headline):
            place = None
        if place is not None and (is_named or tag == "form"):
            held = sums[table.ends[row]] - sums[row]
            is_comments = place is Place.COMMENTS and whole - held >= _MIN_LEFT_CHARS
            if held > _MAX_NAMED_SHARE * whole and not is_comments:
                place = None
        marked.append(place or outer)
    return marked


def _mark_teasers(
    table: PageTable, headline: int | None, sums: Sequence[int], marked: list[Place | None]
) -> None:
    """Marks boxes that lead to other pages: a heading that is a link, a link around blocks."""
    for row, tag in enumerate(table.tags):
        if marked[row] is not None or tag not in _LEADING:
            continue
        if not (_is_linked_heading(table, row) if tag in _HEADINGS else _is_card(table, row)):
            continue
        if headline is not None and (table.holds(headline, row) or table.holds(row, headline)):
            continue
        box = row
        for outer in table.ancestors(row):
            is_small = table.chars_of(outer) <= 2 * _MAX_TEASER_CHARS and (
                len(table.text_of(outer)) <= _MAX_TEASER_CHARS
            )
            if table.tags[outer] in _WHOLE - {"article"} or not is_small:
                break
            if headline is not None and table.holds(outer, headline):
                break
            box = outer
        if sums[table.ends[box]] - sums[box] > _MAX_NAMED_SHARE * sums[-1]:
            continue
        for inner in range(box, table.ends[box]):
            marked[inner] = marked[inner] or Place.TEASER


_LEADING = (_HEADINGS | {"a"}) - {"h1"}


def _is_linked_heading(table: PageTable, row: int) -> bool:
    chars = len("".join(table.text_of(row).split()))
    if not chars or 10 * table.linked[row] < 9 * chars:
        return False
    links = [
        *table.rows("a", within=row),
        *(other for other in table.ancestors(row) if table.tags[other] == "a"),
    ]
    return any(_leads_away(table, link) for link in links)


def _is_card(table: PageTable, row: int) -> bool:
    """Whether a link holds a picture and words, or paragraphs: it is a box by itself."""
    inside = table.tags[row + 1 : table.ends[row]]
    has_words = table.linked[row] >= 15
    return has_words and any(tag in _CARD_TAGS for tag in inside) and _leads_away(table, row)


_CARD_TAGS = _HEADINGS | {"p", "img", "picture", "figure", "amp-img"}


def _leads_away(table: PageTable, link: int) -> bool:
    href = table.get(link, "href").strip().lower()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:", "tel:"))


def _mark_later(table: PageTable, headline: int | None, marked: list[Place | None]) -> None:
    """Marks stories below the first, in parts like the first one's, each with its h1."""
    if headline is None:
        return
    around = {
        (table.parents[row], table.tags[row], table.get(row, "class"))
        for row in table.ancestors(headline)
        if table.tags[row] == "article" or table.flags[row] & names.STORY
    }
    for row in table.rows("h1"):
        if row <= headline or marked[row] is not None:
            continue
        for outer in table.ancestors(row):
            alike = (table.parents[outer], table.tags[outer], table.get(outer, "class"))
            if alike in around and not table.holds(outer, headline):
                for inner in range(outer, table.ends[outer]):
                    marked[inner] = marked[inner] or Place.LATER
                break


def _holders(
    table: PageTable, headline: int | None, marked: Sequence[Place | None]
) -> frozenset[int]:
    """The rows whose paragraphs weigh most: one, and those of its tag and class."""
    weights: dict[int, int] = {}
    for row, own in enumerate(table.own):
        if own < _MIN_PARAGRAPH_CHARS or 2 * table.linked[row] > own or marked[row] is not None:
            continue
        if table.tags[row] in _HEADINGS:
            continue
        holder = row if table.tags[row] not in _WITHIN_HOLDER else table.parents[row]
        if table.tags[holder] in ("ul", "ol", "blockquote"):
            holder = table.parents[holder]
        weight = own if headline is None or row > headline else own // 4
        weights[holder] = weights.get(holder, 0) + weight
    if not weights:
        return frozenset()
    groups: dict[tuple[str, str], list[int]] = {}
    for holder in weights:
        name = table.get(holder, "class") or str(holder)
        groups.setdefault((table.tags[holder], name), []).append(holder)
    stories = [
        group
        for likes in groups.values()
        for group in ([likes] if not _is_list(likes, weights) else [[other] for other in likes])
    ]
    best = max(stories, key=lambda group: sum(weights[other] for other in group))
    return frozenset(best)


_WITHIN_HOLDER = frozenset(("p", "li", "blockquote", "pre", "dd", "dt", "tr"))


def _is_list(group: Sequence[int], weights: dict[int, int]) -> bool:
    """Whether parts are many and short, as teasers and comments are."""
    return len(group) >= 5 and sum(weights[other] for other in group) < 300 * len(group)


def _span(
    table: PageTable, holders: frozenset[int], marked: Sequence[Place | None]
) -> tuple[int, int]:
    """The rows from the first paragraph in the holders to behind the last one."""
    first, last = len(table), 0
    for holder in holders:
        for row in range(holder, table.ends[holder]):
            is_prose = table.own[row] >= _MIN_PARAGRAPH_CHARS and table.tags[row] not in _HEADINGS
            if is_prose and marked[row] is None and 2 * table.linked[row] <= table.own[row]:
                first, last = min(first, row), max(last, table.ends[row])
    return (first, last) if last else (len(table), len(table))


def _box(table: PageTable, headline: int | None, holders: frozenset[int]) -> int:
    rows = [*holders, *([] if headline is None else [headline])]
    if not rows:
        return 0
    low, high = min(rows), max(rows)
    box = next((other for other in (low, *table.ancestors(low)) if table.holds(other, high)), 0)
    if table.tags[box] in ("html", "body"):
        return 0
    return box


def _placed(
    table: PageTable,
    marked: Sequence[Place | None],
    headline: int | None,
    box: int,
    first: int,
    last: int,
) -> list[Place]:
    placed: list[Place] = []
    head_end = table.ends[headline] if headline is not None else 0
    for row, mark in enumerate(marked):
        is_boxed = box == 0 or table.holds(box, row)
        if headline is not None and headline <= row < head_end:
            placed.append(Place.HEADLINE)
        elif mark is not None and (mark is not Place.MASTHEAD or not is_boxed or box == 0):
            placed.append(mark)
        elif first <= row < last:
            placed.append(Place.STORY)
        elif headline is not None and row < headline:
            placed.append(Place.ABOVE if is_boxed else Place.MASTHEAD)
        elif row < first:
            placed.append(Place.BELOW)
        else:
            placed.append(Place.AFTER if is_boxed else Place.OTHER)
    return placed
