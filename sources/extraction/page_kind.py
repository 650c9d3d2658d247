"""What kind of page it is where it is no article, by what it declares and by its shape.

Two kinds of evidence: what the page or its address says of itself where nothing says that it is an
article, and a shape that no article has. A page that is in doubt is an article.
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from sources.languages.language_files import any_of
from sources.metadata.head import PageHead
from sources.metadata.json_ld import JsonLd
from sources.page import name_flags as names
from sources.page.page_table import PageTable
from sources.page.places import Place, Places

_BY_TYPE: Mapping[str, str] = {
    "collectionpage": "section",
    "itemlist": "section",
    "profilepage": "author",
    "searchresultspage": "search",
    "aboutpage": "other",
    "contactpage": "other",
    "product": "other",
    "softwareapplication": "other",
    "discussionforumposting": "other",
    "qapage": "other",
    "videoobject": "video",
    "imagegallery": "gallery",
    "medicalstudy": "other",
    "localbusiness": "other",
}
"""Types of schema.org, in lower case."""
_BY_OG_TYPE: Mapping[str, str] = {
    "profile": "author",
    "product": "other",
    "product.item": "other",
    "music.song": "other",
    "game": "other",
    "place": "other",
}
_FRONT = re.compile(r"/?(?:index\.\w{2,5}|home|default\.\w{2,5})?", re.IGNORECASE)
_SEGMENTS: Mapping[str, str] = {
    **dict.fromkeys(
        ("tag", "tags", "category", "categories", "kategorie", "topic", "topics"), "section"
    ),
    **dict.fromkeys(("search", "suche", "recherche", "buscar"), "search"),
    **dict.fromkeys(
        ("wiki", "forum", "forums", "threads", "produkte", "products", "product"), "other"
    ),
}
"""Parts of an address before its last one."""
_LAST_SEGMENT = re.compile(
    r"(?:impressum|imprint|kontakt|contact|about(?:-us)?|ueber-uns|uber-uns|a-propos|datenschutz"
    r"|privacy(?:-policy)?|agb|terms(?:-of-(?:use|service))?|login|register)(?:[.-].{1,60})?",
    re.IGNORECASE,
)
_ARTICLE_METAS = (
    *("article:published_time", "article:modified_time", "article:section", "article:tag"),
    *("datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"),
)
_GENERATORS = re.compile(r"(?i)mediawiki|phpbb|vbulletin|xenforo|discourse")
_SOLD = frozenset(("locked", "metered", "premium", "paid"))
_OFFER = re.compile(f"(?i){any_of(lambda each: each.page.offers)}")
_CONTINUE = re.compile(f"(?i){any_of(lambda each: each.page.continue_reading)}")
_MAX_OFFER_CHARS = 240
_MAX_STUB_CHARS = 1_600
_STUB_LINES = 4
_MIN_TEASERS = 6
_MAX_STORY_CHARS = 1_200
_FEW_CHARS = 2_400
_BARE_CHARS = 600
"""Below it a page without a headline is a post, a form or a message."""


def page_kind(
    table: PageTable, places: Places, head: PageHead, data: JsonLd, url: str | None
) -> str:
    """`article`, or what the page is instead: front, section, author, search, video, ... other.

    Args:
        table: of the page.
        places: of its rows.
        head: what it declares.
        data: its JSON-LD.
        url: its address, None where it is not known.
    """
    path, query = _parts(url)
    if url and not query and _FRONT.fullmatch(path):
        return "front"
    if _GENERATORS.search(head.first("generator") or ""):
        return "other"
    segments = [part.lower() for part in path.split("/") if part]
    if segments and _LAST_SEGMENT.fullmatch(segments[-1]) and data.published is None:
        return "other"
    og_type = (head.first("og:type") or "").lower()
    is_declared = data.published is not None or any(map(head.metas.get, _ARTICLE_METAS))
    if is_declared or og_type.startswith("article"):
        return "article"
    if og_type.startswith("video"):
        return "video"
    if ":" in og_type:  # a type of the site's own: a photo, a presentation, a sound
        return "other"
    by_path = next((_SEGMENTS[part] for part in segments[:-1] if part in _SEGMENTS), None)
    by_type = next((kind for name, kind in _BY_TYPE.items() if name in data.types), None)
    kind = _BY_OG_TYPE.get(og_type) or by_type or by_path
    story = _story_chars(places)
    if (
        kind is not None
        and (data.headline is None or by_type)
        and story <= _FEW_CHARS * _weight(kind)
    ):
        return kind
    if (
        _teasers(table, places) >= _MIN_TEASERS
        and story <= _MAX_STORY_CHARS
        and not _is_dated(places)
    ):
        return "section"
    is_bare = data.headline is None and places.headline is None
    return "other" if is_bare and story < _BARE_CHARS else "article"


def is_stub(table: PageTable, data: JsonLd, head: PageHead, lines: Sequence[str]) -> bool:
    """Whether the page shows no more than the beginning of a story that is sold.

    A page that declares so and has a short text; a story that breaks off, with an offer behind it.
    """
    chars = sum(map(len, lines))
    is_sold = data.is_free is False or (head.first("article:content_tier") or "") in _SOLD
    if is_sold:
        return chars <= _MAX_STUB_CHARS
    if chars > _MAX_STUB_CHARS // 2 or not lines:
        return False
    is_broken = any(line.endswith(("...", "…", "[…]")) for line in lines[-_STUB_LINES:])
    is_offered = any(map(_OFFER.search, lines[-_STUB_LINES:]))
    asks = any(map(_CONTINUE.search, lines[-_STUB_LINES:]))
    return is_offered and (is_broken or asks or any(flags & names.PAYWALL for flags in table.flags))


def without_offer(lines: Sequence[str]) -> list[str]:
    """A stub's lines without those behind its text that offer the rest for sale."""
    first = next((at for at, line in enumerate(lines) if at and is_offer(line)), len(lines))
    return list(lines[:first])


def is_offer(line: str) -> bool:
    """Whether a line offers the rest of a story to readers who pay or sign in."""
    return len(line) <= _MAX_OFFER_CHARS and _OFFER.search(line) is not None


def _parts(url: str | None) -> tuple[str, str]:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return "?", ""
    return parts.path, parts.query


def _weight(kind: str) -> int:
    """How much more text than a short story's a page of the kind may have."""
    return 40 if kind == "other" else 1


def _story_chars(places: Places) -> int:
    sums = places.paragraph_chars
    return sums[places.last] - sums[min(places.first, places.last)]


def _teasers(table: PageTable, places: Places) -> int:
    """How many boxes lead to other pages, in the part of the page that is no frame."""
    return sum(
        places[row] is Place.TEASER
        and (parent := table.parents[row]) >= 0
        and places[parent] is not Place.TEASER
        for row in range(len(table))
    )


def _is_dated(places: Places) -> bool:
    """Whether a headline stands right above a story of its own."""
    return places.headline is not None and places.box > 0 and _story_chars(places) > 400
