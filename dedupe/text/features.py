"""Text features: all that matching keeps of a text, in one pass over a shard of texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import sequence_hashes
from dedupe.text.boilerplate import Boilerplate, carriers_of, is_boilerplate
from dedupe.text.characters import KIND
from dedupe.text.facts import fact_hashes
from dedupe.text.shingles import distinct, placed_shingles, shingle_starts, union_of_lists
from dedupe.text.words import Words, read_words
from schemas.ragged import Ragged, concatenate, ragged

BLOCK = 1 << 15
"""Words looked at together: their arrays (256 kB) stay within the processor's cache, and below the
size from which memory is mapped anew for each of them (pipelines.engine.allocator)."""
FEW_FACTS = 0.05
"""Share of its words from which on a text's facts tell what it is about: of English news some .1,
of a template's story with a name or two .03, where a script has no capitals the numbers alone."""
CARRIED = 40
"""Recurring shingles of one text from which on they are looked up: of a paragraph or more."""
NOTHING = Boilerplate(np.empty(0, np.int64), np.empty(0, np.uint32), np.empty(0, np.uint64))
"""No boilerplate."""


@dataclass(frozen=True, slots=True, eq=False)
class TextFeatures:
    """n texts as they are matched; 2 kB for a text of 400 words."""

    shingles: Ragged
    """uint32, ascending and distinct: 4 bytes a word."""
    facts: Ragged
    """uint32, ascending and distinct: some 10 % of the words."""
    text_hashes: NDArray[np.uint64]
    """Equal for texts with the same words in the same order, shape (n,)."""
    word_counts: NDArray[np.int64]
    """Words of each text, shape (n,)."""
    quoted: Ragged
    """uint32, ascending and distinct: the shingles that hold a word within quotation marks."""
    sequences: Ragged
    """uint32: the words in their order of a text that has few facts; of others none. Hashes whose
    last two bits say the kind of the word (dedupe.text.characters)."""

    def __len__(self) -> int:
        return len(self.text_hashes)

    def take(self, texts: NDArray[np.int64]) -> "TextFeatures":
        """The texts at these places, in that order."""
        return TextFeatures(
            self.shingles.take(texts),
            self.facts.take(texts),
            self.text_hashes[texts],
            self.word_counts[texts],
            self.quoted.take(texts),
            self.sequences.take(texts),
        )

    def with_more(self, shingles: Ragged, facts: Ragged) -> "TextFeatures":
        """The texts, each with these shingles and facts too; its words are then in no order."""
        is_same = np.repeat(shingles.lengths() == 0, self.sequences.lengths())
        return replace(
            self,
            shingles=union_of_lists(self.shingles, shingles),
            facts=union_of_lists(self.facts, facts),
            sequences=self.sequences.keep(is_same),
        )

    @staticmethod
    def joined(parts: Sequence["TextFeatures"]) -> "TextFeatures":
        """The texts of all parts (at least one), in order."""
        return TextFeatures(
            concatenate([part.shingles for part in parts]),
            concatenate([part.facts for part in parts]),
            np.concatenate([part.text_hashes for part in parts]),
            np.concatenate([part.word_counts for part in parts]),
            concatenate([part.quoted for part in parts]),
            concatenate([part.sequences for part in parts]),
        )


def text_features(texts: Sequence[str], size: int = 5) -> TextFeatures:
    """The shingles of `size` words, facts and hash of each text.

    >>> text_features(["In 1999 the cat sat on a Mat."], size=3).facts.lengths().tolist()
    [2]
    """
    return features_of_words(read_words(texts), size)


def features_of_words(
    words: Words,
    size: int = 5,
    outlets: NDArray[np.int64] | None = None,
    boilerplate: Boilerplate | None = None,
) -> TextFeatures:
    """As `text_features`, less each outlet's boilerplate where that is given.

    Words that stand in a recurring shingle are taken out, and with them every shingle and fact
    that holds one: what is left is the same whatever head or foot an outlet sets around it.

    Args:
        words: of each text; to be kept from a first reading, as reading costs most.
        size: words of a shingle.
        outlets: the outlet of each text, as in `boilerplate`.
        boilerplate: recurring shingles of `size` words.
    """
    blocks = words.hashes.blocks(BLOCK) or [(0, 0)]
    if boilerplate is None or outlets is None:
        outlets, boilerplate = np.zeros(len(words.hashes), np.int64), NOTHING
    return TextFeatures.joined(
        [
            _read_some(words.between(first, last), size, outlets[first:last], boilerplate)
            for first, last in blocks
        ]
    )


def carried_features(
    words: Words,
    size: int,
    outlets: NDArray[np.int64],
    boilerplate: Boilerplate,
    text_hashes: NDArray[np.uint64],
) -> tuple[Ragged, Ragged]:
    """The recurring shingles, and their facts, that each text is the carrier of; as many lists.

    Empty for all but a text or two of each outlet, and below CARRIED shingles.

    Args:
        words: of each text.
        size: words of a shingle.
        outlets: the outlet of each text, as in `boilerplate`.
        boilerplate: recurring shingles of `size` words.
        text_hashes: of each text, as boilerplate was learnt by them.
    """
    carriers, counts = np.unique(boilerplate.carriers, return_counts=True)
    rows = np.flatnonzero(np.isin(text_hashes, carriers[counts >= CARRIED]))
    shingles = [np.empty(0, np.uint32)] * len(text_hashes)
    facts = [np.empty(0, np.uint32)] * len(text_hashes)
    for row in rows.tolist():
        text = words.between(row, row + 1)
        placed = placed_shingles(text.hashes, size)
        carrier = carriers_of(placed, outlets[row : row + 1], boilerplate)
        first = np.flatnonzero(carrier == text_hashes[row])
        is_carried = np.zeros(len(text.hashes.values), np.bool_)
        is_carried[_standing_in(first, size)] = True
        if len(first) >= CARRIED:
            shingles[row] = np.unique(placed.values[first])
            facts[row] = fact_hashes(text, is_carried).values
    return ragged(shingles, np.uint32), ragged(facts, np.uint32)


def _read_some(
    words: Words, size: int, outlets: NDArray[np.int64], boilerplate: Boilerplate
) -> TextFeatures:
    placed = placed_shingles(words.hashes, size)
    first = shingle_starts(words.hashes, size)
    is_quoted = _any_of(words.is_quoted, first, size)
    repeated = np.flatnonzero(is_boilerplate(placed, outlets, boilerplate))
    if not repeated.size:  # nearly always: most boilerplate goes by lines, before words are read
        return _reading(placed, is_quoted, fact_hashes(words), words.hashes, words.kinds)
    is_own = np.ones(len(words.hashes.values), np.bool_)
    is_own[_standing_in(first[repeated], size)] = False
    is_whole = ~_any_of(~is_own, first, size)
    return _reading(
        placed.keep(is_whole),
        is_quoted[is_whole],
        fact_hashes(words, is_own),
        words.hashes.keep(is_own),
        words.kinds[is_own],
    )


def _reading(
    placed: Ragged,
    is_quoted: NDArray[np.bool_],
    facts: Ragged,
    own: Ragged,
    kinds: NDArray[np.uint8],
) -> TextFeatures:
    return TextFeatures(
        distinct(placed),
        facts,
        sequence_hashes(own),
        own.lengths(),
        distinct(placed.keep(is_quoted)),
        _sequences(own, kinds, facts),
    )


def _sequences(own: Ragged, kinds: NDArray[np.uint8], facts: Ragged) -> Ragged:
    """The words of each text with few facts, in their order; the last two bits are their kind."""
    has_few = facts.lengths() < FEW_FACTS * own.lengths()
    is_kept = np.repeat(has_few, own.lengths())
    few = own.keep(is_kept)
    hashes = (few.values >> np.uint64(32)).astype(np.uint32) & ~np.uint32(KIND)
    return Ragged(hashes | kinds[is_kept], few.offsets)


def _standing_in(first: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The places of all words of the shingles that start at the words `first`."""
    places: NDArray[np.int64] = (first[:, None] + np.arange(size)).ravel()
    return places


def _any_of(is_marked: NDArray[np.bool_], first: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """For each shingle, starting at word `first`, whether one of its words is marked."""
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(is_marked)])
    repeated: NDArray[np.bool_] = sums[first + size] > sums[first]
    return repeated
