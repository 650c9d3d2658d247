"""The paragraphs of a page, and those of a story that an extractor left out."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from sources.page.parsing import REFUSED
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
    return "".join(piece if isinstance(piece, str) else "\n" for piece in _TEXT_AND_BREAKS(element))


_TEXT_AND_BREAKS = etree.XPath("descendant::text() | descendant::br")


def _kind(block: Block) -> object:
    return block.element.get("class") or block.element.getparent()


def link_share(element: HtmlElement, chars: int) -> float:
    """Which part of the element's characters stands in links."""
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked / max(1, chars)


_CONTAINERS = ("body", "div", "section", "article", "main", "td", "center", "dd", "blockquote")
_RENAMED = frozenset(("div", "center"))
"""What becomes a paragraph itself where it holds one and nothing else."""
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del"),
        *("dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_MIN_CELL_RUNS = 2
"""A table that lays a page out holds several paragraphs in a cell; a table of facts does not."""
_NO_PROSE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|dates?|time(?:stamp)?|published|meta|tags?|kicker|labels?"
    r"|menu|copyright|nav(?:igation)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAX_NAME_CHARS = 300


@dataclass(slots=True)
class _Run:
    """Text and inline elements between two blocks of a container."""

    before: HtmlElement | None
    """The sibling whose tail the run begins with; None where it begins the container."""
    nodes: list[HtmlElement] = field(default_factory=list)


def mark_paragraphs(tree: HtmlElement) -> None:
    """Puts paragraphs around bare text where there is enough of it; short lines beside it too."""
    for container in list(tree.iter(*_CONTAINERS)):
        name = (container.get("class") or "")[:_MAX_NAME_CHARS]
        # One that was renamed with the one before it is a paragraph by now.
        if container.tag != "p" and not _NO_PROSE.search(name):
            _mark(container)


def _mark(container: HtmlElement) -> None:
    runs = list(_runs(container))
    prose = sum(_is_prose(container, run) for run in runs)
    if prose < (_MIN_CELL_RUNS if container.tag == "td" else 1):
        return
    if len(runs) == 1 and container.tag in _RENAMED:
        _rename_with_likes(container)
        return
    for run in runs:
        if run.nodes or _lead(container, run).strip():
            _wrap(container, run)


def _rename_with_likes(paragraph: HtmlElement) -> None:
    """Short lines of a dialogue are paragraphs as well as the long ones beside them."""
    tag, name, parent = paragraph.tag, paragraph.get("class"), paragraph.getparent()
    paragraph.tag = "p"
    for other in () if parent is None else parent.iterchildren(tag):
        if other.get("class") == name and all(map(is_inline, other)):
            other.tag = "p"


def _runs(container: HtmlElement) -> Iterator[_Run]:
    """What stands between blocks, and between line breaks that follow each other."""
    run = _Run(None)
    for child in container:
        if not is_inline(child):
            yield run
            run = _Run(child)
        elif _is_break(child) and _ends_with_break(run):
            if run.nodes:
                run.nodes.pop()
            yield run
            run = _Run(child)
        else:
            run.nodes.append(child)
    yield run


def _ends_with_break(run: _Run) -> bool:
    last = run.nodes[-1] if run.nodes else run.before
    return last is not None and _is_break(last) and not (last.tail or "").strip()


def _is_break(element: HtmlElement) -> bool:
    return bool(element.tag == "br")


def is_inline(element: HtmlElement) -> bool:
    """Whether the element runs on in a line, with all that is in it."""
    return element.tag in _INLINE and all(inner.tag in _INLINE for inner in element.iter())


def _lead(container: HtmlElement, run: _Run) -> str:
    return (container.text if run.before is None else run.before.tail) or ""


def _is_prose(container: HtmlElement, run: _Run) -> bool:
    chars = weighed(_lead(container, run).strip())
    linked = 0
    for node in run.nodes:
        held = weighed(" ".join("".join(node.itertext()).split()))
        chars += held + weighed((node.tail or "").strip())
        linked += held if node.tag == "a" else 0
    return chars >= _MIN_CHARS and 2 * linked <= chars


def _wrap(container: HtmlElement, run: _Run) -> None:
    paragraph = container.makeelement("p")
    paragraph.text = REFUSED.sub(" ", _lead(container, run))
    if run.before is None:
        container.text = None
        container.insert(0, paragraph)
    else:
        run.before.tail = None
        run.before.addnext(paragraph)
    for node in run.nodes:
        paragraph.append(node)
