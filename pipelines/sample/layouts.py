"""Pages of the sample as HTML: five layouts with their furniture, everything escaped."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from pipelines.sample.stories import read_toml

# Sites differ in how much they declare: all of it, two fields, or a date without its zone.
JSON_LD_FIELDS = {
    "newsroom": ("headline", "datePublished", "author", "publisher", "inLanguage"),
    "classic": ("headline", "datePublished"),
    "magazine": ("headline", "datePublished", "author"),
    "plain": (),
    "portal": (),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a layout prints: the story as edited and what stands around it."""

    layout: str
    site: str
    language: str
    charset: str
    url: str
    title: str
    section: str
    byline: str
    published: datetime
    paragraphs: tuple[str, ...]
    caption: str = ""
    photo: str = ""
    announced: tuple[str, ...] = ()
    """Hosts that the footer names as other addresses of the same outlet."""
    related: tuple[tuple[str, str], ...] = ()
    """Path and title of other pages of the outlet."""


def page_html(sheet: Sheet) -> str:
    """Return the sheet as one HTML page in its layout."""
    phrases = _phrases()[sheet.language]
    return _layout(sheet.layout).substitute(_story_slots(sheet) | _furniture(sheet, phrases))


def _story_slots(sheet: Sheet) -> dict[str, str]:
    texts = {
        "language": sheet.language,
        "direction": "rtl" if sheet.language == "fa" else "ltr",
        "charset": sheet.charset,
        "url": sheet.url,
        "title": sheet.title,
        "site": sheet.site,
        "section": sheet.section,
        "byline": sheet.byline,
        "description": sheet.paragraphs[0][:150],
        "published": sheet.published.isoformat(),
        "shown_date": f"{sheet.published:%Y-%m-%d %H:%M}",
    }
    slots = {name: escape(text) for name, text in texts.items()}
    return slots | {"paragraphs": _paragraphs(sheet.paragraphs), "json_ld": _json_ld(sheet)}


def _furniture(sheet: Sheet, phrases: Mapping[str, Any]) -> dict[str, str]:
    single = ("cookie", "accept", "share", "subscribe", "rights")
    sections = ((f"/section/{number}", name) for number, name in enumerate(phrases["sections"]))
    return {name: escape(phrases[name]) for name in single} | {
        "related_label": escape(phrases["related"]),
        "related": _links(sheet.related),
        "navigation": _links(sections),
        "policies": _links((f"/{path}", name) for path, name in phrases["policies"]),
        "figure": _figure(sheet, phrases["photo"]),
        "alternates": _alternates(sheet, phrases["alternates"]),
    }


def _json_ld(sheet: Sheet) -> str:
    has_zone = sheet.layout != "magazine"
    published = sheet.published if has_zone else sheet.published.replace(tzinfo=None)
    known = {
        "headline": sheet.title,
        "datePublished": published.isoformat(),
        "author": [{"@type": "Person", "name": sheet.byline}] if sheet.byline else [],
        "publisher": {"@type": "NewsMediaOrganization", "name": sheet.site},
        "inLanguage": sheet.language,
    }
    declared = {name: known[name] for name in JSON_LD_FIELDS[sheet.layout] if known[name]}
    described = {"@context": "https://schema.org", "@type": "NewsArticle"} | declared
    # Inside a script element `</` would end it.
    return json.dumps(described, ensure_ascii=False).replace("</", "<\\/")


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)


def _links(links: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<li><a href="{escape(path)}">{escape(name)}</a></li>' for path, name in links)


def _figure(sheet: Sheet, photo_label: str) -> str:
    if not sheet.caption:
        return ""
    caption = escape(f"{sheet.caption} ({photo_label}: {sheet.photo})")
    image = f'<img src="/media/lead.jpg" alt="{escape(sheet.caption)}">'
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def _alternates(sheet: Sheet, sentence: str) -> str:
    if not sheet.announced:
        return ""
    return _paragraphs((sentence.format(name=sheet.site), *sheet.announced))


@cache
def _phrases() -> dict[str, Any]:
    return read_toml("phrases.toml")


@cache
def _layout(name: str) -> Template:
    text = (files("pipelines.sample") / "markup" / f"{name}.html").read_text(encoding="utf-8")
    return Template(text)
