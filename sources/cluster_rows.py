"""One story's copies as a row of the table clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.member import Member
from sources.timeline import TimelineRow


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A row of clusters."""

    cluster_id: str
    n_articles: int
    n_sources: int
    n_independent: int
    earliest_article_id: str | None
    representative_id: str
    first_published_at: datetime | None
    last_published_at: datetime | None
    wire_credits: tuple[str, ...]
    languages: tuple[str, ...]


def cluster_row(
    cluster_id: str, members: Sequence[Member], rows: Sequence[TimelineRow], representative: str
) -> ClusterRow:
    """What the cluster's members and its timeline add up to."""
    claims = [one.claimed_at for one in members if one.claimed_at and not one.is_weakly_dated]
    first = [row.article_id for row in rows if row.role == "earliest_observed"]
    return ClusterRow(
        cluster_id=cluster_id,
        n_articles=len(members),
        n_sources=len({one.source_id for one in members}),
        n_independent=len({one.text_key for one in members}),
        earliest_article_id=first[0] if first else None,
        representative_id=representative,
        first_published_at=min(claims, default=None),
        last_published_at=max(claims, default=None),
        wire_credits=tuple(sorted({wire for one in members for wire in one.wire_credits})),
        languages=tuple(sorted({one.language for one in members if one.language})),
    )
