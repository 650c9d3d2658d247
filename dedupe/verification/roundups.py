"""Round-ups: texts put together from parts of several stories, copies of none of them.

A text is one when two or more others each cover a good part of it, their parts hardly overlap,
no part dominates, and either at least one of the others has more text that is not in it, or the
others state different facts. A story of which two others quote different halves is none: those have
little text beyond their quotation, and tell of the same people. Nor is a round-up itself part of
another text: of two texts that share a passage, the one that is put together took it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.union_find import component_labels
from dedupe.hashing import mix64
from dedupe.verification.similarity import Overlaps
from schemas.ragged import Ragged
from schemas.setting import Share

LISTED = 4
"""So many parts are of several stories, whatever else is known of them."""
TAKEN_PARTS = 0.35
"""What all parts together cover of a text that for the most part stands in a round-up; and of one
that may be a round-up, and so is no story to judge others by."""
FEWEST_FACTS = 3
"""Parts with fewer facts than this may be of one story though they share none."""


@dataclass(frozen=True, slots=True)
class RoundupRules:
    """When a text counts as a round-up: it holds parts of several stories and is a copy of none."""

    minimum_part: Share = 0.1
    """Share of the round-up's shingles that a part covers; less is a quotation."""
    largest_part: Share = 0.7
    """Share in one other text from which it is a copy of that one after all."""
    second_part: float = 0.45
    """What the second part covers, as a share of what the largest covers: no part dominates. Above
    .5 round-ups begin to merge the stories they hold (7.7 % more at .55), below it pairs are
    lost."""
    all_parts: float = 0.6
    """What all parts together cover. At .8 11.5 % more round-ups are merged, at .5 F1 falls by
    .2."""
    overlap: float = 0.15
    """Share of the smaller of two parts that both hold: below it they are different stories. At .05
    nothing changes, at .3 F1 falls by .11 points."""
    whole_part: float = 0.9
    """Share of a text in the round-up from which that text has nothing beyond its part: a story
    that two others quote would look like a round-up of its quotations. From .7 to 1 nothing
    changes."""
    other_facts: float = 0.34
    """Parts that share less than this share of the facts of the one that has fewer are different
    stories, even where nothing of theirs is left out. From .2 to .5 nothing changes."""
    same_story: float = 0.6
    """Jaccard similarity from which a pair stays a copy even if one is a round-up. At .5 7.7 % more
    round-ups are merged, at .7 3.9 % fewer."""
    examined: int = 8
    """Stories examined of each possible round-up, those that cover most; bounds the cost. With 3
    11.5 % more round-ups are merged, with 20 F1 falls by .12 points."""


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """A possible round-up and a text covering part of it; one row for each, of shape (r,)."""

    roundup: NDArray[np.int64]
    other: NDArray[np.int64]
    covered: NDArray[np.float64]
    back: NDArray[np.float64]
    """The share of the other text that the round-up holds."""
    is_related: NDArray[np.bool_]
    """Whether the two are copies or excerpts; else they share a shorter passage."""

    def take(self, rows: NDArray[np.int64]) -> "_Parts":
        names = _Parts.__slots__
        return _Parts(*(getattr(self, name)[rows] for name in names))

    def in_order(self, keys: NDArray[np.uint64]) -> "_Parts":
        """Each text's rows together, largest part first.

        Of parts that cover as much the one with the smaller key (one a row) comes first, so that
        the order of the texts does not show.
        """
        return self.take(np.lexsort((self.other, keys, -self.covered, self.roundup)))


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A round-up, as its parts say that hardly overlap."""

    parts: int
    covered: float
    key: int
    """A number that depends on its shingles alone."""
    text: int

    def rank(self) -> tuple[float, ...]:
        """Of two that share a passage the one that goes first is the round-up."""
        return (-self.parts, -round(self.covered, 9), self.key, self.text)


def roundup_members(
    shingles: Ragged,
    facts: Ragged,
    pairs: NDArray[np.int64],
    overlap_of: Overlaps,
    is_related: NDArray[np.bool_],
    is_passage: NDArray[np.bool_],
    rules: RoundupRules,
) -> NDArray[np.bool_]:
    """For each text whether it is a round-up, shape (n,).

    Args:
        shingles: of each text.
        facts: of each text.
        pairs: candidate pairs, shape (p, 2).
        overlap_of: the overlap of each pair.
        is_related: the pairs that share text and its facts, copies or excerpts.
        is_passage: the same where a shorter passage is enough: what a text may be put together
            from if another round-up holds most of it.
        rules: when a text counts as one.
    """
    is_alike = is_related & (overlap_of.jaccard() >= rules.same_story)
    stories = component_labels(pairs[is_alike], len(shingles))
    parts = _parts(pairs, overlap_of, is_related, is_passage, rules)
    parts = parts.in_order(_content_keys(shingles, parts.other))
    rows_of = _by_roundup(parts, stories)
    parts_of = {int(parts.roundup[rows[0]]): parts.take(rows) for rows in rows_of}
    is_roundup = np.zeros(len(shingles), np.bool_)
    undecided = list(parts_of.values())
    is_composite = np.zeros(len(shingles), np.bool_)
    for text, own in parts_of.items():
        is_composite[text] = _is_composite(shingles, facts, own, stories, rules)
    while undecided:
        ranked = [
            _compiled(shingles, facts, candidate, stories, is_roundup, is_composite, rules)
            for candidate in undecided
        ]
        before = is_roundup.copy()
        for candidate in sorted(
            (candidate for candidate in ranked if candidate), key=_Compiled.rank
        ):
            own_parts = parts_of.pop(candidate.text)
            again = _compiled(shingles, facts, own_parts, stories, is_roundup, is_composite, rules)
            is_roundup[candidate.text] = again is not None
        # parts that turned out to be round-ups are none, which may show what others are
        undecided = [
            candidate
            for candidate in parts_of.values()
            if (is_roundup & ~before)[candidate.other].any()
        ]
    return is_roundup


def _parts(
    pairs: NDArray[np.int64],
    overlap_of: Overlaps,
    is_related: NDArray[np.bool_],
    is_passage: NDArray[np.bool_],
    rules: RoundupRules,
) -> _Parts:
    rows_kept = np.flatnonzero(
        (is_related | is_passage) & (overlap_of.jaccard() < rules.same_story)
    )
    pairs, both = pairs[rows_kept], overlap_of.take(rows_kept)
    left, right = both.containment_left(), both.containment_right()
    parts = _Parts(
        np.concatenate([pairs[:, 0], pairs[:, 1]]),
        np.concatenate([pairs[:, 1], pairs[:, 0]]),
        np.concatenate([left, right]),
        np.concatenate([right, left]),
        np.tile(is_related[rows_kept], 2),
    )
    return parts.take(np.flatnonzero(parts.covered >= rules.minimum_part))


def _content_keys(shingles: Ragged, texts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number for each of the texts that depends on its shingles alone, not on its place."""
    chosen, place = np.unique(texts, return_inverse=True)
    own_parts = shingles.take(chosen)
    sums = np.concatenate(
        [np.zeros(1, np.uint64), np.cumsum(mix64(own_parts.values.astype(np.uint64)))]
    )
    keys: NDArray[np.uint64] = (sums[own_parts.offsets[1:]] - sums[own_parts.offsets[:-1]])[place]
    return keys


def _by_roundup(parts: _Parts, stories: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The rows of each text with parts of more than one story."""
    keys = np.unique(parts.roundup * len(stories) + stories[parts.other])
    counts = np.bincount(keys // max(1, len(stories)), minlength=len(stories))
    rows_kept = np.flatnonzero(counts[parts.roundup] > 1)
    return (
        np.split(rows_kept, np.flatnonzero(np.diff(parts.roundup[rows_kept])) + 1)
        if rows_kept.size
        else []
    )


def _compiled(
    shingles: Ragged,
    facts: Ragged,
    parts: _Parts,
    stories: NDArray[np.int64],
    is_roundup: NDArray[np.bool_],
    is_composite: NDArray[np.bool_],
    rules: RoundupRules,
) -> _Compiled | None:
    """The round-up that a text is by these parts, largest first; None where it is none.

    Known round-ups are no parts. A text of which most stands in one took it there, so that what its
    own parts cover need not be as much. Where texts that may be round-ups themselves stand in the
    way of the stories that they hold, these are looked at without them.
    """
    is_known = is_roundup[parts.other]
    is_taken = bool((parts.covered[is_known] > rules.largest_part).any())
    needed = TAKEN_PARTS if is_taken else rules.all_parts
    is_part = ~is_known & (parts.is_related | is_taken)
    for is_left in (is_part, is_part & ~is_composite[parts.other]):
        rows = _parts_apart(shingles, parts, stories, is_left, rules)
        own = parts.take(rows)
        if len(rows) and own.covered[0] > rules.largest_part:
            continue
        if _is_put_together(own, facts, needed, rules):
            key = int(_content_keys(shingles, own.roundup[:1])[0])
            return _Compiled(len(rows), float(own.covered.sum()), key, int(own.roundup[0]))
    return None


def _is_composite(
    shingles: Ragged,
    facts: Ragged,
    parts: _Parts,
    stories: NDArray[np.int64],
    rules: RoundupRules,
) -> bool:
    """Whether a text may be a round-up, whatever other texts hold most of it."""
    rows = _parts_apart(shingles, parts, stories, parts.covered <= rules.largest_part, rules)
    return _is_put_together(parts.take(rows), facts, TAKEN_PARTS, rules)


def _parts_apart(
    shingles: Ragged,
    parts: _Parts,
    stories: NDArray[np.int64],
    is_left: NDArray[np.bool_],
    rules: RoundupRules,
) -> NDArray[np.int64]:
    """Rows of parts of different stories that hardly overlap, from the largest on."""
    rows = np.flatnonzero(is_left)
    rows = rows[np.sort(np.unique(stories[parts.other[rows]], return_index=True)[1])]
    rows = rows[: rules.examined]
    if len(rows) < 2:
        return rows
    text = int(parts.roundup[0])
    return rows[_apart(shingles[text], shingles, parts.take(rows), rules)]


def _is_put_together(parts: _Parts, facts: Ragged, needed: float, rules: RoundupRules) -> bool:
    """Whether these parts, which hardly overlap, are of several stories and cover enough."""
    covered = parts.covered
    if len(covered) < 2 or covered.sum() < needed:
        return False
    has_more = bool((parts.back <= rules.whole_part).any())
    is_list = len(covered) >= LISTED
    if not has_more and not is_list and not _differ(facts, parts.other, rules):
        return False
    return bool(covered[1] >= rules.second_part * covered[0])


def _apart(
    whole: NDArray[np.uint32], shingles: Ragged, parts: _Parts, rules: RoundupRules
) -> list[int]:
    """Rows of parts that hardly overlap, taken from the largest on."""
    chosen: list[int] = []
    covers: list[NDArray[np.uint32]] = []
    for row, other in enumerate(parts.other.tolist()):
        cover = np.intersect1d(whole, shingles[other], assume_unique=True)
        if all(_is_apart(cover, candidate, rules) for candidate in covers):
            chosen.append(row)
            covers.append(cover)
    return chosen


def _is_apart(left: NDArray[np.uint32], right: NDArray[np.uint32], rules: RoundupRules) -> bool:
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared < rules.overlap * min(len(left), len(right))


def _differ(facts: Ragged, texts: NDArray[np.int64], rules: RoundupRules) -> bool:
    """Whether the two largest parts tell of different things; few facts say nothing."""
    candidate, other = facts[int(texts[0])], facts[int(texts[1])]
    fewer = min(len(candidate), len(other))
    shared = len(np.intersect1d(candidate, other, assume_unique=True))
    return fewer >= FEWEST_FACTS and shared < rules.other_facts * fewer
