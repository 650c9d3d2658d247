"""What its cluster says of each article: the facts that sources are measured by, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.member import Member
from sources.disagreeing import Compared
from sources.timeline import TimelineRow


@dataclass(frozen=True, slots=True)
class Assignment:
    """An article; a row of the schema ASSIGNMENTS. The is_ fields are 0 or 1."""

    article_id: str
    cluster_id: str | None = None
    """None where only a passage of it stands elsewhere."""
    role: str | None = None
    lag_s: int | None = None
    """None unless it is a copy."""
    is_clustered: int = 0
    """Another source has a copy, too."""
    is_repeated: int = 0
    is_mirrored: int = 0
    is_directed: int = 0
    """The cluster's timeline says who was observed first."""
    is_claim_directed: int = 0
    """It claims a time, and the claims alone say which source was first."""
    is_claim_first: int = 0
    headline_changed: int | None = None
    """None unless it is a verbatim copy of the first and both have a headline."""
    is_compared: int = 0
    """It is in a cluster of several sources, and its text was laid beside their versions."""
    is_disagreeing: int = 0
    """It states a number otherwise than another source at the same time (sources.disagreeing)."""
    is_wire_text: int = 0
    """It is a copy, and an agency's own site had the text before."""
    novel_ppm: int | None = None
    """Millionths of it that stand in no earlier article it is tied to; None: nobody knows."""


def assignments(
    rows: Sequence[TimelineRow],
    members: Mapping[str, Member],
    compared: Compared,
    novel: Mapping[str, int | None],
    min_gap_s: int,
) -> list[Assignment]:
    """The assignments of one cluster, in the order of its timeline.

    Args:
        rows: the cluster's timeline.
        members: its articles by id.
        compared: what came of comparing its versions.
        novel: millionths of articles that are new, by id.
        min_gap_s: claims of two sources closer than this do not say who was first, seconds.
    """
    is_clustered = int(len({row.source_id for row in rows}) > 1)
    first = next((row for row in rows if row.role == "earliest_observed"), None)
    claimed = first_claim([members[row.article_id] for row in rows], min_gap_s)
    wires = [members[row.article_id] for row in rows if members[row.article_id].agency]
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
            is_compared=int(is_clustered and members[row.article_id].text_key in compared.texts),
            is_disagreeing=int(row.article_id in compared.disagreeing),
            is_wire_text=int(
                row.role == "copy"
                and _is_wire_text(members[row.article_id], wires, first, min_gap_s)
            ),
            novel_ppm=novel[row.article_id],
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


def _is_wire_text(
    member: Member, wires: Sequence[Member], first: TimelineRow | None, min_gap_s: int
) -> bool:
    """Whether an agency's own article was first, or claims to be older than this one by the gap."""
    if member.agency:
        return False
    return any(
        (first is not None and wire.article_id == first.article_id)
        or first_claim([wire, member], min_gap_s) is wire
        for wire in wires
    )


def _has_claim(member: Member) -> bool:
    return member.claimed_at is not None and not member.is_weakly_dated


def _headline_changed(
    row: TimelineRow, first: TimelineRow | None, members: Mapping[str, Member]
) -> int | None:
    if first is None or row.role != "copy" or row.headline_changed is None:
        return None
    is_verbatim = members[row.article_id].text_key == members[first.article_id].text_key
    return int(row.headline_changed) if is_verbatim else None
