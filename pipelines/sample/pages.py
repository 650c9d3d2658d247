"""The sample's article pages on all their hosts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipelines.sample.addresses import origin_of, path_of
from pipelines.sample.editing import published_paragraphs
from pipelines.sample.layouts import Sheet, page_html
from pipelines.sample.outlets import Mirror, Placement, SampleOutlet, outlets


@dataclass(frozen=True, slots=True)
class Visit:
    """One article page on one host, as the plan has it."""

    outlet: SampleOutlet
    page: Placement
    site: SampleOutlet | Mirror

    @property
    def url(self) -> str:
        """The address under which the crawler asks for the page."""
        return origin_of(self.site) + path_of(self.outlet, self.page)

    @property
    def fetched_at(self) -> datetime:
        """When the crawler asks for it: a fixed delay after publication."""
        delay = timedelta(minutes=self.site.crawl_delay_minutes)
        return self.page.at.astimezone(UTC) + delay

    @property
    def is_mirror(self) -> bool:
        """Whether the host is another one than the outlet's own."""
        return isinstance(self.site, Mirror)

    @property
    def kind(self) -> str:
        """How the page came about; on a mirror, that it is one."""
        return self.site.kind if isinstance(self.site, Mirror) else self.page.kind


def visits() -> Iterator[Visit]:
    """Yield every article page of the sample, an outlet's own host before its mirrors."""
    for outlet in outlets():
        sites: tuple[SampleOutlet | Mirror, ...] = (outlet, *outlet.mirrors)
        for site in sites:
            for page in outlet.pages:
                if not (page.only_here and isinstance(site, Mirror)):
                    yield Visit(outlet, page, site)


def visit_html(visit: Visit) -> bytes:
    """Return the page in the bytes that the host serves."""
    outlet, page = visit.outlet, visit.page
    sheet = Sheet(
        layout=outlet.layout,
        site=outlet.name,
        language=outlet.language,
        charset=outlet.charset,
        url=visit.url,
        title=page.title,
        section=page.story.section,
        byline=page.author,
        published=page.at,
        paragraphs=published_paragraphs(page),
        caption=page.story.caption,
        photo=page.story.photo,
        announced=_announced(visit),
        related=_related(visit),
    )
    return page_html(sheet).encode(outlet.charset, errors="xmlcharrefreplace")


def _announced(visit: Visit) -> tuple[str, ...]:
    """Return the other addresses that this host's footer names."""
    outlet, site = visit.outlet, visit.site
    sites: tuple[SampleOutlet | Mirror, ...] = outlet.announced
    if isinstance(site, Mirror) and site.announces_back:
        sites = (outlet, *(other for other in sites if other.host != site.host))
    elif isinstance(site, Mirror) and not site.keeps_footer:
        return ()
    return tuple(origin_of(announced).removeprefix("https://") for announced in sites)


def _related(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Return links to the three pages that follow in the plan, in a circle."""
    pages = visit.outlet.pages
    start = pages.index(visit.page) + 1
    following = (pages[(start + step) % len(pages)] for step in range(3))
    return tuple((path_of(visit.outlet, page), page.title) for page in following)
