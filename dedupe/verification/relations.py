"""What two texts are to each other, by rule, from their exact overlaps in shingles and in facts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dedupe.text.facts import numbers
from dedupe.verification.roundups import RoundupRules, roundup_members
from dedupe.verification.similarity import Overlaps, concatenated_overlaps, overlaps
from schemas.ragged import Ragged


class Relation(IntEnum):
    """The relation of a verified pair; NONE means neither copy nor excerpt."""

    NONE = 0
    EXCERPT = 1
    NEAR = 2
    REVISION = 3
    EXACT = 4
    MIRROR = 5


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a pair counts as a copy or an excerpt; shares lie in [0, 1]."""

    near_jaccard: float = 0.14
    """A copy from this Jaccard similarity on."""
    contained: float = 0.7
    """Or when this share of the smaller text stands in the larger ..."""
    contained_size_ratio: float = 0.15
    """... unless the smaller has less than this share of the larger's shingles: an excerpt."""
    rewritten: float = 0.35
    """Or when this share of one text and ..."""
    rewritten_back: float = 0.25
    """... this share of the other is common to both: rewritten, with paragraphs from elsewhere."""
    same_text: float = 0.97
    """Jaccard similarity from which two texts of one outlet are the same text, not a revision."""
    shared_facts: float = 0.5
    """A copy shares this share of the facts of the text that has fewer: template stories do not."""
    doubtful_facts: int = 1
    """Counted as facts that are not shared: the fewer facts, the more of them have to agree."""
    fact_density: float = 0.9
    """And facts are shared in at least this proportion to shingles. An edit breaks more shingles
    than facts; in template stories it is the facts that differ, and the shingles that agree."""
    density_jaccard: float = 0.85
    """Below this Jaccard similarity only: a byline left in a short text adds facts by the handful
    and hardly a shingle, while facts that a template changes break five shingles each."""
    shared_numbers: float = 0.4
    """And this share of the numbers of the text that has fewer, in the same way: where nouns are
    capitalised, most of the facts of a template are words of its frame."""
    minimum_facts: int = 2
    """Texts with fewer facts are judged by their shingles alone, from `frameless_jaccard` on ..."""
    frameless_jaccard: float = 0.5
    frameless_contained: float = 0.8
    """... or where this share of the smaller text stands in the larger."""
    excerpt_shingles: int = 50
    """Shared shingles of an excerpt: with shingles of five words some 55 words in a row."""
    excerpt_share: float = 0.15
    """And this share of either text."""
    excerpt_fact_density: float = 0.75
    """And facts in this proportion to shingles: a passage is short, and where it is cut a name may
    go from both of its ends. At .9 the made crawl lost a part of its round-ups (.944 to .917)."""


@dataclass(frozen=True, slots=True, eq=False)
class VerifiedPairs:
    """Pairs with what was found of them; every array has one row a pair."""

    pairs: NDArray[np.int64]
    """Indices of two texts, shape (p, 2)."""
    shingles: Overlaps
    facts: Overlaps
    numbers: Overlaps
    """Of the facts, those that hold a digit."""
    relations: NDArray[np.uint8]
    """Values of Relation."""

    def take(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> "VerifiedPairs":
        """The pairs where `kept` (shape (p,)) holds, or at these places."""
        shingles, facts, numbers = (
            one.take(kept) for one in (self.shingles, self.facts, self.numbers)
        )
        return VerifiedPairs(self.pairs[kept], shingles, facts, numbers, self.relations[kept])

    def is_copy(self) -> NDArray[np.bool_]:
        """The pairs that make clusters: all relations but excerpts."""
        return self.relations > Relation.EXCERPT


def verify_pairs(
    shingles: Ragged,
    facts: Ragged,
    pairs: NDArray[np.int64],
    hosts: NDArray[np.int64],
    outlets: NDArray[np.int64],
    thresholds: Thresholds,
    roundups: RoundupRules,
) -> VerifiedPairs:
    """Every pair with its overlaps and relation; to be given whole candidate components.

    Args:
        shingles: of each text, boilerplate taken out; ascending, distinct.
        facts: of each text; ascending, distinct.
        pairs: candidate pairs, indices of two texts each, shape (p, 2).
        hosts: a number for the host of each text.
        outlets: a number for the outlet (one or several mirrored hosts) of each text.
        thresholds: when a pair counts as what.
        roundups: when a text counts as a round-up, which is a copy of none of its parts.
    """
    found = measure_pairs(shingles, facts, pairs)
    return relate_pairs(found, shingles, facts, hosts, outlets, thresholds, roundups)


def measure_pairs(shingles: Ragged, facts: Ragged, pairs: NDArray[np.int64]) -> VerifiedPairs:
    """Every pair with its overlaps, before relations are; arguments as in `verify_pairs`."""
    return VerifiedPairs(
        pairs,
        overlaps(shingles, pairs),
        overlaps(facts, pairs),
        overlaps(numbers(facts), pairs),
        np.zeros(len(pairs), np.uint8),
    )


def concatenated(parts: Sequence[VerifiedPairs]) -> VerifiedPairs:
    """The pairs of all parts (at least one), in order."""
    return VerifiedPairs(
        np.concatenate([one.pairs for one in parts]),
        concatenated_overlaps([one.shingles for one in parts]),
        concatenated_overlaps([one.facts for one in parts]),
        concatenated_overlaps([one.numbers for one in parts]),
        np.concatenate([one.relations for one in parts]),
    )


def relate_pairs(
    found: VerifiedPairs,
    shingles: Ragged,
    facts: Ragged,
    hosts: NDArray[np.int64],
    outlets: NDArray[np.int64],
    thresholds: Thresholds,
    roundups: RoundupRules,
) -> VerifiedPairs:
    """Measured pairs with their relations; arguments as in `verify_pairs`."""
    pairs = found.pairs
    is_copy = copies(found, thresholds)
    is_excerpt = excerpts(found, thresholds)
    compiled = roundup_members(
        shingles, facts, pairs, found.shingles, is_copy | is_excerpt, roundups
    )
    is_part = compiled[pairs].any(axis=1) & (found.shingles.jaccard() < roundups.same_story)
    relations = np.where(is_excerpt | is_copy, Relation.EXCERPT, Relation.NONE)
    kinds = kinds_of_copy(found, hosts, outlets, thresholds)
    relations = np.where(is_copy & ~is_part, kinds, relations)
    return replace(found, relations=relations.astype(np.uint8))


def copies(found: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.bool_]:
    """The pairs of which one text is a copy of the other or both are of a third, shape (p,)."""
    both = found.shingles
    left, right = both.containment_left(), both.containment_right()
    is_contained = both.containment() >= thresholds.contained
    is_rewritten = np.maximum(left, right) >= thresholds.rewritten
    is_alike = (
        (both.jaccard() >= thresholds.near_jaccard)
        | (is_contained & (both.size_ratio() >= thresholds.contained_size_ratio))
        | (is_rewritten & (np.minimum(left, right) >= thresholds.rewritten_back))
    )
    return is_alike & _states_the_same(found, thresholds)


def _states_the_same(found: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.bool_]:
    fewer = fewer_facts(found.facts)
    is_agreed = (found.facts.shared >= facts_needed(found, thresholds)) & (
        found.numbers.shared >= numbers_needed(found, thresholds)
    )
    is_framed = (found.shingles.jaccard() >= thresholds.frameless_jaccard) | (
        found.shingles.containment() >= thresholds.frameless_contained
    )
    return np.where(fewer >= thresholds.minimum_facts, is_agreed, is_framed)


def fewer_facts(facts: Overlaps) -> NDArray[np.int64]:
    """How many facts the text of each pair has that has fewer, shape (p,)."""
    return np.minimum(facts.left, facts.right)


def numbers_needed(found: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.float64]:
    """How many numbers a copy must share, 0 where one text has too few to say, shape (p,)."""
    fewer = fewer_facts(found.numbers)
    needed: NDArray[np.float64] = np.where(
        fewer >= thresholds.minimum_facts, thresholds.shared_numbers * fewer, 0.0
    )
    return needed


def facts_needed(found: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.float64]:
    """How many facts a copy must share, where both texts have enough of them, shape (p,)."""
    fewer = fewer_facts(found.facts)
    is_asked = found.shingles.jaccard() < thresholds.density_jaccard
    needed: NDArray[np.float64] = np.maximum(
        thresholds.shared_facts * (fewer + thresholds.doubtful_facts),
        thresholds.fact_density * found.shingles.containment() * fewer * is_asked,
    )
    return needed


def excerpts(found: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.bool_]:
    """The pairs that share a passage with the facts it states, shape (p,)."""
    both, facts = found.shingles, found.facts
    left, right = both.containment_left(), both.containment_right()
    expected = np.minimum(facts.left * left, facts.right * right)
    return (
        (both.shared >= thresholds.excerpt_shingles)
        & (np.maximum(left, right) >= thresholds.excerpt_share)
        & (facts.shared >= thresholds.excerpt_fact_density * expected)
    )


def kinds_of_copy(
    found: VerifiedPairs,
    hosts: NDArray[np.int64],
    outlets: NDArray[np.int64],
    thresholds: Thresholds,
) -> NDArray[np.int64]:
    """What kind of copy each pair is if it is one; arguments as in `verify_pairs`."""
    left, right = found.pairs[:, 0], found.pairs[:, 1]
    is_one_host, is_one_outlet = hosts[left] == hosts[right], outlets[left] == outlets[right]
    jaccard = found.shingles.jaccard()
    is_same = jaccard >= thresholds.same_text
    return np.select(
        [is_one_outlet & ~is_one_host & is_same, jaccard == 1, is_one_outlet & ~is_same],
        [Relation.MIRROR, Relation.EXACT, Relation.REVISION],
        Relation.NEAR,
    )
