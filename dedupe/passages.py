"""Passages: two texts side by side, what they share and in what they differ."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.letters import normalised
from dedupe.words import read_words, word_bounds_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one text."""

    text: str
    is_shared: bool
    """Whether all its words stand in shingles that the other text has too."""


def passages(left: str, right: str, size: int = 5) -> tuple[list[Passage], list[Passage]]:
    """Each text as passages in order, shared and not in turn; joined they give the text again.

    Passages that were moved still count as shared: shingles have no place. A text whose words
    change in number when normalised (`½`) is given in its normalised form.

    >>> for one in passages("a b c d, said she", "he said: a b c d", size=3)[0]:
    ...     print(one.is_shared, repr(one.text))
    True 'a b c d, '
    False 'said she'
    """
    left, right = _aligned(left), _aligned(right)
    words = read_words([left, right]).hashes
    sides = [_shingles(words[side], size) for side in (0, 1)]
    return (
        _passages(left, _covered(sides[0], sides[1], len(words[0]), size)),
        _passages(right, _covered(sides[1], sides[0], len(words[1]), size)),
    )


def _aligned(text: str) -> str:
    is_aligned = len(word_bounds_of(text)[0]) == len(read_words([text]).hashes.values)
    return text if is_aligned else normalised(text)


def _shingles(words: NDArray[np.uint64], size: int) -> list[tuple[int, ...]]:
    listed = words.tolist()
    return [tuple(listed[i : i + size]) for i in range(len(listed) - size + 1)]


def _covered(
    own: list[tuple[int, ...]], other: list[tuple[int, ...]], words: int, size: int
) -> list[bool]:
    """For each word whether one of the shingles it stands in is shared."""
    known = set(other)
    covered = [False] * words
    for place, shingle in enumerate(own):
        if shingle in known:
            covered[place : place + size] = [True] * size
    return covered


def _passages(text: str, covered: list[bool]) -> list[Passage]:
    starts = word_bounds_of(text)[0].tolist()
    found: list[Passage] = []
    first = 0
    for place in range(1, len(covered) + 1):
        if place == len(covered) or covered[place] != covered[place - 1]:
            last = starts[place] if place < len(covered) else len(text)
            found.append(Passage(text[first:last], covered[place - 1]))
            first = last
    return found or [Passage(text, False)]
