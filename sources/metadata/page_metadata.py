"""A page's metadata: each field from the best of its sources, with the source's name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sources.credits.agencies import agency
from sources.metadata.dates import WrittenDate, date_in_path, written_date
from sources.metadata.head import PageHead
from sources.metadata.headline import choose_headline
from sources.metadata.json_ld import JsonLd
from sources.metadata.person_names import person, split_names, without_outlet

_PUBLISHED_METAS = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "date.modified",
    "dcterms.modified",
    "lastmod",
)
_AUTHOR_METAS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "parsely-author",
    "byl",
    "cxenseparse:author",
    "mediator_author",
    "citation_author",
    "authors",
    "twitter:writer",
)


@dataclass(frozen=True, slots=True)
class Sourced:
    """Names and the source that gave them."""

    names: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date and the source that gave it."""

    date: WrittenDate | None
    source: str | None


def outlet_name(head: PageHead, data: JsonLd) -> str | None:
    """The outlet's name as the page writes it."""
    return head.first("og:site_name", "application-name") or data.publisher


def page_headline(
    head: PageHead, data: JsonLd, outlets: Sequence[str], host: str | None
) -> tuple[str, str] | None:
    """The headline and its source, None where the page has none."""
    first_heading = head.headings[0] if head.headings else None
    candidates = [
        ("og", head.first("og:title")),
        ("json-ld", data.headline),
        ("h1", first_heading),
        ("title", head.title),
        ("og", head.first("twitter:title", "dc.title", "title")),
        *(("h1", heading) for heading in head.headings[1:]),
        ("heading", head.marked_heading),
    ]
    text, source = choose_headline(candidates, outlets, host)
    return (text, source) if text and source else None


def page_authors(
    head: PageHead, data: JsonLd, outlets: Sequence[str], bylines: Callable[[], Sequence[str]]
) -> Sourced:
    """The people in JSON-LD, else in meta elements, else in bylines; never the outlet.

    The page is only searched for bylines where its metadata names nobody.
    """
    for source, written in _author_candidates(head, data, bylines):
        names = without_outlet(written, [*outlets, *data.organisations])
        if names:
            return Sourced(names, source)
    return Sourced((), None)


def _author_candidates(
    head: PageHead, data: JsonLd, bylines: Callable[[], Sequence[str]]
) -> Iterator[tuple[str, Sequence[str]]]:
    yield "json-ld", [name for one in data.people for name in _one_or_more(one)]
    for key in _AUTHOR_METAS:
        yield "meta", split_names(head.metas.get(key, ""))
    yield "byline", bylines()


def page_published(
    head: PageHead, data: JsonLd, url: str | None, shown: Callable[[], WrittenDate | None]
) -> DateFound:
    """The date of publication: the first source with a zone, else with a time, else with a day.

    The page is only searched for a date that it shows where none of the others has a time.
    """
    written = [
        ("json-ld", data.published),
        *(("meta", head.metas.get(key)) for key in _PUBLISHED_METAS),
        *(("time", one) for one in head.times),
    ]
    found = [DateFound(date, source) for source, text in written if (date := _read(text))]
    if url and (day := date_in_path(url)):
        found.append(DateFound(day, "url"))
    if not any(one.date and one.date.has_time for one in found) and (date := shown()):
        found.append(DateFound(date, "shown"))
    return max(found, key=_precision, default=DateFound(None, None))


def page_modified(head: PageHead, data: JsonLd) -> WrittenDate | None:
    """The date of the last change the page declares."""
    written = [data.modified, *(head.metas.get(key) for key in _MODIFIED_METAS)]
    return next((date for text in written if (date := _read(text))), None)


def origin_names(
    data: JsonLd,
    people: Iterable[str],
    head: PageHead,
    shown: Callable[[], frozenset[str]],
) -> tuple[str, ...]:
    """Agencies in credit fields, and in bylines that name no `people` beside them.

    The page is only searched for the agencies that it shows where a byline names one.
    """
    authors = [*data.people, *data.organisations, *people]
    authors.extend(part for key in _AUTHOR_METAS for part in split_names(head.metas.get(key, "")))
    # An agency beside a person may be an employer or a helper: no claim that the text is its copy.
    bylines = [one for one in authors if agency(one)] if all(map(agency, people)) else []
    seen = shown() if bylines else frozenset()
    written = [*data.credits, *(one for one in bylines if agency(one) in seen)]
    return tuple(dict.fromkeys(name for name in written if agency(name)))


def _one_or_more(written: str) -> list[str]:
    """A JSON-LD name is one person's, unless it begins like a byline or lists several."""
    name = person(written)
    return [name] if name and ("," not in name and " and " not in name) else split_names(written)


def _precision(found: DateFound) -> tuple[bool, bool]:
    date = found.date
    return (date is not None and date.zone is not None, date is not None and date.has_time)


def _read(text: str | None) -> WrittenDate | None:
    return written_date(text) if text else None
