"""Who was observed first in a cluster, who came later, and on what evidence.

"Earliest observed" is not "original": a crawl sees some outlets and not others. Claims closer than
`min_gap_s` are a tie; a date later than the fetch, implausible or without a zone is weak and makes
nobody first (design/sources.md, direction of copying).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.member import Member

FAR = datetime(9999, 1, 1, tzinfo=UTC)


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


def in_time_order(members: Sequence[Member]) -> list[Member]:
    """The members by claimed time, where that is weak by first-seen time.

    Mirrors claim the second of their outlet's main host, which then stands before them: the source
    is named after it. What is left is ordered by first-seen time and id.
    """
    return sorted(
        members,
        key=lambda one: (
            _at(one),
            not one.is_at_home,
            one.fetched_at or FAR,
            one.article_id,
        ),
    )


def timeline(
    cluster_id: str,
    members: Sequence[Member],
    containments: Mapping[str, Mapping[str, float]],
    min_gap_s: int,
) -> list[TimelineRow]:
    """The cluster's members in time order, each with its role and why.

    Args:
        cluster_id: the cluster.
        members: its articles, in any order.
        containments: for an article id, for others it was compared with, the share of its shingles
            that stand in the other.
        min_gap_s: claims of two sources closer than this do not say who was first, seconds.
    """
    ordered = in_time_order(members)
    first, tied = _first(ordered, min_gap_s)
    start = min((one.claimed_at for one in ordered if one.claimed_at), default=None)
    seen: set[str] = set()
    own: dict[str, list[Member]] = defaultdict(list)
    rows = []
    for member in ordered:
        role, reason = _role(member, own[member.source_id], first, tied)
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
                headline_changed=_headline_changed(member, first),
                reason=reason,
            )
        )
        seen.add(member.article_id)
        own[member.source_id].append(member)
    return rows


def _at(member: Member) -> datetime:
    return (member.claimed_at if not member.is_weakly_dated else None) or member.fetched_at or FAR


def _first(ordered: Sequence[Member], min_gap_s: int) -> tuple[Member | None, frozenset[str]]:
    """The first member, or None and the ids of those of which any may be it."""
    dated = [one for one in ordered if _is_well_dated(one)]
    if not dated:
        dated = [one for one in ordered if one.fetched_at]
    sources = _sources_by_name(ordered)
    crediting = {one.article_id for one in ordered if _credits_another(one, sources)}
    free = [one for one in dated if one.article_id not in crediting] or dated
    if not free:
        return None, frozenset(one.article_id for one in ordered)
    first = free[0]
    tied = [one for one in free if (_at(one) - _at(first)).total_seconds() < min_gap_s]
    # a weak date makes nobody first, but who was fetched before the first claim is no later copy
    weak = [one for one in ordered if not _is_well_dated(one) and one.article_id not in crediting]
    tied += [one for one in weak if _at(one) < _at(first)]
    if len({one.source_id for one in tied}) > 1:
        return None, frozenset(one.article_id for one in tied)
    return first, frozenset()


def _sources_by_name(members: Sequence[Member]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for one in members:
        if one.outlet:
            names[one.outlet.casefold()].add(one.source_id)
    return names


def _credits_another(member: Member, sources: Mapping[str, set[str]]) -> bool:
    """Whether the text credits an outlet that is another source of this cluster."""
    credited = (sources.get(name.casefold(), set()) for name in member.outlet_credits)
    return any(found - {member.source_id} for found in credited)


def _role(
    member: Member, own: Sequence[Member], first: Member | None, tied: frozenset[str]
) -> tuple[str, str]:
    """The role among those of the cluster, `own` being what its source published before it.

    A version of the first's own source that stands before it in weak time does so after it in fact.
    """
    own = [*own, first] if first is not None and first.source_id == member.source_id else own
    same = [one for one in own if one.text_key == member.text_key]
    if first is member:
        wire = "; it credits " + ", ".join(member.wire_credits) if member.wire_credits else ""
        return "earliest_observed", f"earliest {_basis(member)} in the cluster{wire}"
    if same:
        is_same_host = any(one.host == member.host for one in same)
        return ("copy" if is_same_host else "mirror"), "the same text stands at this source already"
    if own:
        return "revision", "this source published another version"
    if member.article_id in tied:
        return "undetermined", "its time and another source's do not say which was first"
    if _at(member) is FAR:
        return "undetermined", "it has neither a date nor a fetch time"
    if first is not None and _at(member) < _at(first):
        return "copy", "it credits another source of the cluster"
    return "copy", f"later {_basis(member)} than another source's"


def _basis(member: Member) -> str:
    return "claimed time" if _is_well_dated(member) else "first-seen time"


def _is_well_dated(member: Member) -> bool:
    return member.claimed_at is not None and not member.is_weakly_dated


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
