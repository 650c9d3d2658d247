"""Which part of an exchange, or of a published table, a key belongs to.

A part is a range of the key, and keys are hashes, so parts are even and the files of a table, read
in order, are sorted throughout. It depends on the key alone, never on the worker.
"""

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import mix64

TEXTS_PER_PART = 8192
"""Texts that a part of an exchange stands for: some 20 MB of shingles."""
MOST_TEXTS_PER_PART = 32 * TEXTS_PER_PART
"""Where there are too many splits for parts of that size: some 0.6 GB."""
MOST_ELEMENTS = 4_000_000
"""Of an exchange, to which every split sends every part one; some 25 us each."""
MIN_PARTS = 8
"""So that workers have work."""
FEW_PARTS = 32
"""Up to so many, parts are half as large: an engine gives each worker as many, and of thirteen of a
hundred thousand texts the last was described while the other worker waited."""


def parts_for(texts: int, splits: int = 1, wanted: int = 0) -> int:
    """How many parts an exchange has to which so many splits send so many texts.

    What a part holds grows with nothing until splits times parts would be too many elements; then
    parts hold more, and at last, where no worker should hold more, elements grow after all.

    >>> parts_for(1_000), parts_for(1_000_000, splits=600), parts_for(1_000_000, wanted=2)
    (8, 123, 2)
    >>> parts_for(100_000), parts_for(200_000)
    (24, 32)
    >>> parts_for(100_000_000, splits=4_000), parts_for(1_000_000_000, splits=18_000)
    (1000, 3815)
    """
    fine, coarse = -(-texts // TEXTS_PER_PART), -(-texts // MOST_TEXTS_PER_PART)
    fine = max(fine, min(FEW_PARTS, 2 * texts // TEXTS_PER_PART))
    return wanted or max(MIN_PARTS, coarse, min(fine, MOST_ELEMENTS // max(1, splits)))


def part_of(keys: NDArray[np.uint64], parts: int) -> NDArray[np.int64]:
    """The part of each 64-bit key among `parts` equal ranges, shape of keys.

    >>> part_of(np.array([0, 2**63, 2**64 - 1], np.uint64), 2).tolist()
    [0, 1, 1]
    """
    # 32 bits times a part number below 2**31 stays inside 64
    high = (keys.astype(np.uint64) >> np.uint64(32)) * np.uint64(parts)
    return (high >> np.uint64(32)).astype(np.int64)


def mixed_parts(articles: NDArray[np.uint64], parts: int) -> NDArray[np.int64]:
    """The part of each article that may be the label of its component.

    Mixed, for a label is the smallest id of a component: of 50,000 texts three quarters of those
    with a candidate had the first of eight parts, and one worker verified while the other waited.
    """
    return part_of(mix64(articles), parts)


def pair_parts(pairs: NDArray[np.uint64], parts: int) -> NDArray[np.int64]:
    """The part of each pair (p, 2), which both articles have a say in.

    By its first alone, the smaller, of a million texts' pairs one of 123 parts had ten times its
    share, and the worker that took it 781 MB where others had 330: heads of buckets are small ids.
    Mixed, for a bucket links neighbours, of which both begin alike: the first part had them all.
    """
    return part_of(mix64(pairs[:, 0] ^ pairs[:, 1]), parts)


def part_range(part: int, parts: int) -> tuple[str, str]:
    """The 16-digit ids [first, last] that belong to `part`.

    >>> part_range(1, 2)
    ('8000000000000000', 'ffffffffffffffff')
    """
    first = -(-(part << 32) // parts) << 32
    last = (-(-((part + 1) << 32) // parts) << 32) - 1
    return f"{first:016x}", f"{last:016x}"
