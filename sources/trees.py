"""A page's markup as a tree, behind the gates that keep hostile markup out."""

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from sources.limits import Limits

_TOO_DEEP = "too-deep"
REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What the parser lets into a tree and lxml then refuses to write into one (found by fuzzing)."""


class GateError(ValueError):
    """The markup is beyond a limit; `reason` is the code of `rejected`, the message says more."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def parse_tree(html: str, limits: Limits) -> HtmlElement:
    """The tree of markup without scripts.

    Raises:
        GateError: `too-large`, `too-many-tags`, `too-deep` or `no-markup`.
    """
    if len(html) > limits.max_markup_chars:
        message = f"{len(html)} characters without scripts, at most {limits.max_markup_chars}"
        raise GateError("too-large", message)
    tags = html.count("<")
    if tags > limits.max_tags:
        raise GateError("too-many-tags", f"{tags} tags, at most {limits.max_tags}")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    text = REFUSED.sub(" ", html)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise GateError("no-markup", str(error)[:200]) from error
    if _deeper(tree, limits.max_depth):
        raise GateError(_TOO_DEEP, f"nested more than {limits.max_depth} levels deep")
    return tree


def _deeper(tree: HtmlElement, max_depth: int) -> bool:
    """True where a leaf has more than `max_depth` ancestors; libxml2 looks, without recursion."""
    return bool(_too_deep(max_depth)(tree))


@lru_cache(maxsize=4)
def _too_deep(max_depth: int) -> etree.XPath:
    """One step a level: a third of the time that counting each leaf's ancestors takes."""
    return etree.XPath(f"boolean({'/*' * (max_depth + 1)})")
