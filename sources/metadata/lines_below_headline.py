"""The short lines between a page's headline and its story, where it shows who wrote it and when."""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

_HOLDERS = ("p", "div", "span", "li", "time", "small", "address", "td", "h2", "h3", "h4", "section")
_INLINE = frozenset(("a", "b", "i", "em", "strong", "span", "time", "abbr", "br", "small", "img"))
_MAX_LINE_CHARS = 160
_STORY_CHARS = 240
"""A paragraph of that length opens the story: what follows is no byline."""
_MAX_LINES = 12
_FOLLOWING = etree.XPath("following::*[position() <= 120]")


def lines_below_headline(tree: HtmlElement) -> list[str]:
    """The lines that stand in one element each, in order; none where there is no headline."""
    start = next(tree.iter("h1"), None)
    return [] if start is None else list(_lines(start))


def _lines(start: HtmlElement) -> Iterator[str]:
    told: set[HtmlElement] = set()
    found = 0
    for element in _FOLLOWING(start):
        if element.tag not in _HOLDERS or not told.isdisjoint(element.iterancestors()):
            continue
        if any(inner.tag not in _INLINE for inner in element.iterdescendants()):
            continue
        told.add(element)
        line = " ".join(" ".join(element.itertext()).split())
        if len(line) >= _STORY_CHARS or found >= _MAX_LINES:
            return
        if line and len(line) <= _MAX_LINE_CHARS:
            found += 1
            yield line
