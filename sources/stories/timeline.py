"""Who was observed first in a cluster, who came later, and on what evidence.

"Earliest observed" is not "original": a crawl sees some outlets and not others. Claims closer than
`min_gap_s` are a tie; a date later than the fetch, implausible or without a zone is weak and makes
nobody first (design/sources.md, direction of copying).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from schemas.member import Member
from sources.stories.direction import FAR, Direction, Origins, claim_of, direction, is_well_dated


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
    role: str
    containment_in_earlier: float | None
    credit: str | None
    headline_changed: bool | None
    reason: str
    from_source: str | None
    """Whose text it carries: a source_id or wire:AFP; None for the first, and where unknown."""
    day: date | None
    """The day it counts for; None in a run without a window."""


def in_time_order(members: Sequence[Member]) -> list[Member]:
    """The members by claimed time, where that is weak by first-seen time.

    Mirrors claim the second of their outlet's main host, which then stands before them: the source
    is named after it. What is left is ordered by first-seen time and id.
    """
    return sorted(
        members,
        key=lambda one: (
            claim_of(one),
            not one.is_at_home,
            one.fetched_at or FAR,
            one.article_id,
        ),
    )


def cluster_name(members: Sequence[Member]) -> str:
    """The id of a cluster: of its oldest member, its first in time order.

    With days the first of the earliest day, so that no page that comes in later takes over a name
    that was published, whatever time it claims.
    """
    first = min((one.day for one in members if one.day), default=None)
    return in_time_order([one for one in members if one.day == first])[0].article_id


def timeline(
    cluster_id: str,
    members: Sequence[Member],
    containments: Mapping[str, Mapping[str, float]],
    min_gap_s: int,
    named: Origins | None = None,
) -> list[TimelineRow]:
    """The cluster's members in time order, each with its role and why.

    Args:
        cluster_id: the cluster.
        members: its articles, in any order.
        containments: for an article id, for others it was compared with, the share of its shingles
            that stand in the other.
        min_gap_s: claims of two sources closer than this do not say who was first, seconds.
        named: for an article id, the other sources that its text names as reporting.
    """
    ordered = in_time_order(members)
    found = direction(ordered, named or {}, min_gap_s)
    wires = _wires(members)
    tied = {one.source_id for one in ordered if one.article_id in found.tied}
    start = min((one.claimed_at for one in ordered if one.claimed_at), default=None)
    seen: set[str] = set()
    own: dict[str, list[Member]] = defaultdict(list)
    rows = []
    for member in ordered:
        before = own[member.source_id]
        role, reason = _role(member, before, found, tied)
        shares = containments.get(member.article_id, {})
        rows.append(
            TimelineRow(
                cluster_id=cluster_id,
                article_id=member.article_id,
                source_id=member.source_id,
                mirror_group_id=member.mirror_group_id,
                claimed_at=member.claimed_at,
                first_seen_at=member.fetched_at,
                lag_s=_lag_s(member, start),
                role=role,
                containment_in_earlier=max(
                    (share for other, share in shares.items() if other in seen), default=None
                ),
                credit=_credit(member),
                headline_changed=_headline_changed(member, found.first),
                reason=reason,
                from_source=None if before else _from_source(member, role, found, wires),
                day=member.day,
            )
        )
        seen.add(member.article_id)
        before.append(member)
    return rows


def _role(
    member: Member, own: Sequence[Member], found: Direction, tied: Set[str]
) -> tuple[str, str]:
    """The role among those of the cluster, `own` being what its source published before it.

    Of each source in `tied`, any of which may be the first, one article stands for it.

    A version of the first's own source that stands before it in weak time does so after it in fact.
    """
    first = found.first
    if member.source_id in tied and not _is_settled(member, own, found):
        return "undetermined", found.reason
    own = [*own, first] if first is not None and first.source_id == member.source_id else own
    same = [one for one in own if one.text_key == member.text_key]
    if first is member:
        wire = "; it credits " + ", ".join(member.wire_credits) if member.wire_credits else ""
        return "earliest_observed", f"{found.reason}{wire}"
    if same:
        is_same_host = any(one.host == member.host for one in same)
        return ("copy" if is_same_host else "mirror"), "the same text stands at this source already"
    if own:
        return "revision", "this source published another version"
    if credited := found.credited.get(member.article_id):
        return "copy", f"it credits or links to {_listed(credited)}"
    if claim_of(member) is FAR:
        return "undetermined", "it has neither a date nor a fetch time"
    if named := found.named.get(member.article_id):
        return "copy", f"its text names {_listed(named)} as reporting"
    return "copy", f"later {_basis(member)} than another source's"


def _is_settled(member: Member, own: Sequence[Member], found: Direction) -> bool:
    """Whether it credits another source, or an article of its own before it does not."""
    return any(one.article_id not in found.credited for one in own) or (
        member.article_id in found.credited
    )


def _from_source(
    member: Member, role: str, found: Direction, wires: Mapping[str, int]
) -> str | None:
    """Whose text it carries: the agency's that others credit too, else of whom it credits, else of
    whom it names, else of the first. Nobody's where its source had it already.
    """
    others_wires = [one for one in member.wire_credits if one != member.agency]
    shared = sorted(one for one in others_wires if wires[one] > 1)
    if shared:
        return f"wire:{shared[0]}"
    for told in (found.credited, found.named):
        if (others := told.get(member.article_id)) and role == "copy":
            return min(others, key=lambda one: (one != _of(found), one))
    is_of_another = role == "copy" and _of(found) != member.source_id
    return _of(found) if is_of_another else None


def _of(found: Direction) -> str | None:
    return None if found.first is None else found.first.source_id


def _wires(members: Sequence[Member]) -> Counter[str]:
    """How many sources of the cluster credit each agency, or are its own site."""
    pairs = {(wire, one.source_id) for one in members for wire in one.wire_credits}
    pairs |= {(one.agency, one.source_id) for one in members if one.agency}
    return Counter(wire for wire, _ in pairs)


def _listed(sources: Iterable[str]) -> str:
    return ", ".join(sorted(sources)[:3])


def _basis(member: Member) -> str:
    return "claimed time" if is_well_dated(member) else "first-seen time"


def _lag_s(member: Member, start: datetime | None) -> int | None:
    if member.claimed_at is None or start is None:
        return None
    return round((member.claimed_at - start).total_seconds())


def _credit(member: Member) -> str | None:
    if member.wire_credits:
        return f"wire:{member.wire_credits[0]}"
    return f"outlet:{member.outlet_credits[0]}" if member.outlet_credits else None


def _headline_changed(member: Member, first: Member | None) -> bool | None:
    if first is None or not first.title_key or not member.title_key:
        return None
    return member.title_key != first.title_key
