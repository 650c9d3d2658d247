"""Two texts side by side: each line beside the line of the other text that shares most with it."""

import bisect
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from dedupe.passages import Passage, passages
from dedupe.words import read_words

Line = list[Passage]


def facing(left: str, right: str, size: int = 5) -> list[tuple[Line, Line]]:
    """Rows of a left and a right line, in the order of both texts.

    Lines that share no shingle of `size` words stand beside each other between two rows that do;
    where one text has more of them, the other side is empty. A line that was moved stands alone.

    >>> rows = facing("a b c d e\\nx", "a b c d f\\ny\\nz", size=3)
    >>> [(len(left), len(right)) for left, right in rows]
    [(2, 2), (1, 1), (0, 1)]
    """
    sides = [_lines(one) for one in passages(left, right, size)]
    pairs = _in_order(_partners(*(_keys(side, size) for side in sides)))
    return list(_rows(sides[0], sides[1], pairs))


def _lines(found: Sequence[Passage]) -> list[Line]:
    """The passages parted at line feeds; blank lines are left out."""
    lines: list[Line] = [[]]
    for passage in found:
        first, *more = passage.text.split("\n")
        lines[-1].append(Passage(first, passage.is_shared))
        lines += [[Passage(text, passage.is_shared)] for text in more]
    kept = [[one for one in line if one.text] for line in lines]
    return [line for line in kept if any(one.text.strip() for one in line)]


def _keys(lines: Sequence[Line], size: int) -> list[set[tuple[int, ...]]]:
    """The shingles of each line; a shorter line is one as a whole."""
    words = read_words(["".join(one.text for one in line) for line in lines]).hashes
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
    found = []
    for place, keys in enumerate(left):
        counts = Counter(itertools.chain.from_iterable(places.get(key, ()) for key in keys))
        if counts:
            found.append((place, min(counts, key=lambda one: (-counts[one], one))))
    return found


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
    for one, other in [*pairs, (len(left), len(right))]:
        yield from itertools.zip_longest(left[done_left:one], right[done_right:other], fillvalue=[])
        if one < len(left):
            yield left[one], right[other]
        done_left, done_right = one + 1, other + 1
