"""Who was observed first in a story, who came later, and on what evidence.

"Earliest observed" is not "original": a crawl sees some outlets and not others. What times say is
in sources.stories.precedence, what credits say in sources.stories.direction.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from schemas.member import Member
from sources.stories.direction import (
    NO_ORDER,
    Direction,
    Origins,
    claim_of,
    direction,
    is_well_dated,
)
from sources.stories.role_reasons import first_reason, later_reason, tied_reason
from sources.stories.sightings import FAR, TimeRules

NO_TIME = "no_time"
CREDIT = "credit"
NAME = "name"
SAME_TEXT = "same_text"
OWN_VERSION = "own_version"


@dataclass(frozen=True, slots=True)
class Role:
    """What an article is in its story, and why."""

    name: str
    reason: str
    evidence: str
    compared_with: str | None = None
    """The article whose times the evidence compares with."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An article in its cluster; a row of cluster_timeline."""

    cluster_id: str
    article_id: str
    source_id: str
    mirror_group_id: str | None
    claimed_at: datetime | None
    first_seen_at: datetime | None
    lag_s: int | None
    """The claim less that of the first observed, where both are moments and it is not before."""
    role: str
    containment_in_earlier: float | None
    credit: str | None
    headline_changed: bool | None
    reason: str
    from_source: str | None
    """Whose text it carries: a source_id or wire:AFP; None for the first, and where unknown."""
    day: date | None
    """The day it counts for; None in a run without a window."""
    claim_kind: str | None
    sighted_at: datetime | None
    """The first fetch, of it or of an article that credits its source."""
    is_witnessed: bool
    evidence: str
    compared_with: str | None


def in_time_order(members: Sequence[Member]) -> list[Member]:
    """The members by claimed time, where that is weak by first-seen time.

    Mirrors claim the second of their outlet's main host, which then stands before them: the source
    is named after it. What is left is ordered by first-seen time and id.
    """
    return sorted(
        members,
        key=lambda member: (
            claim_of(member),
            not member.is_at_home,
            member.fetched_at or FAR,
            member.article_id,
        ),
    )


def cluster_name(members: Sequence[Member]) -> str:
    """The id of a cluster: of its oldest member, its first in time order.

    With days the first of the earliest day, so that no page that comes in later takes over a name
    that was published, whatever time it claims.
    """
    first = min((member.day for member in members if member.day), default=None)
    return in_time_order([member for member in members if member.day == first])[0].article_id


def timeline(
    cluster_id: str,
    members: Sequence[Member],
    containments: Mapping[str, Mapping[str, float]],
    rules: TimeRules,
    named: Origins | None = None,
) -> list[TimelineRow]:
    """The cluster's members in time order, each with its role and why.

    Args:
        cluster_id: the cluster.
        members: its articles, in any order.
        containments: for an article id, for others it was compared with, the share of its shingles
            that stand in the other.
        rules: what times must be apart, or close together, to say something.
        named: for an article id, the other sources that its text names as reporting.
    """
    ordered = in_time_order(members)
    verdict = direction(ordered, named or {}, rules)
    wires = _wires(members)
    tied = {member.source_id for member in ordered if member.article_id in verdict.tied}
    n_others = len({member.source_id for member in members}) - 1
    seen: set[str] = set()
    own: dict[str, list[Member]] = defaultdict(list)
    rows = []
    for member in ordered:
        before = own[member.source_id]
        role = _role(member, before, verdict, tied, n_others)
        shares = containments.get(member.article_id, {})
        sighting = verdict.sightings[member.article_id]
        rows.append(
            TimelineRow(
                cluster_id=cluster_id,
                article_id=member.article_id,
                source_id=member.source_id,
                mirror_group_id=member.mirror_group_id,
                claimed_at=member.claimed_at,
                first_seen_at=member.fetched_at,
                lag_s=lag_s(verdict.first, member),
                role=role.name,
                containment_in_earlier=max(
                    (share for other, share in shares.items() if other in seen), default=None
                ),
                credit=_credit(member),
                headline_changed=_headline_changed(member, verdict.first),
                reason=role.reason,
                from_source=None if before else _from_source(member, role.name, verdict, wires),
                day=member.day,
                claim_kind=member.claim_kind,
                sighted_at=sighting.seen,
                is_witnessed=sighting.is_witnessed,
                evidence=role.evidence,
                compared_with=role.compared_with,
            )
        )
        seen.add(member.article_id)
        before.append(member)
    return rows


def lag_s(first: Member | None, member: Member) -> int | None:
    """Seconds from the claim of the first observed to a member's.

    None where nobody is first, where one of the two claims no moment, and for claims before it.
    """
    if first is None or not (is_well_dated(first) and is_well_dated(member)):
        return None
    lag = round((claim_of(member) - claim_of(first)).total_seconds())
    return lag if lag >= 0 else None


def _role(
    member: Member, own: Sequence[Member], verdict: Direction, tied: Set[str], n_others: int
) -> Role:
    """The role among those of the cluster, `own` being what its source published before it.

    Of each source in `tied`, any of which may be the first, one article stands for it. A version of
    the first's own source that stands before it in weak time does so after it in fact.
    """
    first, sighting = verdict.first, verdict.sightings[member.article_id]
    if first is member:
        wire = "; it credits " + ", ".join(member.wire_credits) if member.wire_credits else ""
        reason = first_reason(sighting, verdict.evidence, n_others)
        return Role("earliest_observed", reason + wire, verdict.evidence)
    is_own = first is not None and first.source_id == member.source_id
    if member.source_id in tied and not is_own and not _is_settled(member, own, verdict):
        evidence = verdict.evidence if first is None else NO_ORDER
        return Role("undetermined", tied_reason(sighting, evidence), evidence)
    own = [*own, first] if first is not None and is_own else own
    same = [earlier for earlier in own if earlier.text_key == member.text_key]
    if same:
        is_same_host = any(earlier.host == member.host for earlier in same)
        name, reason = "copy" if is_same_host else "mirror", "its source has the same text already"
        return Role(name, reason, SAME_TEXT, same[0].article_id)
    if own:
        reason = "its source published another version"
        return Role("revision", reason, OWN_VERSION, own[0].article_id)
    if credited := verdict.credited.get(member.article_id):
        return Role("copy", f"it credits or links to {_listed(credited)}", CREDIT)
    if named := verdict.named.get(member.article_id):
        return Role("copy", f"its text names {_listed(named)} as reporting", NAME)
    precedence = verdict.preceded.get(member.article_id)
    if precedence is None:  # of nobody's, and of no time
        return Role("undetermined", "it has neither a date nor a fetch time", NO_TIME)
    reason = later_reason(sighting, precedence)
    return Role("copy", reason, precedence.evidence, precedence.before.member.article_id)


def _is_settled(member: Member, own: Sequence[Member], verdict: Direction) -> bool:
    """Whether it credits another source, or an article of its own before it does not."""
    return member.article_id in verdict.credited or any(
        earlier.article_id not in verdict.credited for earlier in own
    )


def _from_source(
    member: Member, role: str, verdict: Direction, wires: Mapping[str, int]
) -> str | None:
    """Returns the source whose text the article copies, None where nobody can say.

    The agency that another source credits too, else the source it credits, else the one it names,
    else the first observed. Not the first where any article of the story credits an agency: then
    the first may carry the agency's text, as this one may; nor where this one or the first credits
    an outlet that nobody of the story answers to. Nobody's where its source had it.
    """
    others_wires = [wire for wire in member.wire_credits if wire != member.agency]
    shared = sorted(wire for wire in others_wires if wires[wire] > 1)
    if shared:
        return f"wire:{shared[0]}"
    for sources_of in (verdict.credited, verdict.named):
        if (others := sources_of.get(member.article_id)) and role == "copy":
            return min(others, key=lambda source: (source != _of(verdict), source))
    if role != "copy" or verdict.first is None or verdict.first.source_id == member.source_id:
        return None
    if verdict.third.keys() & {member.article_id, verdict.first.article_id}:
        return None
    return _of(verdict) if not wires or verdict.first.agency else None


def _of(verdict: Direction) -> str | None:
    return None if verdict.first is None else verdict.first.source_id


def _wires(members: Sequence[Member]) -> Counter[str]:
    """How many sources of the cluster credit each agency, or are its own site."""
    pairs = {(wire, member.source_id) for member in members for wire in member.wire_credits}
    pairs |= {(member.agency, member.source_id) for member in members if member.agency}
    return Counter(wire for wire, _ in pairs)


def _listed(sources: Iterable[str]) -> str:
    return ", ".join(sorted(sources)[:3])


def _credit(member: Member) -> str | None:
    if member.wire_credits:
        return f"wire:{member.wire_credits[0]}"
    return f"outlet:{member.outlet_credits[0]}" if member.outlet_credits else None


def _headline_changed(member: Member, first: Member | None) -> bool | None:
    if first is None or not first.title_key or not member.title_key:
        return None
    return member.title_key != first.title_key
