"""A crawled page as an article: decoded, gated, read, with the source of every field.

The only module that imports trafilatura (Barbaresi, 2021), and only when a page is extracted:
the import takes about 0.4 s.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from schemas.article import STORIES, STUB, Article
from schemas.page import Page, Rejected
from sources.captures import page_address
from sources.extraction.article import PageContent, make_article
from sources.extraction.page_kind import is_stub, page_kind, without_offer, words_of_story
from sources.limits import Limits
from sources.metadata.bylines import page_byline
from sources.metadata.head import read_head
from sources.metadata.headline import headline_row, shown_headline
from sources.metadata.json_ld import read_json_ld
from sources.metadata.page_dates import page_dates
from sources.metadata.page_metadata import (
    declared_address,
    link_labels,
    outlet_name,
    page_authors,
    page_evidence,
    page_headline,
)
from sources.metadata.policies import policy_links
from sources.page.body import opened, standfirst, story_lines
from sources.page.decoding import decoded
from sources.page.figures import figures_of
from sources.page.page_table import PageTable, read_table
from sources.page.parsing import GateError, Markup, parse_tree, without_scripts
from sources.page.places import places_of
from sources.text.lines import clean_line, clean_lines
from sources.url_rules import SHIPPED, AddressRules
from sources.urls import host_of

_BREAKING = frozenset(("lb", "p", "head", "item", "quote", "row", "list", "table"))
_INNER_LISTS = ("list", "table")


class _Refused(Exception):  # noqa: N818 - a page, not an error
    def __init__(self, stage: str, reason: str, message: str) -> None:
        super().__init__(message)
        self.stage, self.reason = stage, reason


def check_extractor() -> None:
    """Nothing, where extraction can work.

    Raises:
        ImportError: the installation is broken; without this every page would be rejected for it.
    """
    _trafilatura(is_fast=True)


def extract_article(
    page: Page, limits: Limits, addresses: AddressRules = SHIPPED
) -> Article | Rejected:
    """The page's article, or why there is none; never raises, and the same page gives the same."""
    try:
        return make_article(_content(page, limits, addresses), limits, addresses)
    except _Refused as refused:
        return _rejected(page, refused.stage, refused.reason, str(refused))
    except GateError as gate:
        return _rejected(page, "gate", gate.reason, str(gate))
    except MemoryError:
        return _rejected(page, "extract", "memory", out_of_memory(limits))
    except Exception as error:  # noqa: BLE001 - a library's fault on one page is not the run's
        return _rejected(page, "extract", "error", f"{type(error).__name__}: {error}"[:500])


def out_of_memory(limits: Limits) -> str:
    """Why a page is rejected as `memory`."""
    return f"more than {limits.max_memory_bytes} bytes of memory were wanted"


def _content(page: Page, limits: Limits, addresses: AddressRules) -> PageContent:
    if len(page.body) > limits.max_page_bytes:
        message = f"{len(page.body)} bytes, at most {limits.max_page_bytes}"
        raise _Refused("gate", "too-large", message)
    text = decoded(page.body, page.charset)
    if text.is_binary:
        raise _Refused("decode", "binary", "the bytes are no text in any encoding")
    if not text.text.strip():
        raise _Refused("decode", "empty", "nothing but white space")
    markup = without_scripts(text.text, limits.max_metadata_chars)
    tree = parse_tree(markup.html, limits)
    flags = (*page.flags, *text.flags)
    page = replace(page, flags=flags)
    return _read(page, markup, tree, read_table(markup.html), limits, addresses)


def _read(
    page: Page,
    markup: Markup,
    tree: HtmlElement,
    table: PageTable,
    limits: Limits,
    rules: AddressRules,
) -> PageContent:
    head = read_head(table)
    titles = [title for title in (head.first("og:title", "twitter:title"), head.title) if title]
    places = places_of(table, headline_row(table, titles))
    own = page_address(page.url, rules).url if page.url else None
    declared = declared_address(head, own)
    addresses = [address for address in (own, declared) if address]
    data = read_json_ld(markup.json_ld, addresses, [*titles, *head.headings])
    figures = figures_of(table, places)
    host = host_of(own or "")
    evidence = page_evidence(table, places, figures, head, data, host, page.fetched_at)
    outlet = outlet_name(head, data)
    outlets = [name for name in (outlet, data.publisher) if name]
    headline = page_headline(
        head,
        data,
        outlets,
        host_of(own or declared or ""),
        shown_headline(table, places.headline, titles),
        link_labels(table, places),
    )
    host = host_of(own or declared or "") or ""
    names = [*outlets, host, *host.split(".")[:-1]]
    authors = page_authors(head, data, names, lambda: page_byline(table, places).names)
    dates = page_dates(table, places, head, data, own, page.fetched_at)
    policies = policy_links(tree, data.policies, own or declared)
    pictured = [figure.row for figure in figures]
    live_blog = own if data.is_live_blog else None
    lines = story_lines(tree, markup.html, data.body, _by_trafilatura, pictured, live_blog)
    first = standfirst(table, places, pictured, head.first("og:description", "description"), lines)
    first = clean_line(first) if first else None
    published = dates.published
    is_signed = published is not None or bool(authors.names)
    kind = page_kind(table, places, head, data, own, lines, is_signed)
    if kind.is_left_out and (words := words_of_story(table, places, lines)) < limits.min_words:
        message = f"{words} words beside its {kind.source}, {limits.min_words} make an article"
        raise _Refused("text", f"no-article-{kind.name}", message)
    flags = [*page.flags, *dates.flags]
    if data.is_repaired:
        flags.append("json-ld-repaired")
    if kind.name not in STORIES:
        flags.append(f"no-article-{kind.name}")
    if is_stub(table, places, data, head, lines):
        flags.append(STUB)
        lines = without_offer(lines)
    return PageContent(
        input=page.input,
        position=page.position,
        url=page.url,
        declared_url=_outlets_own(declared, rules),
        # without an address nobody but the page itself says whose it is
        outlet=outlet if page.url else None,
        title=headline[0] if headline else None,
        title_source=headline[1] if headline else None,
        authors=authors.names,
        author_source=authors.source,
        published=published.date if published else None,
        date_source=published.source if published else None,
        modified=dates.modified,
        fetched_at=page.fetched_at,
        languages=(head.language, data.language, head.first("og:locale", "content-language")),
        section=head.first("article:section") or data.section,
        lines=tuple(opened(lines, first)),
        snippets=evidence,
        policies=policies,
        flags=tuple(flags),
        payload_digest=page.payload_digest,
        page_kind=kind.name,
        page_kind_source=kind.source,
        standfirst=first,
    )


def _outlets_own(declared: str | None, rules: AddressRules) -> str | None:
    """A canonical address as the outlet wrote it: archives put their own before it."""
    return page_address(declared, rules).url if declared else None


def _by_trafilatura(tree: HtmlElement, is_fast: bool) -> list[str]:
    bare_extraction, options = _trafilatura(is_fast)
    document = bare_extraction(tree, options=options)
    return [] if document is None else list(_lines(document.body))


@lru_cache(maxsize=2)
def _trafilatura(is_fast: bool) -> tuple[Any, Any]:
    from trafilatura import bare_extraction
    from trafilatura.settings import Extractor

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # No deduplication: it remembers pages, so that results would depend on their order (issue 778).
    return bare_extraction, Extractor(fast=is_fast, precision=True, comments=False, dedup=False)


def _lines(body: Any) -> Iterator[str]:
    """The lines of trafilatura's tree; its own text output would lose zero-width non-joiners."""
    for element in body:
        if element.tag in _INNER_LISTS or (element.tag == "quote" and len(element)):
            parts = list(element.iter("item", "row", "p", "head")) or [element]
            outermost = [part for part in parts if not _is_within(part, parts, element)]
            for part in outermost:
                yield from clean_lines(_text(part))
        else:
            yield from clean_lines(_text(element))
        yield from clean_lines(element.tail or "")


def _is_within(element: Any, others: list[Any], root: Any) -> bool:
    for outer in element.iterancestors():
        if outer is root:
            return False
        if outer in others:
            return True
    return False


def _text(element: Any) -> str:
    """The element's text in document order, a line feed before what begins a line."""
    pieces: list[str] = []
    for piece in _text_and_elements()(element):
        if isinstance(piece, str):
            pieces.append(piece)
        else:
            pieces.append("\n" if piece.tag in _BREAKING else " " if piece.tag == "cell" else "")
    return "".join(pieces)


@lru_cache(maxsize=1)
def _text_and_elements() -> etree.XPath:
    return etree.XPath("descendant::text() | descendant::*")


def _rejected(page: Page, stage: str, reason: str, message: str) -> Rejected:
    return Rejected(page.input, page.position, page.url, stage, reason, message, page.fetched_at)
