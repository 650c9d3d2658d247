"""What a page's JSON-LD says of its article (schema.org), from blocks that are already bounded."""

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sources.metadata.policies import declared_policies

_MAX_NODES = 400
_MAX_TEXT_CHARS = 500_000
_MAX_FIELD_CHARS = 2_000
_MAX_NAMES = 20
_ARTICLE_TYPES = ("article", "posting", "newsreport", "report")


@dataclass(frozen=True, slots=True)
class JsonLd:
    """The first thing each field is given as, over all nodes that are articles."""

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
    policies: tuple[tuple[str, str], ...] = ()
    """Kind and address, as written, of each policy that the article or its outlet links to."""


def read_json_ld(blocks: Iterable[str]) -> JsonLd:
    """The article's fields; empty where no block can be read or none is about an article."""
    values = [_parsed(block) for block in blocks]
    nodes = [node for value in values for node in _nodes(value)]
    # what refers to a node, `{"@id": ...}`, has its id too: the one that says most is the node
    named = (node for node in sorted(nodes, key=len) if isinstance(node.get("@id"), str))
    by_id = {node["@id"]: node for node in named}
    articles = [node for node in nodes if _is_article(node)]
    # The page's own article has a headline and a date; teasers of others have neither or one.
    articles.sort(key=lambda node: -sum(key in node for key in ("headline", "datePublished")))
    policies = declared_policies(values, articles, by_id)
    if not articles:
        return JsonLd(policies=policies)
    authors = _first(articles, "author") or _first(articles, "creator")
    people, organisations = _authors(authors, by_id)
    return JsonLd(
        headline=_text(_first(articles, "headline") or _first(articles, "name")),
        people=people,
        organisations=organisations,
        published=_text(_first(articles, "datePublished") or _first(articles, "dateCreated")),
        modified=_text(_first(articles, "dateModified")),
        language=_text(_first(articles, "inLanguage")),
        section=_text(_first(articles, "articleSection")),
        body=_text(_first(articles, "articleBody"), _MAX_TEXT_CHARS),
        credits=_credits(articles[0], by_id),
        publisher=next(iter(_names(_first(articles, "publisher"), by_id)), None),
        policies=policies,
    )


def _parsed(block: str) -> Any:
    text = block.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a block, the outermost first, at most `_MAX_NODES`."""
    waiting = [value]
    seen = 0
    while waiting and seen < _MAX_NODES:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, dict):
            yield one
            waiting.extend(inner for inner in one.values() if isinstance(inner, (dict, list)))
        elif isinstance(one, list):
            waiting.extend(one[:_MAX_NODES])


def _is_article(node: Mapping[str, Any]) -> bool:
    types = node.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(isinstance(one, str) and one.lower().endswith(_ARTICLE_TYPES) for one in named)


def _first(nodes: Iterable[Mapping[str, Any]], key: str) -> Any:
    return next((node[key] for node in nodes if node.get(key)), None)


def _text(value: Any, max_chars: int = _MAX_FIELD_CHARS) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return None
    return html.unescape(value[:max_chars]).strip() or None


def _authors(
    value: Any, by_id: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    people: list[str] = []
    organisations: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:_MAX_NAMES]:
        node = _resolved(one, by_id)
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
    for one in _as_list(value)[:_MAX_NAMES]:
        node = _resolved(one, by_id)
        name = node.get("name") if isinstance(node, dict) else node
        named.extend(text for part in _as_list(name)[:_MAX_NAMES] if (text := _text(part)))
    return tuple(named)


def _resolved(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    """The node that `{"@id": ...}` refers to, anything else as it is."""
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
