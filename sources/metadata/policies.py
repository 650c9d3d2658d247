"""Links from a page to where its outlet says how it works: corrections, ethics, ownership, ...

Only that a link is there is told, never what stands behind it. policies.toml beside this module has
the properties of schema.org; what links are called stands in the files of languages. That a page
has no such link says little: most outlets name these pages otherwise, or nowhere
(design/sources.md).
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from schemas.article import PolicyLink
from sources.languages.language_files import languages
from sources.languages.records import Policies, Words
from sources.urls import canonical_url, public_url

_OUTERMOST = 40
_VALUES = 5
_OWN_TYPES = ("organization", "corporation", "newspaper", "website", "webpage", "periodical")
Node = Mapping[str, Any]


MAX_URL_CHARS = 500
MAX_LINKS = 40
"""Of one page."""
MAX_SAME = 3
"""Different addresses for one kind found in one way."""
JSON_LD, LINK = "json-ld", "link"

KINDS: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("policies.toml").read_text("utf-8")
)
"""What is known of each kind of page, whatever its language."""
PROPERTIES = {name: kind for kind, table in KINDS.items() for name in table.get("properties", ())}
"""Properties of schema.org -> kind."""


def _kinds_by_name(names: Callable[[Policies], Mapping[str, Words]]) -> dict[str, str]:
    """The kind of page that a link of each name leads to, in lower case, of all languages."""
    return {
        name: kind
        for language in languages().values()
        for kind, written in names(language.policies).items()
        for name in written
    }


_NAMES = _kinds_by_name(lambda policies: policies.names)
_WORDS = _kinds_by_name(lambda policies: policies.words)
_MAX_TEXT_CHARS = max(map(len, _NAMES)) + 20
_FRAME_TAGS = frozenset(("nav", "header", "aside", "menu"))
_FRAME = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav(?:igation|bar|i)?|menu|header|sidebar|toolbar)(?:$|[\s_-])"
)
_FOOTER = re.compile(
    r"(?i)(?:^|[\s_-])(?:(?:site|page|global|main)?-?foot(?:er)?|contentinfo|colophon|site-?info"
    r"|legal(?:-?links)?|bottom(?:-?(?:bar|nav|links))?|fusszeile|fuss)(?:$|[\s_-])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def policy_links(
    tree: HtmlElement, declared: Iterable[tuple[str, str]], base: str | None
) -> tuple[PolicyLink, ...]:
    """The page's links to policies, sorted, bounded in number and length.

    Args:
        tree: the whole page.
        declared: kinds and addresses as its JSON-LD writes them (sources.metadata.json_ld).
        base: the page's address, None where it is not known.
    """
    written = [(kind, url, JSON_LD) for kind, url in declared]
    written += [(kind, url, LINK) for kind, url in _called(tree)]
    links = {
        PolicyLink(kind, address, how)
        for kind, url, how in written
        if (address := _address(url, base))
    }
    return few_of_each(sorted(links, key=rank))[:MAX_LINKS]


def rank(link: PolicyLink) -> tuple[str, str, int, str]:
    """By kind and way; of several addresses the shortest first, for it is of no single page."""
    return link.kind, link.how, len(link.url), link.url


def few_of_each(links: Iterable[PolicyLink]) -> tuple[PolicyLink, ...]:
    """Of links in order of their rank, at most MAX_SAME of each kind and way."""
    counts: dict[tuple[str, str], int] = {}
    few = []
    for link in links:
        same = counts[link.kind, link.how] = counts.get((link.kind, link.how), 0) + 1
        if same <= MAX_SAME:
            few.append(link)
    return tuple(few)


def _called(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Links in the page's frame that are called what links to policies are."""
    for link in tree.iter("a"):
        # the text of an element in the link where it has none of its own: one look at each link
        text = (link.text or "").strip() or ((link[0].text or "").strip() if len(link) else "")
        if not 3 < len(text) < _MAX_TEXT_CHARS:
            continue
        name = _plain(text)
        kind = _NAMES.get(name) or _WORDS.get(name)
        # the whole link is called so, and not a word of it that stands in bold
        if kind is None or _plain("".join(link.itertext())) != name:
            continue
        if _is_in_footer(link) or (name in _NAMES and _is_in_frame(link)):
            yield kind, link.get("href") or ""


def _plain(text: str) -> str:
    words = text[: 2 * _MAX_TEXT_CHARS].casefold().replace("&", " and ").split()
    return " ".join(words).strip(" ›»→>·|.:*-–—")


def _is_in_footer(link: HtmlElement) -> bool:
    return any(
        outer.tag == "footer"
        or outer.get("role") == "contentinfo"
        or _FOOTER.search(_called_as(outer))
        for outer in link.iterancestors()
        if outer.tag not in ("html", "body")
    )


def _is_in_frame(link: HtmlElement) -> bool:
    return any(
        outer.tag in _FRAME_TAGS
        or outer.get("role") == "navigation"
        or _FRAME.search(_called_as(outer))
        for outer in link.iterancestors()
        if outer.tag not in ("html", "body")
    )


def _called_as(element: HtmlElement) -> str:
    return _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}"[:300])


def _address(written: str, base: str | None) -> str | None:
    """The address that a link leads to; None where it is no page of its own on the web."""
    written = written.strip()
    if not 0 < len(written) <= MAX_URL_CHARS or not written.isprintable() or " " in written:
        return None
    try:
        url = public_url(urljoin(base or "", written))
    except ValueError:  # a bracket that does not close
        return None
    canonical = canonical_url(url)
    # placeholders: a link to the front page, or to the page itself
    if canonical is None or (canonical.count("/") == 3 and canonical.endswith("/")):
        return None
    is_own = base is not None and canonical == canonical_url(base)
    return url if not is_own and len(url) <= MAX_URL_CHARS else None


def declared_policies(
    values: Iterable[Any], articles: Sequence[Node], by_id: Mapping[str, Node]
) -> tuple[tuple[str, str], ...]:
    """Kind and address, as written, each once.

    Args:
        values: the page's blocks, parsed.
        articles: the page's own article, first; none where it has none.
        by_id: the nodes that `{"@id": ...}` may refer to.
    """
    own = [
        *articles[:1],
        *(node for value in values for node in _outermost(value) if _is_own(node)),
    ]
    publishers = [node for node in own for node in _referred(node.get("publisher"), by_id)]
    return tuple(dict.fromkeys(link for node in (*own, *publishers) for link in _policies(node)))


def _outermost(value: Any) -> list[Node]:
    nodes = value[:_OUTERMOST] if isinstance(value, list) else [value]
    graphs = [node.get("@graph") for node in nodes if isinstance(node, dict)]
    inner = [node for graph in graphs if isinstance(graph, list) for node in graph[:_OUTERMOST]]
    return [node for node in (*nodes, *inner) if isinstance(node, dict)]


def _is_own(node: Node) -> bool:
    types = node.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(
        isinstance(kind, str) and kind.lower().endswith(_OWN_TYPES) for kind in named[:_VALUES]
    )


def _referred(value: Any, by_id: Mapping[str, Node]) -> Iterator[Node]:
    """The nodes that stand in a field, each with what is said of it elsewhere on the page."""
    for node in (value if isinstance(value, list) else [value])[:_VALUES]:
        if isinstance(node, dict):
            yield node
            if isinstance(node.get("@id"), str) and (other := by_id.get(node["@id"])):
                yield other


def _policies(node: Node) -> Iterator[tuple[str, str]]:
    for name, kind in PROPERTIES.items():
        value = node.get(name)
        for written in (value if isinstance(value, list) else [value])[:_VALUES]:
            address = (
                (written.get("url") or written.get("@id")) if isinstance(written, dict) else written
            )
            if isinstance(address, str):
                yield kind, address
