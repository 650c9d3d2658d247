"""Made pages of outlets that all do the same: what an index says of them is chance or harm.

Small and large outlets in English, German and French date, sign, credit and attribute with the same
probabilities; rules read the three languages each in its own way, and French statements not at all.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from pipelines.sample.warc import response_record, warcinfo_record

WORDS: Mapping[str, Any] = tomllib.loads(
    Path(__file__).with_name("practice_words.toml").read_text("utf-8")
)
LANGUAGES = ("en", "de", "fr")
MORNING = datetime(2026, 3, 2, 6, tzinfo=UTC)
FETCHED = MORNING + timedelta(days=2)
DOES: Mapping[str, float] = {
    "date": 0.95,
    "zone": 0.8,
    "byline": 0.7,
    "name": 0.9,
    "attributed": 0.7,
    "unnamed": 0.2,
    "copies": 0.25,
    "credit": 0.6,
}
"""How probable each practice is, at every outlet."""


@dataclass(frozen=True, slots=True)
class MadeOutlet:
    """An outlet of made pages."""

    host: str
    name: str
    language: str
    size: int


@dataclass(frozen=True, slots=True)
class MadeStory:
    """A text with its outlet and the minute at which it was published."""

    outlet: MadeOutlet
    at: int
    title: str
    lines: tuple[str, ...]


def made_outlets(small: tuple[int, int], large: tuple[int, int]) -> list[MadeOutlet]:
    """So many outlets of a size, small and large ones, of every language."""
    sizes = [small[1]] * small[0] + [large[1]] * large[0]
    pages = []
    for language in LANGUAGES:
        for at, size in enumerate(sizes):
            place = WORDS["names"]["places"][at % 21]
            pattern = WORDS[language]["outlets"][at // 21 % 3]
            host = f"{place.lower()}{at // 21}-{language}.example"
            pages.append(MadeOutlet(host, pattern.format(place=place), language, size))
    return pages


def write_crawl(path: Path, outlets: list[MadeOutlet], seed: int) -> Path:
    """A WARC file of all pages of these outlets."""
    chance = random.Random(seed)
    with path.open("wb") as file:
        file.write(warcinfo_record(path.name, MORNING))
        for language in LANGUAGES:
            peers = [outlet for outlet in outlets if outlet.language == language]
            for url, page in _pages(peers, chance):
                file.write(response_record(url, FETCHED, "200 OK", "text/html", page.encode()))
    return path


def _pages(outlets: list[MadeOutlet], chance: random.Random) -> Iterator[tuple[str, str]]:
    turns = [outlet for outlet in outlets for _ in range(outlet.size)]
    chance.shuffle(turns)
    stories: list[MadeStory] = []
    carried: set[tuple[str, int]] = set()
    for minute, outlet in enumerate(turns):
        others = [story for story in stories[-400:-60] if story.outlet != outlet]
        origin = chance.choice(others) if others and chance.random() < DOES["copies"] else None
        if origin and (outlet.host, origin.at) in carried:
            origin = None
        if origin:
            carried.add((outlet.host, origin.at))
            lines = (*origin.lines, *_credit(origin.outlet, chance))
            story = MadeStory(outlet, minute, origin.title, lines)
        else:
            story = _story(outlet, minute, chance)
            stories.append(story)
        yield f"https://{outlet.host}/{minute}", _html(story, chance)


def _story(outlet: MadeOutlet, minute: int, chance: random.Random) -> MadeStory:
    wordings = WORDS[outlet.language]
    words = wordings["words"].split()
    lines = [_salad(words, chance) for _ in range(8)]
    if chance.random() < DOES["attributed"]:
        kind = "unnamed" if chance.random() < DOES["unnamed"] else "attributed"
        said = chance.choice(wordings[kind]).format(name=chance.choice(WORDS["names"]["people"]))
        lines[chance.randrange(1, 8)] += f" {said}"
    title = _salad(words, chance, 6).rstrip(".")
    return MadeStory(outlet, minute, title, tuple(lines))


def _salad(words: list[str], chance: random.Random, size: int = 14) -> str:
    drawn = [chance.choice(words) for _ in range(size)]
    drawn[size // 2] += f" {chance.randint(11, 999)}"
    return " ".join(drawn).capitalize() + "."


def _credit(outlet: MadeOutlet, chance: random.Random) -> list[str]:
    if chance.random() >= DOES["credit"]:
        return []
    wording: str = chance.choice(WORDS[outlet.language]["credit"])
    return [wording.format(outlet=outlet.name)]


def _html(story: MadeStory, chance: random.Random) -> str:
    words = WORDS[story.outlet.language]
    head = [f"<meta charset='utf-8'><title>{escape(story.title)}</title>"]
    signed = ""
    if chance.random() < DOES["name"]:
        head.append(f"<meta property='og:site_name' content='{escape(story.outlet.name)}'>")
    if chance.random() < DOES["date"]:
        at = MORNING + timedelta(minutes=story.at)
        stamp = f"{at:%Y-%m-%dT%H:%M:%S}" + ("+00:00" if chance.random() < DOES["zone"] else "")
        head.append(f"<meta property='article:published_time' content='{stamp}'>")
    if chance.random() < DOES["byline"]:
        name = words["byline"].format(name=chance.choice(WORDS["names"]["people"]))
        signed = f"<div class='meta'><span class='byline__name'>{name}</span></div>"
    menu = "".join(
        f"<li><a href='/{at}'>{entry}</a></li>" for at, entry in enumerate(words["menu"])
    )
    body = "".join(f"<p>{escape(line)}</p>" for line in story.lines)
    return (
        f"<!doctype html><html lang='{story.outlet.language}'><head>{''.join(head)}</head><body>"
        f"<nav><ul>{menu}</ul></nav><article><h1>{escape(story.title)}</h1>{signed}{body}</article>"
        f"<footer><p>© {escape(story.outlet.name)}</p></footer></body></html>"
    )
