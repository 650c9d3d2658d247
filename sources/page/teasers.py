"""Parts of a page that lead to other stories: boxes of teasers, by their structure.

Not by their names, for each outlet has its own: a teaser's heading is a link, or a link opens each
box of a row, and hardly any text stands in the box.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from sources.page.paragraphs import weighed

_LINKED = etree.XPath(
    "//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6][.//a[@href] or ancestor::a]"
    "| //p[ancestor::a[@href]]"
)
_FIRST_LINKS = etree.XPath(
    "//*[self::li or self::div or self::article]/*[1][self::a[@href and normalize-space()]]"
    "[not(normalize-space(preceding-sibling::text()))]"
    "[following-sibling::*[1][self::p or self::div]]"
)
_LIST_BOXES = 3
"""So many boxes in a row that begin with a link are a list of teasers; one may be a label."""
_KEPT_TAGS = frozenset(("html", "body", "main", "h1", "td", "tr", "tbody", "table"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MAX_HEADINGS = 4
"""Of a box that are looked at; a teaser has one."""
_MAX_BOX_CHARS = 600
_MIN_LEFT = 0.5
"""Of the page's paragraphs: where teasers hold more, it is a list of them that the page is, unless
they stand apart from a story, however short."""
_SHORT_STORY_CHARS = 200
_MIN_PARAGRAPH_CHARS = 40
_NO_PROSE = frozenset(("a", "h2", "h3", "h4", "h5", "h6", "button", "label", "script", "style"))


def drop_teasers(tree: HtmlElement, paragraphs: Mapping[HtmlElement, int]) -> set[HtmlElement]:
    """Takes out boxes whose heading is a link; gives the paragraphs that went with them."""
    if next(tree.iter("h1"), None) is None:
        return set()  # the headline itself may be the link
    fits: dict[HtmlElement, bool] = {}
    candidates = (_box(element, fits) for element in (*_LINKED(tree), *_listed_links(tree)))
    boxes = list(dict.fromkeys(box for box in candidates if box is not None))
    gone = {element for box in boxes for element in box.iter("p") if element in paragraphs}
    whole = sum(paragraphs.values())
    is_most = sum(paragraphs[element] for element in gone) > (1 - _MIN_LEFT) * whole
    if is_most and not _stand_apart(boxes, tree):
        return set()
    for box in boxes:
        if box.getparent() is not None:
            box.drop_tree()
    return gone


def stands_in_teaser(element: HtmlElement) -> bool:
    """Whether what has a heading around the element is a box that leads to another story."""
    for outer in element.iterancestors():
        headings = list(islice(outer.iter(*_HEADINGS), _MAX_HEADINGS))
        if headings:
            return outer.tag not in _KEPT_TAGS and _is_box(outer) and all(map(_leads, headings))
    return False


def _leads(heading: HtmlElement) -> bool:
    is_linked = next(heading.iter("a"), None) is not None or _within_link(heading) is not None
    return is_linked and _is_link(heading)


def _within_link(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("a"), None)


def _stand_apart(boxes: Sequence[HtmlElement], tree: HtmlElement) -> bool:
    """Whether the boxes are lists of their own beside a short story, which holds none of them.

    The story begins below the headline: what comes before it is no box.
    """
    within = {element for box in boxes for element in box.iter()}
    story = list(_story_below_headline(tree, within))
    if sum(map(_own_chars, story)) < _SHORT_STORY_CHARS:
        return False
    holders = {outer for element in story for outer in (element, *element.iterancestors())}
    return all(box.getparent() not in holders for box in boxes)


def _story_below_headline(
    tree: HtmlElement, within_boxes: Set[HtmlElement]
) -> Iterator[HtmlElement]:
    """What holds a paragraph, from the headline to the first box below it."""
    following = tree.iter()
    for element in following:
        if element.tag == "h1":
            break
    for element in following:
        if element in within_boxes:
            return
        if _own_chars(element) >= _MIN_PARAGRAPH_CHARS:
            yield element


def _own_chars(element: HtmlElement) -> int:
    """What stands in the element itself; nothing for what labels or leads."""
    if element.tag in _NO_PROSE or not isinstance(element.tag, str):
        return 0
    pieces = [element.text or "", *(inner.tail or "" for inner in element)]
    return weighed(" ".join("".join(pieces).split()))


def _listed_links(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Links that open a box with more below them, in rows of such boxes."""
    rows: dict[object, list[HtmlElement]] = {}
    for link in _FIRST_LINKS(tree):
        box = link.getparent()
        rows.setdefault((box.getparent(), box.tag, box.get("class")), []).append(link)
    for row in rows.values():
        if len(row) >= _LIST_BOXES:
            yield from row


def _box(linked: HtmlElement, fits: dict[HtmlElement, bool]) -> HtmlElement | None:
    """The largest box around the link with no more text than a teaser; None where it has none.

    `fits` keeps what was found of elements: an archive's thousands of links stand in one, and
    reading its text for each took 6 s for 2,000.
    """
    if linked.tag != "p" and not _is_link(linked):
        return None
    box = linked
    while (outer := box.getparent()) is not None and outer.tag not in _KEPT_TAGS:
        if outer not in fits:
            fits[outer] = _is_box(outer)
        if not fits[outer]:
            break
        box = outer
    return None if box is linked else box


def _is_box(element: HtmlElement) -> bool:
    """Whether it may be a teaser's: little text, and not the page's headline."""
    text = "".join(element.itertext())
    return weighed(text) <= _MAX_BOX_CHARS and next(element.iter("h1"), None) is None


def _is_link(heading: HtmlElement) -> bool:
    """Whether the heading is nothing but a link to another page."""
    link = heading if heading.tag == "a" else _within_link(heading)
    if link is None:
        link = next(heading.iter("a"))
        if "".join(link.itertext()).split() != "".join(heading.itertext()).split():
            return False
    return leads_away(link)


def leads_away(link: HtmlElement) -> bool:
    """Whether a link goes to another page; those of a table of contents stay on this one."""
    return not (link.get("href") or "#").startswith("#")


def keep_entries(tree: HtmlElement, address: str) -> None:
    """Takes links to a live blog's own entries off their words: headings are their permalinks.

    Args:
        tree: of the page.
        address: the page's; what lies beneath it, or differs in its query, is of the page.
    """
    own = _place_of(address, address)
    if own is None or not own[1]:
        return
    for link in list(tree.iter("a")):
        place = _place_of(address, link.get("href") or "")
        if place and place[0] == own[0] and f"{place[1]}/".startswith(f"{own[1]}/"):
            link.drop_tag()


def _place_of(base: str, href: str) -> tuple[str, str] | None:
    """Host and path that a link leads to; None where it is no address."""
    try:
        parts = urlsplit(urljoin(base, href[:_MAX_HREF_CHARS]))
    except ValueError:
        return None
    return parts.netloc.lower(), parts.path.rstrip("/")


_MAX_HREF_CHARS = 2_000
_STORY = re.compile(r"(?i)(?:^|[\s_-])(?:article|story|post|entry)(?:$|[\s_-])")
"""Sections of one story may have headlines of their own (Medium)."""
_MIN_STORY_CHARS = 400
"""A next story is one only where the first is one."""


def drop_later_stories(
    tree: HtmlElement, paragraphs: Mapping[HtmlElement, int]
) -> set[HtmlElement]:
    """Takes out other stories than the first: of pages that go on without end, and rows of them.

    Gives the paragraphs that went with them.
    """
    stories = list(_stories(tree)) or list(_beside(tree))
    gone: set[HtmlElement] = set()
    if len(stories) < 2 or _weight(stories[0], paragraphs) < _MIN_STORY_CHARS:
        return gone
    for story in stories[1:]:
        if story.getparent() is not None:
            gone.update(element for element in story.iter("p") if element in paragraphs)
            story.drop_tree()
    return gone


def _beside(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The article that holds the page's headline, and rows of others that have one of their own."""
    headlines = list(tree.iter("h1"))
    own = list(headlines[0].iterancestors("article"))[-1:] if len(headlines) == 1 else []
    if not own:
        return
    rows: dict[object, list[HtmlElement]] = {}
    for other in tree.iter("article"):
        outer = other.getparent()
        is_outermost = outer is not None and next(other.iterancestors("article"), None) is None
        if is_outermost and other is not own[0] and next(other.iter(*_HEADINGS), None) is not None:
            rows.setdefault((outer, other.get("class")), []).append(other)
    yield own[0]
    for row in rows.values():
        if len(row) >= _LIST_BOXES:
            yield from row


def _stories(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The outermost parts of one name that each have a headline, in order."""
    headlines = list(tree.iter("h1"))
    if len(headlines) < 2:
        return
    first = [element for element in headlines[0].iterancestors() if element.tag not in _KEPT_TAGS]
    for around in reversed(first):
        if around.tag != "article" and not _STORY.search(around.get("class") or ""):
            continue
        alike = [
            element
            for element in around.itersiblings(around.tag)
            if element.get("class") == around.get("class")
            and next(element.iter("h1"), None) is not None
        ]
        if alike:
            yield around
            yield from alike
            return


def _weight(part: HtmlElement, paragraphs: Mapping[HtmlElement, int]) -> int:
    return sum(paragraphs.get(element, 0) for element in part.iter("p"))
