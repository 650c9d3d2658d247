"""Who may be first in a cluster, by kinds of evidence in their order (design/sources.md).

1. A credit or a link to another outlet of the cluster: who credits is not first.
2. A text that names another outlet of the cluster as the one that reported.
3. Claimed times with zones, at least min_gap_s apart.
4. Times of the first fetch, where nobody's claim can be relied on.

Each kind narrows down who is left; the next decides among these. Credits in a circle, names in a
circle, a name that the claims contradict, and times too close together leave it undetermined.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from schemas.member import Member
from sources.metadata.person_names import folded
from sources.outlets.outlets import domain_of

FAR = datetime(9999, 1, 1, tzinfo=UTC)
Origins = Mapping[str, frozenset[str]]
"""Article ids -> the other sources of the cluster that it says it is from."""


@dataclass(frozen=True, slots=True)
class Direction:
    """Who is first, or between whom it is undetermined, and the evidence."""

    first: Member | None
    reason: str
    tied: frozenset[str] = frozenset()
    """Articles of which any may be the first; empty where one is."""
    credited: Origins = field(default_factory=dict)
    named: Origins = field(default_factory=dict)


def direction(ordered: Sequence[Member], named: Origins, min_gap_s: int) -> Direction:
    """What the evidence says of the members, which come in time order.

    Args:
        ordered: the cluster's members (sources.stories.timeline.in_time_order).
        named: see sources.stories.versions.
        min_gap_s: claims closer than this do not say who was first, seconds.
    """
    credited, disputed = _without_circles(ordered, credited_sources(ordered))
    left = [one for one in ordered if one.article_id not in credited]
    naming, unclear = _without_circles(left, {k: v for k, v in named.items() if k not in credited})
    free = [one for one in left if one.article_id not in naming]
    found = _by_times(free, min_gap_s, {source for some in credited.values() for source in some})
    first = found.first
    if first is not None and first.article_id in disputed | unclear:
        circle = disputed if first.article_id in disputed else unclear
        why = "sources credit" if circle is disputed else "texts name"
        found = Direction(None, f"{why} each other in a circle", frozenset(circle))
    elif first is not None and (early := _earlier(left, naming, first, min_gap_s)):
        tied = frozenset([first.article_id, *early])
        found = Direction(None, "claims contradict the outlet that a text names", tied)
    return Direction(found.first, found.reason, found.tied, credited, naming)


def claim_of(member: Member) -> datetime:
    """The claimed time, where that is weak the first fetch."""
    return (member.claimed_at if not member.is_weakly_dated else None) or member.fetched_at or FAR


def is_well_dated(member: Member) -> bool:
    """Whether its claim may make it first."""
    return member.claimed_at is not None and not member.is_weakly_dated


def credited_sources(members: Sequence[Member]) -> dict[str, frozenset[str]]:
    """The other sources of the cluster that each article credits or links to as its original."""
    told = {one.article_id: _credits_of(one) for one in members}
    if not any(told.values()):
        return {}
    names: dict[str, set[str]] = defaultdict(set)
    for one in members:
        for name in _names_of(one):
            names[name].add(one.source_id)
    credited: dict[str, frozenset[str]] = {}
    for one in members:
        credits = told[one.article_id]
        found = {source for name in credits for source in names.get(name, ())} - {one.source_id}
        if found:
            credited[one.article_id] = frozenset(found)
    return credited


def _credits_of(member: Member) -> list[str]:
    """Whom it credits or links to, as _names_of has them."""
    told = [folded(name) for name in member.outlet_credits]
    told += [f"wire {name}" for name in member.wire_credits]
    return told + [f"host {domain_of(host)}" for host in _hosts_told(member)]


def _names_of(member: Member) -> set[str]:
    """What a credit may call a member's source: its name, its agency, its domain."""
    names = {f"host {domain_of(member.host)}"} if member.host else set()
    if member.outlet:
        names |= {folded(member.outlet), folded(member.outlet.casefold().removeprefix("the "))}
    # by the registry, never by the name that a page gives itself
    if member.agency is not None:
        names.add(f"wire {member.agency}")
    return names - {""}


def _hosts_told(member: Member) -> list[str]:
    hosts = [name.casefold() for name in member.outlet_credits if "." in name and " " not in name]
    return [*hosts, *([member.declared_host] if member.declared_host else [])]


def _without_circles(
    members: Sequence[Member], told: Mapping[str, frozenset[str]]
) -> tuple[dict[str, frozenset[str]], set[str]]:
    """The origins less those of sources that lead into a circle, and these sources' articles."""
    if not told:
        return {}, set()  # of most clusters: nobody credits or names anybody
    waiting: dict[str, set[str]] = defaultdict(set)
    by_source: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        by_source[one.source_id].append(one)
        waiting[one.source_id] |= told.get(one.article_id, frozenset())
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
    kept = {
        one.article_id: others
        for one in members
        if one.source_id in settled
        and (others := told.get(one.article_id, frozenset()) & by_source.keys())
    }
    circling = {one.article_id for one in members if one.source_id not in settled}
    return kept, circling


def _by_times(free: Sequence[Member], min_gap_s: int, credited: set[str]) -> Direction:
    """The first by claims, else by fetches; of a tie the one source that others credit."""
    dated = [one for one in free if is_well_dated(one)]
    basis = "earliest claim" if dated else "earliest fetch, no claim can be relied on"
    dated = dated or [one for one in free if one.fetched_at]
    if not dated:
        everybody = frozenset(one.article_id for one in free)
        return Direction(None, "neither a claim nor a fetch time", everybody)
    first = dated[0]
    tied = [one for one in dated if _gap(first, one) < min_gap_s]
    # a weak date makes nobody first, but who was fetched before the first claim is no later copy,
    # and who claims to be older without a zone may be so
    if is_well_dated(first):
        tied += [one for one in free if not is_well_dated(one) and _weakly(one) < claim_of(first)]
    if len({one.source_id for one in tied}) == 1:
        return Direction(first, basis)
    backed = [one for one in tied if one.source_id in credited]
    if len({one.source_id for one in backed}) == 1:
        return Direction(backed[0], "the only one of those close in time that others credit")
    why = "claims of several sources are too close together, or too weak, to say who was first"
    return Direction(None, why, frozenset(one.article_id for one in tied))


def _weakly(member: Member) -> datetime:
    """The earliest time that anything says of a member, however weak; of a bare day its end."""
    claimed = member.claimed_at or FAR
    if claimed.time() == time.min:
        claimed += timedelta(days=1)
    return min(claimed, member.fetched_at or FAR)


def _gap(first: Member, other: Member) -> float:
    return (claim_of(other) - claim_of(first)).total_seconds()


def _earlier(
    members: Sequence[Member], naming: Origins, first: Member, min_gap_s: int
) -> list[str]:
    """Articles that name the first as their source and claim to be older."""
    return [
        one.article_id
        for one in members
        if first.source_id in naming.get(one.article_id, ())
        and is_well_dated(one)
        and is_well_dated(first)
        and _gap(one, first) >= min_gap_s
    ]
