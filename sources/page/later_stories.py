"""Stories below the first, as pages have that go on without end: each has a headline of its own."""

import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

_STORY = re.compile(r"(?i)(?:^|[\s_-])(?:article|story|post|entry)(?:$|[\s_-])")
"""Sections of one story may have headlines of their own (Medium)."""
_KEPT_TAGS = frozenset(("html", "body", "main", "h1", "td", "tr", "tbody", "table"))
_MIN_STORY_CHARS = 400
"""A next story is one only where the first is one."""


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
        if around.tag != "article" and not _STORY.search(around.get("class") or ""):
            continue
        alike = [
            one
            for one in around.itersiblings(around.tag)
            if one.get("class") == around.get("class") and next(one.iter("h1"), None) is not None
        ]
        if alike:
            yield around
            yield from alike
            return


def _weight(part: HtmlElement, paragraphs: Mapping[HtmlElement, int]) -> int:
    return sum(paragraphs.get(one, 0) for one in part.iter("p"))
