"""Round-ups: texts put together from parts of several stories, copies of none of them.

A text is one when two or more others each cover a good part of it, their parts hardly overlap,
no part dominates, and at least one of the others has more text that is not in it. A story of which
two others quote different halves is none: those others have little text beyond their quotation.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.mixing import mix64
from dedupe.similarity import Overlaps
from dedupe.union_find import labels_of
from schemas.ragged import Ragged


@dataclass(frozen=True, slots=True)
class RoundupRules:
    """When a text counts as a round-up; shares lie in [0, 1]."""

    minimum_part: float = 0.15
    """Share of the round-up's shingles that a part covers."""
    largest_part: float = 0.65
    """A text of which more stands in one other is a copy of that one."""
    second_part: float = 0.45
    """What the second part covers, as a share of what the largest covers."""
    all_parts: float = 0.5
    """What all parts together cover."""
    overlap: float = 0.15
    """Two parts share less than this share of the smaller."""
    whole_part: float = 0.8
    """A text of which more stands in the round-up has no text beyond its part."""
    same_story: float = 0.5
    """Jaccard similarity from which a pair stays a copy even if one is a round-up."""
    examined: int = 8
    """Stories examined of each possible round-up, those that cover most; bounds the cost."""


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """A possible round-up and a text covering part of it; one row for each, of shape (r,)."""

    roundup: NDArray[np.int64]
    other: NDArray[np.int64]
    covered: NDArray[np.float64]
    back: NDArray[np.float64]
    """The share of the other text that the round-up holds."""

    def take(self, rows: NDArray[np.int64]) -> "_Parts":
        return _Parts(self.roundup[rows], self.other[rows], self.covered[rows], self.back[rows])


def roundup_members(
    shingles: Ragged,
    pairs: NDArray[np.int64],
    found: Overlaps,
    is_related: NDArray[np.bool_],
    rules: RoundupRules | None = None,
) -> NDArray[np.bool_]:
    """For each text whether it is a round-up, shape (n,).

    Args:
        shingles: of each text.
        pairs: candidate pairs, shape (p, 2).
        found: the overlap of each pair.
        is_related: the pairs that share text and its facts, copies or excerpts.
        rules: when a text counts as one.
    """
    rules = rules or RoundupRules()
    is_alike = is_related & (found.jaccard() >= rules.same_story)
    stories = labels_of(pairs[is_alike], len(shingles))
    parts = _parts(pairs, found, is_related, rules)
    parts = _examined(parts, stories, _content_keys(shingles, parts.other), rules)
    is_roundup = np.zeros(len(shingles), np.bool_)
    for rows in _by_roundup(parts):
        is_roundup[parts.roundup[rows[0]]] = _is_roundup(shingles, parts.take(rows), rules)
    return is_roundup


def _parts(
    pairs: NDArray[np.int64], found: Overlaps, is_related: NDArray[np.bool_], rules: RoundupRules
) -> _Parts:
    kept = is_related & (found.jaccard() < rules.same_story)
    pairs, left, right = (
        pairs[kept],
        found.containment_left()[kept],
        found.containment_right()[kept],
    )
    parts = _Parts(
        np.concatenate([pairs[:, 0], pairs[:, 1]]),
        np.concatenate([pairs[:, 1], pairs[:, 0]]),
        np.concatenate([left, right]),
        np.concatenate([right, left]),
    )
    return parts.take(np.flatnonzero(parts.covered >= rules.minimum_part))


def _content_keys(shingles: Ragged, texts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number for each of the texts that depends on its shingles alone, not on its place."""
    chosen, place = np.unique(texts, return_inverse=True)
    some = shingles.take(chosen)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mix64(some.values.astype(np.uint64)))])
    keys: NDArray[np.uint64] = (sums[some.offsets[1:]] - sums[some.offsets[:-1]])[place]
    return keys


def _examined(
    parts: _Parts, stories: NDArray[np.int64], keys: NDArray[np.uint64], rules: RoundupRules
) -> _Parts:
    """The largest parts of each text, one a story; that text's rows together, largest first.

    Of parts that cover as much the one with the smaller key (shape of parts) comes first, so that
    the order of the texts does not show.
    """
    parts = parts.take(np.lexsort((parts.other, keys, -parts.covered, parts.roundup)))
    told = parts.roundup * len(stories) + stories[parts.other]
    parts = parts.take(np.sort(np.unique(told, return_index=True)[1]))
    place = np.arange(len(parts.roundup)) - np.searchsorted(parts.roundup, parts.roundup)
    return parts.take(np.flatnonzero(place < rules.examined))


def _by_roundup(parts: _Parts) -> list[NDArray[np.int64]]:
    """The rows of each text with more than one part."""
    starts = np.flatnonzero(np.diff(parts.roundup, prepend=-1))
    rows = np.split(np.arange(len(parts.roundup)), starts[1:])
    return [one for one in rows if len(one) > 1]


def _is_roundup(shingles: Ragged, parts: _Parts, rules: RoundupRules) -> bool:
    """Whether parts that hardly overlap, taken from the largest on, fulfil the rules."""
    if parts.covered[0] > rules.largest_part:
        return False
    whole = shingles[int(parts.roundup[0])]
    chosen: list[int] = []
    covers: list[NDArray[np.uint32]] = []
    for row, other in enumerate(parts.other.tolist()):
        cover = np.intersect1d(whole, shingles[other], assume_unique=True)
        if all(_is_apart(cover, one, rules) for one in covers):
            chosen.append(row)
            covers.append(cover)
    covered = parts.covered[chosen]
    if len(covered) < 2 or covered.sum() < rules.all_parts:
        return False
    has_more = bool((parts.back[chosen] <= rules.whole_part).any())
    return has_more and bool(covered[1] >= rules.second_part * covered[0])


def _is_apart(left: NDArray[np.uint32], right: NDArray[np.uint32], rules: RoundupRules) -> bool:
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared < rules.overlap * min(len(left), len(right))
