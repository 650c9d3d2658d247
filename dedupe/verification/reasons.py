"""Why a pair is, or is not, a copy: the rules of `relations` put in words, with their figures."""

import math

import numpy as np
from numpy.typing import NDArray

from dedupe.text.features import TextFeatures
from dedupe.verification.quoted_pairs import NARRATED, outside_of_quotations
from dedupe.verification.relations import (
    Relation,
    Thresholds,
    VerifiedPairs,
    facts_needed,
    fewer_facts,
    fill_a_frame,
    numbers_needed,
)
from dedupe.verification.slots import REPLACED


def reasons(
    measured: VerifiedPairs, place: int, texts: TextFeatures, thresholds: Thresholds
) -> list[str]:
    """What decided over one pair, a sentence a rule that holds; what failed where none does."""
    sentences = [*_alike(measured, place, thresholds), _facts(measured, place, thresholds)]
    rows = np.array([place])
    if measured.relations[place] == Relation.QUOTATION:
        return [_quotation(measured, rows, texts), "and no copy, whatever else holds:", *sentences]
    if measured.relations[place] == Relation.NONE and fill_a_frame(measured.take(rows), texts)[0]:
        sentences.append(
            f"few names and numbers, and more than {REPLACED:.0%} of the words are others between "
            "the same passages: stories out of one frame (slots)"
        )
    if measured.relations[place] == Relation.EXCERPT:
        return [
            _excerpt(measured, place, thresholds),
            "and no copy, since not all of these hold:",
            *sentences,
        ]
    return [*sentences, *_kind(measured, place, thresholds)]


def _quotation(measured: VerifiedPairs, rows: NDArray[np.int64], texts: TextFeatures) -> str:
    pair = measured.take(rows)
    narrated = outside_of_quotations(pair.shingles, texts, pair.pairs)
    shared, outside = int(pair.shingles.shared[0]), int(narrated.shared[0])
    return (
        f"{outside} of {shared} shared shingles stand outside of quotation marks, less than "
        f"{NARRATED:.0%}, and {narrated.containment()[0]:.0%} of what the one with less text there "
        "says: both quote a third (quotation)"
    )


def _alike(measured: VerifiedPairs, place: int, thresholds: Thresholds) -> list[str]:
    both = measured.shingles
    jaccard, ratio = float(both.jaccard()[place]), float(both.size_ratio()[place])
    contained = float(both.containment()[place])
    sides = sorted((float(both.containment_left()[place]), float(both.containment_right()[place])))
    sentences = []
    if jaccard >= thresholds.near_jaccard:
        sentences.append(
            f"Jaccard {jaccard:.2f} is at least {thresholds.near_jaccard} (near_jaccard)"
        )
    if contained >= thresholds.contained and ratio >= thresholds.contained_size_ratio:
        sentences.append(
            f"{contained:.0%} of the smaller stands in the larger, at least "
            f"{thresholds.contained:.0%} (contained), at a size ratio of {ratio:.2f}"
        )
    if sides[1] >= thresholds.rewritten and sides[0] >= thresholds.rewritten_back:
        sentences.append(
            f"{sides[1]:.0%} of one and {sides[0]:.0%} of the other are common (rewritten)"
        )
    return sentences or [
        f"too little is shared: Jaccard {jaccard:.2f}, containment {contained:.2f}"
    ]


def _facts(measured: VerifiedPairs, place: int, thresholds: Thresholds) -> str:
    facts = measured.facts
    shared, fewer = int(facts.shared[place]), int(min(facts.left[place], facts.right[place]))
    if fewer < thresholds.minimum_facts:
        return (
            f"only {fewer} numbers and names in one of them: Jaccard must reach "
            f"{thresholds.frameless_jaccard} (frameless_jaccard), or the larger hold "
            f"{thresholds.frameless_contained:.0%} of the smaller (frameless_contained)"
        )
    is_asked = float(measured.shingles.jaccard()[place]) < thresholds.density_jaccard
    rules = "shared_facts, fact_density" if is_asked else "shared_facts"
    needed = math.ceil(float(facts_needed(measured, thresholds)[place]))
    agreement = f"{shared} of {fewer} numbers and names agree, {needed} are needed ({rules})"
    return f"{agreement}{_numbers(measured, place, thresholds)}"


def _numbers(measured: VerifiedPairs, place: int, thresholds: Thresholds) -> str:
    needed = math.ceil(float(numbers_needed(measured, thresholds)[place]))
    shared, fewer = measured.numbers.shared[place], fewer_facts(measured.numbers)[place]
    is_asked = needed > 0
    return f"; of the numbers {shared} of {fewer}, {needed} are needed" if is_asked else ""


def _kind(measured: VerifiedPairs, place: int, thresholds: Thresholds) -> list[str]:
    """Why a copy is of the kind it is."""
    jaccard = float(measured.shingles.jaccard()[place])
    bound = f"Jaccard {jaccard:.2f}, from {thresholds.same_text} on the same text (same_text)"
    sentences = {
        Relation.MIRROR: f"mirror: one source, two hosts, {bound}",
        Relation.REVISION: f"revision: one source, {bound}",
        Relation.EXACT: "exact: all shingles are common",
        Relation.NEAR: "near: all shingles are not common, or the sources differ",
    }
    kind = sentences.get(Relation(measured.relations[place]))
    return [kind] if kind else []


def _excerpt(measured: VerifiedPairs, place: int, thresholds: Thresholds) -> str:
    both = measured.shingles
    share = max(float(both.containment_left()[place]), float(both.containment_right()[place]))
    return (
        f"{int(both.shared[place])} shared shingles, at least {thresholds.excerpt_shingles}, are "
        f"{share:.0%} of one text, at least {thresholds.excerpt_share:.0%} (excerpt)"
    )
