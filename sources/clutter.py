"""Parts of a page's tree that are no story by what their class says: captions, promotions, widgets.

Class names are a convention, not a promise, so a part that holds the headline or a good share of
the page's paragraphs stays whatever it is called.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from lxml.html import HtmlElement

_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:newsletters?|subscribe|subscription|related|recommend(?:ed|ations?)?|recirc"
    r"|promos?|promotion|sharing|share(?:bar|tools?)?|social(?:media)?|advert(?:isement)?|sponsored"
    r"|outbrain|taboola|paywall|cookie|consent|comments?|disqus|visually-?hidden|sr-only"
    r"|screen-reader(?:-text)?|carousel|more-?topics?|read-?more|popular|trending|most-?read"
    r"|breadcrumbs?|author-bio|about-the-author|info-?box|sign-?up|tweet|instagram|pull-?quote"
    r"|video-?player|audio-?player|toolbar|cta|login|donate|disclaimer|no-?print|collections?"
    r"|image-widget|more-on|see-also|teaser-?list|mehr-zum-thema)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:fig-?)?(?:captions?(?:-text)?|bild-?unterschrift|(?:img|image|photo)-?"
    r"(?:description|credits?|caption)|credits?|copyright|legend)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FRAME_TAGS = ("head", "nav", "footer", "select", "button", "iframe", "input", "dialog", "menu")
_KEPT_TAGS = frozenset(("html", "body", "article", "main", "head", "h1"))
_MAX_NAME_CHARS = 300
_MAX_SHARE = 0.25
"""Of the characters in the page's paragraphs; above it a part is not taken out."""
_MAX_CAPTION_CHARS = 1_500
_MAX_CAPTIONS = 30


def drop_frame(tree: HtmlElement) -> None:
    """Takes out what frames every page: head, navigation, footers, controls."""
    for element in list(tree.iter(*_FRAME_TAGS)):
        if element.getparent() is not None and element.find(".//h1") is None:
            element.drop_tree()


def take_captions(tree: HtmlElement) -> list[str]:
    """The texts of captions and picture credits, which are taken out of the tree."""
    found: list[str] = []
    for element in _named(tree, _is_caption):
        text = " ".join(element.text_content().split())
        if len(text) > _MAX_CAPTION_CHARS or element.getparent() is None:
            continue
        if text and len(found) < _MAX_CAPTIONS and text not in found:
            found.append(text)
        element.drop_tree()
    return found


def drop_clutter(tree: HtmlElement, paragraph_chars: int) -> None:
    """Takes out what is clutter by its class; `paragraph_chars` is what all paragraphs hold."""
    for element in _named(tree, _is_clutter):
        if element.getparent() is None or element.find(".//h1") is not None:
            continue
        held = sum(len(one.text_content()) for one in element.iter("p"))
        if held <= _MAX_SHARE * paragraph_chars:
            element.drop_tree()


def _named(tree: HtmlElement, is_wanted: Callable[[str], bool]) -> list[HtmlElement]:
    """The outermost elements whose class or id, or caption tag, is wanted."""
    found: list[HtmlElement] = []
    for element in tree.iter():
        name = element.get("class") or ""
        identity = element.get("id")
        if identity:
            name = f"{name} {identity}"
        if element.tag == "figcaption":
            name = f"{name} figcaption"
        if name and element.tag not in _KEPT_TAGS and is_wanted(name[:_MAX_NAME_CHARS]):
            found.append(element)
    return found


@lru_cache(maxsize=20_000)
def _is_clutter(name: str) -> bool:
    return _CLUTTER.search(_hyphened(name)) is not None


@lru_cache(maxsize=20_000)
def _is_caption(name: str) -> bool:
    return _CAPTION.search(_hyphened(name)) is not None


def _hyphened(name: str) -> str:
    """`shareBar` as `share-Bar`, so that words in a name are found whatever joins them."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)
