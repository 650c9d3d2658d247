"""Clusters: texts tied by verified pairs of copying, guarded against chains.

Pairs alone chain: A copies from B, B shares a passage with C, and A stands in a cluster with C. So
every member must resemble its cluster's representative, the member most like the others. Where
one does not, the weakest pair on the strongest path between them is cut, and both halves are
looked at again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.union_find import component_labels
from dedupe.verification.relations import VerifiedPairs
from dedupe.verification.similarity import overlaps
from schemas.ragged import Ragged, starts_of_runs
from schemas.setting import Share


@dataclass(frozen=True, slots=True)
class GuardRules:
    """How much a member must have in common with its cluster's representative.

    Pairs chain: A copies B, B shares a passage with C. The weakest link between members that do not
    resemble their representative is cut (duplicate_pairs.is_cut).
    """

    resemblance: Share = 0.15
    """Jaccard similarity with the representative, or `contained`."""
    contained: Share = 0.4
    """Share of the smaller of the two that the larger holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """The cluster of each text, and the pairs that were not let join clusters."""

    labels: NDArray[np.int64]
    """The smallest text of each text's cluster; its own number where it is alone."""
    representatives: NDArray[np.int64]
    """The text of its cluster that is most like the others, for each text."""
    cuts: NDArray[np.int64]
    """Verified copy pairs that were cut, shape (c, 2), ascending."""


@dataclass(frozen=True, slots=True, eq=False)
class _Links:
    """Copy pairs (p, 2) from the strongest to the weakest, with their strength (p,)."""

    pairs: NDArray[np.int64]
    strength: NDArray[np.float64]

    def take(self, is_taken: NDArray[np.bool_]) -> "_Links":
        return _Links(self.pairs[is_taken], self.strength[is_taken])


def clusters(shingles: Ragged, verified: VerifiedPairs, rules: GuardRules) -> Clusters:
    """The clusters that the copies among the verified pairs make of the texts.

    The same whatever the order of the pairs: ties fall to the smaller text numbers.
    """
    links, cuts = _links(verified), np.empty((0, 2), np.int64)
    while True:
        labels = component_labels(links.pairs, len(shingles))
        representatives = _representatives(links, labels)
        strays = _strays(shingles, representatives, rules)
        if not strays.size:
            break
        is_cut = _weakest_links(links, strays, representatives)
        cuts = np.concatenate([cuts, links.pairs[is_cut]])
        links = links.take(~is_cut)
    return Clusters(labels, representatives, cuts[np.lexsort((cuts[:, 1], cuts[:, 0]))])


def _links(verified: VerifiedPairs) -> _Links:
    copies = verified.take(verified.is_copy())
    both = copies.shingles
    strength = np.maximum(both.jaccard(), both.containment() * both.size_ratio() ** 0.5)
    pairs = np.sort(copies.pairs, axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -strength))
    return _Links(pairs[order], strength[order])


def _representatives(links: _Links, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """The member with the greatest sum of strengths, the smaller number where two are equal."""
    sums = np.bincount(links.pairs.ravel(), np.repeat(links.strength, 2), len(labels))
    order = np.lexsort((np.arange(len(labels)), -sums.round(9), labels))
    is_first = starts_of_runs(labels[order])
    best = np.empty(len(labels), np.int64)
    best[labels[order[is_first]]] = order[is_first]
    return best[labels]


def _strays(
    shingles: Ragged, representatives: NDArray[np.int64], rules: GuardRules
) -> NDArray[np.int64]:
    """Of each cluster the member least like its representative, if too unlike."""
    members = np.flatnonzero(representatives != np.arange(len(representatives)))
    both = overlaps(shingles, np.stack([members, representatives[members]], axis=1))
    is_stray = (both.jaccard() < rules.resemblance) & (both.containment() < rules.contained)
    strays, likeness = members[is_stray], both.jaccard()[is_stray]
    order = np.lexsort((strays, likeness, representatives[strays]))
    is_first = starts_of_runs(representatives[strays[order]])
    worst: NDArray[np.int64] = strays[order[is_first]]
    return worst


def _weakest_links(
    links: _Links, strays: NDArray[np.int64], representatives: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """All links between the two halves that the strongest links leave of each stray's cluster."""
    is_cut = np.zeros(len(links.pairs), np.bool_)
    owner = representatives[links.pairs[:, 0]]
    for stray in strays.tolist():
        head = int(representatives[stray])
        rows = np.flatnonzero(owner == head)
        halves = _halves(links.pairs[rows], stray, head)
        sides = np.isin(links.pairs[rows], halves)
        is_cut[rows[sides[:, 0] != sides[:, 1]]] = True
    return is_cut


def _halves(pairs: NDArray[np.int64], stray: int, head: int) -> NDArray[np.int64]:
    """The stray's half when links are added from the strongest until one would join it to head."""
    members = {int(member): [int(member)] for member in np.unique(pairs)}
    for left, right in pairs.tolist():
        larger, smaller = members[left], members[right]
        if larger is smaller or _would_join(larger, smaller, stray, head):
            continue
        if len(larger) < len(smaller):
            larger, smaller = smaller, larger
        larger.extend(smaller)
        members.update(dict.fromkeys(smaller, larger))
    return np.array(members[stray], np.int64)


def _would_join(left: list[int], right: list[int], stray: int, head: int) -> bool:
    return (stray in left and head in right) or (stray in right and head in left)
