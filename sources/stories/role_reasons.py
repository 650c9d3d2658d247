"""Why an article has its role, in words made of the very values that were compared."""

from datetime import UTC, datetime

from schemas.member import DAY, MOMENT, NO_ZONE
from sources.stories.direction import CIRCLE, CONTRADICTED, FIRST_CREDITED
from sources.stories.precedence import (
    CLAIM_AFTER_CLAIM,
    CLAIM_AFTER_FETCH,
    CLAIM_AFTER_WITNESSED,
    Precedence,
)
from sources.stories.sightings import Sighting

_KINDS = {MOMENT: "", NO_ZONE: " without a zone", DAY: " of a bare day"}


def times_of(sighting: Sighting) -> str:
    """What an article claims and when it was seen.

    >>> from tests.sources.stories.test_precedence import sighting
    >>> times_of(sighting("a", claimed="2026-03-04T09:00Z", seen="2026-03-04T10:00Z"))
    'its claim 2026-03-04T09:00:00Z, witnessed 2026-03-04T10:00:00Z'
    """
    seen = f"seen {written(sighting.seen)}" if sighting.seen else "its fetch unknown"
    claimed, kind = sighting.member.claimed_at, sighting.member.claim_kind
    if claimed is None or kind is None:
        return f"no claim, {seen}"
    if kind not in _KINDS:
        return f"a doubtful claim {written(claimed)}, {seen}"
    claim = f"its claim {written(claimed)}{_KINDS[kind]}"
    if sighting.is_witnessed and sighting.seen:
        return f"{claim}, witnessed {written(sighting.seen)}"
    return f"{claim}, {seen}"


def first_reason(sighting: Sighting, evidence: str, n_others: int) -> str:
    """Why an article is first; `n_others` are the other sources of its story."""
    if n_others == 0:
        return f"no other source has it; {times_of(sighting)}"
    if evidence == FIRST_CREDITED:
        return f"of those that no time puts in order others credit this one; {times_of(sighting)}"
    others = "1 other source comes" if n_others == 1 else f"{n_others} other sources come"
    return f"{times_of(sighting)}; {others} later by times, or credit or name another"


def later_reason(sighting: Sighting, precedence: Precedence) -> str:
    """Why an article is later than another."""
    other = precedence.before
    whose = f"of {other.member.source_id}"
    claims = f"its claim {written(sighting.member.claimed_at)}"
    if precedence.evidence == CLAIM_AFTER_WITNESSED:
        theirs = f"{written(other.member.claimed_at)}, witnessed {written(other.seen)}"
        is_later = sighting.member.claimed_at != other.member.claimed_at
        how = "is later than" if is_later else "is not witnessed, and the same as"
        return f"{claims} {how} the claim {whose}, {theirs}"
    if precedence.evidence == CLAIM_AFTER_FETCH:
        return f"{claims} is later than the fetch {whose}, {written(other.seen)}"
    if precedence.evidence == CLAIM_AFTER_CLAIM:
        theirs = written(other.member.claimed_at)
        return f"{claims} is later than the claim {whose}, {theirs}; neither is witnessed"
    fetches = f"seen {written(sighting.seen)}, long after {whose}, {written(other.seen)}"
    return (
        f"{fetches}; {'its claim is not witnessed' if sighting.earliest else 'it claims no time'}"
    )


def tied_reason(sighting: Sighting, evidence: str) -> str:
    """Why of an article it is not known whether it came first."""
    if evidence == CIRCLE:
        return "credits or names lead in a circle"
    if evidence == CONTRADICTED:
        return f"times contradict a credit or a text that names who reported; {times_of(sighting)}"
    return f"no time says who of several sources was first; {times_of(sighting)}"


def written(moment: datetime | None) -> str:
    """A moment as the reasons write it."""
    if moment is None:
        return "unknown"
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
