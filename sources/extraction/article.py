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
from sources.url_rules import SHIPPED, AddressRules
from sources.urls import article_id, canonical_url, host_of, public_url

_MAX_OUTLET_CHARS = 200
_TOP_LINES = 4
_MAX_BYLINE_CHARS = 200
_MAX_SECTION_CHARS = 100
_RELATIVE = frozenset(("announced_host", "hreflang"))
"""Kinds of evidence on other hosts."""
_MAX_STANDFIRST_CHARS = 1_200


@dataclass(frozen=True, slots=True)
class PageContent:
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
class _CleanStory:
    """The story of a page or row without what is no part of it."""

    title: str | None
    story: Sifted
    whole: str
    text: str
    """The whole, cut where it is too long."""


def make_article(
    content: PageContent, limits: Limits, addresses: AddressRules = SHIPPED
) -> Article | Rejected:
    """The article, or `too-short` where too few words of story are left."""
    clean = _clean_story(content, limits)
    return _article(content, clean, word_count(clean.text), limits, addresses)


def make_articles(
    contents: Sequence[PageContent], limits: Limits, addresses: AddressRules = SHIPPED
) -> list[Article | Rejected]:
    """What make_article makes of each, in order; the words of all are counted at once."""
    clean = [_clean_story(content, limits) for content in contents]
    counts = word_counts([story.text for story in clean])
    return [_article(*row, limits, addresses) for row in zip(contents, clean, counts, strict=True)]


def _clean_story(content: PageContent, limits: Limits) -> _CleanStory:
    title = bounded(content.title, limits.max_title_chars) if content.title else None
    lines = _without_heading(content.lines, title, content.authors, limits.max_title_chars)
    story = sifted(lines, limits.max_snippet_chars)
    whole = "\n".join(story.paragraphs)
    return _CleanStory(title, story, whole, whole[: limits.max_text_chars].rstrip())


def _article(
    content: PageContent, clean: _CleanStory, words: int, limits: Limits, addresses: AddressRules
) -> Article | Rejected:
    title, story, text = clean.title, clean.story, clean.text
    if words < limits.min_words:
        message = f"{words} words of story, at least {limits.min_words} make an article"
        return Rejected(
            content.input,
            content.position,
            content.url,
            "text",
            "too-short",
            message,
            content.fetched_at,
        )
    snippets = _snippets(content, story, limits)
    address = page_address(content.url, addresses) if content.url else PageAddress(None)
    canonical = canonical_url(address.url, addresses) if address.url else None
    fetched_at = address.captured_at or content.fetched_at
    published = checked_date(content.published, fetched_at)
    if published.moment and is_before_text(published.moment, fetched_at, clean.whole):
        published = replace(published, flags=(*published.flags, "date-before-text"))
    language = language_of(text, list(content.languages))
    captions = values_of(snippets, "caption")
    place = f"{content.input}#{content.position}"
    named = _identity(content.declared_url, canonical, place, addresses)
    return Article(
        article_id=article_id(named, text),
        input=content.input,
        position=content.position,
        url=content.url,
        canonical_url=canonical,
        declared_url=public_url(content.declared_url) if content.declared_url else None,
        host=host_of(canonical) if canonical else None,
        outlet=bounded(content.outlet, _MAX_OUTLET_CHARS) if content.outlet else None,
        title=title or None,
        title_source=content.title_source if title else None,
        authors=content.authors[: limits.max_authors],
        author_source=content.author_source if content.authors else None,
        published_at=published.moment,
        published_zone=published.zone,
        modified_at=checked_date(content.modified, fetched_at).moment,
        date_source=content.date_source if published.moment else None,
        fetched_at=fetched_at,
        captured_by=address.captured_by,
        language=language.code,
        language_source=language.source,
        section=bounded(content.section, _MAX_SECTION_CHARS) if content.section else None,
        standfirst=bounded(content.standfirst, _MAX_STANDFIRST_CHARS)
        if content.standfirst
        else None,
        text=text,
        word_count=words,
        dateline=next(iter(values_of(snippets, "dateline")), None),
        wire_credits=values_of(snippets, "wire_credit"),
        outlet_credits=of_others(values_of(snippets, "outlet_credit"), content.outlet, canonical),
        photo_credits=values_of(snippets, "photo_credit"),
        captions=captions,
        corrections=values_of(snippets, "correction"),
        announced_hosts=values_of(snippets, "announced_host"),
        policy_links=content.policies,
        snippets=snippets,
        page_kind=content.page_kind,
        page_kind_source=content.page_kind_source,
        flags=tuple(
            sorted(
                {
                    *content.flags,
                    *published.flags,
                    *_page_flags(content, clean, captions, language.code),
                }
            )
        ),
        payload_digest=content.payload_digest,
    )


def seen_again(article: Article, revisit: Revisit, addresses: AddressRules = SHIPPED) -> Article:
    """The article at the address and time of a record that says it was met there again.

    Its page is not at hand, so that what a page says relative to its address (the address that it
    declares, links, other hosts) is left out where the revisit is of another host.
    """
    address = page_address(revisit.url, addresses)
    canonical = canonical_url(address.url, addresses) if address.url else None
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
        snippets = tuple(snippet for snippet in article.snippets if snippet.kind not in _RELATIVE)
        moved = replace(
            moved, declared_url=None, announced_hosts=(), policy_links=(), snippets=snippets
        )
    place = f"{revisit.input}#{revisit.position}"
    named = _identity(moved.declared_url, canonical, place, addresses)
    return replace(moved, article_id=article_id(named, moved.text))


def _identity(
    declared_url: str | None, canonical: str | None, place: str, addresses: AddressRules
) -> str:
    """What an article's id is made of besides its text: the address that the page calls its own.

    Where that lies under the same registered domain: then addresses of any form that show one text
    are one article. Without an address, the place in the input.
    """
    declared = canonical_url(declared_url, addresses) if declared_url else None
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


def _snippets(content: PageContent, story: Sifted, limits: Limits) -> tuple[Snippet, ...]:
    """The evidence of the page and of its lines; what both have counts with the page's place."""
    most = limits.max_snippet_chars
    snippets = [
        replace(snippet, value=snippet.value[:most], snippet=snippet.snippet[:most])
        for snippet in content.snippets
    ]
    stated = {(snippet.kind, snippet.value) for snippet in snippets}
    snippets.extend(
        snippet for snippet in story.snippets if (snippet.kind, snippet.value) not in stated
    )
    return tuple(dict.fromkeys(snippets))


def of_others(names: Sequence[str], outlet: str | None, url: str | None) -> tuple[str, ...]:
    """The names, each once, that are not the page's own outlet, known by its name or host."""
    if not names:
        return ()
    own = folded(outlet or "")
    host = (host_of(url) or "") if url else ""
    labels = [folded(host), *(folded(label) for label in host.split(".")[:-1])]
    others: dict[str, str] = {}
    for name in names:
        letters = folded(name)
        if letters and letters != own and not any(letters == label for label in labels):
            others.setdefault(letters, name)
    return tuple(others.values())


def _page_flags(
    content: PageContent, clean: _CleanStory, captions: Sequence[str], language: str | None
) -> list[str]:
    flags = ["text-cut"] if len(clean.text) < len(clean.whole) else []
    if content.url is None and content.declared_url is not None:
        flags.append("address-not-believed")
    # only the story's main picture: others show what stands beside the story
    lead = next((snippet.value for snippet in content.snippets if snippet.kind == "caption"), None)
    main = lead if lead is not None else next(iter(captions), None)
    named = f"{clean.title or ''}\n{clean.text}"
    if main and shares_no_name(without_picture_credit(main), named, language):
        flags.append("caption-without-shared-name")
    return flags
