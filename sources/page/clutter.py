"""Parts of a page's tree that are no story by what their class says: captions, promotions, widgets.

Class names are a convention, not a promise, so a part that holds the headline or a good share of
the page's paragraphs stays whatever it is called.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from sources.page.name_flags import BYLINE, NO_NAMES, name_flags

Named = tuple[str, HtmlElement]

_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)?|read-?more|popular|social(?:media)?|paywall"
    r"|comments?|info-?box|sign-?up|tweet|pull-?quote|login|collections?)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names that still earn their place beside rules by structure; 37 others (newsletter, promo, share,
cookie, breadcrumb, ...) were left out together without a loss on any of four sets of pages."""
_SURE = re.compile(
    r"(?i)(?:(?:user|reader|leser|nutzer)[_-]?)?(?:comments?|kommentare?|commentaires?|comentarios?"
    r"|commenti|reacties|komentarze|responses)(?:[_-]?(?:list|area|section|box|wrap(?:per)?"
    r"|container|thread|block))?|comment-?list|disqus(?:_thread)?|coral(?:-\w{1,20})?"
    r"|(?:leser|nutzer)[_-]?beitr(?:ä|ae)ge|(?:cybot|cookie|onetrust|didomi|usercentrics|gdpr|cmp"
    r"|consent|sp_message|qc-cmp2)[\w-]{0,40}"
)
"""Names that comments and questions about cookies have, and stories do not, however long they are:
of Disqus, Coral, WordPress; Cookiebot, OneTrust, Didomi, Usercentrics, Sourcepoint, Quantcast."""
_MIN_LEFT_CHARS = 400
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:fig-?)?(?:captions?(?:-text)?|bild-?unterschrift|(?:img|image|photo)-?"
    r"(?:description|credits?|caption)|credits?|copyright|legend)(?:$|[\s_-])",
    re.IGNORECASE,
)
_IMAGE = re.compile(
    r"(?:^|[\s_-])(?:images?|img|photos?|pictures?|bild(?:er)?|media-image|foto)[_-]?"
    r"(?:widget|wrap(?:per)?|container|block|holder|box|embed|module|component)?(?:$|[\s_-])",
    re.IGNORECASE,
)
_WALLED = re.compile("paywall", re.IGNORECASE)
"""A paragraph of that name stands behind a paywall (schema.org's `cssSelector`): it is story."""
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MAYBE_HIDDEN = etree.XPath(
    "//*[@hidden or contains(@style, 'display') or contains(@style, 'visibility')]"
)
_WITHIN_TEXT = frozenset(("span", "a", "b", "i", "em", "strong", "math", "img", "svg"))
_FRAME_TAGS = (
    "head",
    "nav",
    "footer",
    "select",
    "button",
    "iframe",
    "input",
    "dialog",
    "menu",
    "amp-consent",
    "amp-sidebar",
    "amp-ad",
    "amp-list",
    "amp-lightbox",
)
_KEPT_TAGS = frozenset(("html", "body", "article", "main", "head", "h1"))
_NAMED = etree.XPath("//*[@class or @id or self::figcaption]")
_MAX_NAME_CHARS = 300
_MAX_SHARE = 0.25
"""Of the characters in the page's paragraphs; above it a part is not taken out."""
_MIN_PIECE_CHARS = 300
"""Of the piece of a story in one part of many; a teaser's box holds less."""
_MAX_CAPTION_CHARS = 1_500
_MAX_UNNAMED_CHARS = 400
"""Of what a box says that is named after a picture, and not after its caption."""
_MAX_IMAGE_PARAGRAPHS = 3


def drop_frame(tree: HtmlElement) -> None:
    """Takes out what frames every page: head, navigation, footers, controls."""
    for element in list(tree.iter(*_FRAME_TAGS)):
        if element.getparent() is not None and not _holds_headline(element):
            element.drop_tree()


def named_parts(tree: HtmlElement) -> list[Named]:
    """The elements whose class or id says anything, and figcaptions, with what they are called."""
    named: list[Named] = []
    for element in _NAMED(tree):
        name = element.get("class") or ""
        identity = element.get("id")
        if identity:
            name = f"{name} {identity}"
        if element.tag == "figcaption":
            name = f"{name} figcaption"
        name = name[:_MAX_NAME_CHARS]
        if element.tag == "p":
            name = _WALLED.sub("", name)
        is_named = _is_caption_or_image(name) or _is_clutter(name) or _is_sure(_tokens(element))
        if is_named and element.tag not in _KEPT_TAGS:
            named.append((name, element))
    return named


def drop_rows(tree: HtmlElement, rows: Sequence[int]) -> None:
    """Takes out elements by their row in the page's table, which counts as `iter` does."""
    if rows:
        elements = list(tree.iter())
        for row in rows:
            element = elements[row]
            if element.getparent() is not None and element.tag not in _KEPT_TAGS:
                element.drop_tree()


def drop_captions(named: Iterable[Named]) -> None:
    """Takes out captions and picture credits, those of teasers as well as the story's."""
    for name, element in named:
        if not _is_caption_or_image(name) or element.getparent() is None:
            continue
        text = " ".join("".join(element.itertext()).split())
        if len(text) > _MAX_CAPTION_CHARS:
            continue
        if _is_caption(name) or (0 < len(text) <= _MAX_UNNAMED_CHARS and _shows_image(element)):
            element.drop_tree()


def drop_clutter(named: Iterable[Named], paragraphs: Mapping[HtmlElement, int]) -> set[HtmlElement]:
    """Takes out what is clutter by its class; gives the paragraphs that went with it.

    `paragraphs` are the page's, with their characters. Those that bear one name themselves stay or
    go together: where each paragraph is marked `paywall` it is the story that is.
    """
    parts: dict[object, list[HtmlElement]] = {}
    for name, element in named:
        if _is_clutter(name) or _is_sure(_tokens(element)):
            parts.setdefault((element.tag, name), []).append(element)
    gone: set[HtmlElement] = set()
    whole = sum(paragraphs.values())
    most = _MAX_SHARE * whole
    for elements in _judged_together(parts.values(), paragraphs):
        held = {
            paragraph
            for part in elements
            for paragraph in part.iter("p")
            if paragraph in paragraphs
        }
        size = sum(paragraphs[paragraph] for paragraph in held)
        is_sure = all(_is_sure(_tokens(element)) for element in elements)
        if size <= most or (is_sure and whole - size >= _MIN_LEFT_CHARS):
            gone |= held
            _drop(elements)
    return gone


def _judged_together(
    groups: Iterable[list[HtmlElement]], paragraphs: Mapping[HtmlElement, int]
) -> Iterator[list[HtmlElement]]:
    """Parts of one name together where they are pieces of a story, else each by itself."""
    for elements in groups:
        held = {row for part in elements for row in part.iter("p") if row in paragraphs}
        is_story = sum(paragraphs[row] for row in held) >= _MIN_PIECE_CHARS * len(elements)
        if is_story or elements[0].tag == "p":
            yield elements
        else:
            yield from ([element] for element in elements)


def drop_hidden(tree: HtmlElement, paragraphs: Mapping[HtmlElement, int]) -> set[HtmlElement]:
    """Takes out what no reader sees; gives the paragraphs that went with it.

    Where most paragraphs are hidden it is the story that is: until a script shows it.
    """
    hidden = [element for element in _MAYBE_HIDDEN(tree) if _is_hidden(element)]
    gone = {paragraph for part in hidden for paragraph in part.iter("p") if paragraph in paragraphs}
    if 2 * sum(paragraphs[paragraph] for paragraph in gone) > sum(paragraphs.values()):
        return set()
    _drop(hidden)
    return gone


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    if element.tag in _KEPT_TAGS or element.tag in _WITHIN_TEXT:
        return False
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def _drop(elements: Sequence[HtmlElement]) -> None:
    for element in elements:
        if element.getparent() is not None and not _holds_headline(element):
            element.drop_tree()


def _holds_headline(element: HtmlElement) -> bool:
    return next(element.iter("h1"), None) is not None


@lru_cache(maxsize=20_000)
def _is_clutter(name: str) -> bool:
    return _is_about_author(name) or _CLUTTER.search(_hyphened(name)) is not None


def _is_about_author(name: str) -> bool:
    """Whether a box tells of who wrote the story: `author-bio`, `about-the-author`."""
    flags = name_flags(name)
    return bool(flags & BYLINE and flags & NO_NAMES)


@lru_cache(maxsize=20_000)
def _is_sure(tokens: str) -> bool:
    return any(map(_SURE.fullmatch, tokens.split()))


def _tokens(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:_MAX_NAME_CHARS]


@lru_cache(maxsize=20_000)
def _is_caption(name: str) -> bool:
    return _CAPTION.search(_hyphened(name)) is not None


@lru_cache(maxsize=20_000)
def _is_caption_or_image(name: str) -> bool:
    return _is_caption(name) or _IMAGE.search(_hyphened(name)) is not None


def _shows_image(element: HtmlElement) -> bool:
    """Whether it is a picture with its words and no part of the page that has a picture in it."""
    is_small = len(list(element.iter("p"))) <= _MAX_IMAGE_PARAGRAPHS
    return is_small and next(element.iter("img", "picture", "amp-img"), None) is not None


def _hyphened(name: str) -> str:
    """`shareBar` as `share-Bar`, so that words in a name are found whatever joins them."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)
