"""The words of many texts at once, each as a 64-bit hash of its folded letters.

A word is a run of letters, marks and digits. Unlike Unicode's word rules (UAX 29) a mark within
it (`don't`, `1.000`) parts it, so that straight and curly apostrophes, 1.000 and 1,000 read alike.
In scripts without spaces each letter starts a word: two characters of Han or Kana, eight of Thai,
overlapping, so that some consecutive words span about as much meaning as in other scripts.

Hashes are polynomials over code points modulo 2**64 (Karp and Rabin 1987), taken for all words of
a block from one running sum, then mixed.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import mix64
from dedupe.text.characters import (
    ENDS_SENTENCE,
    IDEOGRAPH,
    IS_DIGIT,
    IS_QUOTE,
    IS_UPPER,
    KIND,
    LIMIT,
    NEEDS_NORMALISING,
    UNSPACED,
    WORD,
    letters,
    normalised,
)
from dedupe.text.quotations import quoted_spans
from schemas.ragged import Ragged, concatenate

BLOCK = 1 << 16
"""Code points read at once: their arrays (512 kB each) stay near the processor. Of 2 MB each the
kernel maps and clears every one anew (pipelines.engine.allocator): reading took twice as long."""
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_SPAN = {IDEOGRAPH: 2, UNSPACED: 8}


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of n texts in the order of reading."""

    hashes: Ragged
    """uint64, one a word; text i's words are hashes[i]."""
    is_fact: NDArray[np.bool_]
    """For each word of `hashes.values`: holds a digit, or is capitalised within a sentence."""
    is_number: NDArray[np.bool_]
    """And whether it holds a digit."""
    is_quoted: NDArray[np.bool_]
    """And whether it stands within quotation marks (dedupe.text.quotations)."""
    kinds: NDArray[np.uint8]
    """Of each word's first letter (dedupe.text.characters)."""

    def between(self, first: int, last: int) -> "Words":
        """The texts [first, last), their words where they stand."""
        span = slice(self.hashes.offsets[first], self.hashes.offsets[last])
        return Words(
            self.hashes.between(first, last),
            self.is_fact[span],
            self.is_number[span],
            self.is_quoted[span],
            self.kinds[span],
        )


def read_words(texts: Sequence[str]) -> Words:
    """The words of each text.

    >>> len(read_words(["The cat sat.", ""]).hashes[0])
    3
    """
    blocks = [_read_block(block) for block in _blocks(texts)] or [_read_block([])]
    return Words(
        concatenate([block.hashes for block in blocks]),
        np.concatenate([block.is_fact for block in blocks]),
        np.concatenate([block.is_number for block in blocks]),
        np.concatenate([block.is_quoted for block in blocks]),
        np.concatenate([block.kinds for block in blocks]),
    )


def _blocks(texts: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for text in texts:
        if block and size + len(text) > BLOCK:
            yield block
            block, size = [], 0
        block.append(text)
        size += len(text) + 1
    if block:
        yield block


def _read_block(texts: list[str]) -> Words:
    texts = [text.replace("ß", "ss") for text in texts]  # the one common letter that folds to two
    codes, flags = _codes(texts)
    if flags.size and flags.max() >= NEEDS_NORMALISING:
        texts = _normalise_where_needed(texts, flags)
        codes, flags = _codes(texts)
    starts, ends = _word_bounds(flags & np.uint8(KIND))
    text_starts = np.cumsum([0] + [len(text) + 1 for text in texts])
    offsets = np.searchsorted(starts, text_starts).astype(np.int64)
    is_number = _holding(flags & np.uint8(IS_DIGIT), starts, ends)
    is_fact = _names(flags, starts, ends) | is_number
    kinds = flags & np.uint8(KIND)
    marks = np.flatnonzero(flags & np.uint8(IS_QUOTE))
    is_quoted = _quoted(texts, text_starts, marks, starts, kinds)
    hashes = Ragged(_hashes(codes, starts, ends), offsets)
    return Words(hashes, is_fact, is_number, is_quoted, kinds[starts])


def _codes(texts: list[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The code points of all texts, each text followed by a line feed, and their flags."""
    joined = "\n".join([*texts, ""])
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    if codes.size and codes.max() >= LIMIT:
        codes = np.where(codes < LIMIT, codes, np.uint32(ord(" ")))
    return codes, letters().flags.take(codes)


def _normalise_where_needed(texts: list[str], flags: NDArray[np.uint8]) -> list[str]:
    ends = np.cumsum([len(text) + 1 for text in texts])
    needing = np.searchsorted(ends, np.flatnonzero(flags >= NEEDS_NORMALISING), "right")
    changed = list(texts)
    for index in set(needing.tolist()):
        changed[index] = normalised(texts[index])
    return changed


def _word_bounds(kinds: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    padded = np.concatenate([np.zeros(1, np.uint8), kinds])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    if not kinds.size or kinds.max() <= WORD:  # words and gaps take turns
        return edges[::2], edges[1::2]
    kind, ends = kinds[edges[:-1]], edges[1:]
    is_word = kind > 0
    return _spread(edges[:-1][is_word], ends[is_word], kind[is_word])


def _spread(
    starts: NDArray[np.int64], ends: NDArray[np.int64], kind: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Runs of scripts without spaces as overlapping words, one from each letter."""
    spans = np.array([0, 0, _SPAN[IDEOGRAPH], _SPAN[UNSPACED]])[kind]
    counts = np.where(kind == WORD, 1, ends - starts)
    run = np.repeat(np.arange(len(kind)), counts)
    within = np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts)
    first = starts[run] + within
    last = np.where(kind[run] == WORD, ends[run], np.minimum(first + spans[run], ends[run]))
    return first, last


@functools.lru_cache(maxsize=4)
def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    inverse = pow(_BASE, -1, 1 << 64)
    factors = [np.full(length, base, np.uint64) for base in (_BASE, inverse)]
    for factor in factors:
        factor[0] = 1
        np.multiply.accumulate(factor, out=factor)
    return factors[0], factors[1]


def _hashes(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    powers, inverse = _powers(max(BLOCK * 2, 1 << int(codes.size).bit_length()))
    sums = np.zeros(codes.size + 1, np.uint64)
    np.cumsum(letters().values.take(codes) * powers[: codes.size], out=sums[1:])
    return mix64((sums[ends] - sums[starts]) * inverse[starts])


def _names(
    flags: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Words that start with a capital but no sentence."""
    before = np.concatenate([[0], ends[:-1]])[: len(starts)]
    opens = _holding(flags & np.uint8(ENDS_SENTENCE), np.minimum(before, starts), starts)
    opens[:1] = True
    is_name: NDArray[np.bool_] = (flags[starts] & IS_UPPER).astype(np.bool_) & ~opens
    return is_name


def _quoted(
    texts: list[str],
    text_starts: NDArray[np.int64],
    marks: NDArray[np.int64],
    starts: NDArray[np.int64],
    kinds: NDArray[np.uint8],
) -> NDArray[np.bool_]:
    """Which words, starting at these code points of the block, stand in a quotation."""
    # apostrophes are most of them: a mark between two letters of a word quotes nothing
    within = (kinds[marks - 1] == WORD) & (kinds[np.minimum(marks + 1, len(kinds) - 1)] == WORD)
    marks = marks[~within | (marks == 0)]
    bounds = np.searchsorted(marks, text_starts)
    spans: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        first, last = bounds[number : number + 2].tolist()
        own = marks[first:last] - text_starts[number]
        offset = int(text_starts[number])
        spans += [(offset + a, offset + b) for a, b in quoted_spans(text, own.tolist())]
    edges = np.array(spans, np.int64).ravel()  # a start, an end, and so on, ascending
    is_quoted: NDArray[np.bool_] = np.searchsorted(edges, starts, "right") % 2 == 1
    return is_quoted


def _holding(
    marks: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which spans, in order of their starts and of their ends, hold a place that has a mark.

    From the places, which are few: a running sum over all code points takes twice as long.
    """
    places = np.flatnonzero(marks != 0)
    first, beyond = (np.searchsorted(bounds, places, "right") for bounds in (ends, starts))
    counts = [np.bincount(texts, minlength=len(starts) + 1) for texts in (first, beyond)]
    is_found: NDArray[np.bool_] = np.cumsum(counts[0] - counts[1])[:-1] > 0
    return is_found


def word_bounds_of(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each word of one text starts and ends, as positions in that text."""
    flags = _codes([text])[1]
    return _word_bounds(flags & np.uint8(KIND))
