"""What its cluster says of each article: the facts that sources are measured by, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.member import Member
from sources.timeline import TimelineRow


@dataclass(frozen=True, slots=True)
class Assignment:
    """An article of a cluster; a row of the schema ASSIGNMENTS. The is_ fields are 0 or 1."""

    article_id: str
    cluster_id: str
    role: str
    lag_s: int | None
    """None unless it is a copy."""
    is_clustered: int
    """Another source has a copy, too."""
    is_repeated: int
    is_mirrored: int
    is_directed: int
    """The cluster's timeline says who was observed first."""
    is_claim_directed: int
    """It claims a time, and the claims alone say which source was first."""
    is_claim_first: int
    headline_changed: int | None
    """None unless it is a verbatim copy of the first and both have a headline."""


def assignments(
    rows: Sequence[TimelineRow], members: Mapping[str, Member], min_gap_s: int
) -> list[Assignment]:
    """The assignments of one cluster, in the order of its timeline.

    Args:
        rows: the cluster's timeline.
        members: its articles by id.
        min_gap_s: claims of two sources closer than this do not say who was first, seconds.
    """
    is_clustered = int(len({row.source_id for row in rows}) > 1)
    first = next((row for row in rows if row.role == "earliest_observed"), None)
    claimed = first_claim([members[row.article_id] for row in rows], min_gap_s)
    return [
        Assignment(
            article_id=row.article_id,
            cluster_id=row.cluster_id,
            role=row.role,
            lag_s=row.lag_s if row.role == "copy" else None,
            is_clustered=is_clustered,
            is_repeated=int(row.role in ("mirror", "revision")),
            is_mirrored=int(row.role == "mirror"),
            is_directed=int(first is not None),
            is_claim_directed=int(claimed is not None and _has_claim(members[row.article_id])),
            is_claim_first=int(claimed is not None and row.article_id == claimed.article_id),
            headline_changed=_headline_changed(row, first, members),
        )
        for row in rows
    ]


def first_claim(members: Sequence[Member], min_gap_s: int) -> Member | None:
    """The member whose claimed time is first; None where it ties with another source's.

    Only plausible claims with a zone count, and there have to be two sources that make one.
    """
    claims = [one for one in members if _has_claim(one)]
    claims.sort(key=lambda one: (one.claimed_at, one.article_id))
    rival = next((one for one in claims if one.source_id != claims[0].source_id), None)
    if rival is None or rival.claimed_at is None or claims[0].claimed_at is None:
        return None
    gap_s = (rival.claimed_at - claims[0].claimed_at).total_seconds()
    return claims[0] if gap_s >= min_gap_s else None


def _has_claim(member: Member) -> bool:
    return member.claimed_at is not None and not member.is_weakly_dated


def _headline_changed(
    row: TimelineRow, first: TimelineRow | None, members: Mapping[str, Member]
) -> int | None:
    if first is None or row.role != "copy" or row.headline_changed is None:
        return None
    is_verbatim = members[row.article_id].text_key == members[first.article_id].text_key
    return int(row.headline_changed) if is_verbatim else None
