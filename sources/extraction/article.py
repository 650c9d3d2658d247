"""An article out of what a page or a row says: the one place where fields are bounded."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from schemas.article import Article, PolicyLink, Snippet
from schemas.page import Rejected, Revisit
from sources.captures import PageAddress, page_address
from sources.credits.line_classifier import Sifted, sifted, values_of
from sources.credits.picture_credits import without_picture_credit
from sources.hosts import registrable_domain
from sources.limits import Limits
from sources.metadata.dates import checked_date, is_before_text
from sources.metadata.person_names import folded, shares_no_name, split_names
from sources.metadata.written_dates import WrittenDate
from sources.text.keys import path_of
from sources.text.language import language_of
from sources.text.lines import bounded, word_count, word_counts
from sources.urls import article_id, canonical_url, host_of, public_url

_MAX_OUTLET_CHARS = 200
_TOP_LINES = 4
_MAX_BYLINE_CHARS = 200
_MAX_SECTION_CHARS = 100
_RELATIVE = frozenset(("announced_host", "hreflang"))
"""Kinds of evidence on other hosts."""
_MAX_STANDFIRST_CHARS = 1_200


@dataclass(frozen=True, slots=True)
class Found:
    """What a page or row says, before it is checked, bounded and sifted."""

    input: str
    position: int
    url: str | None
    declared_url: str | None
    outlet: str | None
    title: str | None
    title_source: str | None
    authors: tuple[str, ...]
    author_source: str | None
    published: WrittenDate | None
    date_source: str | None
    modified: WrittenDate | None
    fetched_at: datetime | None
    languages: tuple[str | None, ...]
    """As declared, the best source first."""
    section: str | None
    lines: tuple[str, ...]
    """Of the story, clean."""
    snippets: tuple[Snippet, ...] = ()
    """Evidence outside the story's lines: captions, credits, other hosts, each with its place."""
    policies: tuple[PolicyLink, ...] = ()
    flags: tuple[str, ...] = ()
    """What its reader flagged."""
    payload_digest: str | None = None
    page_kind: str | None = None
    """None of a row of text."""
    page_kind_source: str | None = None
    standfirst: str | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """The story in what was found, and what stands in it besides."""

    title: str | None
    story: Sifted
    whole: str
    text: str
    """The whole, cut where it is too long."""


def make_article(found: Found, limits: Limits) -> Article | Rejected:
    """The article, or `too-short` where too few words of story are left."""
    told = _told(found, limits)
    return _made(found, told, word_count(told.text), limits)


def make_articles(found: Sequence[Found], limits: Limits) -> list[Article | Rejected]:
    """What make_article makes of each, in order; the words of all are counted at once."""
    told = [_told(one, limits) for one in found]
    counts = word_counts([one.text for one in told])
    return [_made(*row, limits) for row in zip(found, told, counts, strict=True)]


def _told(found: Found, limits: Limits) -> _Told:
    title = bounded(found.title, limits.max_title_chars) if found.title else None
    lines = _without_heading(found.lines, title, found.authors, limits.max_title_chars)
    story = sifted(lines, limits.max_snippet_chars)
    whole = "\n".join(story.paragraphs)
    return _Told(title, story, whole, whole[: limits.max_text_chars].rstrip())


def _made(found: Found, told: _Told, words: int, limits: Limits) -> Article | Rejected:
    title, story, text = told.title, told.story, told.text
    if words < limits.min_words:
        message = f"{words} words of story, at least {limits.min_words} make an article"
        return Rejected(
            found.input, found.position, found.url, "text", "too-short", message, found.fetched_at
        )
    snippets = _snippets(found, story, limits)
    address = page_address(found.url) if found.url else PageAddress(None)
    canonical = canonical_url(address.url) if address.url else None
    fetched_at = address.captured_at or found.fetched_at
    published = checked_date(found.published, fetched_at)
    if published.moment and is_before_text(published.moment, fetched_at, told.whole):
        published = replace(published, flags=(*published.flags, "date-before-text"))
    language = language_of(text, list(found.languages))
    captions = values_of(snippets, "caption")
    named = _identity(found.declared_url, canonical, f"{found.input}#{found.position}")
    return Article(
        article_id=article_id(named, text),
        input=found.input,
        position=found.position,
        url=found.url,
        canonical_url=canonical,
        declared_url=public_url(found.declared_url) if found.declared_url else None,
        host=host_of(canonical) if canonical else None,
        outlet=bounded(found.outlet, _MAX_OUTLET_CHARS) if found.outlet else None,
        title=title or None,
        title_source=found.title_source if title else None,
        authors=found.authors[: limits.max_authors],
        author_source=found.author_source if found.authors else None,
        published_at=published.moment,
        published_zone=published.zone,
        modified_at=checked_date(found.modified, fetched_at).moment,
        date_source=found.date_source if published.moment else None,
        fetched_at=fetched_at,
        captured_by=address.captured_by,
        language=language.code,
        language_source=language.source,
        section=bounded(found.section, _MAX_SECTION_CHARS) if found.section else None,
        standfirst=bounded(found.standfirst, _MAX_STANDFIRST_CHARS) if found.standfirst else None,
        text=text,
        word_count=words,
        dateline=next(iter(values_of(snippets, "dateline")), None),
        wire_credits=values_of(snippets, "wire_credit"),
        outlet_credits=of_others(values_of(snippets, "outlet_credit"), found.outlet, canonical),
        photo_credits=values_of(snippets, "photo_credit"),
        captions=captions,
        corrections=values_of(snippets, "correction"),
        announced_hosts=values_of(snippets, "announced_host"),
        policy_links=found.policies,
        snippets=snippets,
        page_kind=found.page_kind,
        page_kind_source=found.page_kind_source,
        flags=tuple(
            sorted(
                {
                    *found.flags,
                    *published.flags,
                    *_page_flags(found, told, captions, language.code),
                }
            )
        ),
        payload_digest=found.payload_digest,
    )


def seen_again(article: Article, revisit: Revisit) -> Article:
    """The article at the address and time of a record that says it was met there again.

    Its page is not at hand, so that what a page says relative to its address (the address that it
    declares, links, other hosts) is left out where the revisit is of another host.
    """
    address = page_address(revisit.url)
    canonical = canonical_url(address.url) if address.url else None
    host = host_of(canonical) if canonical else None
    flags = {*article.flags, *revisit.flags, "read-from-history"}
    moved = replace(
        article,
        input=revisit.input,
        position=revisit.position,
        url=revisit.url,
        canonical_url=canonical,
        host=host,
        fetched_at=address.captured_at or revisit.fetched_at,
        captured_by=address.captured_by,
        flags=tuple(sorted(flags)),
    )
    if host != article.host:
        snippets = tuple(one for one in article.snippets if one.kind not in _RELATIVE)
        moved = replace(
            moved, declared_url=None, announced_hosts=(), policy_links=(), snippets=snippets
        )
    place = f"{revisit.input}#{revisit.position}"
    named = _identity(moved.declared_url, canonical, place)
    return replace(moved, article_id=article_id(named, moved.text))


def _identity(declared_url: str | None, canonical: str | None, place: str) -> str:
    """What an article's id is made of besides its text: the address that the page calls its own.

    Where that lies under the same registered domain: then addresses of any form that show one text
    are one article. Without an address, the place in the input.
    """
    declared = canonical_url(declared_url) if declared_url else None
    if canonical is None:
        return place
    if declared is None or not path_of(declared):
        return canonical
    hosts = host_of(declared), host_of(canonical)
    is_own = None not in hosts and len({registrable_domain(host or "") for host in hosts}) == 1
    return declared if is_own else canonical


def _without_heading(
    lines: Sequence[str], title: str | None, authors: Sequence[str], max_chars: int
) -> list[str]:
    """The lines less headline and byline where they stand again at their top."""
    names = set(map(folded, authors))
    top = [
        line
        for line in lines[:_TOP_LINES]
        if not (_is_heading(line, title, max_chars) or _is_byline(line, names))
    ]
    return [*top, *lines[_TOP_LINES:]]


def _is_heading(line: str, title: str | None, max_chars: int) -> bool:
    return title is not None and line[:1] == title[:1] and bounded(line, max_chars) == title


def _is_byline(line: str, names: Set[str]) -> bool:
    if not names or len(line) > _MAX_BYLINE_CHARS:
        return False
    written = set(map(folded, split_names(line)))
    return bool(written) and written <= names


def _snippets(found: Found, story: Sifted, limits: Limits) -> tuple[Snippet, ...]:
    """The evidence of the page and of its lines; what both have counts with the page's place."""
    most = limits.max_snippet_chars
    snippets = [
        replace(one, value=one.value[:most], snippet=one.snippet[:most]) for one in found.snippets
    ]
    told = {(one.kind, one.value) for one in snippets}
    snippets.extend(one for one in story.snippets if (one.kind, one.value) not in told)
    return tuple(dict.fromkeys(snippets))


def of_others(names: Sequence[str], outlet: str | None, url: str | None) -> tuple[str, ...]:
    """The names, each once, that are not the page's own outlet, known by its name or host."""
    if not names:
        return ()
    own = folded(outlet or "")
    host = (host_of(url) or "") if url else ""
    labels = [folded(host), *(folded(label) for label in host.split(".")[:-1])]
    kept: dict[str, str] = {}
    for name in names:
        told = folded(name)
        if told and told != own and not any(told == label for label in labels):
            kept.setdefault(told, name)
    return tuple(kept.values())


def _page_flags(
    found: Found, told: _Told, captions: Sequence[str], language: str | None
) -> list[str]:
    flags = ["text-cut"] if len(told.text) < len(told.whole) else []
    if found.url is None and found.declared_url is not None:
        flags.append("address-not-believed")
    # only the story's main picture: others show what stands beside the story
    lead = next((one.value for one in found.snippets if one.kind == "caption"), None)
    main = lead if lead is not None else next(iter(captions), None)
    named = f"{told.title or ''}\n{told.text}"
    if main and shares_no_name(without_picture_credit(main), named, language):
        flags.append("caption-without-shared-name")
    return flags
