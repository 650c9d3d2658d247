"""A page's elements as rows of flat columns, in document order, read in one walk over its tree.

What is asked of a page afterwards (places, headline, dates, bylines, captions, announcements) are
queries over these columns: a subtree is a range of rows, its text a slice of one string.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import HTMLParser

from sources.page.name_flags import name_flags
from sources.page.parsing import REFUSED

INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
"""Elements that run on in a line; all others begin a line of their own."""
_ANNOTATIONS = frozenset(("rt", "rp"))
"""How a word is said, written above it: the line has the word already."""
_MAX_NAME_CHARS = 300
_ROOT = [-1]


@dataclass(frozen=True, slots=True, eq=False)
class PageTable:
    """The rows of one page; all columns have one entry a row."""

    attributes: Sequence[Mapping[str, str]]
    tags: Sequence[str]
    parents: Sequence[int]
    """Row of the parent, -1 for the root."""
    ends: Sequence[int]
    """The row behind the last one of the subtree: `range(row, ends[row])` is the subtree."""
    begins: Sequence[int]
    """Where the row's text begins in `text`."""
    finishes: Sequence[int]
    """Where it ends."""
    linked: Sequence[int]
    """Characters of the row's text that stand in links, white space left out."""
    own: Sequence[int]
    """Characters that run in lines of this very row: its text less that of blocks inside."""
    flags: Sequence[int]
    """What class and id are named after: bits of `name_flags`."""
    text: str
    """All text of the page, a line feed at each edge of a block and at each `br`."""

    def __len__(self) -> int:
        return len(self.tags)

    def text_of(self, row: int) -> str:
        """The row's text on one line."""
        return " ".join(self.text[self.begins[row] : self.finishes[row]].split())

    def lines_of(self, row: int) -> list[str]:
        """The row's lines that hold anything, with single spaces."""
        lines = self.text[self.begins[row] : self.finishes[row]].split("\n")
        return [line for written in lines if (line := " ".join(written.split()))]

    def chars_of(self, row: int) -> int:
        """The length of the row's text, white space included: cheap, for bounds."""
        return self.finishes[row] - self.begins[row]

    def ancestors(self, row: int) -> Iterator[int]:
        """The rows around the row, the nearest first."""
        outer = self.parents[row]
        while outer >= 0:
            yield outer
            outer = self.parents[outer]

    def rows(self, *tags: str, within: int = 0) -> Iterator[int]:
        """The rows of these tags in a subtree, in document order."""
        wanted = frozenset(tags)
        row_tags = self.tags
        return (row for row in range(within, self.ends[within]) if row_tags[row] in wanted)

    def holds(self, outer: int, row: int) -> bool:
        """Whether a row stands in the subtree of another one, or is it."""
        return outer <= row < self.ends[outer]

    def get(self, row: int, name: str) -> str:
        """An attribute of the row, empty where it has none."""
        return self.attributes[row].get(name) or ""


def read_table(html: str) -> PageTable:
    """The rows of markup: those of the tree that lxml makes of it, without making one.

    Args:
        html: behind the gates of `parse_tree`, so that size and depth are bounded.

    Linear in the markup. A target that is called back takes a fifth of the time of a walk over the
    tree's proxies (`benchmarks/extraction`).
    """
    attributes: list[Mapping[str, str]] = []
    tags: list[str] = []
    parents: list[int] = []
    ends: list[int] = []
    begins: list[int] = []
    finishes: list[int] = []
    linked: list[int] = []
    own: list[int] = []
    flags: list[int] = []
    pieces: list[str] = []
    at = links = in_links = 0
    around: list[int] = [-1]
    is_behind: list[str] = []  # what follows the root: the tree has none of it
    lines: list[int] = []  # the rows whose lines are being written

    def start(tag: str, attrib: Mapping[str, str]) -> None:
        nonlocal at, in_links
        row = len(tags)
        if row and around == _ROOT:
            is_behind.append(tag)
        if is_behind:
            return
        tags.append(tag)
        parents.append(around[-1])
        around.append(row)
        attributes.append(attrib)
        linked.append(links)
        own.append(0)
        ends.append(0)
        finishes.append(0)
        name = ""
        if attrib:
            name = attrib.get("class") or ""
            if identity := attrib.get("id"):
                name = f"{name} {identity}"
        flags.append(name_flags(name[:_MAX_NAME_CHARS]) if name else 0)
        if tag not in INLINE:
            pieces.append("\n")
            at += 1
            lines.append(row)
        elif not lines:
            lines.append(row)
        begins.append(at)
        if tag == "a":
            in_links += 1

    def end(tag: str) -> None:
        nonlocal at, in_links
        if is_behind:
            return
        row = around.pop()
        ends[row] = len(tags)
        finishes[row] = at
        linked[row] = links - linked[row]
        if tag not in INLINE:
            pieces.append("\n")
            at += 1
        if lines and lines[-1] == row:
            lines.pop()
        if tag == "a":
            in_links -= 1

    def data(text: str) -> None:
        nonlocal at, links
        if is_behind or (len(around) > 1 and tags[around[-1]] in _ANNOTATIONS):
            return
        pieces.append(text)
        at += len(text)
        if lines and not text.isspace():
            own[lines[-1]] += len(text)
            if in_links:
                links += len(text)

    target = _Target(start, end, data)
    parser = HTMLParser(target=target, encoding="utf-8")
    parser.feed(REFUSED.sub(" ", html).encode("utf-8", "replace"))
    parser.close()
    return PageTable(
        attributes, tags, parents, ends, begins, finishes, linked, own, flags, "".join(pieces)
    )


class _Target:
    """What lxml calls back as it parses; functions in slots are called without a method's cost."""

    __slots__ = ("data", "end", "start")

    def __init__(
        self,
        start: Callable[[str, Mapping[str, str]], None],
        end: Callable[[str], None],
        data: Callable[[str], None],
    ) -> None:
        self.start, self.end, self.data = start, end, data

    def close(self) -> None:
        """Called where the markup ends."""
