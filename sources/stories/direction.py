"""Who may be first in a story, by kinds of evidence in their order (design/sources.md).

1. A credit or a link to another outlet of the story: who credits is not first.
2. A text that names another outlet of the story as the one that reported.
3. Times (sources.stories.precedence).

Each kind narrows down who is left; the next decides among these. First is the one source of which
an article is left that nothing precedes. Credits in a circle, names in a circle, a name that the
times contradict, and several sources that nothing precedes leave it undetermined.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from schemas.member import MOMENT, Member
from sources.stories.credited_names import CreditedSources, credited_sources
from sources.stories.precedence import (
    CLAIM_AFTER_FETCH,
    CLAIM_AFTER_WITNESSED,
    Precedence,
    Story,
    precedes,
)
from sources.stories.sightings import FAR, Sighting, TimeRules, sightings

Origins = Mapping[str, frozenset[str]]
"""Article ids -> the other sources of the story that it says it is from."""

FIRST = "first"
"""Nothing precedes it, and all others come after it, credit it or name it."""
FIRST_CREDITED = "first_credited"
"""Of those that nothing precedes, the only one that others credit."""
CIRCLE = "circle"
CONTRADICTED = "contradicted"
"""Times say that it came later than an article that names it as its source."""
NO_ORDER = "no_order"
"""No time says of it, and of others, which was there before."""


@dataclass(frozen=True, slots=True)
class Direction:
    """Who is first, or between whom it is undetermined, and the evidence."""

    first: Member | None
    evidence: str
    tied: frozenset[str] = frozenset()
    """Articles that may be the first, for all that is known."""
    credited: Origins = field(default_factory=dict)
    named: Origins = field(default_factory=dict)
    third: Origins = field(default_factory=dict)
    """Articles with the names that they credit and that nobody of the story answers to."""
    preceded: Mapping[str, Precedence] = field(default_factory=dict)
    """Of articles that credit and name nobody, what puts them after another."""
    sightings: Mapping[str, Sighting] = field(default_factory=dict)


def direction(ordered: Sequence[Member], named: Origins, rules: TimeRules) -> Direction:
    """Returns what the evidence says of a story.

    Args:
        ordered: its members in time order (sources.timeline.in_time_order).
        named: the sources that each article's text names as reporting (sources.naming).
        rules: how far apart times must be.
    """
    credits = credited_sources(ordered)
    sighted = sightings(ordered, _creditors(ordered, credits), rules)
    by_id = {sighting.member.article_id: sighting for sighting in sighted}
    credited_by_article = {
        article: credits_of_article.all
        for article, credits_of_article in credits.items()
        if credits_of_article.all
    }
    third = {
        article: credits_of_article.third
        for article, credits_of_article in credits.items()
        if credits_of_article.third
    }
    credited, disputed = _without_circles(ordered, credited_by_article)
    left = [member for member in ordered if member.article_id not in credited]
    naming, unclear = _without_circles(left, {k: v for k, v in named.items() if k not in credited})
    free = [by_id[member.article_id] for member in left if member.article_id not in naming]
    verdict = _by_times(
        free,
        {source for sources_credited in credited.values() for source in sources_credited},
        rules,
    )
    first = verdict.first
    if first is not None and first.article_id in disputed | unclear:
        circle = disputed if first.article_id in disputed else unclear
        verdict = Direction(None, CIRCLE, frozenset(circle), preceded=verdict.preceded)
    elif first is not None:
        early = _earlier(by_id, naming, by_id[first.article_id], rules)
        if early:
            tied = frozenset([first.article_id, *early])
            verdict = Direction(None, CONTRADICTED, tied, preceded=verdict.preceded)
    return Direction(
        verdict.first,
        verdict.evidence,
        verdict.tied,
        credited,
        naming,
        third,
        verdict.preceded,
        by_id,
    )


def claim_of(member: Member) -> datetime:
    """The claimed time, where that is weak the first fetch."""
    return (member.claimed_at if not member.is_weakly_dated else None) or member.fetched_at or FAR


def is_well_dated(member: Member) -> bool:
    """Whether it claims a moment that may be true."""
    return member.claimed_at is not None and member.claim_kind == MOMENT


def _creditors(
    members: Iterable[Member], credits: Mapping[str, CreditedSources]
) -> dict[str, list[Member]]:
    """By source the members of others that credit it."""
    creditors: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if member.article_id in credits:
            for source in credits[member.article_id].all:
                creditors[source].append(member)
    return creditors


def _without_circles(
    members: Sequence[Member], credited_by_article: Mapping[str, frozenset[str]]
) -> tuple[dict[str, frozenset[str]], set[str]]:
    """The origins less those of sources that lead into a circle, and these sources' articles."""
    if not credited_by_article:
        return {}, set()  # of most stories: nobody credits or names anybody
    waiting: dict[str, set[str]] = defaultdict(set)
    by_source: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_source[member.source_id].append(member)
        waiting[member.source_id] |= credited_by_article.get(member.article_id, frozenset())
    pointing: dict[str, list[str]] = defaultdict(list)
    for source, origins in waiting.items():
        for other in origins:
            pointing[other].append(source)
    done = [source for source in by_source if not waiting[source] & by_source.keys()]
    settled = set(done)
    while done:
        gone = done.pop()
        for source in pointing[gone]:
            waiting[source].discard(gone)
            if not waiting[source] & by_source.keys() and source not in settled:
                settled.add(source)
                done.append(source)
    origins_of = {
        member.article_id: others
        for member in members
        if member.source_id in settled
        and (others := credited_by_article.get(member.article_id, frozenset()) & by_source.keys())
    }
    circling = {member.article_id for member in members if member.source_id not in settled}
    return origins_of, circling


def _by_times(free: Sequence[Sighting], credited: set[str], rules: TimeRules) -> Direction:
    """The first by times; of several that nothing precedes the one source that others credit.

    Such a credit counts for a witnessed claim only: else who credits itself by a second host and
    claims an old time would be first.
    """
    story = Story(free, rules)
    preceded = {
        sighting.member.article_id: before
        for sighting in free
        if (before := story.before(sighting)) is not None
    }
    left = [sighting for sighting in free if sighting.member.article_id not in preceded] or list(
        free
    )
    first = left[0].member
    if (
        len({sighting.member.source_id for sighting in left}) == 1
        and first.article_id not in preceded
    ):
        return Direction(first, FIRST, preceded=preceded)
    if (placed := _placed(left)) is not None:
        others = frozenset(
            sighting.member.article_id for sighting in left if _is_unplaced(sighting, placed)
        )
        return Direction(placed.member, FIRST, others, preceded=preceded)
    tied = frozenset(sighting.member.article_id for sighting in left)
    backed = [sighting for sighting in left if sighting.member.source_id in credited]
    is_backed = (
        len({sighting.member.source_id for sighting in backed}) == 1 and backed[0].is_witnessed
    )
    if is_backed and backed[0].member.article_id not in preceded:
        return Direction(backed[0].member, FIRST_CREDITED, tied, preceded=preceded)
    return Direction(None, NO_ORDER, tied, preceded=preceded)


def _placed(left: Sequence[Sighting]) -> Sighting | None:
    """The one witnessed article among those that nothing precedes, if no other can be placed.

    Who claims no moment, and was seen later, may have come before or after it. It is undetermined,
    and takes the place of the first from nobody: else leaving out a date would do that.
    """
    moments = [sighting for sighting in left if sighting.member.claim_kind == MOMENT]
    if len({sighting.member.source_id for sighting in moments}) != 1 or not moments[0].is_witnessed:
        return None
    first = moments[0]
    others = (sighting for sighting in left if sighting.member.source_id != first.member.source_id)
    return first if all(_is_unplaced(sighting, first) for sighting in others) else None


def _is_unplaced(sighting: Sighting, first: Sighting) -> bool:
    return (
        sighting.member.claim_kind != MOMENT
        and sighting.seen is not None
        and first.seen is not None
        and sighting.seen > first.seen
    )


def _earlier(
    sighted: Mapping[str, Sighting],
    origins: Origins,
    first: Sighting,
    rules: TimeRules,
) -> list[str]:
    """Articles that name the first as their source, and by their times were there before it.

    That the first was merely fetched late contradicts nobody who names it.
    """
    return [
        article
        for article, sources in origins.items()
        if first.member.source_id in sources
        and precedes(sighted[article], first, rules) in (CLAIM_AFTER_WITNESSED, CLAIM_AFTER_FETCH)
    ]
