"""Pairs of labels that one edit turns into each other, found in time near linear in the labels.

Two words are within one edit (a letter more, less, replaced, or two neighbours swapped) only if
they share a form with one letter left out, or one is such a form of the other: the deletion
neighbourhood of Mor and Fraenkel (1982).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

_KEYBOARDS = (
    ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"),
)
_VOWELS = "aeiouy"
MOST_IN_BUCKET = 16
"""Words under one form; made-up hosts could put thousands there. Real ones seldom have ten."""


def near_names(words: Sequence[str], shortest: int) -> list[tuple[str, str]]:
    """Pairs of different words within one edit, the smaller first, sorted.

    Words shorter than `shortest` are left out: among them everything is near everything.
    """
    buckets: dict[str, list[str]] = defaultdict(list)
    for word in sorted({long for long in words if len(long) >= shortest}):
        for form in _forms(word):
            if len(buckets[form]) < MOST_IN_BUCKET:
                buckets[form].append(word)
    pairs = {
        (a, b)
        for alike in buckets.values()
        for place, a in enumerate(alike)
        for b in alike[place + 1 :]
    }
    return sorted(pair for pair in pairs if edit_of(*pair))


def edit_of(word: str, other: str) -> str:
    """What makes `word` of `other` in one edit; empty where one edit does not.

    >>> edit_of("brighhtherald", "brightherald"), edit_of("hreald", "herald"), edit_of("a", "xyz")
    ('letter_added', 'letters_swapped', '')
    """
    place = first_difference(word, other)
    rest, others = word[place:], other[place:]
    if rest[1:] == others and rest:
        return "letter_added"
    if rest == others[1:] and others:
        return "letter_dropped"
    if rest[2:] == others[2:] and rest[:2] == others[1::-1] and len(rest) > 1:
        return "letters_swapped"
    return "letter_replaced" if rest[1:] == others[1:] and rest else ""


def first_difference(word: str, other: str) -> int:
    """The first place at which two words differ; the length of the shorter where it begins both."""
    same = (
        place for place, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]
    )
    return next(same, min(len(word), len(other)))


def is_near_key(letter: str, other: str) -> bool:
    """Whether two letters lie beside each other on a keyboard, or are both vowels, or i and l.

    >>> is_near_key("o", "p"), is_near_key("o", "s"), is_near_key("a", "e")
    (True, False, True)
    """
    if (letter in _VOWELS and other in _VOWELS) or {letter, other} == {"i", "l"}:
        return True
    return any(_are_beside(keyboard, letter, other) for keyboard in _KEYBOARDS)


def _are_beside(keyboard: Sequence[str], letter: str, other: str) -> bool:
    places = [
        next(((row, keys.index(key)) for row, keys in enumerate(keyboard) if key in keys), None)
        for key in (letter, other)
    ]
    if places[0] is None or places[1] is None:
        return False
    (row, column), (other_row, other_column) = sorted((places[0], places[1]))
    if row == other_row:
        return other_column - column == 1
    # a row stands half a key to the right of the one above it
    return other_row - row == 1 and other_column in (column - 1, column)


class Pieces:
    """How many words hold each piece of five letters, to tell a slip from a word of its own."""

    def __init__(self, words: Iterable[str], near: Iterable[tuple[str, str]]) -> None:
        self._counts = Counter(piece for word in set(words) for piece in set(_pieces(word)))
        self._near: dict[str, set[str]] = defaultdict(set)
        for a, b in near:
            self._near[a].add(b)
            self._near[b].add(a)

    def is_common(self, word: str, other: str) -> bool:
        """Whether the letters round the place at which `word` differs stand in a third word too.

        `daily-times` and `daily-time` differ by one letter, and so do many honest names; but `time`
        then ends other names as well. What a slip makes stands nowhere else, unless in other slips
        of the same name: names near to these two bear no witness.
        """
        piece = _pieces(word)[first_difference(word, other)]
        kin = {word, other} | self._near[word] | self._near[other]
        return self._counts[piece] > sum(piece in _pieces(name) for name in kin)


def _forms(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        if place == 0 or word[place] != word[place - 1]:  # either of two equal letters is the same
            yield word[:place] + word[place + 1 :]


def _pieces(word: str) -> list[str]:
    """For each place, and the end, the two letters before it, its own and two after it."""
    padded = f"^^{word}$$$"
    return [padded[place : place + 5] for place in range(len(word) + 1)]
