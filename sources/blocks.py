"""The paragraphs of a page and the part of it that holds most of them.

A second opinion beside trafilatura's, cheap because it only counts: a part's weight is the text of
its own paragraphs (after readability's scoring, Arc90, 2009). It decides whether a result is poor.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

_MIN_CHARS = 40
_MAX_LINK_SHARE = 0.5
_LISTED_TAGS = ("p", "h2", "h3", "h4", "li", "blockquote", "pre")
_OUTSIDE = ("nav", "footer", "aside", "form", "button")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One paragraph of the page."""

    element: HtmlElement
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class MainPart:
    """The part of the page that holds most paragraphs."""

    element: HtmlElement | None
    chars: int
    """Of the paragraphs in it."""


def paragraph_blocks(tree: HtmlElement) -> list[Block]:
    """The page's paragraphs that are long enough and not mostly links, in order."""
    blocks: list[Block] = []
    for element in tree.iter("p"):
        text = block_text(element)
        if len(text) >= _MIN_CHARS and _link_share(element, len(text)) <= _MAX_LINK_SHARE:
            blocks.append(Block(element, text))
    return blocks


def main_part(blocks: Sequence[Block]) -> MainPart:
    """The parent whose own paragraphs weigh most, with the parents that add paragraphs to it."""
    weights: dict[HtmlElement, int] = {}
    for block in blocks:
        parent = block.element.getparent()
        if parent is not None and next(parent.iterancestors(*_OUTSIDE), None) is None:
            weights[parent] = weights.get(parent, 0) + len(block.text)
    if not weights:
        return MainPart(None, 0)
    best = max(weights, key=lambda element: weights[element])
    while (parent := best.getparent()) is not None and parent in weights:
        best = parent
    inside = (chars for element, chars in weights.items() if _is_inside(element, best))
    return MainPart(best, sum(inside))


def part_lines(part: HtmlElement) -> list[str]:
    """The part's paragraphs, headings and list items as lines, in order."""
    lines: list[str] = []
    for element in part.iter(*_LISTED_TAGS):
        if next(element.iterancestors(*_OUTSIDE), None) is not None:
            continue
        if element.tag in ("blockquote", "li") and element.find(".//p") is not None:
            continue
        if element.getparent().tag in ("li", "blockquote") and element.tag not in ("p", "li"):
            continue
        text = block_text(element)
        if text and _link_share(element, len(text)) <= _MAX_LINK_SHARE:
            lines.append(text)
    return lines


def block_text(element: HtmlElement) -> str:
    """The element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def _link_share(element: HtmlElement, chars: int) -> float:
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked / max(1, chars)


def _is_inside(element: HtmlElement, outer: HtmlElement) -> bool:
    return element is outer or any(one is outer for one in element.iterancestors())
