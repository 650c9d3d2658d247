"""What a page says of itself outside its text: metas, links, first headings and times."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

_MAX_CONTENT_CHARS = 2_000
_MAX_METAS = 300
_MAX_HEADINGS = 5
_MAX_TIMES = 5
_MAX_ALTERNATES = 60
# WordPress's Yoast names the author in a pair of label and data.
_WRITER_LABEL = re.compile(
    r"(?i)written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|autor|author"
)
# hAtom, and with it WordPress and Blogger; schema.org.
_HEADLINES = etree.XPath(
    "(//h2|//h3)[@itemprop='headline' or contains(@class, 'entry-title')"
    " or contains(@class, 'post-title')]"
)


@dataclass(frozen=True, slots=True)
class PageHead:
    """A page's own words about itself, bounded, not yet weighed."""

    metas: Mapping[str, str]
    """property, name or itemprop in lower case -> content; the first one counts."""
    title: str | None
    headings: tuple[str, ...]
    """The first h1 elements."""
    marked_heading: str | None
    """The first lesser heading marked as the headline: where the h1 is the outlet's name."""
    times: tuple[str, ...]
    """datetime attributes, those that are marked as the date of publication first."""
    language: str | None
    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    """hreflang and address of links to this page in other languages."""

    def first(self, *names: str) -> str | None:
        """The content of the first of these metas that has any."""
        return next((self.metas[name] for name in names if self.metas.get(name)), None)


def read_head(tree: HtmlElement) -> PageHead:
    """The page's words about itself."""
    title = tree.find(".//title")
    return PageHead(
        metas=_metas(tree),
        title=_text(title) if title is not None else None,
        headings=tuple(_some(tree, "h1", _MAX_HEADINGS)),
        marked_heading=next((text for one in _HEADLINES(tree) if (text := _text(one))), None),
        times=_times(tree),
        language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")),
        canonical=_canonical(tree),
        alternates=tuple(_alternates(tree)),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for count, element in enumerate(tree.iter("meta")):
        if count >= _MAX_METAS:
            break
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "")[:_MAX_CONTENT_CHARS].strip()
        if name and content:
            key = name.strip().lower()
            # A page of several authors repeats the element.
            if key in found and key in ("article:author", "author", "dc.creator"):
                found[key] = f"{found[key]}; {content}"[:_MAX_CONTENT_CHARS]
            found.setdefault(key, content)
            if key.startswith("twitter:data") and _WRITER_LABEL.fullmatch(
                found.get(key.replace("data", "label"), "")
            ):
                found.setdefault("twitter:writer", content)
        if element.get("http-equiv", "").lower() == "content-language":
            found.setdefault("content-language", content)
    return found


def _times(tree: HtmlElement) -> tuple[str, ...]:
    marked: list[str] = []
    others: list[str] = []
    for count, element in enumerate(tree.iter("time")):
        if count >= _MAX_TIMES:
            break
        written = (element.get("datetime") or "").strip()
        marks = f"{element.get('itemprop', '')} {element.get('class', '')} {element.get('pubdate')}"
        if written:
            (marked if "publish" in marks.lower() else others).append(written)
    return (*marked, *others)


def _canonical(tree: HtmlElement) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical":
            return (element.get("href") or "").strip()[:_MAX_CONTENT_CHARS] or None
    return None


def _alternates(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    found = 0
    for element in tree.iter("link"):
        language = (element.get("hreflang") or "").strip()
        if language and "alternate" in (element.get("rel") or "").lower().split():
            yield language[:20], (element.get("href") or "").strip()[:_MAX_CONTENT_CHARS]
            found += 1
            if found >= _MAX_ALTERNATES:
                return


def _some(tree: HtmlElement, tag: str, most: int) -> Iterator[str]:
    for count, element in enumerate(tree.iter(tag)):
        if count >= most:
            return
        if text := _text(element):
            yield text


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())[:_MAX_CONTENT_CHARS]
