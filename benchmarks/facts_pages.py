"""Made pages and clusters whose facts are known by construction, for benchmarks/facts.py."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
STORIES = tomllib.loads((FOLDER / "facts_stories.toml").read_text("utf-8"))
PHRASES = tomllib.loads((FOLDER / "facts_phrases.toml").read_text("utf-8"))
PEOPLE: Sequence[str] = STORIES["names"]["people"]
MORNING = datetime(2026, 3, 2, 6, tzinfo=UTC)
FULL = ("en", "de")
"""Languages with phrases for every fact; the others have credits of outlets only."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page and what it says of itself."""

    html: str
    url: str
    fetched_at: datetime
    outlets: frozenset[str]
    wires: frozenset[str]
    photos: frozenset[str]
    """Agencies that the caption credits."""
    is_corrected: bool
    authors: frozenset[str]
    place: str | None
    """Of the dateline."""
    lead: str
    """The sentence that the dateline stands before."""
    language: str


class Filler:
    """Fills the slots of sentences and phrases, the same for the same seed."""

    def __init__(self, chance: random.Random, language: str) -> None:
        self.chance = chance
        self.words = STORIES[language if language in FULL else "en"]
        self.language = language

    def slots(self) -> dict[str, Any]:
        """Values for every slot of a sentence."""
        pick = self.chance.choice
        day, month = self.chance.randint(2, 27), pick(self.words["months"])
        is_german = self.language == "de"
        return {
            "a": self.chance.choice((self.chance.randint(23, 99), self.chance.randint(1100, 9800))),
            "b": self.chance.randint(4, 19),
            "weekday": pick(self.words["weekdays"]),
            "date": f"{day}. {month}" if is_german else f"{month} {day}",
            "year": self.chance.randint(1931, 1989),
            "place": pick(self.words["places"]),
            "person": pick(PEOPLE),
        }

    def phrase(self, kind: str, half: str, **given: str) -> str:
        """A phrase of a kind out of `seen` or `held`, filled."""
        wanted: str = self.chance.choice(PHRASES[self.language][kind][half])
        place = given.get("place") or self.chance.choice(self.words["places"])
        slots = {
            "day": self.chance.randint(2, 27),
            "person": self.chance.choice(PEOPLE),
            "name": "",
        }
        return wanted.format(**{**slots, **given, "place": place, "PLACE": place.upper()})


def numeral(value: int, language: str) -> str:
    """The number as a desk of that language writes it."""
    return f"{value:,}".replace(",", "." if language == "de" else ",")


def sentence(template: str, slots: Mapping[str, Any], language: str) -> str:
    """A filled sentence."""
    written = {
        name: numeral(value, language) if name in ("a", "b") else value
        for name, value in slots.items()
    }
    return template.format(**written)


def story(filler: Filler, size: int = 8) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Some templates of sentences, each with its slots."""
    chosen = filler.chance.sample(filler.words["sentence"], size)
    return [(frame, filler.slots()) for frame in chosen]


def made_page(seed: int, language: str, half: str) -> MadePage:
    """A page that credits, corrects and signs in phrases of one half, or in none."""
    chance = random.Random(f"{seed} {language} {half}")
    filler = Filler(chance, language)
    kinds = PHRASES[language]
    lines = [sentence(frame["text"], slots, filler.language) for frame, slots in story(filler)]
    lead = lines[0]
    index = chance.randrange(len(filler.words["agencies"]))
    wire, long_name = filler.words["agencies"][index], filler.words["agency_names"][index]
    outlet = NAMES.get(language) or chance.choice(filler.words["outlets"])
    outlets, wires, photos = set(), set(), set()
    place, byline, caption = None, None, None
    choice = chance.random()
    if choice < 0.3 and "outlet_credit" in kinds:
        lines.append(filler.phrase("outlet_credit", half, name=outlet))
        outlets.add(outlet)
    elif choice < 0.45 and "outlet_dateline" in kinds:
        place = chance.choice(filler.words["places"])
        lines[0] = filler.phrase("outlet_dateline", half, name=outlet, place=place) + lines[0]
        outlets.add(outlet)
    elif choice < 0.55 and "wire_credit" in kinds:
        lines.append(filler.phrase("wire_credit", half, wire=chance.choice((wire, long_name))))
        wires.add(wire)
    elif choice < 0.7 and "wire_dateline" in kinds:
        place = chance.choice(filler.words["places"])
        lines[0] = filler.phrase("wire_dateline", half, wire=wire, place=place) + lines[0]
        wires.add(wire)
    elif choice < 0.9:
        lines.append(filler.phrase("not_credit", half, wire=long_name, name=outlet))
        if long_name in lines[-1] and lines[-1].startswith(("Photo", "Foto", "Image", "Bild")):
            photos.add(wire)  # a picture's credit, left in the text
    if "photo_credit" in kinds and chance.random() < 0.4:
        caption = filler.phrase("photo_credit", half, wire=wire)
        photos.add(wire)
    is_corrected = "correction" in kinds and chance.random() < 0.3
    if is_corrected:
        lines.insert(chance.choice((0, len(lines))), filler.phrase("correction", half))
    elif "not_correction" in kinds and chance.random() < 0.4:
        lines.insert(len(lines) // 2, filler.phrase("not_correction", half))
    author = chance.choice(PEOPLE) if "byline" in kinds and chance.random() < 0.6 else None
    if author:
        byline = filler.phrase("byline", half, person=author)
    return MadePage(
        html=_html(lines, caption, byline, chance, language),
        url=f"https://made{seed % 7}.example/{language}/{half}/{seed}",
        fetched_at=MORNING + timedelta(hours=12),
        outlets=frozenset(outlets),
        wires=frozenset(wires),
        photos=frozenset(photos),
        is_corrected=is_corrected,
        authors=frozenset([author] if author else []),
        place=place,
        lead=lead,
        language=language,
    )


NAMES: Mapping[str, str] = {
    "fr": "La Voix du Delta",
    "es": "La Voz del Monte",
    "it": "Il Faro",
    "pt": "Folha do Vale",
    "pl": "Gazeta Dolna",
    "nl": "De Dijkbode",
    "uk": "Вісник Зорянська",
    "ru": "Городской Вестник",
    "fa": "سپید نیوز",
    "ar": "صوت الوادي",
    "zh": "兰湾新闻网",
    "ja": "青葉新聞",
    "ko": "한빛일보",
    "tr": "Ova Postası",
}
"""Invented outlets of the languages that have credits only; their stories are English."""


def _html(
    lines: Sequence[str],
    caption: str | None,
    byline: str | None,
    chance: random.Random,
    language: str,
) -> str:
    """One of two layouts, with navigation and a footer around the story."""
    title = (
        "Council, harbour and valley: the day" if language != "de" else "Rat, Hafen, Tal: der Tag"
    )
    figure = ""
    if caption:
        figure = f"<figure><img src='a.jpg'><figcaption>{escape(caption)}</figcaption></figure>"
    signed = ""
    if byline:
        mark = chance.choice(("class='byline__name'", "rel='author'", "itemprop='author'"))
        signed = f"<div class='meta'><span {mark}>{escape(byline)}</span></div>"
    story = "".join(f"<p>{escape(line)}</p>" for line in lines)
    tag = chance.choice(("article", "main"))
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    return (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{title}</title>"
        f"<meta property='article:published_time' content='2026-03-02T08:00:00+00:00'></head><body>"
        f"{menu}<{tag}><h1>{title}</h1>{signed}{figure}{story}</{tag}>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    )
