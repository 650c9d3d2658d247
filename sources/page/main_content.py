"""The part of a page that holds most of its paragraphs: the story's, on nearly all pages.

A second opinion beside trafilatura's, cheap because it only counts: a part's weight is the text of
its own paragraphs (after readability's scoring, Arc90, 2009). It says what an extractor has to look
at, whether it is needed at all, and whether its result is poor.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from sources.page import name_flags as names
from sources.page.name_flags import name_flags
from sources.page.paragraphs import (
    MAX_LINK_SHARE,
    Block,
    is_inline,
    link_share,
    text_with_breaks,
    weighed,
)
from sources.text.lines import clean_lines

_LISTED_TAGS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre")
_BARE_TAGS = ("div", "tr")
"""What may hold a line by itself: text in no paragraph, the row of a table."""
_LISTS = ("ul", "ol", "blockquote")
_TABLES = frozenset(("table", "tbody", "thead"))
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LINKED_HEADING = etree.XPath(
    "boolean(.//*[self::h2 or self::h3 or self::h4 or self::h5][.//a[@href] or ancestor::a])"
)
_OUTSIDE = ("nav", "footer", "aside", "form", "button")
_MIN_PART_CHARS = 400
MIN_STORY_CHARS = 800
_MIN_SHARE = 0.9
"""Of the page's paragraphs, and of a part's text."""
_MIN_TEASERS = 5
_MIN_BESIDE_CHARS = 400
"""Of a part that is the story for sure, whatever lists of teasers stand beside it."""
_MAX_BOXES = 6
"""Around a line, with its table or list: from it up to the element that holds the paragraphs."""
_MIN_LINE_CHARS = 40
_MAX_NAME_CHARS = 300
_SENTENCE_ENDS = (".", "。", "।", "!", "?", "？", "…", "”", "“", "»", '"')
_NO_PROSE = (
    names.CAPTION
    | names.CREDIT
    | names.COMMENTS
    | names.ASIDE
    | names.FOOTER
    | names.NAVIGATION
    | names.BYLINE
    | names.DATE
    | names.MODIFIED
    | names.PAYWALL
    | names.SOURCE
    | names.KICKER
)
_MIN_PIECE_CHARS = 300
"""Of the piece of a story between two advertisements; the box of a teaser holds less."""


@dataclass(frozen=True, slots=True, eq=False)
class MainPart:
    """The part of the page that holds most paragraphs."""

    holders: frozenset[HtmlElement]
    """The parents of its paragraphs."""
    chars: int
    """Of the paragraphs in it."""
    listed: frozenset[HtmlElement] = frozenset()
    """The parents of paragraphs in lists of teasers beside it."""


def main_part(blocks: Sequence[Block]) -> MainPart:
    """The parents whose own paragraphs weigh most: one, its likes by class, and those around it."""
    weights: dict[HtmlElement, int] = {}
    for block in blocks:
        parent = block.element.getparent()
        if parent is not None and next(parent.iterancestors(*_OUTSIDE), None) is None:
            weights[parent] = weights.get(parent, 0) + block.weight
    if not weights:
        return MainPart(frozenset(), 0)
    likes: dict[object, list[HtmlElement]] = {}
    for element in weights:
        likes.setdefault(_likeness(element), []).append(element)
    lists = [group for group in likes.values() if _is_list(group, weights)]
    stories = [group for group in likes.values() if group not in lists]
    stories.extend([element] for group in lists for element in group)
    best = max(stories, key=lambda group: _weight(group, weights))
    if len(best) >= _MIN_TEASERS:
        best = _nearer_to_headline(best, stories, weights)
    holders = set(best)
    for element in best:
        holders.update(outer for outer in element.iterancestors() if outer in weights)
    is_story = _weight(best, weights) >= _MIN_BESIDE_CHARS
    beside = {element for group in lists if is_story and _leads_away(group) for element in group}
    whole = sum(weights[element] for element in holders)
    return MainPart(frozenset(holders), whole, frozenset(beside - holders))


def _nearer_to_headline(
    best: list[HtmlElement],
    stories: Sequence[list[HtmlElement]],
    weights: Mapping[HtmlElement, int],
) -> list[HtmlElement]:
    """The heaviest part that shares a smaller box with the headline than many parts of one name do.

    Comments may hold more text than the story that they stand below.
    """
    headline = next(best[0].getroottree().iter("h1"), None)
    if headline is None:
        return best
    around = {outer: level for level, outer in enumerate(headline.iterancestors())}
    best_box = _shared_box(best, around)
    nearer = [
        group
        for group in stories
        if _weight(group, weights) >= _MIN_BESIDE_CHARS and _shared_box(group, around) < best_box
    ]
    return max(nearer, key=lambda group: _weight(group, weights), default=best)


def _shared_box(group: Sequence[HtmlElement], around: Mapping[HtmlElement, int]) -> int:
    """How far above the headline the smallest element around it and the parts is."""
    levels = (
        next((around[outer] for outer in (part, *part.iterancestors()) if outer in around), 0)
        for part in group
    )
    return max(levels)


def _weight(group: Sequence[HtmlElement], weights: Mapping[HtmlElement, int]) -> int:
    return sum(weights[element] for element in group)


def _is_list(group: Sequence[HtmlElement], weights: Mapping[HtmlElement, int]) -> bool:
    """Whether the parts are short and many, as teasers and comments are."""
    return len(group) >= _MIN_TEASERS and _weight(group, weights) < _MIN_PIECE_CHARS * len(group)


def _leads_away(group: Sequence[HtmlElement]) -> bool:
    """Whether headings in most of a list's boxes are links: teasers' are, those of steps not."""
    around = _common_ancestor(group)
    boxes = {_child_holding(part, around) for part in group}
    linked = sum(bool(_LINKED_HEADING(box)) and _is_small(box) for box in boxes)
    return 2 * linked > len(group)


def _is_small(box: HtmlElement) -> bool:
    return bool(weighed("".join(box.itertext())) <= 2 * _MIN_PIECE_CHARS)


def _common_ancestor(group: Sequence[HtmlElement]) -> HtmlElement | None:
    shared = set(group[0].iterancestors())
    for part in group[1:]:
        shared.intersection_update(part.iterancestors())
    return next((element for element in group[0].iterancestors() if element in shared), None)


def _child_holding(part: HtmlElement, around: HtmlElement | None) -> HtmlElement:
    while (outer := part.getparent()) is not None and outer is not around:
        part = outer
    return part


def story_scope(blocks: Sequence[Block], part: MainPart) -> HtmlElement | None:
    """The smallest element around the main part that holds nearly all paragraphs of the page.

    None where there is too little to judge by, or nothing smaller than the body.
    """
    if part.chars < _MIN_PART_CHARS:
        return None
    wanted = _MIN_SHARE * _chars_beside_lists(blocks, part)
    held: dict[HtmlElement, int] = {}
    for block in blocks:
        if block.element.getparent() not in part.listed:
            for outer in block.element.iterancestors():
                held[outer] = held.get(outer, 0) + block.weight
    enough = [element for element, chars in held.items() if chars >= wanted]
    around = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))
    return None if around.tag in ("html", "body") else around


def complete_lines(
    tree: HtmlElement, blocks: Sequence[Block], part: MainPart, scope: HtmlElement
) -> list[str]:
    """The part's lines where they leave nearly no text of the scope out; none where they do.

    Nothing is then left that an extractor could find.
    """
    if part.chars < MIN_STORY_CHARS or not is_nearly_all(part, blocks):
        return []
    lines = list(_told_lines(tree, part, with_bare=True))
    chars = sum(len(line) for line, is_prose in lines if is_prose)
    text = " ".join("".join(scope.itertext()).split())
    return [line for line, _ in lines] if chars >= _MIN_SHARE * len(text) else []


def is_nearly_all(part: MainPart, blocks: Sequence[Block]) -> bool:
    """True where the page has hardly a paragraph outside of the part."""
    return part.chars >= _MIN_SHARE * _chars_beside_lists(blocks, part)


def _chars_beside_lists(blocks: Sequence[Block], part: MainPart) -> int:
    return sum(block.weight for block in blocks if block.element.getparent() not in part.listed)


def alone(part: HtmlElement) -> HtmlElement:
    """A copy of the part inside of copies of what is around it, without their other content.

    Extractors walk over all they are given, several times, and judge by the names around a story.
    """
    inner = deepcopy(part)
    inner.tail = None
    for outer in part.iterancestors():
        around = outer.makeelement(outer.tag, dict(outer.attrib))
        around.append(inner)
        inner = around
    return inner


def part_lines(tree: HtmlElement, part: MainPart) -> list[str]:
    """The part's paragraphs, headings and list items as lines, in order, each text once.

    Nothing that is not marked as one: where much is left out that may be anything.
    """
    return [line for line, _ in _told_lines(tree, part, with_bare=False)]


def _told_lines(
    tree: HtmlElement, part: MainPart, *, with_bare: bool
) -> Iterator[tuple[str, bool]]:
    """The part's lines, and whether each is prose: rows and boxed lists are facts beside it.

    Args:
        tree: of the page.
        part: of it.
        with_bare: whether what is not marked as a line counts too.
    """
    written: set[HtmlElement] = set()
    headline = next(tree.iter("h1"), None)
    lone: dict[HtmlElement, bool] = {}
    for element in tree.iter(*_LISTED_TAGS, *_BARE_TAGS):
        is_marked = element.tag in _LISTED_TAGS and _is_within(element, part)
        if element is headline or _is_quote_of_paragraphs(element):
            continue
        if not is_marked and not (with_bare and _is_bare_line(element, part, lone)):
            continue
        if any(outer in written for outer in element.iterancestors(*_LISTED_TAGS, *_BARE_TAGS)):
            continue
        text = _row_text(element) if element.tag == "tr" else text_with_breaks(element)
        if text and link_share(element, len(text)) <= MAX_LINK_SHARE:
            is_prose = is_marked or element.tag == "div"
            yield from ((line, is_prose) for line in clean_lines(text))
            written.add(element)


def _is_within(element: HtmlElement, part: MainPart) -> bool:
    """Whether a holder is right around the element, or around its list."""
    parent = element.getparent()
    outer = parent.getparent() if parent is not None and parent.tag in _LISTS else parent
    return outer in part.holders


def _is_bare_line(element: HtmlElement, part: MainPart, lone: dict[HtmlElement, bool]) -> bool:
    """Whether the element is a line of the part that is not marked as one.

    A sentence in a box, the row of a table of facts, an item of a list that is boxed below a
    heading; boxes of nothing else may be around them.
    """
    if element.tag == "tr":
        is_line = len(element) > 1 and next(element.iter("p", "pre", "code"), None) is None
    elif element.tag == "li":
        is_line = True
    else:
        is_line = element.tag == "div" and _is_sentence(element)
    if not is_line:
        return False
    child: HtmlElement = element
    for outer in islice(element.iterancestors(), _MAX_BOXES):
        if outer in part.holders:
            above = child.getprevious()
            return element.tag != "li" or (above is not None and above.tag in _HEADINGS)
        if outer.tag not in _LISTS and outer.tag not in _TABLES:
            if outer not in lone:
                lone[outer] = _holds_one(outer)
            if not lone[outer]:
                return False
        child = outer
    return False


def _holds_one(box: HtmlElement) -> bool:
    """Whether one element in the box holds all of its text."""
    pieces = [box.text, *(inner.tail for inner in box)]
    filled = (inner for inner in box if any(map(str.strip, inner.itertext())))
    return not any(piece and piece.strip() for piece in pieces) and len(list(islice(filled, 2))) < 2


def _is_sentence(box: HtmlElement) -> bool:
    name = f"{box.get('class') or ''} {box.get('id') or ''}"[:_MAX_NAME_CHARS]
    if name_flags(name) & _NO_PROSE or not all(map(is_inline, box)):
        return False
    text = "".join(box.itertext()).strip()
    return weighed(text) >= _MIN_LINE_CHARS and text.endswith(_SENTENCE_ENDS)


def _row_text(row: HtmlElement) -> str:
    cells = (" ".join("".join(cell.itertext()).split()) for cell in row)
    return " ".join(cell for cell in cells if cell)


def _is_quote_of_paragraphs(element: HtmlElement) -> bool:
    return (
        element.tag == "blockquote" and next(element.iterchildren(*_LISTED_TAGS), None) is not None
    )


def _likeness(element: HtmlElement) -> object:
    """Parts of one story that are split by advertisements share tag and class."""
    name = element.get("class")
    return (element.tag, name) if name else element
