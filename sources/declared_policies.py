"""Links to an outlet's policies in a page's JSON-LD: properties of schema.org.

Only the page's own article, its publisher, and what stands outermost in a block are asked: an
organisation that an article is about has policies too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sources.policies import PROPERTIES

_OUTERMOST = 40
_VALUES = 5
_OWN_TYPES = ("organization", "corporation", "newspaper", "website", "webpage", "periodical")
Node = Mapping[str, Any]


def declared_policies(
    values: Iterable[Any], articles: Sequence[Node], by_id: Mapping[str, Node]
) -> tuple[tuple[str, str], ...]:
    """Kind and address, as written, each once.

    Args:
        values: the page's blocks, parsed.
        articles: the page's own article, first; none where it has none.
        by_id: the nodes that `{"@id": ...}` may refer to.
    """
    own = [*articles[:1], *(one for value in values for one in _outermost(value) if _is_own(one))]
    publishers = [one for node in own for one in _referred(node.get("publisher"), by_id)]
    return tuple(dict.fromkeys(told for node in (*own, *publishers) for told in _policies(node)))


def _outermost(value: Any) -> list[Node]:
    nodes = value[:_OUTERMOST] if isinstance(value, list) else [value]
    graphs = [node.get("@graph") for node in nodes if isinstance(node, dict)]
    inner = [one for graph in graphs if isinstance(graph, list) for one in graph[:_OUTERMOST]]
    return [node for node in (*nodes, *inner) if isinstance(node, dict)]


def _is_own(node: Node) -> bool:
    types = node.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(isinstance(one, str) and one.lower().endswith(_OWN_TYPES) for one in named[:_VALUES])


def _referred(value: Any, by_id: Mapping[str, Node]) -> Iterator[Node]:
    """The nodes that stand in a field, each with what is said of it elsewhere on the page."""
    for one in (value if isinstance(value, list) else [value])[:_VALUES]:
        if isinstance(one, dict):
            yield one
            if isinstance(one.get("@id"), str) and (other := by_id.get(one["@id"])):
                yield other


def _policies(node: Node) -> Iterator[tuple[str, str]]:
    for name, kind in PROPERTIES.items():
        value = node.get(name)
        for one in (value if isinstance(value, list) else [value])[:_VALUES]:
            address = (one.get("url") or one.get("@id")) if isinstance(one, dict) else one
            if isinstance(address, str):
                yield kind, address
