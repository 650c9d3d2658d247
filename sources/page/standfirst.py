"""The paragraph between headline and story that body extractors leave out."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from sources.page.paragraphs import block_text

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:excerpt|sub-?titles?|sub-?head(?:line|ing)?|stand-?first|leads?|lede|dek|deck"
    r"|summary|intro(?:duction)?|teaser|vorspann|chapo|entradilla|sommario|occhiello)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = ("p", "div", "h2", "h3", "span", "strong")
_INLINE = frozenset(("a", "b", "i", "em", "strong", "span", "u", "mark", "time", "abbr", "br"))
_MIN_CHARS = 40
_MAX_CHARS = 1_200
_MAX_SEEN = 60
"""Elements after the headline that are looked at; the standfirst is close to it."""
_DESCRIBED_CHARS = 40


def standfirst(tree: HtmlElement, description: str | None, lines: Sequence[str]) -> str | None:
    """The text after the headline that is named or described as the story's beginning.

    None where there is none, or where `lines`, the story as it was extracted, already has it.
    """
    start = next(tree.iter("h1"), None)
    if start is None:
        return None
    story = "\n".join(lines)
    opening = " ".join((description or "").split())[:_DESCRIBED_CHARS]
    for element in _following(start):
        text = _lead_text(element)
        if not _MIN_CHARS <= len(text) <= _MAX_CHARS:
            continue
        if text[:_MIN_CHARS] in story:
            return None
        if _is_named(element) or _opens(text, opening):
            return text
    return None


def _lead_text(element: HtmlElement) -> str:
    """The element's text before anything in it that is a block of its own."""
    pieces = [element.text or ""]
    for inner in element:
        if inner.tag not in _INLINE:
            break
        pieces.append(block_text(inner) + (inner.tail or ""))
    return " ".join("".join(pieces).split())


def _following(start: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    for element in start.xpath("following::*")[: 10 * _MAX_SEEN]:
        if element.tag in _TAGS:
            found.append(element)
            if len(found) >= _MAX_SEEN:
                break
    return found


def _is_named(element: HtmlElement) -> bool:
    return _NAMED.search((element.get("class") or "")[:300]) is not None


def _opens(text: str, opening: str) -> bool:
    return len(opening) >= _DESCRIBED_CHARS and text.startswith(opening)
