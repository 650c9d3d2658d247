"""Who carries whose text: one edge from the source observed first to each source that came later.

Members crediting the same agency are copies of the wire, not of each other: their edge comes from
`wire:AFP`. Where nobody can be called first the pair is counted as undetermined, both ways round.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.member import Member
from sources.stories.timeline import TimelineRow

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
    claims = (origin.claimed_at, row.claimed_at)
    lag = claims[1] - claims[0] if origin is not row and claims[0] and claims[1] else None
    return Carried(
        row.from_source or "",
        row.source_id,
        "copy",
        int(row.credit is not None),
        None if lag is None else round(lag.total_seconds()),
        f"{origin.article_id} {row.article_id}",
    )


def excerpted(left: Member, right: Member, min_gap_s: int) -> Carried | None:
    """The edge of a passage that two sources share, from the earlier claim to the later.

    None within one source, and where a claim is weak or the claims are closer than min_gap_s.
    """
    if left.source_id == right.source_id or left.is_weakly_dated or right.is_weakly_dated:
        return None
    if left.claimed_at is None or right.claimed_at is None:
        return None
    first, later = sorted((left, right), key=lambda one: (one.claimed_at, one.article_id))
    lag = (right.claimed_at - left.claimed_at).total_seconds()
    if abs(lag) < min_gap_s:
        return None
    example = f"{first.article_id} {later.article_id}"
    credited = int(bool(later.wire_credits or later.outlet_credits))
    source, target = first.source_id, later.source_id
    return Carried(source, target, "excerpt", credited, round(abs(lag)), example)


def _undetermined(rows: Sequence[TimelineRow]) -> list[Carried]:
    """Edges both ways between those that may be first, and from each to whose origin is unknown."""
    if any(row.role == "earliest_observed" for row in rows):
        return []
    tied: dict[str, TimelineRow] = {}
    for row in rows:
        if row.role == "undetermined":
            tied.setdefault(row.source_id, row)
    return [
        Carried(
            head.source_id,
            row.source_id,
            "undetermined",
            int(row.credit is not None),
            None,
            f"{head.article_id} {row.article_id}",
        )
        for head in list(tied.values())[:MOST_TIED]
        for row in rows
        if row.role in ("copy", "undetermined")
        and row.from_source is None
        and row.source_id != head.source_id
    ]
