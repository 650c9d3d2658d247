"""What a page's JSON-LD says of its own article (schema.org), from blocks that are already bounded.

A page may describe other stories as well: teasers, lists, what the outlet wrote last. An object is
matched to the page by its address, its headline and its nesting before a field of it is used, and
fields of two objects are mixed only where both are matched.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.metadata.json_blocks import read_blocks
from sources.metadata.policies import declared_policies
from sources.text.lines import clean_line

_MAX_NODES = 400
_MAX_TEXT_CHARS = 500_000
_MAX_FIELD_CHARS = 2_000
_MAX_NAMES = 20
_ARTICLE_TYPES = ("article", "posting", "newsreport", "report", "review")
_LISTS = frozenset(
    (
        *("itemlistelement", "haspart", "mentions", "relatedlink", "citation", "liveblogupdate"),
        *("blogpost", "isrelatedto", "issimilarto", "comment", "workexample", "significantlink"),
        *("ispartof", "item", "isbasedon", "subjectof"),
    )
)
"""Fields that hold other things than what their object is."""


@dataclass(frozen=True, slots=True)
class JsonLd:
    """The fields of the page's own article."""

    headline: str | None = None
    people: tuple[str, ...] = ()
    """Authors that are not declared to be organisations."""
    organisations: tuple[str, ...] = ()
    """Authors that are."""
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    section: str | None = None
    body: str | None = None
    credits: tuple[str, ...] = ()
    """Names in sourceOrganization, creditText and isBasedOn."""
    publisher: str | None = None
    types: frozenset[str] = frozenset()
    """Of all that the page describes as itself, in lower case: `liveblogposting`, `webpage`."""
    is_free: bool | None = None
    """isAccessibleForFree of the article."""
    is_repaired: bool = False
    """Whether a block was no JSON as it stood."""
    is_matched: bool = False
    """Whether address or headline say that the article is this page's."""
    policies: tuple[tuple[str, str], ...] = ()
    """Kind and address, as written, of each policy that the article or its outlet links to."""

    @property
    def is_live_blog(self) -> bool:
        """Whether the page says that it grows by entries, each with a time of its own."""
        return "liveblogposting" in self.types


def read_json_ld(
    blocks: Iterable[str], addresses: Sequence[str] = (), titles: Sequence[str] = ()
) -> JsonLd:
    """The fields of the page's own article; empty where no block describes one.

    Args:
        blocks: as they stand in the page.
        addresses: of the page, as fetched and as it declares them.
        titles: what the page shows and declares as its headline.
    """
    read = read_blocks(blocks)
    values = [value for block in read for value in block.values]
    nodes = list(_nodes(values))
    # what refers to a node, `{"@id": ...}`, has its id too: the one that says most is the node
    named = (entry.node for entry in sorted(nodes, key=lambda entry: len(entry.node)))
    by_id = {node["@id"]: node for node in named if isinstance(node.get("@id"), str)}
    articles = _own_articles(
        [entry for entry in nodes if _is_article(entry.node)], addresses, titles
    )
    own = [entry.node for entry in articles]
    policies = declared_policies(values, own, by_id)
    types = frozenset(kind for entry in nodes if entry.is_outermost for kind in _types(entry.node))
    is_repaired = any(block.is_repaired for block in read)
    if not own:
        return JsonLd(types=types, is_repaired=is_repaired, policies=policies)
    people, organisations = _authors(_first(own, "author") or _first(own, "creator"), by_id)
    free = _first_of(own, "isAccessibleForFree")
    return JsonLd(
        headline=_text(_first(own, "headline") or _first(own, "name")),
        people=people,
        organisations=organisations,
        published=_text(_first(own, "datePublished") or _first(own, "dateCreated")),
        modified=_text(_first(own, "dateModified")),
        language=_text(_first(own, "inLanguage")),
        section=_text(_first(own, "articleSection")),
        body=_text(_first(own, "articleBody"), _MAX_TEXT_CHARS),
        credits=_credits(own[0], by_id),
        publisher=next(iter(_names(_first(own, "publisher"), by_id)), None),
        types=types | frozenset(_types(own[0])),
        is_free=None if free is None else str(free).lower() not in ("false", "0", "no"),
        is_repaired=is_repaired,
        is_matched=articles[0].score > 0,
        policies=policies,
    )


@dataclass(frozen=True, slots=True)
class _Node:
    node: Mapping[str, Any]
    is_outermost: bool
    """Outermost in its block or in its `@graph`, or what the outermost is about."""
    score: int = 0


def _own_articles(
    articles: Sequence[_Node], addresses: Sequence[str], titles: Sequence[str]
) -> list[_Node]:
    """The objects that are the page's own article, the best first."""
    own_addresses = frozenset(filter(None, map(_address, addresses)))
    own_titles = frozenset(filter(None, map(_folded, titles)))
    scored = [
        _Node(entry.node, entry.is_outermost, _score(entry, own_addresses, own_titles))
        for entry in articles
    ]
    scored.sort(
        key=lambda entry: (
            -entry.score,
            -sum(key in entry.node for key in ("headline", "datePublished")),
        )
    )
    best = [entry for entry in scored if entry.score >= 0]
    if not best:
        return []
    # several that nothing tells apart: the first says all
    return [entry for entry in best if entry.score == best[0].score or entry.score > 0][
        : None if best[0].score > 0 else 1
    ]


def _score(entry: _Node, addresses: frozenset[str], titles: frozenset[str]) -> int:
    node = entry.node
    named = [
        address
        for key in ("url", "mainEntityOfPage", "@id")
        for value in _as_list(node.get(key))[:3]
        if (
            address := _address(
                value.get("@id") or value.get("url") if isinstance(value, dict) else value
            )
        )
    ]
    headline = _folded(_text(node.get("headline") or node.get("name")) or "")
    is_titled = any(headline and (headline in entry or entry in headline) for entry in titles)
    score = 0 if entry.is_outermost else -1
    if any(address in addresses for address in named):
        score += 4
    elif named and addresses and not is_titled:
        score -= 3
    if is_titled:
        score += 2
    elif headline and titles:
        score -= 0 if score > 0 else 1 - entry.is_outermost
    return score


_SCHEME = re.compile(r"(?i)^(?:https?:)?//(?:www\.|m\.|amp\.)?")


def _address(value: Any) -> str | None:
    """An address without what differs between ways to write one; None where it is of no page."""
    if not isinstance(value, str) or not _SCHEME.match(value.strip()):
        return None
    address = _SCHEME.sub("", value.strip()[:_MAX_FIELD_CHARS]).partition("#")[0]
    address, _, query = address.partition("?")
    host, _, path = address.partition("/")
    path = path.strip("/").removesuffix("/amp").removesuffix(".html").casefold()
    return (
        f"{host.casefold()}/{path}{'?' + query if query and 'id' in query else ''}"
        if path or query
        else None
    )


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _nodes(values: Sequence[Any]) -> Iterator[_Node]:
    """The objects in blocks, the outermost first, at most `_MAX_NODES`."""
    waiting: list[tuple[Any, bool]] = [(value, True) for value in values]
    seen = 0
    at = 0
    while at < len(waiting) and seen < _MAX_NODES:
        value, is_outermost = waiting[at]
        at += 1
        seen += 1
        if isinstance(value, dict):
            yield _Node(value, is_outermost)
            for key, inner in value.items():
                if isinstance(inner, (dict, list)):
                    is_self = str(key).lower() in ("@graph", "mainentity", "mainentityofpage")
                    waiting.append((inner, is_outermost and is_self))
        elif isinstance(value, list):
            waiting.extend((inner, is_outermost) for inner in value[:_MAX_NODES])


def _types(node: Mapping[str, Any]) -> list[str]:
    return [entry.lower() for entry in _as_list(node.get("@type"))[:5] if isinstance(entry, str)]


def _first_of(nodes: Sequence[Mapping[str, Any]], key: str) -> Any:
    return next((node[key] for node in nodes if node.get(key) is not None), None)


def _is_article(node: Mapping[str, Any]) -> bool:
    return any(entry.endswith(_ARTICLE_TYPES) for entry in _types(node))


def _first(nodes: Iterable[Mapping[str, Any]], key: str) -> Any:
    return next((node[key] for node in nodes if node.get(key)), None)


def _text(value: Any, max_chars: int = _MAX_FIELD_CHARS) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return None
    text = html.unescape(value[:max_chars])
    return (text.strip() if max_chars > _MAX_FIELD_CHARS else clean_line(text)) or None


def _authors(
    value: Any, by_id: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    people: list[str] = []
    organisations: list[str] = []
    for entry in (value if isinstance(value, list) else [value])[:_MAX_NAMES]:
        node = _resolved(entry, by_id)
        is_organisation = isinstance(node, dict) and "organi" in str(node.get("@type")).lower()
        (organisations if is_organisation else people).extend(_names(node, by_id))
    return tuple(people), tuple(organisations)


def _credits(node: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    named = [*_names(node.get("sourceOrganization"), by_id), *_names(node.get("creditText"), by_id)]
    for original in _as_list(node.get("isBasedOn")):
        if isinstance(original, dict):
            named.extend(_names(original.get("publisher") or original.get("name"), by_id))
    return tuple(dict.fromkeys(named))[:_MAX_NAMES]


def _names(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    named: list[str] = []
    for entry in _as_list(value)[:_MAX_NAMES]:
        node = _resolved(entry, by_id)
        name = _name(node) if isinstance(node, dict) else node
        named.extend(text for part in _as_list(name)[:_MAX_NAMES] if (text := _text(part)))
    return tuple(named)


def _name(node: Mapping[str, Any]) -> Any:
    """The object's name, put together where it is given in parts."""
    if node.get("name"):
        return node["name"]
    parts = [_text(node.get(key)) for key in ("givenName", "familyName")]
    return " ".join(part for part in parts if part) or None


def _resolved(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    """The node that `{"@id": ...}` refers to, anything else as it is."""
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
