"""Laws that matching keeps whatever the texts: order, sharding, unrelated and missing articles."""

import itertools
import json
import random
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedupe.candidates.in_memory import candidates
from dedupe.candidates.keys import CandidateRules
from dedupe.candidates.union_find import components
from dedupe.text.features import TextFeatures, text_features
from dedupe.verification.clusters import GuardRules, clusters
from dedupe.verification.relations import Thresholds, verify_pairs
from dedupe.verification.roundups import RoundupRules
from tests.dedupe.makers import (
    all_pairs,
    matched,
    none_bare,
    partition,
    sentences,
    verified_by_default,
)

LINES = [sentences(12, seed) for seed in range(4)]
PASSAGES = st.tuples(st.integers(0, 3), st.integers(0, 8), st.integers(3, 12)).map(
    lambda cut: LINES[cut[0]][cut[1] : cut[1] + cut[2]]
)
TEXTS = st.lists(PASSAGES, min_size=1, max_size=3).map(
    lambda passages: "\n".join(itertools.chain.from_iterable(passages))
)
CORPORA = st.lists(TEXTS, min_size=1, max_size=7, unique=True)
UNRELATED = "\n".join(sentences(15, seed=77))

few = settings(max_examples=60)


NO_ROUNDUPS = RoundupRules(largest_part=0)


def clustered(texts: list[str], roundups: RoundupRules | None = None) -> set[frozenset[object]]:
    return partition(matched(texts, roundups).labels.tolist(), texts)


@few
@given(CORPORA, st.randoms())
def test_the_order_of_articles_does_not_show_where_nothing_was_cut(
    texts: list[str], chance: random.Random
) -> None:
    shuffled = sorted(texts, key=lambda _: chance.random())
    if not len(matched(texts).cuts):
        assert clustered(texts) == clustered(shuffled)


def test_the_order_of_texts_that_cover_as_much_of_a_possible_round_up_does_not_show() -> None:
    # found by the law above: two parts of one story tie, and the first of them was looked at
    texts = json.loads((Path(__file__).parent / "equal_parts.json").read_text())
    orders = itertools.islice(itertools.permutations(texts), 0, 720, 7)
    measured = {frozenset(clustered(list(order))) for order in orders}
    assert len(measured) == 1


@few
@given(CORPORA)
def test_relations_are_symmetric(texts: list[str]) -> None:
    reading, numbers = text_features(texts), np.arange(len(texts))
    pairs = all_pairs(len(texts))
    one, other = (
        verified_by_default(reading, sides, numbers, numbers) for sides in (pairs, pairs[:, ::-1])
    )
    assert one.relations.tolist() == other.relations.tolist()
    assert clusters(reading.shingles, one, GuardRules()).labels.tolist() == (
        clusters(reading.shingles, other, GuardRules()).labels.tolist()
    )


@few
@given(CORPORA, st.integers(0, 7))
def test_sharding_does_not_show(texts: list[str], cut: int) -> None:
    whole, parts = text_features(texts), [text_features(texts[:cut]), text_features(texts[cut:])]
    joined = TextFeatures.joined(parts)
    assert joined.text_hashes.tolist() == whole.text_hashes.tolist()
    rules = CandidateRules()
    assert candidates(joined.shingles, rules).tolist() == candidates(whole.shingles, rules).tolist()


@few
@given(CORPORA)
def test_components_may_be_handled_each_in_another_worker(texts: list[str]) -> None:
    reading = text_features(texts)
    pairs = candidates(reading.shingles, CandidateRules())
    measured = components(pairs.astype(np.uint64))
    alone = set(range(len(texts))) - set(measured.articles.tolist())
    by_component: set[frozenset[object]] = {frozenset([texts[place]]) for place in alone}
    for label in np.unique(measured.labels):
        members = measured.articles[measured.labels == label].astype(np.int64)
        by_component |= _handled(reading, pairs, members, texts)
    assert by_component == clustered(texts)


def _handled(
    reading: TextFeatures, pairs: NDArray[np.int64], members: NDArray[np.int64], texts: list[str]
) -> set[frozenset[object]]:
    texts_of = reading.take(members)
    inside = np.searchsorted(members, pairs[np.isin(pairs[:, 0], members)])
    measured = verify_pairs(
        texts_of, inside, members, members, none_bare(texts_of), Thresholds(), RoundupRules()
    )
    labels = clusters(texts_of.shingles, measured, GuardRules()).labels.tolist()
    return partition(labels, [texts[place] for place in members.tolist()])


@few
@given(CORPORA)
def test_an_unrelated_article_changes_no_other_cluster(texts: list[str]) -> None:
    assert clustered([*texts, UNRELATED]) == clustered(texts) | {frozenset([UNRELATED])}


@few
@given(CORPORA, st.data())
def test_an_exact_copy_joins_its_original(texts: list[str], data: st.DataObject) -> None:
    original = data.draw(st.integers(0, len(texts) - 1))
    labels = matched([*texts, texts[original]]).labels.tolist()
    assert labels[-1] == labels[original]


@few
@given(CORPORA, st.data())
def test_removing_an_article_never_joins_two_others(texts: list[str], data: st.DataObject) -> None:
    """But by ending what kept them apart: a cut, or a round-up that no longer is one."""
    gone = data.draw(st.integers(0, len(texts) - 1))
    before, left = matched(texts, NO_ROUNDUPS), [*texts[:gone], *texts[gone + 1 :]]
    if len(before.cuts):
        return
    labels = {text: int(label) for text, label in zip(texts, before.labels, strict=True)}
    for cluster in clustered(left, NO_ROUNDUPS):
        assert len({labels[str(text)] for text in cluster}) == 1
