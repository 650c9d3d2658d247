"""When a text is known to have stood somewhere: what a page claims, and what the crawl saw of it.

A claim is what a page says of itself, so that an imitator can write any; a fetch is what the crawl
saw. A claim is witnessed where the page was fetched soon after it: only then the crawl confirms
that the text stood there about then (design/sources.md, Time and direction of copying).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from schemas.member import DAY, MOMENT, NO_ZONE, Member

FAR = datetime(9999, 1, 1, tzinfo=UTC)
AHEAD, BEHIND = timedelta(hours=14), timedelta(hours=12)
"""By which the clocks of the world are ahead of UTC, and behind it."""
TOLERANCE = timedelta(minutes=10)
"""By which the clocks of a page and of the crawl may differ."""
ROUND = 1.25
"""A crawl that comes by once a day sees a page up to a day and the length of its round later. Of
the made test crawl, whose fetches are up to 30 hours late, 24 hours flat leave .85 of the originals
first, and a round more .97, with nobody wrongly first either way."""
ONE_CRAWL = timedelta(hours=1)
"""Fetches within it say nothing about each other, whatever is known besides."""


@dataclass(frozen=True, slots=True)
class TimeRules:
    """What times must be apart, or close together, to say something."""

    min_gap_s: int = 120
    """Claims closer than this do not say who was first, seconds."""
    witness_h: float = 24.0
    """A claim is witnessed where the page was fetched within so many hours of it."""

    @property
    def gap(self) -> timedelta:
        """How far apart two times must be; more than nothing."""
        return timedelta(seconds=max(1, self.min_gap_s))

    @property
    def bound(self) -> timedelta:
        """Within which of its claim a page has to be fetched."""
        return timedelta(hours=self.witness_h)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is known of the time since when an article has stood where it stands."""

    member: Member
    earliest: datetime | None
    """The claim at its earliest: of a claim without a zone, or of a bare day, in any zone."""
    latest: datetime | None
    """The claim at its latest; None, as `earliest`, where none can be relied on."""
    seen: datetime | None
    """The first fetch, of the article or of one that credits it."""
    is_witnessed: bool
    """The claim is a moment, and the article was seen soon after it."""


def claim_bounds(
    claimed: datetime | None, kind: str | None, fetched_at: datetime | None
) -> tuple[datetime, datetime] | None:
    """The earliest and the latest moment that a claim can mean, None without a claim.

    A claim without a zone may be in any, a bare day any moment of it. No claim means a moment after
    the page was fetched.
    """
    if claimed is None or kind not in (MOMENT, NO_ZONE, DAY):
        return None
    if kind == MOMENT:
        return claimed, claimed
    length = timedelta(days=1) if kind == DAY else timedelta(0)
    earliest, latest = claimed - AHEAD, claimed + length + BEHIND
    if fetched_at is not None:
        latest = max(earliest, min(latest, fetched_at))
    return earliest, latest


def sightings(
    members: Sequence[Member], creditors: Mapping[str, Sequence[Member]], rules: TimeRules
) -> list[Sighting]:
    """What is known of each member of a story, in their order.

    Args:
        members: a cluster's.
        creditors: for a source, members of others that credit it without ambiguity. Who sees their
            credit sees that the credited text stood there.
        rules: bounds.
    """
    seen = [_seen(member, creditors.get(member.source_id, ())) for member in members]
    start = min((moment for moment in seen if moment is not None), default=None)
    return [_sighting(*pair, start, rules) for pair in zip(members, seen, strict=True)]


def one_sighting(
    claimed: datetime | None, kind: str | None, fetched_at: datetime | None, rules: TimeRules
) -> Sighting:
    """What is known of an article by itself, without those of its story.

    Args:
        claimed: what it claims.
        kind: what kind of claim that is (schemas.member).
        fetched_at: the first fetch.
        rules: bounds.
    """
    member = Member(
        *("", "", None, None, None, None, 0, 0, 0, claimed, kind != MOMENT, fetched_at, (), ()),
        claim_kind=kind,
    )
    return sightings([member], {}, rules)[0]


def _seen(member: Member, creditors: Sequence[Member]) -> datetime | None:
    fetches = [
        article.fetched_at for article in (member, *creditors) if article.fetched_at is not None
    ]
    return min(fetches, default=None)


def _sighting(
    member: Member, seen: datetime | None, start: datetime | None, rules: TimeRules
) -> Sighting:
    bounds = claim_bounds(member.claimed_at, member.claim_kind, member.fetched_at)
    if bounds is None:
        return Sighting(member, None, None, seen, False)
    is_witnessed = member.claim_kind == MOMENT and _is_soon(bounds[0], seen, start, rules)
    return Sighting(member, *bounds, seen, is_witnessed)


def _is_soon(
    claimed: datetime, seen: datetime | None, start: datetime | None, rules: TimeRules
) -> bool:
    """Whether a page was seen within the bound of its claim.

    Or within the bound and a round of the crawl, where no page of the story was seen a whole bound
    before it.
    """
    if seen is None or start is None or seen < claimed - TOLERANCE:
        return False
    is_in_bound = seen - claimed <= rules.bound
    is_in_round = seen - claimed <= ROUND * rules.bound and seen - start < rules.bound
    return is_in_bound or is_in_round
