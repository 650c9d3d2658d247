"""What two texts are to each other, by rule, from their exact overlaps in shingles and in facts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.union_find import component_labels
from dedupe.text.facts import numbers
from dedupe.text.features import TextFeatures
from dedupe.verification.quoted_pairs import only_quoted
from dedupe.verification.roundups import RoundupRules, roundup_members
from dedupe.verification.shared_notices import are_nobodys_pages, share_a_notice
from dedupe.verification.similarity import Overlaps, concatenated_overlaps, overlaps
from dedupe.verification.slots import differ_in_slots
from schemas.setting import Count, Share


class Relation(IntEnum):
    """The relation of a verified pair; NONE means that nothing of note is shared."""

    NONE = 0
    QUOTATION = 1
    """What is shared stands in quotation marks: both have it from a third."""
    EXCERPT = 2
    NEAR = 3
    REVISION = 4
    EXACT = 5
    MIRROR = 6


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a pair counts as a copy or an excerpt; shares lie in [0, 1]."""

    near_jaccard: Share = 0.14
    """Jaccard similarity from which two texts are copies. Low, because historical wire copies share
    only 30 % of their 3-grams (NEWS-COPY), and the facts below sort out what is no copy."""
    contained: float = 0.7
    """Or when this share of the smaller text stands in the larger: a copy that was cut. From .5 to
    .9 nothing changes ..."""
    contained_size_ratio: float = 0.15
    """... unless the smaller has less than this share of the larger's shingles: an excerpt. At .05
    F1 rises by .31 points, at .25 by none: it is a definition, not a tuning."""
    rewritten: float = 0.35
    """Or when this share of one text and ... (from .3 to .5 nothing changes)"""
    rewritten_back: float = 0.25
    """... this share of the other is common to both: rewritten, with paragraphs from elsewhere.
    From .2 to .4 nothing changes."""
    same_text: Share = 0.97
    """Jaccard similarity from which two texts of one outlet are the same text, not a revision."""
    shared_facts: Share = 0.5
    """Share of the facts (numbers and names) of the text that has fewer, which a copy shares:
    template stories, weather and match reports, share their frame and not their facts."""
    doubtful_facts: int = 1
    """Counted as facts that are not shared: the fewer facts, the more of them have to agree. F1 is
    .18 points higher at 0 and 1.97 lower at 3, where templates stay apart as well."""
    fact_density: float = 0.9
    """And facts are shared in at least this proportion to shingles. An edit breaks more shingles
    than facts; in template stories it is the facts that differ, and the shingles that agree. At .5
    and .75 F1 falls by .41 points."""
    density_jaccard: float = 0.85
    """Below this Jaccard similarity only: a byline left in a short text adds facts by the handful
    and hardly a shingle, while facts that a template changes break five shingles each. From .6 to 1
    nothing changes."""
    shared_numbers: Share = 0.4
    """Share of the numbers of the text that has fewer, where both have as many as `minimum_facts`:
    where nouns are capitalised, most facts of a template are words of its frame."""
    minimum_facts: int = 2
    """Texts with fewer facts are judged by their shingles alone, from `frameless_jaccard` on. At 1
    F1 falls by .23 points, at 3 by .47 ..."""
    frameless_jaccard: float = 0.5
    """(from .4 to .7 nothing changes)"""
    frameless_contained: float = 0.8
    """... or where this share of the smaller text stands in the larger. At .6 nothing changes."""
    excerpt_shingles: Count = 50
    """Shared shingles of an excerpt: with shingles of five words some 55 words in a row."""
    excerpt_share: float = 0.15
    """And this share of either text: two long texts share a quotation by chance. At .05 and .1
    nothing changes."""
    excerpt_fact_density: float = 0.75
    """And facts in this proportion to shingles: a passage is short, and where it is cut a name may
    go from both of its ends. At .9 the made crawl lost a part of its round-ups (.944 to .917)."""


VOUCHING_NUMBERS, VOUCHING_SHARE = 3, 0.8
"""So many shared numbers, and this share of all, say that two texts of few names are one story
however many of its words were replaced."""


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

    def take(self, rows_kept: NDArray[np.bool_] | NDArray[np.int64]) -> "VerifiedPairs":
        """The pairs where `kept` (shape (p,)) holds, or at these places."""
        shingles, facts, numbers = (
            part.take(rows_kept) for part in (self.shingles, self.facts, self.numbers)
        )
        return VerifiedPairs(
            self.pairs[rows_kept], shingles, facts, numbers, self.relations[rows_kept]
        )

    def is_copy(self) -> NDArray[np.bool_]:
        """The pairs that make clusters: all relations but excerpts and quotations."""
        return self.relations > Relation.EXCERPT


def verify_pairs(
    texts: TextFeatures,
    pairs: NDArray[np.int64],
    hosts: NDArray[np.int64],
    outlets: NDArray[np.int64],
    is_bare: NDArray[np.bool_],
    thresholds: Thresholds,
    roundups: RoundupRules,
) -> VerifiedPairs:
    """Every pair with its overlaps and relation; to be given whole candidate components.

    Args:
        texts: boilerplate taken out.
        pairs: candidate pairs, indices of two texts each, shape (p, 2).
        hosts: a number for the host of each text.
        outlets: a number for the outlet (one or several mirrored hosts) of each text.
        is_bare: for each text whether its page says neither when it was published nor by whom.
        thresholds: when a pair counts as what.
        roundups: when a text counts as a round-up, which is a copy of none of its parts.
    """
    measured = measure_pairs(texts, pairs)
    return relate_pairs(measured, texts, hosts, outlets, is_bare, thresholds, roundups)


def measure_pairs(texts: TextFeatures, pairs: NDArray[np.int64]) -> VerifiedPairs:
    """Every pair with its overlaps, before relations are; arguments as in `verify_pairs`."""
    return VerifiedPairs(
        pairs,
        overlaps(texts.shingles, pairs),
        overlaps(texts.facts, pairs),
        overlaps(numbers(texts.facts), pairs),
        np.zeros(len(pairs), np.uint8),
    )


def concatenated(parts: Sequence[VerifiedPairs]) -> VerifiedPairs:
    """The pairs of all parts (at least one), in order."""
    return VerifiedPairs(
        np.concatenate([part.pairs for part in parts]),
        concatenated_overlaps([part.shingles for part in parts]),
        concatenated_overlaps([part.facts for part in parts]),
        concatenated_overlaps([part.numbers for part in parts]),
        np.concatenate([part.relations for part in parts]),
    )


def relate_pairs(
    measured: VerifiedPairs,
    texts: TextFeatures,
    hosts: NDArray[np.int64],
    outlets: NDArray[np.int64],
    is_bare: NDArray[np.bool_],
    thresholds: Thresholds,
    roundups: RoundupRules,
) -> VerifiedPairs:
    """Measured pairs with their relations; arguments as in `verify_pairs`."""
    pairs = measured.pairs
    is_copy = copies(measured, thresholds)
    is_excerpt = excerpts(measured, thresholds, thresholds.excerpt_shingles)
    is_quotation = only_quoted(measured.shingles, texts, pairs, is_copy | is_excerpt)
    is_similar = is_excerpt | are_alike(measured.shingles, thresholds)
    rows = np.flatnonzero(is_similar & ~is_quotation)
    is_told = ~is_quotation
    is_told[rows] &= ~fill_a_frame(measured.take(rows), texts)
    is_related = is_told & (is_copy | is_excerpt)
    is_told &= ~share_a_notice(texts.shingles, outlets, pairs, measured.shingles, is_related)
    is_told &= ~are_nobodys_pages(outlets, pairs, measured.shingles, is_related, is_bare)
    is_copy, is_excerpt = is_copy & is_told, is_excerpt & is_told
    compiled = roundup_members(
        texts.shingles,
        texts.facts,
        pairs,
        measured.shingles,
        is_copy | is_excerpt,
        is_told & excerpts(measured, thresholds, thresholds.excerpt_shingles // 2),
        roundups,
    )
    is_part = compiled[pairs].any(axis=1) & (measured.shingles.jaccard() < roundups.same_story)
    relations = np.select(
        [is_quotation, is_copy & ~is_part, is_excerpt | is_copy],
        [Relation.QUOTATION, kinds_of_copy(measured, hosts, outlets, thresholds), Relation.EXCERPT],
        Relation.NONE,
    )
    return replace(measured, relations=relations.astype(np.uint8))


def fill_a_frame(measured: VerifiedPairs, texts: TextFeatures) -> NDArray[np.bool_]:
    """The pairs of texts with few facts that fill the slots of one frame, shape (p,).

    Args:
        measured: measured pairs that are alike: all of a component, as slots are known by many.
        texts: the texts of the pairs.
    """
    has_few = (texts.sequences.lengths() > 0)[measured.pairs].all(axis=1)
    agreed = measured.numbers.shared
    is_vouched = (agreed >= VOUCHING_NUMBERS) & (
        agreed >= VOUCHING_SHARE * fewer_facts(measured.numbers)
    )
    is_open = has_few & ~is_vouched & (measured.shingles.jaccard() < 1)
    rows = np.flatnonzero(is_open)
    pairs, is_frame = measured.pairs[rows], np.zeros(len(is_open), np.bool_)
    is_frame[rows] = differ_in_slots(texts.sequences, pairs, component_labels(pairs, len(texts)))
    return is_frame


def copies(measured: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.bool_]:
    """The pairs of which one text is a copy of the other or both are of a third, shape (p,)."""
    return are_alike(measured.shingles, thresholds) & _states_the_same(measured, thresholds)


def are_alike(both: Overlaps, thresholds: Thresholds) -> NDArray[np.bool_]:
    """The pairs that share as much text as a copy does, whatever they say, shape (p,)."""
    left, right = both.containment_left(), both.containment_right()
    is_contained = both.containment() >= thresholds.contained
    is_rewritten = np.maximum(left, right) >= thresholds.rewritten
    return (
        (both.jaccard() >= thresholds.near_jaccard)
        | (is_contained & (both.size_ratio() >= thresholds.contained_size_ratio))
        | (is_rewritten & (np.minimum(left, right) >= thresholds.rewritten_back))
    )


def _states_the_same(measured: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.bool_]:
    fewer = fewer_facts(measured.facts)
    is_agreed = (measured.facts.shared >= facts_needed(measured, thresholds)) & (
        measured.numbers.shared >= numbers_needed(measured, thresholds)
    )
    is_framed = (measured.shingles.jaccard() >= thresholds.frameless_jaccard) | (
        measured.shingles.containment() >= thresholds.frameless_contained
    )
    return np.where(fewer >= thresholds.minimum_facts, is_agreed, is_framed)


def fewer_facts(facts: Overlaps) -> NDArray[np.int64]:
    """How many facts the text of each pair has that has fewer, shape (p,)."""
    return np.minimum(facts.left, facts.right)


def numbers_needed(measured: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.float64]:
    """How many numbers a copy must share, 0 where one text has too few to say, shape (p,)."""
    fewer = fewer_facts(measured.numbers)
    needed: NDArray[np.float64] = np.where(
        fewer >= thresholds.minimum_facts, thresholds.shared_numbers * fewer, 0.0
    )
    return needed


def facts_needed(measured: VerifiedPairs, thresholds: Thresholds) -> NDArray[np.float64]:
    """How many facts a copy must share, where both texts have enough of them, shape (p,).

    Where all facts are numbers, as in scripts without capitals, `numbers_needed` asks about them,
    and their proportion to the text is not asked as well: of three numbers one is soon left out.
    """
    fewer = fewer_facts(measured.facts)
    has_names = (measured.facts.left + measured.facts.right) > (
        measured.numbers.left + measured.numbers.right
    )
    is_asked = has_names & (measured.shingles.jaccard() < thresholds.density_jaccard)
    needed: NDArray[np.float64] = np.maximum(
        thresholds.shared_facts * (fewer + thresholds.doubtful_facts),
        thresholds.fact_density * measured.shingles.containment() * fewer * is_asked,
    )
    return needed


def excerpts(measured: VerifiedPairs, thresholds: Thresholds, least: int) -> NDArray[np.bool_]:
    """The pairs that share a passage of so many shingles with the facts it states, shape (p,)."""
    both, facts = measured.shingles, measured.facts
    left, right = both.containment_left(), both.containment_right()
    expected = np.minimum(facts.left * left, facts.right * right)
    return (
        (both.shared >= least)
        & (np.maximum(left, right) >= thresholds.excerpt_share)
        & (facts.shared >= thresholds.excerpt_fact_density * expected)
    )


def kinds_of_copy(
    measured: VerifiedPairs,
    hosts: NDArray[np.int64],
    outlets: NDArray[np.int64],
    thresholds: Thresholds,
) -> NDArray[np.int64]:
    """What kind of copy each pair is if it is one; arguments as in `verify_pairs`."""
    left, right = measured.pairs[:, 0], measured.pairs[:, 1]
    is_one_host, is_one_outlet = hosts[left] == hosts[right], outlets[left] == outlets[right]
    jaccard = measured.shingles.jaccard()
    is_same = jaccard >= thresholds.same_text
    return np.select(
        [is_one_outlet & ~is_one_host & is_same, jaccard == 1, is_one_outlet & ~is_same],
        [Relation.MIRROR, Relation.EXACT, Relation.REVISION],
        Relation.NEAR,
    )
