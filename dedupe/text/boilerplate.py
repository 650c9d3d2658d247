"""An outlet's boilerplate: lines or shingles that recur over its different texts.

Learnt from a bounded sample of each outlet's distinct texts: the k with the smallest hashes (a
bottom-k sketch, Cohen and Kaplan 2007), so that samples merge in any order and grouping.

A text counts as a witness for a value only if it holds enough text of its own besides, that is
values which far fewer of the outlet's texts share. The versions of one story share all of their
text with each other, so however often a story is published it never bears witness against itself.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import mix64
from schemas.ragged import Ragged, concatenate, places_in, starts_of_runs
from schemas.setting import Setting, Share

_BITS = 1 << 20


@dataclass(frozen=True, slots=True)
class BoilerplateRules:
    """When a line or a shingle counts as an outlet's boilerplate."""

    sample_texts: int = 64
    """Texts kept of each outlet to learn its boilerplate from; 100 kB an outlet at 400 shingles a
    text. With 16 F1 falls by .05 points, with 256 nothing changes."""
    minimum_witnesses: Annotated[int, Setting(least=0)] = 3
    """Texts with text of their own that must hold a line before it is boilerplate: below three, the
    versions of one story would look like a frame."""
    minimum_share: Share = 0.25
    """Share of the outlet's sampled texts that must be such witnesses, unless there are
    `enough_witnesses`."""
    enough_witnesses: int = 8
    """So many are enough whatever their share: a frame of one section is one though others lack it.
    With 4 F1 falls by .05 points, with 16 nothing changes."""
    own_share: float = 0.25
    """Share of a witness's values that are its own: versions of one story share all of their text,
    so that they bear no witness against each other. At .1 F1 falls by .09 points, at .5 by none."""
    own_spread: float = 0.25
    """A value is a witness's own if at most this share of the texts that hold the line hold it too.
    Nothing changes at .1, .05 points at .5."""


@dataclass(frozen=True, slots=True, eq=False)
class OutletSample:
    """Distinct texts, ascending by (outlet, text hash), each with its distinct values."""

    outlets: NDArray[np.int64]
    text_hashes: NDArray[np.uint64]
    values: Ragged


@dataclass(frozen=True, eq=False)
class Boilerplate:
    """Boilerplate values, ascending by (outlet, value); both of shape (m,)."""

    outlets: NDArray[np.int64]
    values: NDArray[np.unsignedinteger]
    carriers: NDArray[np.uint64]
    """The hash of the text that stands for all of the outlet's that hold the value: the smallest of
    its witnesses. What an outlet repeats is looked up among other outlets' stories by that text."""

    @cached_property
    def _order(self) -> NDArray[np.int64]:
        return np.argsort(_keys(self.outlets, self.values))

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """A hash of each value at its outlet, ascending: what is looked up block after block."""
        return _keys(self.outlets, self.values)[self._order]

    @cached_property
    def carriers_by_key(self) -> NDArray[np.uint64]:
        """The carriers in the order of `keys`."""
        return self.carriers[self._order]

    @cached_property
    def is_known(self) -> NDArray[np.bool_]:
        """For all last bits of a value whether any has them."""
        values_of = np.zeros(_BITS, np.bool_)
        values_of[self.values & np.array(_BITS - 1, self.values.dtype)] = True
        return values_of


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
    order = order[starts_of_runs(outlet, text)]
    outlet = outlets[order]
    rank = np.arange(len(order)) - np.searchsorted(outlet, outlet)
    sampled = order[rank < texts]
    return OutletSample(outlets[sampled], text_hashes[sampled], values.take(sampled))


def largest_kept(
    outlets: NDArray[np.int64], text_hashes: NDArray[np.uint64], texts: int = 64
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """The outlets, ascending, and the largest text hash that each one's sample keeps.

    So that only texts which some sample keeps need to be read; arguments as in outlet_sample.
    """
    nothing = Ragged(np.empty(0, np.uint32), np.zeros(len(outlets) + 1, np.int64))
    sampled = outlet_sample(outlets, text_hashes, nothing, texts)
    is_last = np.diff(sampled.outlets, append=sampled.outlets[-1:] + 1) != 0
    return sampled.outlets[is_last], sampled.text_hashes[is_last]


def merged(samples: Sequence[OutletSample], texts: int = 64) -> OutletSample:
    """The sample of all texts that the given samples (at least one) were taken from."""
    return outlet_sample(
        np.concatenate([sample.outlets for sample in samples]),
        np.concatenate([sample.text_hashes for sample in samples]),
        concatenate([sample.values for sample in samples]),
        texts,
    )


def recurring(sample: OutletSample, rules: BoilerplateRules) -> Boilerplate:
    """The values that are boilerplate of their outlet."""
    keys, firsts, counts = np.unique(sample.outlets, return_index=True, return_counts=True)
    values_of = {
        key: _recurring_values(
            sample.values.take(np.arange(first, first + count)),
            sample.text_hashes[first : first + count],
            rules,
        )
        for key, first, count in zip(keys.tolist(), firsts.tolist(), counts.tolist(), strict=True)
        if count >= rules.minimum_witnesses
    }
    sizes = [len(values) for values, _ in values_of.values()]
    return Boilerplate(
        np.repeat(list(values_of) or keys[:0], sizes),
        np.concatenate([sample.values.values[:0], *(values for values, _ in values_of.values())]),
        np.concatenate([sample.text_hashes[:0], *(hashes for _, hashes in values_of.values())]),
    )


def _recurring_values(
    values: Ragged, text_hashes: NDArray[np.uint64], rules: BoilerplateRules
) -> tuple[NDArray[np.unsignedinteger], NDArray[np.uint64]]:
    """The boilerplate, ascending, of one outlet given some of its distinct texts; its carriers."""
    ordered, owners = _in_order(values)
    starts = np.flatnonzero(starts_of_runs(ordered))
    needed, sizes = _needed(len(values), rules), np.diff(np.append(starts, len(ordered)))
    enough = np.flatnonzero(sizes >= needed)  # no more witnesses than texts that hold a value
    if not enough.size:
        return ordered[:0], text_hashes[:0]
    spread = np.repeat(sizes, sizes)
    rows = np.flatnonzero((spread >= needed) & (spread > 1))
    own = _own_counts(spread, owners, rows, len(values), rules)
    is_witness = np.zeros(len(ordered), np.int64)
    is_witness[rows] = own >= rules.own_share * values.lengths()[owners[rows]]
    witnesses = np.add.reduceat(is_witness, starts)[enough]
    repeated = starts[enough[witnesses >= needed]]
    # texts are ascending by their hashes: the smallest owner has the smallest
    first = np.minimum.reduceat(np.where(is_witness > 0, owners, len(text_hashes) - 1), starts)
    return ordered[repeated], text_hashes[first[enough[witnesses >= needed]]]


def _in_order(values: Ragged) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """All values ascending, and the list each is of."""
    owners = values.owners()
    if values.values.dtype != np.uint32:
        order = np.argsort(values.values)
        return values.values[order], owners[order]
    # sorted together with their owners: a fifth of the time of sorting places by values
    keys = values.values.astype(np.uint64) << np.uint64(32) | owners.astype(np.uint64)
    keys.sort()
    return (keys >> np.uint64(32)).astype(np.uint32), (keys & np.uint64(0xFFFFFFFF)).astype(
        np.int64
    )


def without(values: Ragged, outlets: NDArray[np.int64], boilerplate: Boilerplate) -> Ragged:
    """The lists less the values recurring at their own outlet; `outlets` has shape (n,)."""
    return values.keep(~is_boilerplate(values, outlets, boilerplate))


def is_boilerplate(
    values: Ragged, outlets: NDArray[np.int64], boilerplate: Boilerplate
) -> NDArray[np.bool_]:
    """For each value of `values.values` whether it is boilerplate of its list's outlet."""
    values_of = np.zeros(len(values.values), np.bool_)
    if not boilerplate.values.size:
        return values_of
    # most are not, which their last bits tell at 1 ns each
    bits = np.array(_BITS - 1, values.values.dtype)
    places = np.flatnonzero(boilerplate.is_known.take(values.values & bits))
    owners = np.searchsorted(values.offsets, places, "right") - 1
    known, enough = boilerplate.keys, _keys(outlets[owners], values.values[places])
    near = places_in(known, enough)
    values_of[places] = known[near] == enough
    return values_of


def _keys(outlets: NDArray[np.int64], values: NDArray[np.unsignedinteger]) -> NDArray[np.uint64]:
    """A hash of each value at its outlet; of one outlet no two values have the same."""
    return mix64(values + mix64(outlets.view(np.uint64)))


def carriers_of(
    values: Ragged, outlets: NDArray[np.int64], boilerplate: Boilerplate
) -> NDArray[np.uint64]:
    """Returns the carrier of each value that is boilerplate of its list's outlet; others' are 0.

    Args:
        values: lines or shingles of each text.
        outlets: the outlet's key of each text, shape (n,).
        boilerplate: of the same kind of values.

    Shape (m,), in the order of `values.values`.
    """
    carriers = np.zeros(len(values.values), np.uint64)
    places = np.flatnonzero(is_boilerplate(values, outlets, boilerplate))
    if places.size:
        owners = np.searchsorted(values.offsets, places, "right") - 1
        keys = _keys(outlets[owners], values.values[places])
        carriers[places] = boilerplate.carriers_by_key[places_in(boilerplate.keys, keys)]
    return carriers


def _own_counts(
    spread: NDArray[np.int64],
    owners: NDArray[np.int64],
    rows: NDArray[np.int64],
    texts: int,
    rules: BoilerplateRules,
) -> NDArray[np.int64]:
    """For each of these rows how many values of its text are held by far fewer texts than it is."""
    bounds = np.maximum((spread[rows] * rules.own_spread).astype(np.int64), 1)
    width = int(bounds.max(initial=1)) + 2  # the last for all that are held by more
    places = owners * width + np.minimum(spread, width - 1)
    counts = np.bincount(places, minlength=texts * width).reshape(texts, width).cumsum(axis=1)
    return np.where(spread[rows] > bounds, counts[owners[rows], bounds], 0)


def _needed(texts: int, rules: BoilerplateRules) -> int:
    share = min(math.ceil(texts * rules.minimum_share), rules.enough_witnesses)
    return max(share, rules.minimum_witnesses)
