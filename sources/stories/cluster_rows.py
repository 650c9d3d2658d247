"""One story's copies as a row of the table clusters."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.member import Member
from sources.disagreements.independent_sources import without_candidates
from sources.stories.timeline import TimelineRow

JOINED = "joined"
SPLIT = "split"


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
    claims = [
        member.claimed_at for member in members if member.claimed_at and not member.is_weakly_dated
    ]
    first = [row.article_id for row in rows if row.role == "earliest_observed"]
    return ClusterRow(
        cluster_id=cluster_id,
        n_articles=len(members),
        n_sources=len({member.source_id for member in members}),
        n_independent=without_candidates(_by_text(members)),
        earliest_article_id=first[0] if first else None,
        representative_id=representative,
        first_published_at=min(claims, default=None),
        last_published_at=max(claims, default=None),
        wire_credits=tuple(sorted({wire for member in members for wire in member.wire_credits})),
        languages=tuple(sorted({member.language for member in members if member.language})),
    )


def _by_text(members: Sequence[Member]) -> list[list[Member]]:
    texts: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        texts[member.text_key].append(member)
    return list(texts.values())


@dataclass(frozen=True, slots=True)
class ClusterChange:
    """Where articles of a former cluster are now; a row of cluster_changes."""

    former_id: str
    cluster_id: str | None
    """None for those that are now alone."""
    change: str
    """joined: the former cluster is part of a larger one; split: only some of it went there."""
    n_articles: int


def cluster_changes(
    former: Mapping[str, Sequence[str]], now: Mapping[str, str]
) -> list[ClusterChange]:
    """The moves of articles into a cluster of another name than that of their former one.

    Args:
        former: the articles of each former cluster.
        now: the cluster of each article that is in one.

    >>> cluster_changes({"a": ["a", "b"], "c": ["c", "d"]}, dict.fromkeys("abcd", "a"))
    [ClusterChange(former_id='c', cluster_id='a', change='joined', n_articles=2)]
    """
    changes = []
    for name, articles in sorted(former.items()):
        moves = Counter(now.get(article) for article in articles)
        for cluster, moved in sorted(moves.items(), key=lambda move: move[0] or ""):
            if cluster != name:
                is_whole = cluster is not None and moved == len(articles)
                changes.append(ClusterChange(name, cluster, JOINED if is_whole else SPLIT, moved))
    return changes
