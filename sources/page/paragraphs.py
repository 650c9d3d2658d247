"""The paragraphs of a page, and those of a story that an extractor left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from sources.text.lines import UNSPACED_LETTER, clean_lines

_MIN_CHARS = 40
MAX_LINK_SHARE = 0.5
_MIN_LIKES = 2


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One paragraph of the page."""

    element: HtmlElement
    text: str
    """Clean; a line feed for each line break."""
    weight: int
    """Its letters, as many as a script with spaces would take."""


def paragraph_blocks(tree: HtmlElement) -> list[Block]:
    """The page's paragraphs that are long enough and not mostly links, in order."""
    blocks: list[Block] = []
    for element in tree.iter("p"):
        text = "\n".join(clean_lines(text_with_breaks(element)))
        weight = weighed(text)
        if weight >= _MIN_CHARS and link_share(element, len(text)) <= MAX_LINK_SHARE:
            blocks.append(Block(element, text, weight))
    return blocks


def weighed(text: str) -> int:
    """The text's length, Chinese, Japanese and Thai characters counted as two and a half.

    A story has a third to half as many of them as it has letters in English: bounds that tell a
    paragraph from a label would else leave Chinese stories out.
    """
    return len(text) if text.isascii() else len(text) + 3 * len(UNSPACED_LETTER.findall(text)) // 2


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
    return " ".join(text_with_breaks(element).split())


def text_with_breaks(element: HtmlElement) -> str:
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


def link_share(element: HtmlElement, chars: int) -> float:
    """Which part of the element's characters stands in links."""
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked / max(1, chars)
