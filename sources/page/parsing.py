"""A page's markup without what is no text: scripts, styles, drawings, comments, in one pass.

JSON-LD stands in scripts; it is handed back, each block bounded. The work is linear in the page's
length whatever stands in it: every search goes forward, and none is made twice in vain.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from sources.limits import Limits

_TOO_DEEP = "too-deep"
REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What the parser lets into a tree and lxml then refuses to write into one (found by fuzzing)."""


_OPENING = re.compile(
    r"<(?:([sS][cC][rR][iI][pP][tT]|[sS][tT][yY][lL][eE]|[sS][vV][gG]"
    r"|[nN][oO][sS][cC][rR][iI][pP][tT]|[tT][eE][mM][pP][lL][aA][tT][eE])(?=[\s/>])|!--)"
)
_CLOSING = {
    name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE)
    for name in ("script", "style", "svg", "noscript", "template")
}
# Editors that write each sentence or paragraph as a span rely on styles to keep them apart.
_SENTENCE_SPANS = re.compile(r"([.!?…”\"’)])</span><span")
_IS_JSON_LD = re.compile(r"ld\+json", re.IGNORECASE)
_MAX_TAG_CHARS = 4_096
_MAX_ATTRIBUTES = 2_000
"""Of one tag. libxml2 holds each against all before it: 5,000 take .04 s, 40,000 take 5."""
_LONG_STRETCH = re.compile(r"<[a-zA-Z][^<]{4000}")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000}[^<>]*")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_MAX_BLOCKS = 12
_SHADOW_ROOT = re.compile(r"[^>]*\bshadowrootmode\b")
_STORY_PARAGRAPHS = 3
"""Of a `noscript`, from which on it is no notice and no picture."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A page's markup in two parts."""

    html: str
    """Without scripts, styles, drawings and comments."""
    json_ld: tuple[str, ...]
    """The JSON-LD blocks that are within the limit, in page order."""


def without_scripts(html: str, max_metadata_chars: int) -> Markup:
    """The page in two parts; a block of JSON-LD over `max_metadata_chars` is left out."""
    markup_parts: list[str] = []
    blocks: list[str] = []
    unclosed: set[str] = set()
    closings: dict[str, int] = {}
    is_read_to = -1
    at = 0
    while (opening := _OPENING.search(html, at)) is not None:
        name = (opening[1] or "!--").lower()
        end: int | None = closings.get(name, -1)
        if (
            end is None or end < opening.end()
        ):  # a closing tag that lies ahead is not looked for again
            end = None if name in unclosed else _end(html, opening.end(), name)
        markup_parts.append(html[at : opening.start()])
        if end is None:
            unclosed.add(name)
            # A script that is never closed swallows the page, in browsers too.
            at = len(html) if name in ("script", "style") else opening.end()
            continue
        closings[name] = end
        if end == is_read_to or _is_read(html, name, opening.end(), end):
            is_read_to = end
            at = html.find(">", opening.end()) + 1  # the parser passes over the closing tag
            continue
        if name == "script" and len(blocks) < _MAX_BLOCKS:
            blocks.extend(_json_ld(html[opening.end() : end], max_metadata_chars))
        at = html.find(">", end) + 1 or len(html)
        markup_parts.append(" ")
    markup_parts.append(html[at:])
    text = "".join(markup_parts)
    if "</span><span" in text:
        text = _SENTENCE_SPANS.sub(r"\1</span><br><span", text)
    return Markup(text, tuple(blocks))


def _is_read(html: str, name: str, start: int, end: int) -> bool:
    """Whether readers see what stands in an element that is mostly none of the text.

    Browsers show a declarative shadow root; and a page that draws its story by a script may hold it
    in `noscript` for everybody else, where pictures and requests to switch scripts on stand too.
    """
    if name == "template":
        return _SHADOW_ROOT.match(html, start, min(end, start + _MAX_TAG_CHARS)) is not None
    return name == "noscript" and html.count("<p", start, end) >= _STORY_PARAGRAPHS


def _end(html: str, start: int, name: str) -> int | None:
    """Where the closing tag begins, None where there is none."""
    if name == "!--":
        end = html.find("-->", start)
        return None if end < 0 else end
    closing = _CLOSING[name].search(html, start)
    return None if closing is None else closing.start()


def _json_ld(script: str, max_metadata_chars: int) -> list[str]:
    head = script[:_MAX_TAG_CHARS].partition(">")[0]
    if not _IS_JSON_LD.search(head):
        return []
    block = script[len(head) + 1 :]
    return [block] if len(block) <= max_metadata_chars else []


class GateError(ValueError):
    """The markup is beyond a limit; `reason` is the code of `rejected`, the message says more."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def parse_tree(html: str, limits: Limits) -> HtmlElement:
    """The tree of markup without scripts.

    Raises:
        GateError: `too-large`, `too-many-tags`, `too-many-attributes`, `too-deep` or `no-markup`.
    """
    if len(html) > limits.max_markup_chars:
        message = f"{len(html)} characters without scripts, at most {limits.max_markup_chars}"
        raise GateError("too-large", message)
    tags = html.count("<")
    if tags > limits.max_tags:
        raise GateError("too-many-tags", f"{tags} tags, at most {limits.max_tags}")
    attributes = _most_attributes(html)
    if attributes > _MAX_ATTRIBUTES:
        message = f"a tag with {attributes} attributes, at most {_MAX_ATTRIBUTES}"
        raise GateError("too-many-attributes", message)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    text = REFUSED.sub(" ", html)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise GateError("no-markup", str(error)[:200]) from error
    if _deeper(tree, limits.max_depth):
        raise GateError(_TOO_DEEP, f"nested more than {limits.max_depth} levels deep")
    return tree


def _most_attributes(html: str) -> int:
    """About how many attributes the tag with most of them has; 0 where no tag is long."""
    if html.count("=") <= _MAX_ATTRIBUTES and _LONG_STRETCH.search(html) is None:
        return 0
    bare = _VALUE.sub("=", html)  # a value may hold what ends a tag
    return max((len(tag[0].split()) - 1 for tag in _LONG_TAG.finditer(bare)), default=0)


def _deeper(tree: HtmlElement, max_depth: int) -> bool:
    """True where a leaf has more than `max_depth` ancestors; libxml2 looks, without recursion."""
    return bool(_too_deep(max_depth)(tree))


@lru_cache(maxsize=4)
def _too_deep(max_depth: int) -> etree.XPath:
    """One step a level: a third of the time that counting each leaf's ancestors takes."""
    return etree.XPath(f"boolean({'/*' * (max_depth + 1)})")
