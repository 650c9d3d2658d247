"""A page's metadata: each field from the best of its sources, with the source's name."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from schemas.article import Snippet
from sources.credits.agencies import agency
from sources.credits.picture_credits import caption_and_credits
from sources.languages.language_files import any_of
from sources.metadata.head import PageHead
from sources.metadata.headline import choose_headline, is_shown_headline, without_outlet_name
from sources.metadata.json_ld import JsonLd
from sources.metadata.person_names import folded, person, split_names, without_outlet
from sources.metadata.visible_credits import shown_credits
from sources.mirrors.announced_hosts import alternate_hosts, announced_hosts, with_sentence
from sources.page.figures import Figure
from sources.page.frame_lines import frame_lines
from sources.page.page_table import PageTable
from sources.page.places import Place, Places
from sources.urls import host_of

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

_ADDRESS = re.compile(r"(?i)^(?:https?:|www\.)|/")
_LOGIN = re.compile(r"[a-z][a-z_.\d]+|[a-z]+[_.\d][\w.]*")
_COMPANY = re.compile(r"(?i)\b(?:inc|ltd|llc|gmbh|s\.?a|ag|e\. ?v|plc|s\.?r\.?l|team|staff)\b\.?$")
_BESIDE_NAME = re.compile(rf"\s(?:{any_of(lambda each: each.bylines.not_authors)})\s")
"""In lists of all who had a part in a story."""
_NO_ADDRESS = re.compile(r"[{}<>\s]|%7b", re.IGNORECASE)
_RELATIVE = re.compile(r"//|/|\./|\.\./|\?")
_WHOLE_ADDRESS = re.compile(r"(?i)https?://")
_DOUBLED = re.compile(r"https?$")
_ABOVE_HEADLINE = frozenset((Place.NAVIGATION, Place.MASTHEAD, Place.ABOVE))
_MAX_LABELS = 200
_MAX_LABEL_CHARS = 60
_MIN_SENTENCE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Sourced:
    """Names and the source that gave them."""

    names: tuple[str, ...]
    source: str | None


def outlet_name(head: PageHead, data: JsonLd) -> str | None:
    """The outlet's name as the page writes it; an address is none."""
    metas = (head.metas.get(name) for name in ("og:site_name", "application-name"))
    written = (*metas, data.publisher)
    return next((name for name in written if name and not _ADDRESS.search(name)), None)


def page_headline(
    head: PageHead,
    data: JsonLd,
    outlets: Sequence[str],
    host: str | None,
    shown: str | None = None,
    sections: Sequence[str] = (),
) -> tuple[str, str] | None:
    """The headline and its source, None where the page has none.

    Args:
        head: of the page.
        data: of the page.
        outlets: what the outlet is called.
        host: of the page.
        shown: what readers see as the headline of the story.
        sections: what links of the page's frame are called: no part of a headline.
    """
    first_heading = head.headings[0] if head.headings else None
    declared = [
        ("og", head.first("og:title")),
        ("json-ld", data.headline),
        ("title", head.title),
        ("og", head.first("twitter:title", "dc.title", "title")),
    ]
    declared = [(source, html.unescape(text)) for source, text in declared if text]
    if shown and is_shown_headline(shown, [text for _, text in declared if text], outlets, host):
        return without_outlet_name(shown, outlets, host), "h1"
    candidates = [
        *declared[:2],
        ("h1", first_heading),
        *declared[2:],
        *(("h1", heading) for heading in head.headings[1:]),
        ("heading", head.marked_heading),
    ]
    text, source = choose_headline(candidates, outlets, host, sections)
    return (text, source) if text and source else None


def page_authors(
    head: PageHead, data: JsonLd, outlets: Sequence[str], bylines: Callable[[], Sequence[str]]
) -> Sourced:
    """Who wrote the story: in JSON-LD, else in meta elements, else in bylines; never the outlet.

    Persons whom two sources name go before whom the better one alone names. Logins, companies and
    lists that hold other things than names give way to names in another source, so that bylines are
    read where what is declared is none, doubtful or at odds.
    """
    sources = [
        Sourced(without_outlet(names, [*outlets, *data.organisations]), source)
        for source, names in _declared_authors(head, data, outlets)
    ]
    sources = [entry for entry in sources if entry.names]
    clear = [entry for entry in sources if _is_clear(entry)]
    if clear and clear[0] is sources[0] and len({_names_key(entry) for entry in clear}) == 1:
        return clear[0]
    shown = Sourced(without_outlet(bylines(), [*outlets, *data.organisations]), "byline")
    if shown.names:
        sources.append(shown)
        clear.append(shown)
    votes = Counter(map(_names_key, clear))
    choices = clear or sources
    # the first of equals
    return max(choices, key=lambda entry: votes[_names_key(entry)], default=Sourced((), None))


def _names_key(entry: Sourced) -> frozenset[str]:
    return frozenset(map(folded, entry.names))


def _is_clear(entry: Sourced) -> bool:
    """Whether all that a source declares may be persons' names.

    JSON-LD says of an author that it is a person, and is believed, however short its sign is.
    """
    return entry.source == "json-ld" or not any(
        _LOGIN.fullmatch(name) or _COMPANY.search(name) or _BESIDE_NAME.search(name)
        for name in entry.names
    )


def _declared_authors(
    head: PageHead, data: JsonLd, outlets: Sequence[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    yield "json-ld", [name for entry in data.people for name in _one_or_more(entry)]
    hosts = [name.lower() for name in outlets if "." in name]
    for key in _AUTHOR_METAS:
        written = head.metas.get(key, "")
        if not any(host in written.lower() for host in hosts):
            yield "meta", split_names(written)


def declared_address(head: PageHead, url: str | None) -> str | None:
    """The address that the page declares as its own, whole; None where it declares none that is.

    Relative addresses are resolved; templates that were never filled, addresses written twice and
    hosts without a domain are none.
    """
    for written in (head.canonical, head.first("og:url")):
        if not written or _NO_ADDRESS.search(written):
            continue
        try:
            address = urljoin(url or "", written) if _RELATIVE.match(written) else written
        except ValueError:
            continue
        host = host_of(address)
        if _WHOLE_ADDRESS.match(address) and host and "." in host and not _DOUBLED.search(host):
            return address
    return None


def link_labels(table: PageTable, places: Places) -> list[str]:
    """What the links of the page's frame are called, above the headline."""
    return [
        table.text_of(row)
        for row in table.rows("a")
        if places[row] in _ABOVE_HEADLINE and table.chars_of(row) <= _MAX_LABEL_CHARS
    ][:_MAX_LABELS]


def page_evidence(
    table: PageTable,
    places: Places,
    figures: Sequence[Figure],
    head: PageHead,
    data: JsonLd,
    host: str | None,
    fetched_at: datetime | None,
) -> tuple[Snippet, ...]:
    """What the page says beside its story, each with its place: captions, credits, other hosts."""
    snippets: list[Snippet] = []
    described = folded(head.first("og:description", "description") or "")
    for figure in figures:
        caption, credits = caption_and_credits(figure.words, figure.credit)
        if caption and folded(caption) == described and table.tags[figure.row] != "figcaption":
            caption = (
                None  # what the page says of its story is its standfirst, beside a picture too
            )
        if not (figure.is_named or credits or (caption and _is_sentence(caption))):
            continue
        shown = figure.words or figure.credit
        if caption:
            snippets.append(Snippet("caption", caption, shown, figure.place.value))
        snippets.extend(Snippet("photo_credit", who, shown, figure.place.value) for who in credits)
    for entry in shown_credits(table, places, figures, fetched_at):
        kind = "wire_credit" if entry.is_wire else "outlet_credit"
        snippets.append(Snippet(kind, entry.name, entry.line, entry.place.value))
    for name in data.credits:
        if (wire := agency(name)) is not None:
            snippets.append(Snippet("wire_credit", wire, name, Place.HEAD.value))
    frame = frame_lines(table, places)
    lines = [line.text for line in frame]
    for index, hosts in announced_hosts(lines).items():
        shown, place = with_sentence(lines, index), frame[index].place
        snippets.extend(Snippet("announced_host", name, shown, place) for name in hosts)
    snippets.extend(
        Snippet("hreflang", name, link, Place.HEAD.value)
        for name, link in alternate_hosts(head.alternates, host).items()
    )
    return tuple(dict.fromkeys(snippets))


def _is_sentence(words: str) -> bool:
    return words.endswith((".", "!", "?", "…")) and len(words.split()) >= _MIN_SENTENCE_WORDS


def _one_or_more(written: str) -> list[str]:
    """A JSON-LD name is one person's, unless it begins like a byline or lists several."""
    name = person(written)
    return [name] if name and ("," not in name and " and " not in name) else split_names(written)
