"""The story's lines on a page: trafilatura's cheap pass, and what is tried where it is poor."""

import html
import re
from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text

from sources.page.clutter import (
    drop_captions,
    drop_clutter,
    drop_frame,
    drop_hidden,
    drop_rows,
    named_parts,
)
from sources.page.main_content import (
    MIN_STORY_CHARS,
    MainPart,
    alone,
    complete_lines,
    is_nearly_all,
    main_part,
    part_lines,
    story_scope,
)
from sources.page.paragraphs import (
    Block,
    block_text,
    mark_paragraphs,
    paragraph_blocks,
    weighed,
    with_likes,
)
from sources.page.teasers import drop_later_stories, drop_teasers
from sources.text.lines import clean_lines, word_count

ByTrafilatura = Callable[[HtmlElement, bool], list[str]]
"""Lines of the body; the flag asks for the cheap pass."""

_POOR_CHARS = 400
"""Below it the cheap pass was wrong on 5 of 181 benchmark pages and hardly ever above."""
_POOR_SHARE = 0.5
"""Of the characters in the page's main part."""
_FEW_WORDS = 40
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_TELLING_CHARS = 60
"""Of a line that no story repeats."""


def story_lines(
    tree: HtmlElement,
    html: str,
    declared_body: str | None,
    extract: ByTrafilatura,
    pictured: Sequence[int] = (),
) -> list[str]:
    """The story's lines; the tree loses captions and clutter on the way.

    Args:
        tree: of the whole page.
        html: what it was made of.
        declared_body: articleBody of the page's data.
        extract: trafilatura.
        pictured: rows of the page's table that hold the words at its pictures, no lines of it.

    The dearer attempts are made only where the cheap one is poor by the page's own measure, and
    only a longer result replaces it.
    """
    drop_rows(tree, pictured)
    drop_frame(tree)
    named = named_parts(tree)
    drop_captions(named)
    blocks = paragraph_blocks(tree)
    paragraphs = {block.element: block.weight for block in blocks}
    gone = drop_hidden(tree, paragraphs) | drop_clutter(named, paragraphs)
    gone |= drop_later_stories(tree, paragraphs) | drop_teasers(tree, paragraphs)
    written = [block for block in blocks if block.element not in gone]
    tree, blocks, part = _weighed(tree, written)
    scope = story_scope(blocks, part)
    lines = [] if scope is None else complete_lines(tree, blocks, part, scope)
    if not lines:
        lines = with_likes(extract(tree if scope is None else alone(scope), True), written)
    if _is_poor(lines, part):
        lines = _second_attempts(lines, tree, part, declared_body, extract)
    if word_count("\n".join(lines)) < _FEW_WORDS:
        lines = _longer(lines, list(clean_lines(_by_resiliparse(html))))
    # A line that is nothing but a link leads away from the story.
    links = {block_text(link) for link in tree.iter("a")}
    story = [line for line in lines if line not in links and any(map(str.isalnum, line))]
    return _each_once(story)


def _each_once(lines: Sequence[str]) -> list[str]:
    """The lines without those that stand again: of a print version, or one for other screens.

    A line that follows itself is a refrain, and stays.
    """
    seen: set[str] = set()
    once: list[str] = []
    before = ""
    for line in lines:
        if len(line) < _TELLING_CHARS or line not in seen or line == before:
            once.append(line)
            seen.add(line)
        before = line
    return once


def _weighed(tree: HtmlElement, written: list[Block]) -> tuple[HtmlElement, list[Block], MainPart]:
    """The tree, its paragraphs, and their main part.

    Where the paragraphs are hardly a story, and the page's bare text and they are one, that counts
    too; what stands in bare text on other pages is mostly teasers and labels.
    """
    part = main_part(written)
    if part.chars < MIN_STORY_CHARS:
        marked = deepcopy(tree)
        mark_paragraphs(marked)
        blocks = paragraph_blocks(marked)
        whole = main_part(blocks)
        if whole.chars > part.chars and is_nearly_all(whole, blocks):
            return marked, blocks, whole
    return tree, written, part


def _second_attempts(
    lines: list[str],
    tree: HtmlElement,
    part: MainPart,
    declared_body: str | None,
    extract: ByTrafilatura,
) -> list[str]:
    """The best of what the page's main part, the full pass and JSON-LD hold."""
    whole = part_lines(tree, part)
    if part.chars >= _POOR_CHARS and _chars(lines) >= _POOR_CHARS:
        return _longer(lines, whole)
    lines = _longer(_longer(lines, extract(tree, False)), whole)
    if declared_body and weighed(declared_body) > 2 * _chars(lines):
        return list(clean_lines(_without_tags(declared_body)))
    return lines


def _without_tags(written: str) -> str:
    """A declared body as text: some systems leave its markup in."""
    if "</" not in written:
        return written
    return _TAG.sub("\n", html.unescape(written))


def _is_poor(lines: Sequence[str], part: MainPart) -> bool:
    chars = _chars(lines)
    return chars < _POOR_CHARS or chars < _POOR_SHARE * part.chars


def _by_resiliparse(html: str) -> str:
    return str(extract_plain_text(html, main_content=True, alt_texts=False, links=False))


def _longer(left: list[str], right: list[str]) -> list[str]:
    return right if _chars(right) > _chars(left) else left


def _chars(lines: Sequence[str]) -> int:
    return sum(map(weighed, lines))


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

    None where there is none. What `lines`, the story as it was extracted, has already is one only
    if it is named so: many descriptions are a story's first paragraph.
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
            return text if _is_named(element) else None
        if _is_named(element) or _opens(text, opening):
            return text
    return None


def opened(lines: Sequence[str], first: str | None) -> list[str]:
    """The story's lines with its standfirst on top, where they have it not."""
    is_apart = first is not None and first[:_MIN_CHARS] not in "\n".join(lines)
    return [first, *lines] if first is not None and is_apart else list(lines)


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
