"""Facts: numbers and names in a text, by which a template's stories are told from copies."""

import numpy as np
from numpy.typing import NDArray

from dedupe.shingles import distinct
from dedupe.words import Words
from schemas.ragged import Ragged


def fact_hashes(words: Words, is_own: NDArray[np.bool_] | None = None) -> Ragged:
    """For each text its distinct facts as ascending uint32 hashes.

    A fact is a word that holds a digit or is capitalised within a sentence. Scripts without
    capitals give numbers only, and a text with few facts says little: see `relations`.

    Args:
        words: of each text.
        is_own: for each word whether it counts; without it all do.
    """
    facts = words.hashes.keep(words.is_fact if is_own is None else words.is_fact & is_own)
    return distinct(Ragged((facts.values >> np.uint64(32)).astype(np.uint32), facts.offsets))
