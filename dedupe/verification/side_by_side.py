"""Passages: two texts side by side, what they share and in what they differ."""

import bisect
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.text.characters import normalised
from dedupe.text.words import read_words, word_bounds_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one text."""

    text: str
    is_shared: bool
    """Whether all its words stand in shingles that the other text has too."""


Line = list[Passage]


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
    parts: list[Passage] = []
    first = 0
    for place in range(1, len(covered) + 1):
        if place == len(covered) or covered[place] != covered[place - 1]:
            last = starts[place] if place < len(covered) else len(text)
            parts.append(Passage(text[first:last], covered[place - 1]))
            first = last
    return parts or [Passage(text, False)]


def side_by_side(left: str, right: str, size: int = 5) -> list[tuple[Line, Line]]:
    """Rows of a left and a right line, in the order of both texts.

    Lines that share no shingle of `size` words stand beside each other between two rows that do;
    where one text has more of them, the other side is empty. A line that was moved stands alone.

    >>> rows = side_by_side("a b c d e\\nx", "a b c d f\\ny\\nz", size=3)
    >>> [(len(left), len(right)) for left, right in rows]
    [(2, 2), (1, 1), (0, 1)]
    """
    sides = [_lines(covered) for covered in passages(left, right, size)]
    pairs = _in_order(_partners(*(_keys(side, size) for side in sides)))
    return list(_rows(sides[0], sides[1], pairs))


def _lines(text_passages: Sequence[Passage]) -> list[Line]:
    """The passages parted at line feeds; blank lines are left out."""
    lines: list[Line] = [[]]
    for passage in text_passages:
        first, *more = passage.text.split("\n")
        lines[-1].append(Passage(first, passage.is_shared))
        lines += [[Passage(text, passage.is_shared)] for text in more]
    lines_kept = [[passage for passage in line if passage.text] for line in lines]
    return [line for line in lines_kept if any(passage.text.strip() for passage in line)]


def _keys(lines: Sequence[Line], size: int) -> list[set[tuple[int, ...]]]:
    """The shingles of each line; a shorter line is one as a whole."""
    words = read_words(["".join(passage.text for passage in line) for line in lines]).hashes
    listed = [words[place].tolist() for place in range(len(lines))]
    return [
        {tuple(line[i : i + size]) for i in range(max(1, len(line) - size + 1))} for line in listed
    ]


def _partners(
    left: Sequence[set[tuple[int, ...]]], right: Sequence[set[tuple[int, ...]]]
) -> list[tuple[int, int]]:
    """For each left line that shares any key the right line that shares most, the first of them."""
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, keys in enumerate(right):
        for key in keys:
            if len(places[key]) < 8:  # a line that is said again and again costs no more
                places[key].append(place)
    partners = []
    for place, keys in enumerate(left):
        counts = Counter(itertools.chain.from_iterable(places.get(key, ()) for key in keys))
        if counts:
            partners.append((place, min(counts, key=lambda partner: (-counts[partner], partner))))
    return partners


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that ascends on both sides (patience sorting)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for place, (_, right) in enumerate(pairs):
        at = bisect.bisect_left(ends, right)
        before.append(last[at - 1] if at else None)
        ends[at : at + 1], last[at : at + 1] = [right], [place]
    chosen: list[tuple[int, int]] = []
    place_: int | None = last[-1] if last else None
    while place_ is not None:
        chosen.append(pairs[place_])
        place_ = before[place_]
    return chosen[::-1]


def _rows(
    left: Sequence[Line], right: Sequence[Line], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[Line, Line]]:
    done_left = done_right = 0
    for place, partner in [*pairs, (len(left), len(right))]:
        yield from itertools.zip_longest(
            left[done_left:place], right[done_right:partner], fillvalue=[]
        )
        if place < len(left):
            yield left[place], right[partner]
        done_left, done_right = place + 1, partner + 1
