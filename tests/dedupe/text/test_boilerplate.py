import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.text.boilerplate import (
    BoilerplateRules,
    OutletSample,
    carriers_of,
    largest_kept,
    merged,
    outlet_sample,
    recurring,
    without,
)
from dedupe.text.features import features_of_words, text_features
from dedupe.text.words import read_words
from schemas.ragged import Ragged, ragged
from tests.dedupe.makers import sentences, story

FOOT = "\n".join(sentences(4, seed=999))


def sample_of(texts: list[str], outlets: list[int], most: int = 64) -> OutletSample:
    reading = text_features(texts)
    return outlet_sample(np.array(outlets), reading.text_hashes, reading.shingles, most)


def left_of(texts: list[str]) -> list[float]:
    """The share of each text's shingles that stays, all texts being of one outlet."""
    reading, outlets = text_features(texts), np.zeros(len(texts), np.int64)
    repeated = recurring(sample_of(texts, outlets.tolist()), BoilerplateRules())
    left_over = without(reading.shingles, outlets, repeated)
    shares = left_over.lengths() / np.maximum(reading.shingles.lengths(), 1)
    return [round(float(share), 2) for share in shares]


def test_a_foot_is_taken_out_of_an_outlet_of_three_pages() -> None:
    texts = [f"{story(seed=seed)}\n{FOOT}" for seed in range(3)]
    assert all(0.8 <= share <= 0.85 for share in left_of(texts))


def test_a_story_published_four_times_stays_whole() -> None:
    versions = [f"{story()}\n{sentences(3, seed)[-1]}" for seed in range(50, 54)]
    assert left_of([*versions, *(story(seed=seed) for seed in range(1, 4))]) == [1.0] * 7


def test_a_foot_is_taken_out_where_a_story_is_published_four_times() -> None:
    versions = [f"{story()}\n{sentences(3, seed)[-1]}\n{FOOT}" for seed in range(50, 54)]
    others = [f"{story(seed=seed)}\n{FOOT}" for seed in range(1, 5)]
    assert all(0.8 <= share <= 0.86 for share in left_of([*versions, *others]))


def test_a_live_page_of_twenty_versions_stays() -> None:
    lines = sentences(60, seed=5)
    versions = ["\n".join(lines[: 3 * n]) for n in range(1, 21)]
    assert min(left_of([*versions, *(story(seed=seed) for seed in range(30, 40))])) == 1.0


def test_another_outlets_boilerplate_stays() -> None:
    texts = [f"{story(seed=seed)}\n{FOOT}" for seed in range(4)]
    repeated = recurring(sample_of(texts, [1, 1, 1, 2]), BoilerplateRules())
    reading = text_features(texts)
    left_over = without(reading.shingles, np.array([1, 1, 1, 2]), repeated)
    assert left_over.lengths()[3] == reading.shingles.lengths()[3]
    assert set(repeated.outlets.tolist()) == {1}


def test_facts_of_boilerplate_are_not_facts_of_the_story() -> None:
    texts = [f"{story(seed=seed)}\n{FOOT}" for seed in range(3)]
    outlets = np.zeros(3, np.int64)
    known = recurring(sample_of(texts, [0] * 3), BoilerplateRules())
    cleaned = features_of_words(read_words(texts), 5, outlets, known)
    bare = text_features([story(seed=seed) for seed in range(3)])
    assert cleaned.text_hashes.tolist() == bare.text_hashes.tolist()
    assert cleaned.facts.values.tolist() == bare.facts.values.tolist()


def test_an_empty_sample_has_no_boilerplate() -> None:
    empty = outlet_sample(np.empty(0, np.int64), np.empty(0, np.uint64), ragged([], np.uint32))
    assert len(recurring(empty, BoilerplateRules()).values) == 0


ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 20), st.sets(st.integers(0, 9))),
    unique_by=lambda row: row[:2],
)


def sampled(rows: list[tuple[int, int, set[int]]], most: int) -> OutletSample:
    return outlet_sample(
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.uint64),
        ragged([np.array(sorted(row[2]), np.uint32) for row in rows], np.uint32),
        most,
    )


@given(ROWS, st.integers(0, 20), st.integers(1, 4))
def test_samples_merge_in_any_grouping_and_order(
    rows: list[tuple[int, int, set[int]]], cut: int, most: int
) -> None:
    whole = sampled(rows, most)
    parts = merged([sampled(rows[cut:], most), sampled(rows[:cut], most)], most)
    assert parts.outlets.tolist() == whole.outlets.tolist()
    assert parts.text_hashes.tolist() == whole.text_hashes.tolist()
    assert parts.values.values.tolist() == whole.values.values.tolist()
    assert np.bincount(whole.outlets, minlength=1).max() <= most


def test_rules_are_followed() -> None:
    texts = [f"{story(seed=seed)}\n{FOOT}" for seed in range(3)]
    strict = BoilerplateRules(minimum_witnesses=4)
    assert len(recurring(sample_of(texts, [0, 0, 0]), strict).values) == 0


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 40)), max_size=60), st.integers(1, 5))
def test_the_largest_text_kept_of_each_outlet_bounds_its_sample(
    rows: list[tuple[int, int]], texts: int
) -> None:
    outlets = np.array([outlet for outlet, _ in rows], np.int64)
    hashes = np.array([text for _, text in rows], np.uint64)
    largest = dict(
        zip(*(column.tolist() for column in largest_kept(outlets, hashes, texts)), strict=True)
    )
    assert largest == {
        outlet: sorted({text for key, text in rows if key == outlet})[:texts][-1]
        for outlet in {key for key, _ in rows}
    }


def test_the_text_with_the_smallest_hash_stands_for_what_an_outlet_repeats() -> None:
    values = Ragged(np.array([7, 1, 2, 7, 3, 4, 7, 5, 6], np.uint32), np.array([0, 3, 6, 9]))
    values = Ragged(np.concatenate([np.sort(values[n]) for n in range(3)]), values.offsets)
    outlets, hashes = np.zeros(3, np.int64), np.array([50, 20, 90], np.uint64)
    found_by = recurring(outlet_sample(outlets, hashes, values), BoilerplateRules())
    assert (found_by.values.tolist(), found_by.carriers.tolist()) == ([7], [20])
    carriers = carriers_of(values, outlets, found_by)
    assert carriers[values.values == 7].tolist() == [20, 20, 20]
    assert not carriers[values.values != 7].any()
