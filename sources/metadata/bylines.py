"""Who wrote a story as its page shows it: the elements that are marked as its byline.

Marks are conventions of many systems: rel=author (HTML), itemprop=author (schema.org), vcard and fn
(hAtom, WordPress), byline and author classes in several languages (Arc, AMP, Drupal, Blogger).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from sources.cache import kept
from sources.credits.agencies import agency
from sources.metadata.lines_below_headline import lines_below_headline
from sources.metadata.person_names import is_written_name, opens_byline, split_names
from sources.page.teasers import stands_in_teaser

_MARK = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?(?:-?(?:name|link|info|list|byline))?|writer|autor(?:en|in|a|es)?"
    r"|auteurs?|autore|autrice|verfasser|redacteur|journalist[ea]?|reporter|contributors?|signature"
    r"|firma|fn)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_MARK = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|related|teasers?|promo|card|bio|about|avatar|image|img|photo"
    r"|picture|role|title|job|social|share|follow|twitter|more|recommended|popular|caption|credits?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|related|recommend\w*|promo|popular|trending|most-read)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_MARKED = etree.XPath("//*[@class or @rel='author' or @itemprop='author']")
_OUTSIDE = ("aside", "nav", "footer", "form")
_NAMES = etree.XPath(
    ".//*[@itemprop='name' or self::a or contains(concat(' ', @class, ' '), ' fn ')]"
)
_TEXTS = etree.XPath(".//text()")
_UNLINKED_TEXTS = etree.XPath(".//text()[not(ancestor::a)] | self::a//text()")
# What follows names in one line: a day, a place, an outlet.
_BEHIND = re.compile(
    r"\s*[|·•–—/(]\s*|\s+-\s+|,?\s*(?=\d)|,\s*(?:published|updated|updat|am|le|el)\b"
)
_MAX_BYLINE_CHARS = 300
_MAX_BYLINES = 8
_MAX_CANDIDATES = 60
_NEAR = 3
"""Levels up from a byline at which the bylines of the same story meet it."""


def byline_names(tree: HtmlElement) -> list[str]:
    """The names in the page's first byline, and in those beside it.

    Where nothing is marked as a byline, those in a line below the headline that begins as one.
    """
    return _marked_names(tree) or _opened_names(tree)


def _opened_names(tree: HtmlElement) -> list[str]:
    for line in lines_below_headline(tree):
        if opens_byline(line):
            written = _BEHIND.split(line, maxsplit=1)[0]
            names = split_names(written)
            if names and all(map(is_written_name, names)):
                return names
    return []


def _marked_names(tree: HtmlElement) -> list[str]:
    first: set[HtmlElement] = set()
    names: list[str] = []
    candidates = islice(_bylines(tree), _MAX_CANDIDATES)
    near = sorted(candidates, key=_steps_to_headline(tree))
    bylines = (one for one in near if not stands_in_teaser(one))
    for found, element in enumerate(bylines):
        around = _around(element)
        if found >= _MAX_BYLINES or (first and first.isdisjoint(around)):
            break
        here = _names_of(element)
        if here and not first:
            first = set(around)
        names.extend(here)
    return list(dict.fromkeys(names))


def _steps_to_headline(tree: HtmlElement) -> Callable[[HtmlElement], int]:
    """How many levels above the headline that element is which holds both; 0 without a headline."""
    headline = next(tree.iter("h1"), None)
    steps = {} if headline is None else {one: n for n, one in enumerate(headline.iterancestors())}
    return lambda element: next((steps[one] for one in element.iterancestors() if one in steps), 0)


def _bylines(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The outermost elements that are marked as bylines, outside of what frames the story."""
    last: HtmlElement | None = None
    for element in _MARKED(tree):
        if not _is_byline(element) or element.tag in ("html", "body", "article", "main"):
            continue
        if last is not None and last in element.iterancestors():
            continue
        if not any(_is_outside(outer) for outer in element.iterancestors()):
            last = element
            yield element


def _is_byline(element: HtmlElement) -> bool:
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return True
    return _names_a_byline(element.get("class") or "")


@kept(20_000, chars=300)
def _names_a_byline(name: str) -> bool:
    name = _hyphened(name)
    return _MARK.search(name) is not None and _NO_MARK.search(name) is None


def _is_outside(outer: HtmlElement) -> bool:
    if outer.tag in _OUTSIDE:
        return True
    name = _hyphened(outer.get("class") or "")
    return outer.tag not in ("html", "body") and _COMMENTS.search(name) is not None


def _names_of(element: HtmlElement) -> Sequence[str]:
    """The names that are marked inside of the byline, else those that its words are."""
    own = element.get("content") or ""
    marked = [_words(one) for one in _NAMES(element) if not _stays_on_page(one)][:_MAX_BYLINES]
    for written in ([own] if own else [], marked, [_words(element, is_link_told=False)]):
        names = [name for one in written for name in split_names(one) if _is_name(name)]
        if names:
            return names
    return []


def _stays_on_page(element: HtmlElement) -> bool:
    """Whether it is a link to the comments, to share, or the like: a name's leads to a person."""
    return str(element.get("href") or "").startswith(("#", "javascript:"))


def _is_name(name: str) -> bool:
    return is_written_name(name) or agency(name) is not None


def _around(element: HtmlElement) -> list[HtmlElement]:
    outer = [one for one in element.iterancestors() if one.tag not in ("html", "body")]
    return outer[:_NEAR]


def _words(element: HtmlElement, *, is_link_told: bool = True) -> str:
    """The element's words, with a space where one element ends."""
    told = _TEXTS(element) if is_link_told else _UNLINKED_TEXTS(element)
    pieces = (" ".join(piece.split()) for piece in told)
    return " ".join(piece for piece in pieces if piece)[:_MAX_BYLINE_CHARS]


def _hyphened(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name[:300])
