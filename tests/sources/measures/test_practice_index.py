"""The practice index: null where thin, the same for the same input, neutral where it is blind."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.measures.practice_index import (
    FAMILIES,
    PracticeIndex,
    PracticePart,
    PracticeWeights,
    practice_index,
)
from sources.measures.practice_priors import Prior, priors_of

WEIGHTS = PracticeWeights()
EVEN = Prior(0.5, 10)


def indexed(
    counts: Mapping[str, tuple[int, int]],
    n_articles: int = 60,
    source: str = "a",
    weights: PracticeWeights = WEIGHTS,
) -> PracticeIndex | None:
    """The index of a source with k of n by family; the other families show nothing."""
    parts = {name: [PracticePart(*counts.get(name, (0, 0)), EVEN)] for name in FAMILIES}
    return practice_index(source, parts, n_articles, weights)


def known(index: PracticeIndex | None) -> PracticeIndex:
    assert index is not None
    return index


THREE = {"disclosure": (30, 60), "credit": (30, 60), "sourcing": (30, 60)}


def test_the_weights_of_all_families_add_up_to_one() -> None:
    assert WEIGHTS.of(FAMILIES).sum() == pytest.approx(1)


def test_fewer_than_thirty_articles_have_no_index() -> None:
    assert indexed(THREE, 29) is None
    assert indexed(THREE, 30) is not None


def test_fewer_than_three_families_have_no_index() -> None:
    assert indexed({"disclosure": (300, 300), "credit": (9, 9)}, 300) is None


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_family_of_which_nothing_was_seen_stands_at_what_others_do(
    a: int, b: int, c: int
) -> None:
    seen = {"disclosure": (a, 40), "credit": (b, 40), "sourcing": (c, 40)}
    index = known(indexed(seen))
    values = [index.families[name].value for name in seen] + [EVEN.mean] * 2
    assert index.index == pytest.approx(float(WEIGHTS.of(FAMILIES) @ np.array(values)))
    assert set(index.families) == set(seen)


def test_what_was_not_seen_makes_the_interval_wider() -> None:
    three = known(indexed(THREE))
    five = known(indexed(THREE | {"identity": (30, 60), "consistency": (30, 60)}))
    assert three.hi - three.lo > five.hi - five.lo


def test_a_family_that_no_source_shows_has_no_weight() -> None:
    parts = {name: [PracticePart(60, 60, EVEN)] for name in ("disclosure", "credit", "sourcing")}
    index = known(practice_index("a", parts, 60, WEIGHTS))
    assert sum(family.weight for family in index.families.values()) == pytest.approx(1)
    assert index.index == pytest.approx(65 / 70)


def test_families_of_weight_zero_are_not_of_the_index() -> None:
    only = PracticeWeights(
        "mine", disclosure=0, credit=0, sourcing=0.5, identity=0.5, consistency=0
    )
    assert indexed(THREE, weights=only) is None
    three = PracticeWeights("mine", 0.4, 0.4, 0.2, 0, 0)
    assert set(known(indexed(THREE, weights=three)).families) == set(THREE)


@given(st.lists(st.tuples(st.integers(0, 50), st.just(50)), min_size=5, max_size=5))
def test_the_index_lies_between_its_ends_and_within_reach_of_its_families(
    counts: list[tuple[int, int]],
) -> None:
    index = known(indexed(dict(zip(FAMILIES, counts, strict=True))))
    values = [family.value for family in index.families.values()]
    assert 0 <= index.lo <= index.index <= index.hi <= 1
    assert min(values) - 1e-9 <= index.index <= max(values) + 1e-9


def test_sensitivity_is_the_largest_change_by_half_of_a_weight() -> None:
    index = known(indexed(THREE | {"identity": (60, 60)}))
    identity = index.families["identity"]
    # .2 of .9167 beside .8 of .5: a weight of .3 in 1.1
    assert identity.at_half_more == pytest.approx((0.8 * 0.5 + 0.3 * identity.value) / 1.1)
    assert index.sensitivity == pytest.approx(abs(identity.at_half_weight - index.index))


def test_the_same_source_has_the_same_interval_and_another_has_not() -> None:
    index = indexed(THREE)
    assert index == indexed(THREE)
    assert known(index).lo != known(indexed(THREE, source="b")).lo
    assert known(index).lo != known(indexed(THREE, weights=replace(WEIGHTS, version="2"))).lo


def test_a_language_that_rules_read_worse_is_moved_to_where_the_others_are() -> None:
    counts = [("en", 80, 100)] * 50 + [("de", 40, 100)] * 50
    priors = priors_of(counts)
    assert priors is not None
    english, german = priors.of("en"), priors.of("de")
    assert english.mean + english.shift == pytest.approx(german.mean + german.shift)
    assert english.shift < 0 < german.shift


def test_sources_of_one_language_are_moved_nowhere() -> None:
    priors = priors_of([("en", k, 50) for k in (10, 20, 50)])
    assert priors is not None
    assert priors.of("en").shift == pytest.approx(0)
    assert priors.of("en").error(1_000_000) == pytest.approx(0, abs=1e-4)


def test_a_language_of_which_nothing_is_seen_has_the_mean_of_all() -> None:
    priors = priors_of([("en", 25, 50), ("de", 0, 0)])
    assert priors is not None
    assert (priors.of("de").mean, priors.of("de").shift) == (0.5, 0)


def test_a_practice_that_nobody_shows_has_no_prior() -> None:
    assert priors_of([("en", 0, 0)]) is None


def test_two_sources_that_agree_are_not_sure_of_each_other() -> None:
    two, many = (priors_of([("en", 50, 100)] * n) for n in (2, 200))
    assert two is not None
    assert many is not None
    assert two.of("en").strength < 15 < 60 < many.of("en").strength


@pytest.mark.parametrize("strength", [3, 30])
def test_the_strength_is_that_of_the_sources_spread(strength: int) -> None:
    rng = np.random.default_rng(1)
    rates = rng.beta(strength * 0.6, strength * 0.4, 2_000)
    counts = [("en", int(rng.binomial(40, rate)), 40) for rate in rates]
    priors = priors_of(counts)
    assert priors is not None
    assert priors.of("en").strength == pytest.approx(strength, rel=0.15)
    assert priors.of("en").mean == pytest.approx(0.6, abs=0.02)
