"""Facts: numbers and names in a text, by which a template's stories are told from copies."""

import numpy as np
from numpy.typing import NDArray

from dedupe.text.shingles import distinct
from dedupe.text.words import Words
from schemas.ragged import Ragged

_NUMBER = np.uint32(1)


def fact_hashes(words: Words, is_own: NDArray[np.bool_] | None = None) -> Ragged:
    """For each text its distinct facts as ascending uint32 hashes.

    A fact is a word that holds a digit or is capitalised within a sentence. Scripts without
    capitals give numbers only, and a text with few facts says little: see `relations`. The lowest
    bit of a hash says whether it holds a digit.

    Args:
        words: of each text.
        is_own: for each word whether it counts; without it all do.
    """
    is_kept = words.is_fact if is_own is None else words.is_fact & is_own
    facts = words.hashes.keep(is_kept)
    values = (facts.values >> np.uint64(32)).astype(np.uint32) & ~_NUMBER
    return distinct(Ragged(values | words.is_number[is_kept], facts.offsets))


def numbers(facts: Ragged) -> Ragged:
    """The facts that hold a digit, for each text."""
    return facts.keep((facts.values & _NUMBER).astype(np.bool_))
