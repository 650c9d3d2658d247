"""Parts of a page that lead to other stories: boxes of teasers, and a next story below the first.

By their structure, not by their names, for each outlet has its own: a teaser's heading is a link,
and hardly any text stands in its box; a next story has a headline of its own.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.html import HtmlElement

from sources.blocks import weighed

_LINKED = etree.XPath(
    "//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6][.//a[@href] or ancestor::a]"
    "| //p[ancestor::a[@href]]"
)
_STORY = re.compile(r"(?i)(?:^|[\s_-])(?:article|story|post|entry)(?:$|[\s_-])")
"""Sections of one story may have headlines of their own (Medium)."""
_KEPT_TAGS = frozenset(("html", "body", "main", "h1", "td", "tr", "tbody", "table"))
_MAX_BOX_CHARS = 600
_MIN_STORY_CHARS = 400
"""A next story is one only where the first is one."""
_MIN_LEFT = 0.5
"""Of the page's paragraphs: where teasers hold more, it is a list of them that the page is."""


def drop_teasers(tree: HtmlElement, paragraphs: Mapping[HtmlElement, int]) -> set[HtmlElement]:
    """Takes out boxes whose heading is a link; gives the paragraphs that went with them."""
    if next(tree.iter("h1"), None) is None:
        return set()  # the headline itself may be the link
    fits: dict[HtmlElement, bool] = {}
    found = (_box(one, fits) for one in _LINKED(tree))
    boxes = list(dict.fromkeys(box for box in found if box is not None))
    gone = {one for box in boxes for one in box.iter("p") if one in paragraphs}
    whole = sum(paragraphs.values())
    if sum(paragraphs[one] for one in gone) > (1 - _MIN_LEFT) * whole:
        return set()
    for box in boxes:
        if box.getparent() is not None:
            box.drop_tree()
    return gone


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
    link = next(heading.iterancestors("a"), None)
    if link is None:
        link = next(heading.iter("a"))
        if "".join(link.itertext()).split() != "".join(heading.itertext()).split():
            return False
    return not (link.get("href") or "#").startswith("#")


def drop_later_stories(
    tree: HtmlElement, paragraphs: Mapping[HtmlElement, int]
) -> set[HtmlElement]:
    """Takes out stories below the first, as pages have that go on without end.

    Gives the paragraphs that went with them.
    """
    stories = list(_stories(tree))
    gone: set[HtmlElement] = set()
    if len(stories) < 2 or _weight(stories[0], paragraphs) < _MIN_STORY_CHARS:
        return gone
    for story in stories[1:]:
        if story.getparent() is not None:
            gone.update(one for one in story.iter("p") if one in paragraphs)
            story.drop_tree()
    return gone


def _stories(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The outermost parts of one name that each have a headline, in order."""
    headlines = list(tree.iter("h1"))
    if len(headlines) < 2:
        return
    first = [one for one in headlines[0].iterancestors() if one.tag not in _KEPT_TAGS]
    for around in reversed(first):
        if around.tag != "article" and not _STORY.search(_name(around)):
            continue
        alike = [one for one in around.itersiblings(around.tag) if _name(one) == _name(around)]
        if any(next(one.iter("h1"), None) is not None for one in alike):
            yield around
            yield from (one for one in alike if next(one.iter("h1"), None) is not None)
            return


def _name(element: HtmlElement) -> str:
    return element.get("class") or ""


def _weight(part: HtmlElement, paragraphs: Mapping[HtmlElement, int]) -> int:
    return sum(paragraphs.get(one, 0) for one in part.iter("p"))
