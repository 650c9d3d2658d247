"""An outlet's boilerplate: lines or shingles that recur over its different texts.

Learnt from a bounded sample of each outlet's distinct texts: the k with the smallest hashes (a
bottom-k sketch, Cohen and Kaplan 2007), so that samples merge in any order and grouping.

A text counts as a witness for a value only if it holds enough text of its own besides, that is
values which far fewer of the outlet's texts share. The versions of one story share all of their
text with each other, so however often a story is published it never bears witness against itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.ragged import Ragged, concatenate


@dataclass(frozen=True, slots=True)
class RecurrenceRules:
    """When a value counts as an outlet's boilerplate."""

    sample_texts: int = 64
    """Distinct texts kept of each outlet; 100 kB an outlet at 400 shingles a text."""
    minimum_witnesses: int = 3
    """Texts with text of their own that must hold the value: an outlet with fewer has none."""
    minimum_share: float = 0.25
    """Share of the outlet's sampled texts that must be such witnesses ..."""
    enough_witnesses: int = 8
    """... unless there are this many of them."""
    own_share: float = 0.25
    """Share of a witness's values that is its own: held by at most `own_spread` as many texts."""
    own_spread: float = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class OutletSample:
    """Distinct texts, ascending by (outlet, text hash), each with its distinct values."""

    outlets: NDArray[np.int64]
    text_hashes: NDArray[np.uint64]
    values: Ragged


@dataclass(frozen=True, slots=True, eq=False)
class Recurring:
    """Boilerplate values, ascending by (outlet, value); both of shape (m,)."""

    outlets: NDArray[np.int64]
    values: NDArray[np.unsignedinteger]


def outlet_sample(
    outlets: NDArray[np.int64], text_hashes: NDArray[np.uint64], values: Ragged, texts: int = 64
) -> OutletSample:
    """For each outlet at most `texts` distinct texts, those with the smallest hashes.

    Args:
        outlets: the outlet of each text, shape (n,).
        text_hashes: equal for equal texts, shape (n,).
        values: the line or shingle hashes of each text, without repeats within a text.
        texts: how many to keep.
    """
    order = np.lexsort((text_hashes, outlets))
    outlet, text = outlets[order], text_hashes[order]
    is_new = (outlet[1:] != outlet[:-1]) | (text[1:] != text[:-1])
    order = order[np.concatenate([[True], is_new])[: len(order)]]
    outlet = outlets[order]
    rank = np.arange(len(order)) - np.searchsorted(outlet, outlet)
    kept = order[rank < texts]
    return OutletSample(outlets[kept], text_hashes[kept], values.take(kept))


def merged(samples: Sequence[OutletSample], texts: int = 64) -> OutletSample:
    """The sample of all texts that the given samples (at least one) were taken from."""
    return outlet_sample(
        np.concatenate([sample.outlets for sample in samples]),
        np.concatenate([sample.text_hashes for sample in samples]),
        concatenate([sample.values for sample in samples]),
        texts,
    )


def recurring(sample: OutletSample, rules: RecurrenceRules | None = None) -> Recurring:
    """The values that are boilerplate of their outlet."""
    rules = rules or RecurrenceRules()
    texts = sample.values.owners()
    outlets = sample.outlets[texts]
    order = np.lexsort((sample.values.values, outlets))
    starts = _starts(outlets[order], sample.values.values[order])
    sizes = np.diff(np.append(starts, len(order)))
    spread = np.empty(len(order), np.int64)
    spread[order] = np.repeat(sizes, sizes)
    is_witness = _own_counts(sample.values, spread, rules) >= rules.own_share * np.maximum(
        sample.values.lengths()[texts], 1
    )
    if not starts.size:
        return Recurring(outlets, sample.values.values)
    witnesses = np.add.reduceat(is_witness[order].astype(np.int64), starts)
    first = order[starts]
    needed = _needed(sample.outlets, rules)[texts[first]]
    found = first[witnesses >= needed]
    return Recurring(outlets[found], sample.values.values[found])


def without(values: Ragged, outlets: NDArray[np.int64], boilerplate: Recurring) -> Ragged:
    """The lists less the values recurring at their own outlet; `outlets` has shape (n,)."""
    return values.keep(~is_recurring(values, outlets, boilerplate))


def is_recurring(
    values: Ragged, outlets: NDArray[np.int64], boilerplate: Recurring
) -> NDArray[np.bool_]:
    """For each value of `values.values` whether it is boilerplate of its list's outlet."""
    found = np.zeros(len(values.values), np.bool_)
    owners = values.owners()
    for outlet in np.intersect1d(outlets, boilerplate.outlets).tolist():
        first, last = np.searchsorted(boilerplate.outlets, [outlet, outlet + 1])
        places = np.flatnonzero((outlets == outlet)[owners])
        found[places] = np.isin(values.values[places], boilerplate.values[first:last])
    return found


def _starts(outlets: NDArray[np.int64], values: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    is_new = (outlets[1:] != outlets[:-1]) | (values[1:] != values[:-1])
    return np.flatnonzero(np.concatenate([[True], is_new])[: len(outlets)])


def _own_counts(
    values: Ragged, spread: NDArray[np.int64], rules: RecurrenceRules
) -> NDArray[np.int64]:
    """For each value how many values of its text are held by far fewer texts than it is."""
    texts = values.owners()
    step = int(spread.max(initial=0)) + 2
    ordered = np.sort(texts * step + spread)
    bound = np.maximum((spread * rules.own_spread).astype(np.int64), 1)
    found = np.searchsorted(ordered, texts * step + bound, "right") - values.offsets[texts]
    return np.where(spread > bound, found, 0)


def _needed(outlets: NDArray[np.int64], rules: RecurrenceRules) -> NDArray[np.int64]:
    _, places, counts = np.unique(outlets, return_inverse=True, return_counts=True)
    share = np.minimum(np.ceil(counts * rules.minimum_share), rules.enough_witnesses)
    needed: NDArray[np.int64] = np.maximum(share, rules.minimum_witnesses).astype(np.int64)
    return needed[places]
