"""Which hosts show the same text under the same path: the evidence for mirrors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.exchange.article_keys import key_ids
from pipelines.storage.arrow import column
from schemas.ragged import places_in
from sources.mirrors.evidence import SAME_PATH, MirrorEvidence, merge_evidence
from sources.stories.precedence import is_confirmed_before
from sources.stories.sightings import TimeRules, one_sighting

SAME_PATH_JACCARD = 0.9
"""Jaccard from which two pages under one path hold the same text: extraction may differ a little
between the templates of two mirrors. A revision is told from the same text more finely
(copies.same_text), as there both have one template; whether a text is a shortened copy of another
is a matter of containment (sources/disagreements/independent_sources.py)."""


def shared_paths(
    members: pa.Table, verified: pa.Table, labels: NDArray[np.uint64], rules: TimeRules
) -> dict[int, list[MirrorEvidence]]:
    """For each component and pair of hosts under how many paths the same text stands on both.

    Args:
        members: schema CLUSTERED, ascending by article.
        verified: schema VERIFIED, pairs of these members.
        labels: the component of each member.
        rules: when times say who was first.
    """
    articles = column(members, "article")
    left, right = (places_in(articles, column(verified, name)) for name in ("left", "right"))
    path, text = column(members, "path_key"), column(members, "text_key")
    shared = column(verified, "shared")
    union = column(verified, "size_left") + column(verified, "size_right") - shared
    is_same = (text[left] == text[right]) | (shared >= SAME_PATH_JACCARD * np.maximum(union, 1))
    is_same &= (path[left] == path[right]) & (path[left] > 0)
    pairs_within = (values[is_same].tolist() for values in (labels[left], left, right))
    by_label = _one_each_path(members, zip(*pairs_within, strict=True), rules)
    return {label: merge_evidence(facts) for label, facts in by_label.items()}


def _one_each_path(
    members: pa.Table, same: Iterable[tuple[int, int, int]], rules: TimeRules
) -> dict[int, list[MirrorEvidence]]:
    """By component one fact for each pair of hosts and path, however many versions stand there."""
    names = ["article", "host", "path", "fetched_at", "claimed_at", "claim_kind"]
    rows = members.select(names).to_pylist()
    facts: dict[int, dict[tuple[str, str, str], MirrorEvidence]] = defaultdict(dict)
    for label, a, b in same:
        first, second = sorted((rows[a], rows[b]), key=lambda row: str(row["host"]))
        if first["host"] != second["host"] and first["host"]:
            key = (first["host"], second["host"], first["path"])
            facts[label].setdefault(key, _fact(first, second, rules))
    return {label: list(by_path.values()) for label, by_path in facts.items()}


def _fact(first: Mapping[str, Any], second: Mapping[str, Any], rules: TimeRules) -> MirrorEvidence:
    seen = [row["fetched_at"] for row in (first, second) if row["fetched_at"]]
    a, b = (
        one_sighting(row["claimed_at"], row["claim_kind"], row["fetched_at"], rules)
        for row in (first, second)
    )
    return MirrorEvidence(
        host_a=first["host"],
        host_b=second["host"],
        kind=SAME_PATH,
        n_observed=1,
        n_checked=0,
        article_id=key_ids(np.array([first["article"]], np.uint64))[0],
        snippet=f"/{first['path']}",
        first_seen_at=min(seen, default=None),
        last_seen_at=max(seen, default=None),
        n_a_first=int(is_confirmed_before(a, b, rules)),
        n_b_first=int(is_confirmed_before(b, a, rules)),
    )
