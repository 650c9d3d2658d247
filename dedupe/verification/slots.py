"""Slots: where two texts of one wording say different things, as stories out of one frame do.

Names and numbers tell the stories of a template apart (dedupe.text.facts), where a script marks
names at all. Of texts that have few of either the words themselves are looked at, in order: between
two passages that both texts have, one says this and the other that. A copy that somebody edited has
such places too, but few of its words stand in them; and where more texts of the family are at hand,
all of them but the edited one agree there. In a slot of a template each says something of its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import mix64
from dedupe.text.characters import IDEOGRAPH, UNSPACED
from schemas.ragged import Ragged, places_in, starts_of_runs

SIZE = 3
"""Words in a row that both texts have, by which their passages are tied."""
LONGEST = 24
"""Words from which on a place is no slot but another passage: about a sentence."""
REPLACED = 0.03
"""Share of the shorter text's words from which on replaced ones make another story."""
FILLINGS = 3
"""Different fillings of one place over the texts of a family that show it to be a slot ..."""
MAJORITY = 0.5
"""... unless this share of these texts has the same: that is the wording, others edited it."""
FRAMED = 0.5
"""Share of the places in which the pairs of a family differ that are slots, in a family of
template stories; and of those in which one pair does."""
BLOCK = 1 << 16
"""Words looked at together."""
_BASE = np.uint64(0xD6E8FEB86659FD93)
_NOTHING = np.uint64(0)
_OVERLAP = np.zeros(4, np.int64)
_OVERLAP[IDEOGRAPH], _OVERLAP[UNSPACED] = 1, 7
"""Of so many further words a replaced letter is a part (dedupe.text.words)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Places in which two texts differ, each between passages that both have; all of shape (d,)."""

    pair: NDArray[np.int64]
    key: NDArray[np.uint64]
    """Of the passages before and after."""
    is_edge: NDArray[np.bool_]
    """Whether it is the place before the first passage or after the last, where outlets set lines
    of their own; a frame's beginning or end has some of its words there."""
    words: NDArray[np.int64]
    """How many stand there in the text that has fewer; at an edge 0 where the texts have no word in
    common there, else those that they do not."""
    left: NDArray[np.uint64]
    right: NDArray[np.uint64]
    """What stands there, as a hash; 0 for nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class _Gaps:
    """Stretches of one side of some pairs between passages of both; all of shape (g,)."""

    pair: NDArray[np.int64]
    key: NDArray[np.uint64]
    is_edge: NDArray[np.bool_]
    words: NDArray[np.int64]
    filling: NDArray[np.uint64]
    first: NDArray[np.int64]
    """Where its words begin."""


def differ_in_slots(
    sequences: Ragged, pairs: NDArray[np.int64], families: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Returns for each pair whether its texts fill a frame differently, shape (p,).

    Args:
        sequences: the words of each text in order, as hashes whose last two bits say their kind
            (dedupe.text.characters).
        pairs: indices of two texts each, shape (p, 2).
        families: a number for each text, the same for both of a pair: slots are known by the texts
            of one family.
    """
    places = _places(sequences, pairs)
    family = families[pairs[places.pair, 0]]
    is_slot, is_edit = _kinds(places, pairs, family)
    inner = ~places.is_edge & (places.words > 0)
    n, m = len(pairs), len(sequences)
    in_family = [np.bincount(family[rows], minlength=m) for rows in (inner & is_slot, inner)]
    is_template = in_family[0] >= np.maximum(FRAMED * in_family[1], 1)
    counted = is_template[family] & is_slot
    slots = np.bincount(places.pair[counted], minlength=n)
    others = np.bincount(places.pair[inner & ~counted], minlength=n)
    open_words = places.words * ~is_edit
    replaced = np.bincount(places.pair, open_words, minlength=n)
    shorter = sequences.lengths()[pairs].min(axis=1, initial=1 << 62)
    is_filled = (slots > 0) & (slots >= FRAMED * (slots + others))
    is_other: NDArray[np.bool_] = is_filled | (replaced > REPLACED * shorter)
    return is_other


def _kinds(
    places: _Places, pairs: NDArray[np.int64], family: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which places each text of the family fills in its own way, and in which most agree."""
    keys = mix64(places.key ^ mix64(family.astype(np.uint64)))
    both = np.concatenate([keys, keys])
    fillings = np.concatenate([places.left, places.right])
    texts = np.concatenate([pairs[places.pair, side] for side in (0, 1)])
    order = np.lexsort((texts, fillings, both))
    both, fillings, texts = both[order], fillings[order], texts[order]
    is_key, is_filling = starts_of_runs(both), starts_of_runs(both, fillings)
    is_text = starts_of_runs(both, fillings, texts)
    key_of = np.cumsum(is_key) - 1
    n_texts = np.bincount(key_of, is_text)
    n_fillings = np.bincount(key_of, is_filling)
    holders = np.bincount(np.cumsum(is_filling) - 1, is_text)
    most = np.zeros(len(n_texts), np.int64)
    np.maximum.at(most, key_of[is_filling], holders)
    has_nothing = np.bincount(key_of, fillings == _NOTHING) > 0
    at = places_in(both[is_key], keys)
    needed = FILLINGS + places.is_edge
    is_known = n_texts[at] >= needed
    is_edit = is_known & (most[at] >= MAJORITY * n_texts[at])
    is_edit |= is_known & places.is_edge & has_nothing[at]
    return is_known & ~is_edit & (n_fillings[at] >= needed), is_edit


def _places(sequences: Ragged, pairs: NDArray[np.int64]) -> _Places:
    """All places of all pairs."""
    sizes = np.cumsum(sequences.lengths()[pairs].sum(axis=1))
    cuts = np.flatnonzero(np.diff(sizes // BLOCK)) + 1
    parts: list[_Places] = []
    for rows in np.split(np.arange(len(pairs)), cuts):
        sides = [sequences.take(pairs[rows, side]) for side in (0, 1)]
        parts.append(_joined(*_gaps(sides[0], sides[1], rows), *sides))
    names = _Places.__slots__
    return _Places(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _joined(left: _Gaps, right: _Gaps, lefts: Ragged, rights: Ragged) -> _Places:
    """The gaps of both sides between the same passages where either has a word and both differ."""
    one_side, other_side = (mix64(side.key ^ side.pair.astype(np.uint64)) for side in (left, right))
    _, a, b = np.intersect1d(one_side, other_side, return_indices=True)
    differs = left.filling[a] != right.filling[b]
    a, b = a[differs], b[differs]
    words = np.minimum(left.words[a], right.words[b])
    for place in np.flatnonzero(left.is_edge[a] & (words > 0)).tolist():
        spans = [
            words_of.values[gaps.first[row] : gaps.first[row] + gaps.words[row]]
            for words_of, gaps, row in ((lefts, left, a[place]), (rights, right, b[place]))
        ]
        common = len(np.intersect1d(spans[0], spans[1]))
        words[place] = words[place] - common if common else 0
    return _Places(
        left.pair[a], left.key[a], left.is_edge[a], words, left.filling[a], right.filling[b]
    )


def _gaps(left: Ragged, right: Ragged, rows: NDArray[np.int64]) -> tuple[_Gaps, _Gaps]:
    """The gaps of each side of some pairs, which are the rows of a longer list."""
    passages = [_passages(side) for side in (left, right)]
    names = [
        (left_keys.owners().astype(np.uint64) << np.uint64(32))
        | (left_keys.values >> np.uint64(32))
        for left_keys in passages
    ]
    is_shared = _are_in_both(names[0], names[1])
    return (
        _gaps_of(left, passages[0], is_shared[0], rows),
        _gaps_of(right, passages[1], is_shared[1], rows),
    )


def _are_in_both(
    left: NDArray[np.uint64], right: NDArray[np.uint64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each value of either side whether the other has it, by one sort of both.

    >>> [side.tolist() for side in _are_in_both(np.array([3, 1], "u8"), np.array([3, 3], "u8"))]
    [[True, False], [True, True]]
    """
    values = np.concatenate([left, right])
    order = np.argsort(values, kind="stable")
    starts = np.flatnonzero(starts_of_runs(values[order]))
    is_left = np.add.reduceat(order < len(left), starts, dtype=np.int64)
    sizes = np.diff(np.append(starts, len(values)))
    is_both = np.empty(len(values), np.bool_)
    is_both[order] = np.repeat((is_left > 0) & (is_left < sizes), sizes)
    return is_both[: len(left)], is_both[len(left) :]


def _passages(words: Ragged) -> Ragged:
    """A hash of each SIZE words in a row of each text."""
    count = max(0, len(words.values) - SIZE + 1)
    hashes = np.zeros(count, np.uint64)
    for place in range(SIZE):
        hashes *= _BASE
        hashes += words.values[place : place + count]
    lengths = np.maximum(words.lengths() - SIZE + 1, 0)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    starts = np.repeat(words.offsets[:-1] - offsets[:-1], lengths) + np.arange(offsets[-1])
    return Ragged(mix64(hashes[starts]), offsets)


def _gaps_of(
    words: Ragged, passages: Ragged, is_shared: NDArray[np.bool_], rows: NDArray[np.int64]
) -> _Gaps:
    places = np.flatnonzero(is_shared)
    owners = np.searchsorted(passages.offsets, places, "right") - 1
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(passages.values)])
    is_first = starts_of_runs(owners)
    is_last = np.roll(is_first, -1)  # the row before a text's first is another's last
    skipped = words.offsets[owners] - passages.offsets[owners]
    ahead, behind = places[is_first], places[is_last]
    starts, ends = passages.offsets[owners[is_first]], passages.offsets[owners[is_last] + 1]
    before, after = places[:-1], places[1:]
    is_gap = (owners[1:] == owners[:-1]) & (after - before > 1)
    is_gap &= after - before - SIZE <= LONGEST
    before, after, skipped_of = before[is_gap], after[is_gap], skipped[:-1][is_gap]
    kinds = words.values[after + skipped_of - 1] & np.uint32(3)
    between = after - before - SIZE
    sizes = np.where(between > 0, np.maximum(between - _OVERLAP[kinds], 1), 0)
    # the passages that begin between two given ones say the words there, in their order
    filling = np.where(between > 0, sums[after] - sums[before + 1], _NOTHING)
    gaps = _Gaps(
        rows[np.concatenate([owners[:-1][is_gap], owners[is_first], owners[is_last]])],
        np.concatenate(
            [
                mix64(passages.values[before] ^ mix64(passages.values[after])),
                mix64(passages.values[ahead]),
                mix64(~passages.values[behind]),
            ]
        ),
        np.repeat([False, True], [len(before), len(ahead) + len(behind)]),
        np.concatenate([sizes, ahead - starts, ends - 1 - behind]),
        np.concatenate([filling, sums[ahead] - sums[starts], sums[ends] - sums[behind + 1]]),
        np.concatenate(
            [
                before + skipped_of + SIZE,
                starts + skipped[is_first],
                behind + skipped[is_last] + SIZE,
            ]
        ),
    )
    is_short = gaps.words <= LONGEST
    return _Gaps(*(getattr(gaps, name)[is_short] for name in _Gaps.__slots__))
