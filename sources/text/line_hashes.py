"""A hash of each paragraph of many texts, in which case, digits and punctuation do not count.

A polynomial over the letters' code points modulo 2**64 (Karp and Rabin 1987), taken for all lines
from one running sum: 20 us a text of 400 words, where a digest of each line takes 300.
"""

import functools
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from schemas.ragged import Ragged, concatenate, ragged
from sources.text.code_points import LETTER, MANY, blocks, code_points, folds, kinds

Hashes = NDArray[np.uint64]
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_FACTOR = np.uint64(0xD6E8FEB86659FD93)
_LINE_FEED = ord("\n")


def line_hashes(texts: Sequence[str]) -> Ragged:
    """For each text the hash of each of its lines, in order; none for an empty text.

    >>> line_hashes(["12 Shares!\\n7 shares", ""]).lengths().tolist()
    [2, 0]
    """
    return concatenate([ragged([], np.uint64), *map(_of_block, blocks(texts))])


def _of_block(texts: Sequence[str]) -> Ragged:
    codes = _folded("\n".join(texts))
    letters = np.flatnonzero((kinds().take(codes) & LETTER) != 0)
    ends = np.searchsorted(letters, np.flatnonzero(codes == _LINE_FEED))
    starts = np.concatenate([[0], ends[:-1]])
    powers, inverse = _powers(1 << int(letters.size + 1).bit_length())
    sums = np.zeros(letters.size + 1, np.uint64)
    values = codes.take(letters).astype(np.uint64) * _FACTOR
    np.cumsum(values * powers[: letters.size], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverse[starts]
    counts = np.array([text.count("\n") + 1 for text in texts], np.int64)
    lines = Ragged(hashes, np.concatenate([[0], np.cumsum(counts)]))
    _fill(lines, np.flatnonzero(starts == ends), texts)
    return lines.keep(np.repeat([len(text) > 0 for text in texts], counts))


def _folded(text: str) -> NDArray[np.uint32]:
    """The code points of the text in which case does not count, as str.casefold has them."""
    if text.isascii():
        return code_points([text.lower()])
    # casefold looks up each character of a text with any that is not ASCII: 10 ns each, this 2
    codes = folds().take(code_points([text.replace("ß", "ss")]))
    return code_points([text.casefold()]) if codes.max() == MANY else codes


def _fill(lines: Ragged, without_letters: NDArray[np.int64], texts: Sequence[str]) -> None:
    """Gives lines without letters the hash of all that they are."""
    owners = np.searchsorted(lines.offsets, without_letters, "right") - 1
    split, known = [""], -1
    for place, owner in zip(without_letters.tolist(), owners.tolist(), strict=True):
        if owner != known:  # once for each text: one of 70,000 bare numbers took a minute
            split, known = texts[owner].split("\n"), owner
        line = split[place - int(lines.offsets[owner])]
        digest = blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        lines.values[place] = int.from_bytes(digest, "little")


@functools.lru_cache(maxsize=4)
def _powers(length: int) -> tuple[Hashes, Hashes]:
    factors = [np.full(length, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 1 << 64))]
    for factor in factors:
        factor[0] = 1
        np.multiply.accumulate(factor, out=factor)
    return factors[0], factors[1]
