"""Made clusters: versions that differ in facts, and copies of which the first is known."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from facts_pages import MORNING, PEOPLE, Filler, sentence, story

from pipelines.stages.match.members import claim_kind, is_weakly_dated
from schemas.article import Article
from schemas.member import Member
from schemas.page import TextRow
from sources.extraction.text_rows import article_from_row
from sources.limits import Limits
from sources.text.keys import key_of

_WORDS = {
    "en": {4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
           11: "eleven", 12: "twelve"},
    "de": {4: "vier", 5: "fünf", 6: "sechs", 7: "sieben", 8: "acht", 9: "neun", 10: "zehn",
           11: "elf", 12: "zwölf"},
}  # fmt: skip
_MARKS = {"en": (("“", "”"), ('"', '"'), ("«", "»")), "de": (("„", "“"), ("»", "«"), ('"', '"'))}


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that a version changed: its kind, and what base and version print."""

    kind: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class MadeVersions:
    """Texts of one story, the first unchanged, and what differs between them."""

    texts: tuple[str, ...]
    differences: frozenset[Difference]


def made_versions(seed: int, language: str) -> MadeVersions:
    """Three versions: facts changed in some, and in all but the first the wording as well."""
    chance = random.Random(f"versions {seed} {language}")
    filler = Filler(chance, language)
    planned = story(filler, 10)
    quote = chance.choice(filler.words["quote"])
    person = chance.choice(PEOPLE)
    lines = [sentence(frame["text"], slots, language) for frame, slots in planned]
    marks = _MARKS[language]
    first = _with_quote(lines, quote["text"].format(said=quote["said"], person=person))
    texts, differences = [first], set()
    for _ in range(2):
        changed = list(lines)
        n_lines = chance.choice((10, 9, 8))
        for place in chance.sample(range(10), 5):
            frame, slots = planned[place]
            if chance.random() < 0.4:
                slots, difference = _changed(frame["text"], dict(slots), chance, filler)
                if difference and place < n_lines:
                    differences.add(difference)
                changed[place] = sentence(frame["text"], slots, language)
            elif chance.random() < 0.5:
                changed[place] = sentence(frame["other"], slots, language)
            else:
                changed[place] = _reformatted(frame["text"], slots, language)
        said = quote["said"]
        if chance.random() < 0.3:
            said = quote["otherwise"]
            differences.add(Difference("quote", frozenset([quote["said"], said])))
        line = quote["text"].format(said=said, person=person)
        old, new = marks[0], chance.choice(marks)
        line = line.replace(old[0], "\0").replace(old[1], new[1]).replace("\0", new[0])
        texts.append(_with_quote(changed[:n_lines], line))
    return MadeVersions(tuple(texts), frozenset(differences))


def _with_quote(lines: Sequence[str], quote: str) -> str:
    return "\n".join([*lines[:3], quote, *lines[3:]])


def _changed(
    template: str, slots: dict[str, object], chance: random.Random, filler: Filler
) -> tuple[dict[str, object], Difference | None]:
    """The slots with one fact changed, and the difference; none where there is no fact."""
    facts = [name for name in ("a", "b", "weekday", "date", "year") if f"{{{name}}}" in template]
    if not facts:
        return slots, None
    name = chance.choice(facts)
    old = slots[name]
    new = old
    while new == old or (name in ("a", "b") and _is_near(int(str(old)), int(str(new)))):
        new = filler.slots()[name]
    values = frozenset([str(old), str(new)])
    kind = "number" if name in ("a", "b") else "date"
    return slots | {name: new}, Difference(kind, values)


def _is_near(old: int, new: int) -> bool:
    """Numbers that may be a rounding of each other are no made difference."""
    return abs(old - new) < 0.02 * max(old, new) or len(str(old)) != len(str(new))


def _reformatted(template: str, slots: Mapping[str, object], language: str) -> str:
    """The same sentence with its numbers written another way."""
    written = dict(slots)
    written["a"] = str(slots["a"])
    small = int(str(slots["b"]))
    written["b"] = _WORDS[language].get(small, str(small))
    return template.format(**written)


@dataclass(frozen=True, slots=True)
class MadeCluster:
    """Copies of one text, and which is the first."""

    members: tuple[Member, ...]
    texts: tuple[str, ...]
    first: str


def made_cluster(seed: int, language: str, half: str) -> MadeCluster:
    """An outlet's story and its copies; a quarter of these within four minutes.

    Of the pages a tenth give no zone, a twentieth no date, a twentieth the time of a later update,
    and of the copies a twentieth the time of their model. A third of the copies credit the first;
    of a seventh of the stories the text itself names the outlet that it was told to.
    """
    chance = random.Random(f"cluster {seed} {language} {half}")
    filler = Filler(chance, language)
    outlets = chance.sample(filler.words["outlets"], chance.randint(2, 6))
    lines = [sentence(frame["text"], slots, language) for frame, slots in story(filler)]
    if chance.random() < 0.15:
        naming = "{} told {}." if language == "en" else "Das sagte {} {}."
        lines.append(naming.format(chance.choice(PEOPLE), outlets[0]))
    start = MORNING + timedelta(minutes=chance.randrange(300))
    members, texts = [], []
    for number, outlet in enumerate(outlets):
        # P(lag < 4 min) = 1/4, median 25 min
        lag = math.exp(chance.gauss(3.22, 2.72)) if number else 0.0
        at = start + timedelta(minutes=min(lag, 5_000))
        own = list(lines)
        if number and chance.random() < 0.35:
            own.append(filler.phrase("outlet_credit", half, name=outlets[0]))
        article = _article(seed, number, outlet, "\n".join(own), at, start, language, chance)
        members.append(_member(article, outlet))
        texts.append("\n".join(own))
    return MadeCluster(tuple(members), tuple(texts), members[0].article_id)


def _article(
    seed: int,
    number: int,
    outlet: str,
    text: str,
    at: datetime,
    start: datetime,
    language: str,
    chance: random.Random,
) -> Article:
    claimed = at.replace(second=0)
    written: str | None = claimed.isoformat()
    mode = chance.random()
    if mode < 0.1:
        shift = timedelta(hours=chance.choice((-3, -1, 1, 2)))
        written = (claimed + shift).replace(tzinfo=None).isoformat()
    elif mode < 0.15:
        written = None
    elif mode < 0.2:
        written = (claimed + timedelta(minutes=chance.randint(5, 240))).isoformat()
    elif mode < 0.25 and number:
        written = start.replace(second=0).isoformat()
    row = TextRow(
        input="made",
        position=100 * seed + number,
        text=text,
        title="A day in the valley",
        url=f"https://outlet{number}.example/{seed}/{language}",
        outlet=outlet,
        published_at=written,
        fetched_at=(at + timedelta(minutes=chance.randint(245, 900))).isoformat(),
        language=language,
    )
    article = article_from_row(row, Limits())
    assert isinstance(article, Article), article
    return article


def _member(article: Article, outlet: str) -> Member:
    return Member(
        article_id=article.article_id,
        source_id=article.host or "",
        mirror_group_id=None,
        host=article.host,
        outlet=outlet,
        language=article.language,
        text_key=key_of(article.text),
        path_key=0,
        title_key=1,
        claimed_at=article.published_at,
        is_weakly_dated=is_weakly_dated(list(article.flags)),
        claim_kind=claim_kind(article.published_at, article.flags),
        fetched_at=article.fetched_at,
        wire_credits=article.wire_credits,
        outlet_credits=article.outlet_credits,
    )


def as_members(made: MadeVersions, language: str) -> list[tuple[Member, str]]:
    """The versions as members of a cluster, each of a source of its own, an hour apart."""
    chance = random.Random(0)
    members = []
    for number, text in enumerate(made.texts):
        at = MORNING + timedelta(hours=number)
        article = _article(1, number, f"Outlet {number}", text, at, at, language, chance)
        own = replace(_member(article, f"Outlet {number}"), text_key=number, language=language)
        members.append((own, text))
    return members
