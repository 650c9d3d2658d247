"""The headline, chosen among the places where a page writes one.

What readers see counts before what is declared: titles for search engines and networks are cut,
lengthened and named after the outlet.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sources.page import name_flags as names
from sources.page.page_table import PageTable
from sources.page.places import folded as _folded
from sources.text.lines import clean_line

_SEPARATORS = (
    " | ",
    " - ",
    " – ",
    " — ",
    " · ",
    " • ",
    " :: ",
    " » ",
    " « ",
    "｜",
    " _ ",
    " -- ",
    " › ",
    " ‹ ",
    " ⋆ ",
    " » ",
    " / ",
    " @ ",
    "_",
    ": ",
)
_MIN_LABEL_CHARS = 4
_MAX_SECTION_CHARS = 30
_MAX_LABELS = 4
_MIN_SHARED = 0.3
_MIN_HEADLINE_WORDS = 5
"""Of a heading that says something, whatever other titles say."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MAX_HEADLINE_CHARS = 400
_TITLE_PARTING = re.compile(r"\s[-–—|·•»«:/]+\s|\s?[|｜_]\s?|:\s")
_HOME = re.compile(r"(?i)(?:https?:)?//[^/?#]+/?|/(?:index\.\w{2,5})?")
_NO_HEADLINE = names.KICKER | names.HIDDEN | names.DATE
_DASHES = tuple("-–—")
_EDGES = " -–—|:·/•"
_WORD = re.compile(r"\w+")


def headline_row(table: PageTable, titles: Sequence[str]) -> int | None:
    """The row that shows what the page declares as its title; else its first h1.

    A heading that is a link to the front page is the outlet's name, and counts where nothing else
    is left.
    """
    wanted = [text for title in titles if len(text := _folded(title)) > 3]
    # the outlet stands behind it on nearly all pages
    opening = {_folded(_TITLE_PARTING.split(title, maxsplit=1)[0]) for title in titles}
    first: int | None = None
    lesser: int | None = None
    logo: int | None = None
    for row, tag in enumerate(table.tags):
        is_heading = tag in _HEADINGS
        is_named = table.flags[row] & names.HEADLINE and tag in ("div", "p", "span", "a")
        if not (is_heading or is_named) or table.chars_of(row) > 2 * _MAX_HEADLINE_CHARS:
            continue
        text = _folded(table.text_of(row))
        if not text:
            continue
        if is_heading and _leads_home(table, row):
            logo = row if logo is None and tag == "h1" else logo
            continue
        is_declared = text in wanted or (
            len(text) > 12 and any(text in title or title in text for title in wanted)
        )
        if tag == "h1" and (is_declared or (len(text) > 3 and text in opening)):
            return row
        if tag == "h1" and first is None:
            first = row
        if lesser is None and is_declared and len(text) > 8:
            lesser = row
    if lesser is not None and (first is None or _is_logo(table, first, lesser)):
        return lesser
    return logo if first is None else first


def _is_logo(table: PageTable, heading: int, declared: int) -> bool:
    """Whether an h1 that nothing declares is the outlet's name above the headline."""
    return heading < declared and table.chars_of(heading) < table.chars_of(declared)


def _leads_home(table: PageTable, heading: int) -> bool:
    links = (
        *islice(table.rows("a", within=heading), 2),
        *(outer for outer in islice(table.ancestors(heading), 3) if table.tags[outer] == "a"),
    )
    return any(
        "home" in table.get(link, "rel").split() or _HOME.fullmatch(table.get(link, "href").strip())
        for link in links
    )


def shown_headline(table: PageTable, row: int | None, titles: Sequence[str]) -> str | None:
    """What readers see as the headline, None where nothing shows one.

    Of what stands in the heading's element the headline is the part that is named so, or what is
    declared as the title; labels above it, days and what is hidden are no part of it.
    """
    if row is None:
        return None
    declared = [_folded(title) for title in titles]
    lines = table.lines_of(row)
    if len(lines) > 1 and (line := next((x for x in lines if _folded(x) in declared), None)):
        return line
    named = [
        inner
        for inner in range(row + 1, table.ends[row])
        if table.flags[inner] & names.HEADLINE and not table.flags[inner] & _NO_HEADLINE
    ]
    if len(named) == 1 and (text := _text_without(table, named[0], ())):
        return text
    apart = tuple(inner for inner in _inside(table, row) if _is_apart(table, inner))
    shown = _text_without(table, row, apart)
    whole = _folded(shown)
    for inner in _inside(table, row):
        rest = _text_without(table, row, (*apart, inner))
        part = _folded(rest)
        is_declared = any(part in title and whole not in title for title in declared)
        if 2 * len(part) > len(whole) and is_declared:
            return rest
    return shown or html.unescape(clean_line(table.text_of(row))) or None


def _inside(table: PageTable, row: int) -> Iterator[int]:
    """The outermost elements in a heading that hold a part of its text, but not all."""
    whole = table.text_of(row)
    end = 0
    for inner in range(row + 1, table.ends[row]):
        if inner >= end and (text := table.text_of(inner)) and text != whole:
            end = table.ends[inner]
            yield inner


def _is_apart(table: PageTable, row: int) -> bool:
    return table.tags[row] in ("small", "time") or bool(table.flags[row] & _NO_HEADLINE)


def _text_without(table: PageTable, row: int, apart: Sequence[int]) -> str:
    pieces: list[str] = []
    at = table.begins[row]
    for inner in sorted(apart):
        if table.begins[inner] >= at:
            pieces.append(table.text[at : table.begins[inner]])
            at = table.finishes[inner]
    pieces.append(table.text[at : table.finishes[row]])
    text = html.unescape(clean_line(" ".join(pieces)))
    return text.strip(_EDGES) if apart else text


def choose_headline(
    candidates: Iterable[tuple[str, str | None]],
    outlets: Iterable[str],
    host: str | None = None,
    sections: Iterable[str] = (),
) -> tuple[str | None, str | None]:
    """The headline and the source of it; `candidates` are (source, headline), the best first.

    A headline on which most sources agree wins, the better source where none agree. An outlet's
    name is no headline and, before or behind a separator, no part of one. Where no source says what
    the outlet is called, its host does, or another candidate: of `A` and `A - B` the shorter is the
    headline, unless it is the shorter part of the longer one as well, as a logo's words are.
    """
    names = {_folded(name) for name in outlets}
    texts = [(source, " ".join(text.split())) for source, text in candidates if text]
    names |= _logos([text for _, text in texts])
    # a section behind the headline is what a link of the page's frame is called
    labels = {folded for name in sections if 2 < len(folded := _folded(name)) <= _MAX_SECTION_CHARS}
    written = [
        (source, stripped)
        for source, text in texts
        if _folded(text) not in names and (stripped := _bare(text, names, host, labels))
    ] or texts
    if not written:
        return None, None
    bare = {_folded(text) for _, text in written}
    written = [(source, _known_part(text, bare)) for source, text in written]
    votes = Counter(_folded(text) for _, text in written)
    source, text = max(written, key=lambda choice: votes[_folded(choice[1])])
    return text, source


def is_shown_headline(
    shown: str, declared: Sequence[str], outlets: Iterable[str], host: str | None
) -> bool:
    """Whether the heading that a page shows is its headline: no outlet's name, and declared so.

    Systems write other titles for search engines and networks; a good part of their words is the
    headline's.
    """
    names = {_folded(name) for name in outlets} | _logos([shown, *declared])
    if _is_outlet(shown, names, host):
        return False
    words = _words(shown)
    titles = [title for title in declared if not _is_outlet(title, names, host)]
    is_told = len(_WORD.findall(shown)) >= _MIN_HEADLINE_WORDS
    return (
        not titles
        or is_told
        or any(
            len(words & other) >= _MIN_SHARED * min(len(words), len(other))
            for title in titles
            if (other := _words(_without_outlet(title, names, host)))
        )
    )


def without_outlet_name(text: str, outlets: Iterable[str], host: str | None) -> str:
    """A headline without the outlet's name before or behind it."""
    return _without_outlet(text, {_folded(name) for name in outlets}, host)


def _words(text: str) -> set[str]:
    """The longer words of a title; pairs of characters where a script writes no spaces."""
    folded = text.casefold()
    words = {word for word in _WORD.findall(folded) if len(word) > 3}
    return words or {folded[at : at + 2] for at in range(max(1, len(folded) - 1))}


def _bare(text: str, names: set[str], host: str | None, labels: set[str]) -> str:
    """The text less outlet and sections, one after the other."""
    for _ in range(_MAX_LABELS):
        shorter = _without_outlet(text, names, host)
        if shorter == text:
            shorter = next(
                (head for head, tail in _partings(text) if _folded(tail) in labels), text
            )
        if shorter == text:
            break
        text = shorter
    return text


def _logos(texts: Sequence[str]) -> set[str]:
    """Candidates that are the shorter part of another one, which then has the headline besides.

    One of many words says something itself, and before a dash stands the headline.

    >>> _logos(["Harbour Post", "Harbour Post: Old bridge stays open to all"])
    {'harbourpost'}
    """
    folded = {_folded(text) for text in texts}
    return {
        _folded(name)
        for text in texts
        for head, tail in _partings(text)
        for name, rest in ((head, tail), (tail, head))
        if _folded(name) in folded
        and 2 * len(name) < len(rest)
        and len(_WORD.findall(name)) < _MIN_HEADLINE_WORDS
        and not (name == head and text[len(head) :].lstrip()[:1] in _DASHES)
    }


def _known_part(text: str, bare: set[str]) -> str:
    """The part of the text that stands alone elsewhere on the page, the text where none does."""
    parts = (part for parting in _partings(text) for part in parting)
    return next((part for part in parts if _folded(part) in bare), text)


def _without_outlet(text: str, names: set[str], host: str | None) -> str:
    for head, tail in _partings(text):
        if _is_outlet(tail, names, host):
            return head
        if _is_outlet(head, names, host):
            return tail
    return text


def _is_outlet(part: str, names: set[str], host: str | None) -> bool:
    folded = _folded(part)
    labels = (host or "").split(".")[:-1]
    return folded in names or (
        len(folded) >= _MIN_LABEL_CHARS
        and (
            any(folded in (_folded(label), f"the{_folded(label)}") for label in labels)
            or folded == _folded(host or "")
        )
    )


def _partings(text: str) -> list[tuple[str, str]]:
    """What stands before and behind the first and the last of each kind of separator."""
    parted: list[tuple[str, str]] = []
    for separator in _SEPARATORS:
        if separator in text:
            for head, _, tail in (text.rpartition(separator), text.partition(separator)):
                if head.strip() and tail.strip():
                    parted.append((head.strip(), tail.strip()))
    return list(dict.fromkeys(parted))
