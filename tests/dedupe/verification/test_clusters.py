import random

import numpy as np
import pytest

from dedupe.verification.clusters import GuardRules, clusters
from dedupe.verification.relations import Relation, VerifiedPairs
from dedupe.verification.similarity import Overlaps, overlaps
from schemas.ragged import Ragged, ragged
from tests.dedupe.makers import matched, partition, sentences, story


def chain(links: int) -> tuple[Ragged, VerifiedPairs]:
    """Texts of 100 shingles of which each shares half with the next, and nothing further on."""
    lists = [np.arange(50 * link, 50 * link + 100, dtype=np.uint32) for link in range(links)]
    return ragged(lists, np.uint32), all_near(ragged(lists, np.uint32))


def all_near(shingles: Ragged) -> VerifiedPairs:
    n = len(shingles)
    pairs = np.stack([np.arange(n - 1), np.arange(1, n)], axis=1)
    nothing = np.zeros(n - 1, np.int64)
    near = np.full(n - 1, Relation.NEAR, np.uint8)
    none = Overlaps(nothing, nothing, nothing)
    return VerifiedPairs(pairs, overlaps(shingles, pairs), none, none, near)


def test_a_chain_is_cut_where_members_do_not_resemble_the_representative() -> None:
    clustered = clusters(*chain(7), GuardRules())
    assert max(np.unique(clustered.labels, return_counts=True)[1]) <= 3
    assert len(clustered.cuts) >= 2


def test_cut_pairs_lie_between_clusters() -> None:
    clustered = clusters(*chain(9), GuardRules())
    assert (clustered.labels[clustered.cuts[:, 0]] != clustered.labels[clustered.cuts[:, 1]]).all()


def test_without_a_guard_the_chain_holds() -> None:
    clustered = clusters(*chain(7), GuardRules(resemblance=0, contained=0))
    assert set(clustered.labels.tolist()) == {0}
    assert len(clustered.cuts) == 0


def test_every_member_resembles_its_representative() -> None:
    shingles, pairs = chain(12)
    clustered = clusters(shingles, pairs, GuardRules())
    members = np.stack([np.arange(12), clustered.representatives], axis=1)
    assert (overlaps(shingles, members).containment() >= 0.4).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_pairs_does_not_show(seed: int) -> None:
    shingles, pairs = chain(9)
    order = np.random.default_rng(seed).permutation(8)
    shuffled = VerifiedPairs(
        pairs.pairs[order, ::-1],
        overlaps(shingles, pairs.pairs[order, ::-1]),
        pairs.facts,
        pairs.numbers,
        pairs.relations,
    )
    first, other = (clusters(shingles, side, GuardRules()) for side in (shuffled, pairs))
    assert first.labels.tolist() == other.labels.tolist()


def test_the_representative_is_the_text_most_like_the_others() -> None:
    lines = sentences(30, 0)
    texts = ["\n".join(lines[:18]), "\n".join(lines), "\n".join(lines[12:])]
    assert matched(texts).representatives.tolist() == [1, 1, 1]


def test_no_pairs_leave_every_text_alone() -> None:
    assert matched([story(seed=seed) for seed in range(4)]).labels.tolist() == [0, 1, 2, 3]


def test_no_texts_have_no_clusters() -> None:
    assert matched([]).labels.tolist() == []


def test_two_hundred_copies_make_one_cluster() -> None:
    chance = random.Random(1)
    lines = sentences(30, 0)
    texts = ["\n".join(chance.sample(lines, 27)) for _ in range(200)]
    assert partition(matched(texts).labels.tolist(), range(200)) == {frozenset(range(200))}
