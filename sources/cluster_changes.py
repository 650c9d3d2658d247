"""What a window's articles did to the clusters that were there before them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

JOINED = "joined"
SPLIT = "split"


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
        for cluster, moved in sorted(moves.items(), key=lambda one: one[0] or ""):
            if cluster != name:
                is_whole = cluster is not None and moved == len(articles)
                changes.append(ClusterChange(name, cluster, JOINED if is_whole else SPLIT, moved))
    return changes
