"""Text that stands in a page without a paragraph around it becomes paragraphs.

Many pages write `<div>text</div>` or `text<br><br>text`. Only where it is marked up like the rest
can a page's paragraphs be weighed against each other (after Readability, Arc90, 2009).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from sources.page.paragraphs import weighed
from sources.page.parsing import REFUSED

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
_MIN_CHARS = 40
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
        if other.get("class") == name and all(map(_is_inline, other)):
            other.tag = "p"


def _runs(container: HtmlElement) -> Iterator[_Run]:
    """What stands between blocks, and between line breaks that follow each other."""
    run = _Run(None)
    for child in container:
        if not _is_inline(child):
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


def _is_inline(element: HtmlElement) -> bool:
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
