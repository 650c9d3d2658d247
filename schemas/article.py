"""An article: one text at one address, with where each of its fields was found."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of the page that is evidence for a fact about it."""

    kind: str
    """wire_credit, outlet_credit, photo_credit, caption, correction, announced_host, share_line,
    subscribe_line, hreflang or dateline."""
    value: str
    """What was read out of it: `AFP`, `example.ir`, the caption itself."""
    snippet: str
    """The passage as it stood on the page, at most 500 characters."""
    place: str | None = None
    """Where on the page it stands (sources.page.places): `footer`, `below-headline`; None where a
    text has no page or the passage was read out of the text itself."""


@dataclass(frozen=True, slots=True)
class PolicyLink:
    """A link of the page to where its outlet says how it works."""

    kind: str
    """corrections, ethics, ownership, ...: the tables of sources/metadata/policies.toml."""
    url: str
    how: str
    """json-ld, or link: by what a link in the page's frame is called."""


STORIES = ("article", "live_blog")
"""Kinds of page that hold a story."""
LEFT_OUT = ("teasers",)
"""Sources of a page's kind that leave it out of matching and measures: its text is no story.
What a page says of itself, or its address, is no such source, or who copies could hide it so."""
STUB = "stub"
"""The flag of the beginning of a story whose rest is sold."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text at one address, before it is matched with others."""

    article_id: str
    """16 hexadecimal digits from the normalised address and the text (sources.urls)."""
    input: str
    position: int
    url: str | None
    """As the input gave it, less user and password."""
    canonical_url: str | None
    """The normalised address: host without www, no fragment, no tracking parameters."""
    declared_url: str | None
    """What the page itself names as its canonical address."""
    host: str | None
    outlet: str | None
    """The outlet's name as the page (og:site_name) or the input's column says."""
    title: str | None
    title_source: str | None
    """json-ld, og, h1, title, trafilatura, input or first-line."""
    authors: tuple[str, ...]
    author_source: str | None
    published_at: datetime | None
    """UTC. None where no plausible date stands."""
    published_zone: str | None
    """`+02:00` as written; None where the page gave no zone and UTC was assumed."""
    modified_at: datetime | None
    date_source: str | None
    fetched_at: datetime | None
    """Of a capture the time at which it was taken, as far as its address says."""
    captured_by: str | None
    """The web archive, cache or proxy that served the page; None where the outlet did."""
    language: str | None
    """ISO 639-1, lower case."""
    language_source: str | None
    section: str | None
    standfirst: str | None
    """What introduces the story below its headline, as the page marks it; `text` opens with it."""
    text: str
    """Paragraphs separated by one line feed."""
    word_count: int
    dateline: str | None
    wire_credits: tuple[str, ...]
    outlet_credits: tuple[str, ...]
    photo_credits: tuple[str, ...]
    captions: tuple[str, ...]
    corrections: tuple[str, ...]
    announced_hosts: tuple[str, ...]
    """Hosts the page names as other addresses of its own outlet, normalised."""
    policy_links: tuple[PolicyLink, ...]
    """None stands in a text that somebody extracted before us: nobody saw its page."""
    snippets: tuple[Snippet, ...]
    page_kind: str | None
    """article, live_blog, gallery, video, front, section, author, search, wall or other; None where
    a row of text gives no page."""
    page_kind_source: str | None
    """What says so, a code of `sources.extraction.page_kind`; None where nothing says otherwise
    than that it is an article."""
    flags: tuple[str, ...]
    """Codes such as date-in-future, address-not-believed or caption-without-shared-name, sorted."""
    payload_digest: str | None = None
    """Of the bytes that it was read from, as the crawler wrote it; None where it wrote none."""
