"""A crawled page as an article: decoded, gated, read, with the source of every field.

The only module that imports trafilatura (Barbaresi, 2021), and only when a page is extracted:
the import takes about 0.4 s.
"""

import logging
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

from lxml.html import HtmlElement

from schemas.article import Article
from schemas.page import Page, Rejected
from sources.captures import page_address
from sources.extraction.article import Found, make_article
from sources.limits import Limits
from sources.metadata.bylines import byline_names
from sources.metadata.head import PageHead, read_head
from sources.metadata.json_ld import JsonLd, read_json_ld
from sources.metadata.page_metadata import (
    origin_names,
    outlet_name,
    page_authors,
    page_headline,
    page_modified,
    page_published,
)
from sources.metadata.policies import policy_links
from sources.metadata.visible_agencies import shown_agencies
from sources.metadata.visible_dates import shown_date
from sources.mirrors.announced_hosts import alternate_hosts, page_announcements
from sources.page.body import story_lines
from sources.page.decoding import decoded
from sources.page.parsing import GateError, parse_tree, without_scripts
from sources.page.standfirst import standfirst
from sources.text.lines import clean_line, clean_lines
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


def extract_article(page: Page, limits: Limits) -> Article | Rejected:
    """The page's article, or why there is none; never raises, and the same page gives the same."""
    try:
        return make_article(_found(page, limits), limits)
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


def _found(page: Page, limits: Limits) -> Found:
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
    return _read(page, markup.html, tree, read_head(tree), read_json_ld(markup.json_ld))


def _read(page: Page, html: str, tree: HtmlElement, head: PageHead, data: JsonLd) -> Found:
    outlet = outlet_name(head, data)
    outlets = [name for name in (outlet, data.publisher) if name]
    own = page_address(page.url).url if page.url else None
    host = host_of(own or head.canonical or "")
    headline = page_headline(head, data, outlets, host)
    authors = page_authors(head, data, outlets, partial(byline_names, tree))
    published = page_published(head, data, own, partial(shown_date, tree))
    origins = origin_names(data, authors.names, head, partial(shown_agencies, tree))
    announced = page_announcements(tree)
    policies = policy_links(tree, data.policies, own or head.canonical)
    lines, captions = story_lines(tree, html, data.body, _by_trafilatura)
    first = standfirst(tree, head.first("og:description", "description"), lines)
    return Found(
        input=page.input,
        position=page.position,
        url=page.url,
        declared_url=_outlets_own(head.canonical or head.first("og:url")),
        # without an address nobody but the page itself says whose it is
        outlet=outlet if page.url else None,
        title=headline[0] if headline else None,
        title_source=headline[1] if headline else None,
        authors=authors.names,
        author_source=authors.source,
        published=published.date,
        date_source=published.source,
        modified=page_modified(head, data),
        fetched_at=page.fetched_at,
        languages=(head.language, data.language, head.first("og:locale", "content-language")),
        section=head.first("article:section") or data.section,
        lines=tuple([clean_line(first), *lines] if first else lines),
        captions=tuple(map(clean_line, captions)),
        origins=origins,
        announced=announced,
        alternates=alternate_hosts(head.alternates, host_of(own or "")),
        policies=policies,
        flags=page.flags,
    )


def _outlets_own(declared: str | None) -> str | None:
    """A canonical address as the outlet wrote it: archives put their own before it."""
    return page_address(declared).url if declared else None


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
            outermost = [one for one in parts if not _is_within(one, parts, element)]
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
    pieces: list[str] = [element.text or ""]
    for inner in element.iterdescendants():
        pieces.append("\n" if inner.tag in _BREAKING else " " if inner.tag == "cell" else "")
        pieces.append(inner.text or "")
        pieces.append(inner.tail or "")
    return "".join(pieces)


def _rejected(page: Page, stage: str, reason: str, message: str) -> Rejected:
    return Rejected(page.input, page.position, page.url, stage, reason, message, page.fetched_at)
