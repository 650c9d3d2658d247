"""The story's lines on a page: trafilatura's cheap pass, and what is tried where it is poor."""

import html
import re
from collections.abc import Callable, Iterator, Sequence, Set
from copy import deepcopy
from itertools import islice

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
from sources.page.name_flags import STANDFIRST
from sources.page.page_table import PageTable
from sources.page.paragraphs import (
    Block,
    block_text,
    mark_paragraphs,
    paragraph_blocks,
    weighed,
    with_likes,
)
from sources.page.places import OF_STORY, Places
from sources.page.teasers import drop_later_stories, drop_teasers, keep_entries, leads_away
from sources.text.lines import clean_lines, word_count

ByTrafilatura = Callable[[HtmlElement, bool], list[str]]
"""Lines of the body; the flag asks for the cheap pass."""

_POOR_CHARS = 400
"""Below it the cheap pass was wrong on 5 of 181 benchmark pages and hardly ever above."""
_POOR_SHARE = 0.5
"""Of the characters in the page's main part."""
_FEW_WORDS = 40
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_MIN_LISTED = 3
_SENTENCE_ENDS = (".", "。", "।", "!", "…")
_TELLING_CHARS = 60
"""Of a line that no story repeats."""


def story_lines(
    tree: HtmlElement,
    html: str,
    declared_body: str | None,
    extract: ByTrafilatura,
    pictured: Sequence[int] = (),
    live_blog: str | None = None,
) -> list[str]:
    """The story's lines; the tree loses captions and clutter on the way.

    Args:
        tree: of the whole page.
        html: what it was made of.
        declared_body: articleBody of the page's data.
        extract: trafilatura.
        pictured: rows of the page's table that hold the words at its pictures, no lines of it.
        live_blog: the page's address where it is one, whose entries link to themselves.

    The dearer attempts are made only where the cheap one is poor by the page's own measure, and
    only a longer result replaces it.
    """
    drop_rows(tree, pictured)
    if live_blog is not None:
        keep_entries(tree, live_blog)
    drop_frame(tree)
    named = named_parts(tree)
    drop_captions(named)
    blocks = paragraph_blocks(tree)
    paragraphs = {block.element: block.weight for block in blocks}
    gone = drop_hidden(tree, paragraphs) | drop_clutter(named, paragraphs)
    if live_blog is None:
        gone |= drop_later_stories(tree, paragraphs)
    gone |= drop_teasers(tree, paragraphs)
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
    headings = {block_text(heading) for heading in tree.iter("h2", "h3", "h4", "h5", "h6")}
    story = [line for line in _without_links(lines, tree, headings) if any(map(str.isalnum, line))]
    return _each_once(_without_loose_headings(story, headings))


def _without_links(lines: Sequence[str], tree: HtmlElement, headings: Set[str]) -> list[str]:
    """The lines that are more than a link: such a line leads away, or is of a table of contents.

    All lines where most are links: a list of them is what the page tells.
    """
    away: set[str] = set()
    on_page: set[str] = set()
    for link in tree.iter("a"):
        (away if leads_away(link) else on_page).add(block_text(link))
    if 2 * sum(line in away for line in lines) > len(lines) >= _MIN_LISTED:
        return list(lines)
    last = {line: at for at, line in enumerate(lines)}
    return [
        line
        for at, line in enumerate(lines)
        if line not in away and (line not in on_page or (line in headings and at == last[line]))
    ]


def _without_loose_headings(lines: list[str], headings: Set[str]) -> list[str]:
    """The lines up to the last one that is no heading: what it was a heading of is no story."""
    end = len(lines)
    while end > 1 and _is_loose(lines[end - 1], headings):
        end -= 1
    return lines[:end]


def _is_loose(line: str, headings: Set[str]) -> bool:
    return line.endswith(":") or (line in headings and not line.endswith(_SENTENCE_ENDS))


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


_STANDFIRST_TAGS = frozenset(("p", "div", "h2", "h3", "h4", "span", "strong", "section", "li"))
_MIN_STANDFIRST_CHARS = 40
_MAX_STANDFIRST_CHARS = 1_200
_MAX_ROWS = 200
"""Rows after the headline that are looked at; the standfirst is close to it."""
_TEASER_NAME = re.compile(r"(?:^|[\s_-])teaser(?:$|[\s_-])", re.IGNORECASE)
"""Of a paragraph: the story's own. Boxes of that name lead to others."""
_MAX_NAME_CHARS = 300
_LEVELS = 3
"""Elements around it whose names may say what it is: `div.teaser-text > p`."""


def standfirst(
    table: PageTable,
    places: Places,
    pictured: Sequence[int],
    description: str | None,
    lines: Sequence[str],
) -> str | None:
    """The text after the headline that is named or described as the story's beginning.

    None where there is none. What the story has already is one only if it is named so: many
    descriptions are a story's first paragraph.

    Args:
        table: of the page.
        places: of its rows.
        pictured: rows that hold the words at its pictures.
        description: what the page's head says of it.
        lines: of the story.
    """
    if places.headline is None or not lines:
        return None
    story = "\n".join(lines)
    opening = " ".join((description or "").split())[:_MIN_STANDFIRST_CHARS]
    for row in _rows_below(table, places.headline):
        text = table.text_of(row)
        if not _MIN_STANDFIRST_CHARS <= len(text) <= _MAX_STANDFIRST_CHARS:
            continue
        if text[:_MIN_STANDFIRST_CHARS] in story:
            return text if _is_named(table, places, row, places.headline) else None
        if any(table.holds(picture, row) for picture in pictured):
            continue
        is_described = len(opening) == _MIN_STANDFIRST_CHARS and text.startswith(opening)
        if is_described or _is_named(table, places, row, places.headline):
            return text
    return None


def opened(lines: Sequence[str], first: str | None) -> list[str]:
    """The story's lines with its standfirst on top, where they have it not."""
    is_apart = first is not None and first[:_MIN_STANDFIRST_CHARS] not in "\n".join(lines)
    return [first, *lines] if first is not None and is_apart else list(lines)


def _rows_below(table: PageTable, headline: int) -> Iterator[int]:
    """The rows of prose close below the headline: text of their own, and hardly in links."""
    start = table.ends[headline]
    for row in range(start, min(len(table), start + _MAX_ROWS)):
        is_prose = (
            table.own[row] >= _MIN_STANDFIRST_CHARS and 2 * table.linked[row] <= table.own[row]
        )
        if is_prose and table.tags[row] in _STANDFIRST_TAGS:
            yield row


def _is_named(table: PageTable, places: Places, row: int, headline: int) -> bool:
    """Whether an element that is named so, and stands in the story's part, is or holds the row."""
    for around in (row, *islice(table.ancestors(row), _LEVELS)):
        if table.holds(around, headline):
            return False
        is_teaser = around == row and _TEASER_NAME.search(table.get(row, "class")[:_MAX_NAME_CHARS])
        if is_teaser or table.flags[around] & STANDFIRST:
            return places[row] in OF_STORY or places[table.parents[around]] in OF_STORY
    return False
