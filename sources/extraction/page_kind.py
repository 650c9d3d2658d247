"""What kind of page it is, what says so, and whether it shows a whole story.

Three sorts of evidence: what the page or its address says of itself, a shape that stories hardly
have, and a text that is no story: it stands in boxes that lead to other pages. Only the last leaves
a page out of matching (`schemas.article.LEFT_OUT`): whatever can be claimed would be claimed by who
wants to copy unseen. A page that is in doubt is an article.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from schemas.article import LEFT_OUT, STORIES
from sources.extraction.content_systems import is_standing_page, kind_by_system
from sources.languages.language_files import any_of
from sources.metadata.head import PageHead
from sources.metadata.json_ld import JsonLd
from sources.page import name_flags as names
from sources.page.page_table import INLINE, PageTable
from sources.page.places import OF_STORY, Place, Places
from sources.text.lines import word_count

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
    "article:published_time",
    "article:modified_time",
    "article:section",
    "article:tag",
)
_DATE_METAS = (
    *("datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"),
)
"""Of articles, and of films and products too."""
_SOLD = frozenset(("locked", "metered", "premium", "paid"))
_OFFER = re.compile(f"(?i){any_of(lambda each: each.page.offers)}")
_CONTINUE = re.compile(f"(?i){any_of(lambda each: each.page.continue_reading)}")
_MAX_OFFER_CHARS = 240
_MAX_STUB_CHARS = 1_600
_STUB_LINES = 4
_MIN_TEASERS = 6
_MAX_STORY_CHARS = 1_200
_FEW_CHARS = 2_400
_MIN_STORY_CHARS = 400
_BARE_CHARS = 600
"""Below it a page without a headline is a post, a form or a message."""
_MOST = 0.5
"""Of a text's characters."""
_MIN_ENTRIES = 5
_HOUR = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_PROSE_CHARS = 80
_MIN_PROSE_SHARE = 0.2
_SENTENCE_ENDS = tuple(".!?…。！？।؟”»\"'")
_MIN_WALL_CHARS = 40
_DAY = re.compile(
    r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})\b|\b(?:19|20)\d\d\s?[./年-]\s?\d{1,2}"
    r"|\b\d{1,2}\.?\s(?:de\s)?[^\W\d]{3,12}\.?,?\s(?:de\s)?(?:19|20)\d\d\b"
    r"|[^\W\d]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d\b"
)
_MAX_DAY_CHARS = 80
"""Of a line that tells a day; longer ones tell of days."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page (`Article.page_kind`) and what says so.

    Sources: `teasers`, the text stands in boxes that lead to other pages; `wall`, in a dialogue;
    `field`, in a field to write in; `comments`, among comments; `entries`, parts with a time each;
    `address`; `declared`, by og:type, JSON-LD or the system that made the page; `no-story`, no
    headline and hardly a text, or boxes that lead to other pages beside hardly a text;
    `no-prose`, lines that are no sentences; `undated`, neither a day nor a name nor a word that it
    is an article. None: nothing speaks against an article.
    """

    name: str
    source: str | None = None

    @property
    def is_left_out(self) -> bool:
        """Whether nothing is matched with the page: what it shows is no story."""
        return self.name not in STORIES and self.source in LEFT_OUT


ARTICLE = PageKind("article")


def page_kind(
    table: PageTable,
    places: Places,
    head: PageHead,
    data: JsonLd,
    url: str | None,
    lines: Sequence[str],
    is_signed: bool,
) -> PageKind:
    """The kind of a page.

    Args:
        table: of the page.
        places: of its rows.
        head: what it declares.
        data: its JSON-LD.
        url: its address, None where it is not known.
        lines: of its text.
        is_signed: whether a date or an author of it is known.
    """
    claimed = _claimed(table, places, head, data, url)
    if _share(lines, _lines_in(table, _dialogues(table, places))) > _MOST:
        return PageKind("wall", "wall")
    if _share(lines, _lines_in(table, table.rows("textarea"))) > _MOST:
        return PageKind("other", "field")
    if not _is_declared(head, data) and _share(lines, _teaser_lines(table, places)) > _MOST:
        return PageKind("other" if claimed.name in STORIES else claimed.name, "teasers")
    if claimed is not ARTICLE:
        return claimed
    if _entries(table, places, lines) >= _MIN_ENTRIES:
        return PageKind("live_blog", "entries")
    if _is_declared(head, data):
        return ARTICLE
    story = _story_chars(places)
    if story < _MIN_STORY_CHARS and _share(lines, _comment_lines(table, places)) > _MOST:
        return PageKind("other", "comments")
    if (
        len(_teaser_boxes(table, places)) >= _MIN_TEASERS
        and story <= _MAX_STORY_CHARS
        and not _is_dated(places)
    ):
        return PageKind("section", "no-story")
    if data.headline is None and places.headline is None and story < _BARE_CHARS:
        return PageKind("other", "no-story")
    if _is_prose_less(lines) and (not is_signed or story == 0):
        return PageKind("other", "no-prose")
    if not is_signed and not _shows_day(table) and not _DAY.search(url or ""):
        return PageKind("other", "undated")
    return ARTICLE


def words_of_story(table: PageTable, places: Places, lines: Sequence[str]) -> int:
    """How many words of a text stand outside of boxes that lead to other pages."""
    others = _teaser_lines(table, places)
    return word_count("\n".join(line for line in lines if line not in others))


def _claimed(
    table: PageTable, places: Places, head: PageHead, data: JsonLd, url: str | None
) -> PageKind:
    """What the page and its address say, less what its shape shows to be wrong."""
    if data.is_live_blog:
        return PageKind("live_blog", "declared")
    path, query = _parts(url)
    if url and not query and _FRONT.fullmatch(path):
        return PageKind("front", "address")
    by_system = kind_by_system(table, head)
    if by_system is not None:
        return PageKind(by_system, "declared")
    segments = [part.lower() for part in path.split("/") if part]
    if segments and _LAST_SEGMENT.fullmatch(segments[-1]) and data.published is None:
        return PageKind("other", "address")
    og_type = (head.first("og:type") or "").lower()
    story = _story_chars(places)
    is_typed = any(kind.endswith("article") for kind in data.types)
    if not is_typed and is_standing_page(table) and not any(map(_tells_day, _told(table, places))):
        return PageKind("other", "declared")
    is_film = og_type.startswith("video") and not any(map(head.metas.get, _ARTICLE_METAS))
    if is_film and not is_typed:
        return PageKind("video", "declared")
    by_path = next((_SEGMENTS[part] for part in segments[:-1] if part in _SEGMENTS), None)
    if _is_declared(head, data):
        is_bare = by_path is not None and story < _MIN_STORY_CHARS
        return PageKind(by_path or "other", "address") if is_bare else ARTICLE
    if og_type.startswith("video"):
        return PageKind("video", "declared")
    if ":" in og_type:  # a type of the site's own: a photo, a presentation, a sound
        return PageKind("other", "declared")
    if head.first("twitter:card") == "player":
        return PageKind("video", "declared")
    by_type = next((kind for name, kind in _BY_TYPE.items() if name in data.types), None)
    declared = _BY_OG_TYPE.get(og_type) or by_type
    kind = declared or by_path
    if kind is None or (data.headline is not None and not by_type):
        return ARTICLE
    is_short = story <= _FEW_CHARS * _weight(kind)
    return PageKind(kind, "declared" if declared else "address") if is_short else ARTICLE


def _is_declared(head: PageHead, data: JsonLd) -> bool:
    """Whether the page says that it is an article."""
    og_type = (head.first("og:type") or "").lower()
    is_dated = data.published is not None or any(
        map(head.metas.get, (*_ARTICLE_METAS, *_DATE_METAS))
    )
    return is_dated or og_type.startswith("article") or data.is_live_blog


def is_stub(
    table: PageTable, places: Places, data: JsonLd, head: PageHead, lines: Sequence[str]
) -> bool:
    """Whether the page shows no more than the beginning of a story that is sold.

    Its text is short and breaks off, or ends in an offer; and a second thing says that the rest is
    sold: the page, the offer itself, or a wall. A short story that is sold and whole is no stub.
    """
    chars = sum(map(len, lines))
    is_sold = data.is_free is False or (head.first("article:content_tier") or "") in _SOLD
    if not lines or chars > (_MAX_STUB_CHARS if is_sold else _MAX_STUB_CHARS // 2):
        return False
    end = lines[-_STUB_LINES:]
    is_broken = any(line.endswith(("...", "…", "[…]")) for line in end)
    is_offered = any(map(_OFFER.search, end))
    asks = any(map(_CONTINUE.search, end))
    is_walled = is_sold or bool(_walls(table, places))
    return (is_broken and (is_walled or is_offered)) or (is_offered and (is_walled or asks))


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


def _teaser_boxes(table: PageTable, places: Places) -> list[int]:
    """The boxes that lead to other pages, in the part of the page that is no frame."""
    return [
        row
        for row in range(len(table))
        if places[row] is Place.TEASER
        and (parent := table.parents[row]) >= 0
        and places[parent] is not Place.TEASER
    ]


def _teaser_lines(table: PageTable, places: Places) -> set[str]:
    """The lines that stand in boxes that lead to other pages and nowhere else on the page.

    So a story is its own, however often boxes repeat it.
    """
    boxes = _teaser_boxes(table, places)
    if len(boxes) < _MIN_TEASERS:
        return set()
    starts = [0, *(table.finishes[row] for row in boxes)]
    ends = [*(table.begins[row] for row in boxes), len(table.text)]
    outside = [table.text[start:end] for start, end in zip(starts, ends, strict=True)]
    elsewhere = {" ".join(line.split()) for piece in outside for line in piece.split("\n")}
    return _lines_in(table, boxes) - elsewhere


def _walls(table: PageTable, places: Places) -> list[int]:
    """The rows of dialogues and of what is called a paywall, beside the story."""
    return [
        row
        for row, flags in enumerate(table.flags)
        if (flags & names.PAYWALL or _is_dialogue(table, row))
        and table.chars_of(row) >= _MIN_WALL_CHARS
        and not table.holds(row, places.first)
        and not (places.headline is not None and table.holds(row, places.headline))
    ]


def _dialogues(table: PageTable, places: Places) -> list[int]:
    """The outermost rows of dialogues, where none of them holds the headline."""
    rows: list[int] = []
    for row in range(len(table)):
        is_within = bool(rows) and table.holds(rows[-1], row)
        holds_headline = places.headline is not None and table.holds(row, places.headline)
        if not is_within and not holds_headline and _is_dialogue(table, row):
            rows.append(row)
    return rows


def _is_dialogue(table: PageTable, row: int) -> bool:
    return table.tags[row] == "dialog" or table.get(row, "role") in ("dialog", "alertdialog")


def _lines_in(table: PageTable, rows: Iterable[int]) -> set[str]:
    return {line for row in rows for line in table.lines_of(row)}


def _comment_lines(table: PageTable, places: Places) -> set[str]:
    """The lines of the outermost rows of comments."""
    rows = (row for row in range(len(table)) if places[row] is Place.COMMENTS)
    return _lines_in(
        table, (row for row in rows if places[max(table.parents[row], 0)] is not Place.COMMENTS)
    )


def _share(lines: Sequence[str], others: set[str]) -> float:
    """The share of a text's characters whose lines stand among others."""
    chars = sum(map(len, lines))
    return sum(len(line) for line in lines if line in others) / chars if chars else 0.0


def _entries(table: PageTable, places: Places, lines: Sequence[str]) -> int:
    """How many parts of the story open with an hour of their own and hold a line of its text."""
    times = [
        table.begins[row]
        for row in table.rows("time")
        if places[row] in OF_STORY and _HOUR.search(table.text_of(row))
    ]
    story = {line for line in lines if len(line) >= _PROSE_CHARS // 2}
    return sum(
        any(" ".join(line.split()) in story for line in table.text[start:end].split("\n"))
        for start, end in pairwise([*times, len(table.text)])
    )


def _is_prose_less(lines: Sequence[str]) -> bool:
    prose = sum(
        len(line) for line in lines if len(line) >= _PROSE_CHARS and line.endswith(_SENTENCE_ENDS)
    )
    return prose < _MIN_PROSE_SHARE * sum(map(len, lines))


def _shows_day(table: PageTable) -> bool:
    """Whether a short line anywhere on the page tells a day."""
    return any(map(_tells_day, table.text.split("\n")))


def _tells_day(line: str) -> bool:
    return len(line) <= _MAX_DAY_CHARS and _DAY.search(line) is not None


def _told(table: PageTable, places: Places) -> Iterator[str]:
    """The lines of the story and of what belongs to it; what runs on in a line is not cut."""
    blocks = [row for row, tag in enumerate(table.tags) if tag not in INLINE]
    ends = [*(table.begins[row] for row in blocks[1:]), len(table.text)]
    for row, end in zip(blocks, ends, strict=False):
        if places.is_of_story(row):
            yield from table.text[table.begins[row] : end].split("\n")


def _is_dated(places: Places) -> bool:
    """Whether a headline stands right above a story of its own."""
    return (
        places.headline is not None and places.box > 0 and _story_chars(places) > _MIN_STORY_CHARS
    )
