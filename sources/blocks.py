"""The paragraphs of a page and the part of it that holds most of them.

A second opinion beside trafilatura's, cheap because it only counts: a part's weight is the text of
its own paragraphs (after readability's scoring, Arc90, 2009). It decides whether a result is poor.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from sources.lines import clean_lines

_MIN_CHARS = 40
_MAX_LINK_SHARE = 0.5
_LISTED_TAGS = ("p", "h2", "h3", "h4", "li", "blockquote", "pre")
_MIN_LIKES = 2
_LISTS = ("ul", "ol", "blockquote")
_OUTSIDE = ("nav", "footer", "aside", "form", "button")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One paragraph of the page."""

    element: HtmlElement
    text: str
    """Clean; a line feed for each line break."""


@dataclass(frozen=True, slots=True, eq=False)
class MainPart:
    """The part of the page that holds most paragraphs."""

    holders: frozenset[HtmlElement]
    """The parents of its paragraphs."""
    chars: int
    """Of the paragraphs in it."""


def paragraph_blocks(tree: HtmlElement) -> list[Block]:
    """The page's paragraphs that are long enough and not mostly links, in order."""
    blocks: list[Block] = []
    for element in tree.iter("p"):
        text = "\n".join(clean_lines(_text(element)))
        if len(text) >= _MIN_CHARS and _link_share(element, len(text)) <= _MAX_LINK_SHARE:
            blocks.append(Block(element, text))
    return blocks


def main_part(blocks: Sequence[Block]) -> MainPart:
    """The parents whose own paragraphs weigh most: one, its likes by class, and those around it."""
    weights: dict[HtmlElement, int] = {}
    for block in blocks:
        parent = block.element.getparent()
        if parent is not None and next(parent.iterancestors(*_OUTSIDE), None) is None:
            weights[parent] = weights.get(parent, 0) + len(block.text)
    if not weights:
        return MainPart(frozenset(), 0)
    likes: dict[object, list[HtmlElement]] = {}
    for element in weights:
        likes.setdefault(_likeness(element), []).append(element)
    best = max(likes.values(), key=lambda group: sum(weights[one] for one in group))
    holders = set(best)
    for element in best:
        holders.update(outer for outer in element.iterancestors() if outer in weights)
    return MainPart(frozenset(holders), sum(weights[one] for one in holders))


def part_lines(tree: HtmlElement, part: MainPart) -> list[str]:
    """The part's paragraphs, headings and list items as lines, in order."""
    lines: list[str] = []
    for element in tree.iter(*_LISTED_TAGS):
        parent = element.getparent()
        outer = parent.getparent() if parent is not None and parent.tag in _LISTS else parent
        if outer in part.holders:
            text = _text(element)
            if text and _link_share(element, len(text)) <= _MAX_LINK_SHARE:
                lines.extend(clean_lines(text))
    return lines


def with_likes(lines: list[str], blocks: Sequence[Block]) -> list[str]:
    """The lines with the paragraphs that are like theirs and were left out, each at its place.

    Paragraphs are alike that share a class, or a parent where they have none. Extractors drop some
    for the name of what surrounds them (`teaser-content`).
    """
    places = {line: at for at, line in enumerate(lines)}
    likes = Counter(_kind(block) for block in blocks if _place(block, places) is not None)
    story = "\n".join(lines)
    filled = list(lines)
    added = 0
    after = 0
    for block in blocks:
        place = _place(block, places)
        if place is not None:
            after = place + 1
        elif likes[_kind(block)] >= _MIN_LIKES and block.text[:_MIN_CHARS] not in story:
            filled.insert(after + added, block.text)
            added += 1
    return [line for text in filled for line in text.split("\n")]


def _place(block: Block, places: Mapping[str, int]) -> int | None:
    """Where the block's last line stands in the story, None where the story lacks it."""
    return places.get(block.text.rpartition("\n")[2])


def block_text(element: HtmlElement) -> str:
    """The element's text on one line."""
    return " ".join(_text(element).split())


def _text(element: HtmlElement) -> str:
    """The element's text with a line feed for each line break."""
    if element.find(".//br") is None:
        return "".join(element.itertext())
    pieces = [element.text or ""]
    for inner in element.iterdescendants():
        pieces.append("\n" if inner.tag == "br" else inner.text or "")
        pieces.append(inner.tail or "")
    return "".join(pieces)


def _kind(block: Block) -> object:
    return block.element.get("class") or block.element.getparent()


def _likeness(element: HtmlElement) -> object:
    """Parts of one story that are split by advertisements share tag and class."""
    name = element.get("class")
    return (element.tag, name) if name else element


def _link_share(element: HtmlElement, chars: int) -> float:
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked / max(1, chars)
