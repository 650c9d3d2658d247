"""Who carries whose text: one edge from the source observed first to each source that came later.

Members crediting the same agency are copies of the wire, not of each other: their edge comes from
`wire:AFP`. Where nobody can be called first the pair is counted as undetermined, both ways round.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.member import Member
from sources.stories.credited_names import share_a_third
from sources.stories.precedence import precedes
from sources.stories.sightings import TimeRules, sightings
from sources.stories.timeline import TimelineRow, lag_s

MOST_TIED = 20
"""Tied sources looked at in one cluster, so that a cluster of thousands stays linear."""
WIRE = "wire:"


@dataclass(frozen=True, slots=True)
class Carried:
    """One article carried from one source to another; schema EDGES."""

    from_source: str
    to_source: str
    kind: str
    """copy, excerpt or undetermined."""
    is_credited: int
    lag_s: int | None
    example: str


def carried(rows: Sequence[TimelineRow]) -> list[Carried]:
    """The edges of one cluster, from its timeline."""
    earliest: dict[str, TimelineRow] = {}
    for row in rows:
        earliest.setdefault(row.source_id, row)
    edges = [
        _directed(row, earliest.get(row.from_source, rows[0]))
        for row in rows
        if row.from_source is not None
    ]
    return edges + _undetermined(rows)


def _directed(row: TimelineRow, origin: TimelineRow) -> Carried:
    """The edge to an article; `origin` is the earliest of the source, of a wire's copies that of
    the cluster.
    """
    return Carried(
        row.from_source or "",
        row.source_id,
        "copy",
        int(row.credit is not None),
        row.lag_s if origin is not row else None,
        f"{origin.article_id} {row.article_id}",
    )


def excerpted(left: Member, right: Member, rules: TimeRules) -> Carried | None:
    """The edge of a passage that two sources share, from the one that was there before the other.

    None within one source, where both credit an outlet that is neither's, and where no time says
    which of the two was.
    """
    if left.source_id == right.source_id or share_a_third(left, right):
        return None
    pair = sightings([left, right], {}, rules)
    for before, after in (pair, pair[::-1]):
        if precedes(before, after, rules) is not None:
            return _excerpt(before.member, after.member)
    return None


def _excerpt(first: Member, later: Member) -> Carried:
    return Carried(
        first.source_id,
        later.source_id,
        "excerpt",
        int(bool(later.wire_credits or later.outlet_credits)),
        lag_s(first, later),
        f"{first.article_id} {later.article_id}",
    )


def _undetermined(rows: Sequence[TimelineRow]) -> list[Carried]:
    """Edges both ways between those that may be first, and from each to whose origin is unknown.

    Where one is first after all, both ways between it and those that no time puts after it.
    """
    first = next((row for row in rows if row.role == "earliest_observed"), None)
    if first is not None:
        unclear = [row for row in rows if row.role == "undetermined"]
        return [_unclear(*pair) for row in unclear for pair in ((first, row), (row, first))]
    tied: dict[str, TimelineRow] = {}
    for row in rows:
        if row.role == "undetermined":
            tied.setdefault(row.source_id, row)
    return [
        _unclear(head, row)
        for head in list(tied.values())[:MOST_TIED]
        for row in rows
        if row.role in ("copy", "undetermined")
        and row.from_source is None
        and row.source_id != head.source_id
    ]


def _unclear(head: TimelineRow, row: TimelineRow) -> Carried:
    return Carried(
        head.source_id,
        row.source_id,
        "undetermined",
        int(row.credit is not None),
        None,
        f"{head.article_id} {row.article_id}",
    )
