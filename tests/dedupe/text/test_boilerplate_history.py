"""What earlier batches taught of an outlet's boilerplate counts in a batch of three pages."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedupe.text.boilerplate import (
    BoilerplateRules,
    OutletSample,
    merged,
    outlet_sample,
    recurring,
    without,
)
from dedupe.text.features import text_features
from tests.dedupe.makers import sentences, story

FOOT = "\n".join(sentences(4, seed=999))
OTHER_FOOT = "\n".join(sentences(4, seed=998))
PAGES = [f"{story(seed=seed)}\n{FOOT}" for seed in range(8)]


def sample(texts: list[str]) -> OutletSample:
    reading = text_features(texts)
    return outlet_sample(np.zeros(len(texts), np.int64), reading.text_hashes, reading.shingles)


def learnt(*batches: list[str]) -> NDArray[np.unsignedinteger]:
    """What is boilerplate of one outlet whose texts came in these batches."""
    return recurring(
        merged([sample(batch) for batch in batches if batch]), BoilerplateRules()
    ).values


def left_of(text: str, *batches: list[str]) -> float:
    """The share of the text that stays."""
    reading = text_features([text])
    repeated = recurring(merged([sample(batch) for batch in batches]), BoilerplateRules())
    left_over = without(reading.shingles, np.zeros(1, np.int64), repeated)
    return float(left_over.lengths()[0] / reading.shingles.lengths()[0])


texts = st.lists(
    st.builds(
        lambda seed, foot: story(seed=seed) + foot,
        st.integers(0, 12),
        st.sampled_from(["", f"\n{FOOT}", f"\n{OTHER_FOOT}"]),
    ),
    min_size=3,
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(0, 7))
def test_three_pages_and_the_history_learn_what_all_at_once_do(pages: list[str], cut: int) -> None:
    batch, history = pages[:3], pages[3:]
    before, other = history[:cut], history[cut:]
    assert learnt(other, batch, before).tolist() == learnt(pages).tolist()


def test_one_new_page_is_cleaned_by_what_the_history_knows() -> None:
    assert left_of(PAGES[0], PAGES[:1]) == 1.0
    assert left_of(PAGES[0], PAGES[:1], PAGES[1:4]) < 0.9


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 7), st.integers(1, 12))
def test_a_story_published_again_in_a_later_batch_stays_whole(seed: int, times: int) -> None:
    again = [story(seed=seed)]
    batches = [[*PAGES[:3], *again], *([*again] for _ in range(times))]
    assert left_of(again[0], *batches) == 1.0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(PAGES), min_size=1, max_size=6))
def test_what_mirrors_carry_again_teaches_nothing_new(carried: list[str]) -> None:
    assert learnt(PAGES, carried, carried).tolist() == learnt(PAGES).tolist()


def test_a_story_in_versions_spread_over_batches_stays_whole() -> None:
    versions = [f"{story(seed=40)}\n{sentences(3, seed)[-1]}" for seed in range(50, 54)]
    batches = [[version, PAGES[n]] for n, version in enumerate(versions)]
    assert left_of(versions[0], *batches) == 1.0
