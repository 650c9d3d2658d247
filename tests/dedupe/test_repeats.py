import numpy as np
import pytest

from dedupe.relations import Relation
from dedupe.repeats import repeated_excerpts
from tests.dedupe.makers import judged, sentences

STORY = sentences(24, 0)
ROUNDUP = [*STORY[:8], *sentences(24, 1)[:8], *sentences(24, 2)[:8]]


def told(order: list[int], ranks: list[int]) -> list[list[int]]:
    """The excerpt pairs told of a story, its reprint, a round-up and its mirror, by their names."""
    texts = ["\n".join(one) for one in (STORY, STORY, ROUNDUP, ROUNDUP, sentences(24, 1))]
    found = judged([texts[name] for name in order])
    repeated = repeated_excerpts(found, np.array([ranks[name] for name in order]))
    is_told = (found.relations == Relation.EXCERPT) & ~repeated
    return sorted(sorted(order[place] for place in pair) for pair in found.pairs[is_told].tolist())


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3]])
def test_each_excerpt_is_told_once_of_the_earliest_texts(order: list[int]) -> None:
    assert told(order, [10, 20, 40, 30, 5]) == [[0, 3], [3, 4]]


def test_without_excerpts_nothing_is_repeated() -> None:
    found = judged(["\n".join(STORY), "\n".join(STORY)])
    assert not repeated_excerpts(found, np.zeros(2, np.int64)).any()
