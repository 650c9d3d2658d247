"""The story's lines on a page: trafilatura's cheap pass, and what is tried where it is poor."""

from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text

from sources.page.bare_text import mark_paragraphs
from sources.page.clutter import drop_clutter, drop_frame, drop_hidden, named_parts, take_captions
from sources.page.later_stories import drop_later_stories
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
from sources.page.paragraphs import Block, block_text, paragraph_blocks, weighed, with_likes
from sources.page.teasers import drop_teasers
from sources.text.lines import clean_lines, word_count

ByTrafilatura = Callable[[HtmlElement, bool], list[str]]
"""Lines of the body; the flag asks for the cheap pass."""

_POOR_CHARS = 400
"""Below it the cheap pass was wrong on 5 of 181 benchmark pages and hardly ever above."""
_POOR_SHARE = 0.5
"""Of the characters in the page's main part."""
_FEW_WORDS = 40


def story_lines(
    tree: HtmlElement, html: str, declared_body: str | None, extract: ByTrafilatura
) -> tuple[list[str], list[str]]:
    """The story's lines and the captions; the tree loses captions and clutter on the way.

    The dearer attempts are made only where the cheap one is poor by the page's own measure, and
    only a longer result replaces it.
    """
    drop_frame(tree)
    named = named_parts(tree)
    captions = take_captions(named)
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
    told = [line for line in lines if line not in links and any(map(str.isalnum, line))]
    return told, captions


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
        return list(clean_lines(declared_body))
    return lines


def _is_poor(lines: Sequence[str], part: MainPart) -> bool:
    chars = _chars(lines)
    return chars < _POOR_CHARS or chars < _POOR_SHARE * part.chars


def _by_resiliparse(html: str) -> str:
    return str(extract_plain_text(html, main_content=True, alt_texts=False, links=False))


def _longer(left: list[str], right: list[str]) -> list[str]:
    return right if _chars(right) > _chars(left) else left


def _chars(lines: Sequence[str]) -> int:
    return sum(map(weighed, lines))
