"""Facts: numbers and names in a text, by which a template's stories are told from copies."""

import numpy as np

from dedupe.shingles import distinct_values
from dedupe.words import Words
from schemas.ragged import Ragged


def fact_hashes(words: Words) -> Ragged:
    """For each text its distinct facts as ascending uint32 hashes.

    A fact is a word that holds a digit or is capitalised within a sentence. Scripts without
    capitals give numbers only, and a text with few facts says little: see `relations`.
    """
    facts = words.hashes.keep(words.is_fact)
    owners = facts.owners().astype(np.uint64) << np.uint64(32)
    return distinct_values((facts.values >> np.uint64(32)) | owners, len(facts))
