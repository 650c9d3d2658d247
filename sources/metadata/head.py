"""What a page says of itself outside its text: metas, links, first headings and times."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sources.languages.language_files import any_of
from sources.page import name_flags as names
from sources.page.page_table import PageTable
from sources.text.lines import clean_line

_MAX_CONTENT_CHARS = 2_000
_MAX_METAS = 300
_MAX_HEADINGS = 5
_MAX_ALTERNATES = 60
_REPEATED = frozenset(
    ("article:author", "author", "dc.creator", "parsely-author", "citation_author")
)
"""A page of several authors repeats these."""
# WordPress's Yoast names the author in a pair of label and data.
_WRITER_LABEL = re.compile(f"(?i){any_of(lambda each: each.bylines.writer_labels)}")


@dataclass(frozen=True, slots=True)
class PageHead:
    """A page's own words about itself, bounded, not yet weighed."""

    metas: Mapping[str, str]
    """property, name or itemprop in lower case -> content; the first one counts."""
    title: str | None
    headings: tuple[str, ...]
    """The first h1 elements."""
    marked_heading: str | None
    """The first lesser heading marked as the headline: where the h1 is the outlet's name."""
    language: str | None
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    """hreflang and address of links to this page in other languages."""

    def first(self, *names: str) -> str | None:
        """The content of the first of these metas that has any."""
        return next((self.metas[name] for name in names if self.metas.get(name)), None)


def read_head(table: PageTable) -> PageHead:
    """The page's words about itself."""
    root = table.attributes[0] if len(table) else {}
    return PageHead(
        metas=_metas(table),
        title=next((text for row in table.rows("title") if (text := _text(table, row))), None),
        headings=tuple(
            text for row in islice(table.rows("h1"), _MAX_HEADINGS) if (text := _text(table, row))
        ),
        marked_heading=next(_marked_headings(table), None),
        language=root.get("lang") or root.get("xml:lang"),
        canonical=_canonical(table),
        alternates=tuple(islice(_alternates(table), _MAX_ALTERNATES)),
    )


def _metas(table: PageTable) -> dict[str, str]:
    contents: dict[str, str] = {}
    head_end = next((table.ends[row] for row in table.rows("head")), 0)
    for row in islice(table.rows("meta"), _MAX_METAS):
        attributes = table.attributes[row]
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if row >= head_end and name == "author":
            continue  # of whatever its place describes: a work that is cited, a review
        # what some tools save pages with writes `value`
        written = attributes.get("content") or attributes.get("value") or ""
        content = clean_line(written[:_MAX_CONTENT_CHARS])
        if name and content:
            key = name.strip().lower()
            if key in contents and key in _REPEATED:
                contents[key] = f"{contents[key]}; {content}"[:_MAX_CONTENT_CHARS]
            contents.setdefault(key, content)
            if key.startswith("twitter:data") and _WRITER_LABEL.fullmatch(
                contents.get(key.replace("data", "label"), "")
            ):
                contents.setdefault("twitter:writer", content)
        if (attributes.get("http-equiv") or "").lower() == "content-language":
            contents.setdefault("content-language", content)
    return contents


def _marked_headings(table: PageTable) -> Iterator[str]:
    """hAtom's, and with it those of WordPress and Blogger; schema.org's."""
    for row in table.rows("h2", "h3"):
        is_marked = table.get(row, "itemprop") == "headline" or table.flags[row] & names.HEADLINE
        if is_marked and (text := _text(table, row)):
            yield text


def _canonical(table: PageTable) -> str | None:
    for row in table.rows("link"):
        if table.get(row, "rel").lower() == "canonical":
            return table.get(row, "href").strip()[:_MAX_CONTENT_CHARS] or None
    return None


def _alternates(table: PageTable) -> Iterator[tuple[str, str]]:
    for row in table.rows("link"):
        language = table.get(row, "hreflang").strip()
        if language and "alternate" in table.get(row, "rel").lower().split():
            yield language[:20], table.get(row, "href").strip()[:_MAX_CONTENT_CHARS]


def _text(table: PageTable, row: int) -> str:
    return clean_line(table.text_of(row)[:_MAX_CONTENT_CHARS])
