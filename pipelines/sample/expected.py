"""What a run over the sample should find: one row for each page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from pipelines.sample.editing import outlet_credit_of, published_paragraphs, wire_of
from pipelines.sample.odd import OddPage, odd_pages
from pipelines.sample.pages import Visit, visits


@dataclass(frozen=True, slots=True)
class SampleTruth:
    """One page of the sample with the facts that a run may be held to."""

    url: str
    host: str
    """Without www."""
    outlet: str
    """The name that the outlet prints; empty for a page that is no article."""
    cluster: str
    """The story told; pages of one story are copies of each other. Empty for no article."""
    kind: str
    """original, copy, trimmed, edited, revision, roundup, template, mirror, silent-mirror; or
    not-found, image, script-only, stub, too-deep."""
    fate: str
    """article, rejected or skipped."""
    fetched_at: datetime
    wire: str | None = None
    """The agency (AP, Reuters, AFP, dpa) that the dateline names."""
    outlet_credit: str | None = None
    """The other outlet that the text names as its origin."""
    mirror_of: str | None = None
    """The outlet's own host, where this page stands on another."""
    lookalike_of: str | None = None
    contains: tuple[str, ...] = ()
    """Clusters of which a round-up carries the opening."""
    title: str = ""
    published_at: datetime | None = None
    language: str = ""
    text: str = ""
    """Paragraphs separated by one line feed, dateline and closing credit included."""


def sample_truth() -> list[SampleTruth]:
    """Return one row for each page of the sample, sorted by address."""
    return sorted(_rows(), key=lambda row: row.url)


def _rows() -> Iterator[SampleTruth]:
    yield from map(_article_row, visits())
    yield from map(_odd_row, odd_pages())


def _article_row(visit: Visit) -> SampleTruth:
    outlet, page = visit.outlet, visit.page
    return SampleTruth(
        url=visit.url,
        host=visit.site.host,
        outlet=outlet.name,
        cluster=page.story.key,
        kind=visit.kind,
        fate="article",
        fetched_at=visit.fetched_at,
        wire=wire_of(page),
        outlet_credit=outlet_credit_of(page, outlet.name),
        mirror_of=outlet.host if visit.is_mirror else None,
        lookalike_of=outlet.lookalike_of,
        contains=tuple(story.key for story in page.openings),
        title=page.title,
        published_at=page.at,
        language=outlet.language,
        text="\n".join(published_paragraphs(page)),
    )


def _odd_row(odd: OddPage) -> SampleTruth:
    return SampleTruth(
        url=odd.url,
        host=(urlsplit(odd.url).hostname or "").removeprefix("www."),
        outlet="",
        cluster="",
        kind=odd.kind,
        fate=odd.fate,
        fetched_at=odd.fetched_at,
    )
