"""Articles are numbered by their place among those that occur."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.candidates.factorize import factorize

ARTICLES = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 5))


@given(ARTICLES)
def test_names_are_ascending_and_places_give_the_articles_back(articles: list[int]) -> None:
    names, places = factorize(np.array(articles, np.uint64))
    assert names.tolist() == sorted(set(articles))
    assert names[places].tolist() == articles
