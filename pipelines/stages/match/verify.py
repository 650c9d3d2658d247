"""Whole candidate components: pairs compared exactly, relations and clusters made of them."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dedupe.candidates.bucket_pairs import counted_pairs, linked_pairs
from dedupe.candidates.union_find import component_labels, components
from dedupe.hashing import mix64
from dedupe.text.features import TextFeatures
from dedupe.verification.clusters import clusters
from dedupe.verification.novelty import novel_ppm
from dedupe.verification.relations import (
    Relation,
    VerifiedPairs,
    concatenated,
    measure_pairs,
    relate_pairs,
)
from dedupe.verification.similarity import overlaps
from pipelines.config.rules import MatchRules
from pipelines.exchange.article_keys import outlet_keys
from pipelines.storage.arrow import column, ragged_column
from schemas.exchange import VERIFIED
from schemas.member import CLUSTERED, COMPARED, REPEATED
from schemas.ragged import Ragged, concatenate, places_in, starts_of_runs

WHOLE_STORY, LONG_STORY = 0.7, 40
"""An outlet carries another's story in what it repeats from this share of its shingles on, of so
many at least."""


def distinct_members(members: pa.Table) -> pa.Table:
    """One row an article, ascending; of an article fetched twice the first fetch."""
    order = ("article", "day", "fetched_at")
    ordered = members.sort_by([(name, "ascending") for name in order])
    articles = column(ordered, "article")
    return ordered.filter(pa.array(starts_of_runs(articles)))


def verify(
    members: pa.Table, candidates: NDArray[np.uint64], rules: MatchRules
) -> tuple[pa.Table, pa.Table]:
    """The members with their clusters (CLUSTERED) and their pairs with relations (VERIFIED).

    Args:
        members: all members of some components, distinct and ascending.
        candidates: candidate pairs of articles, shape (p, 2).
        rules: what counts as a copy.
    """
    texts = _Texts.of(members)
    places = places_in(texts.articles, all_pairs(members, candidates, rules.bucket))
    texts = texts.with_stories_repeated(members, places)
    measured = measure_pairs(texts.reading, places)
    former = former_clusters(members, texts, candidates, measured, rules)
    measured = texts.relate_pairs(measured, rules)
    made = clusters(texts.reading.shingles, measured, rules.guard)
    columns = [
        *members.select([name for name in CLUSTERED.names if name in members.column_names]).columns,
        pa.array(texts.articles[made.labels]),
        pa.array(texts.articles[made.representatives]),
        pa.array(_novel(members, texts.reading.shingles, measured, rules.times.min_gap_s)),
        former,
    ]
    return pa.table(columns, schema=CLUSTERED), _pairs_table(texts.articles, measured, made.cuts)


@dataclass(frozen=True, slots=True, eq=False)
class _Texts:
    """What pairs of some members are compared by."""

    articles: NDArray[np.uint64]
    reading: TextFeatures
    hosts: NDArray[np.int64]
    outlets: NDArray[np.int64]
    is_bare: NDArray[np.bool_]

    @staticmethod
    def of(members: pa.Table) -> "_Texts":
        lists = {name: ragged_column(members, name) for name in COMPARED}
        reading = TextFeatures(
            text_hashes=column(members, "text_key"),
            word_counts=lists["shingles"].lengths(),
            **lists,
        )
        numbers = (host_numbers(members), outlet_keys(members))
        return _Texts(column(members, "article"), reading, *numbers, column(members, "is_bare"))

    def with_stories_repeated(self, members: pa.Table, pairs: NDArray[np.int64]) -> "_Texts":
        """The texts, those whose outlet repeats another outlet's story with what they carry of it.

        Were an outlet's repetitions taken out in silence, whoever steals a story could hide it by
        printing it ten times.
        """
        carried, facts = (ragged_column(members, name) for name in REPEATED)
        if not carried.values.size:
            return self
        ends = np.concatenate([pairs, pairs[:, ::-1]])
        ends = ends[(carried.lengths()[ends[:, 0]] > 0)]
        ends = ends[self.outlets[ends[:, 0]] != self.outlets[ends[:, 1]]]
        lists = concatenate([carried, self.reading.shingles])
        stories = ends + np.array([0, len(carried)])
        shared = overlaps(lists, stories)
        is_whole = (shared.containment_right() >= WHOLE_STORY) & (shared.right >= LONG_STORY)
        is_carrier = np.zeros(len(carried), np.bool_)
        is_carrier[ends[is_whole, 0]] = True
        taken = [lists.keep(np.repeat(is_carrier, lists.lengths())) for lists in (carried, facts)]
        return replace(self, reading=self.reading.with_more(*taken))

    def take(self, rows: NDArray[np.int64]) -> "_Texts":
        facts_of_texts = (self.hosts[rows], self.outlets[rows], self.is_bare[rows])
        return _Texts(self.articles[rows], self.reading.take(rows), *facts_of_texts)

    def relate_pairs(self, measured: VerifiedPairs, rules: MatchRules) -> VerifiedPairs:
        facts_of_texts = (self.reading, self.hosts, self.outlets, self.is_bare)
        return relate_pairs(measured, *facts_of_texts, rules.thresholds, rules.roundups)


def former_clusters(
    members: pa.Table,
    texts: _Texts,
    candidates: NDArray[np.uint64],
    measured: VerifiedPairs,
    rules: MatchRules,
) -> pa.Array:
    """The cluster of each member of the history as it would be without the run's window.

    The smallest article of it; null for members of the window, and where the window reaches none.
    """
    nothing = pa.nulls(members.num_rows, pa.uint64())
    if rules.since is None:
        return nothing
    is_new = np.asarray(pc.greater_equal(members.column("day"), rules.since))
    labels = component_labels(measured.pairs, members.num_rows)
    rows = np.flatnonzero(~is_new & np.isin(labels, labels[is_new]))
    if not rows.size:
        return nothing
    old, is_old = texts.take(rows), np.zeros(members.num_rows, np.bool_)
    is_old[rows] = True
    known = candidates[np.isin(candidates, old.articles).all(axis=1)]
    places = places_in(old.articles, all_pairs(members.take(rows), known, rules.bucket))
    before = old.relate_pairs(_measured_again(texts, measured, rows, places), rules)
    labels = clusters(old.reading.shingles, before, rules.guard).labels
    return pc.replace_with_mask(nothing, pa.array(is_old), pa.array(old.articles[labels]))


def _measured_again(
    texts: _Texts, measured: VerifiedPairs, rows: NDArray[np.int64], pairs: NDArray[np.int64]
) -> VerifiedPairs:
    """Pairs among some rows of the texts, with the overlaps of those that were measured already."""
    wanted, known = _rows(rows[pairs]), _rows(measured.pairs)
    order = np.argsort(known)
    places = order[places_in(known[order], wanted)]
    is_known = known[places] == wanted
    new = measure_pairs(texts.reading, rows[pairs[~is_known]])
    parts = measured.take(places[is_known]), new
    both = concatenated(parts)
    at = np.argsort(np.concatenate([np.flatnonzero(is_known), np.flatnonzero(~is_known)]))
    return replace(both.take(at), pairs=pairs)


def member_components(members: pa.Table, candidates: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The smallest article of the component of each member; its own where it is in none."""
    articles, measured = column(members, "article"), components(candidates)
    labels = articles.copy()
    labels[places_in(articles, measured.articles)] = measured.labels
    return labels


def all_pairs(members: pa.Table, candidates: NDArray[np.uint64], cap: int) -> NDArray[np.uint64]:
    """The candidates and, within each component, pairs under one path: versions and mirrors."""
    paths = column(members, "path_key")
    has_path = paths > 0
    # with its component, so that it does not matter which components are verified together
    paths = mix64(paths ^ mix64(member_components(members, candidates)))
    same_path, _ = linked_pairs(paths[has_path], column(members, "article")[has_path], cap)
    pairs, _ = counted_pairs(np.concatenate([candidates, same_path]))
    distinct: NDArray[np.uint64] = pairs[pairs[:, 0] != pairs[:, 1]]
    return distinct


def host_numbers(members: pa.Table) -> NDArray[np.int64]:
    """A number for each member's host; articles without host have numbers of their own."""
    encoded = members.column("host").combine_chunks().dictionary_encode()
    numbers = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where(numbers < 0, -1 - np.arange(len(numbers)), numbers)


def _novel(
    members: pa.Table, shingles: Ragged, measured: VerifiedPairs, min_gap_s: int
) -> NDArray[np.int64]:
    """See dedupe.verification.novelty; times are claims, where these are weak the first fetch."""
    claimed = pc.if_else(members.column("is_weakly_dated"), None, members.column("claimed_at"))
    at = pc.coalesce(claimed, members.column("fetched_at")).cast(pa.int64())
    # plausible times are after 1990, and so above 0
    times: NDArray[np.int64] = pc.fill_null(at, -1).to_numpy()
    pairs = measured.pairs[measured.relations >= Relation.EXCERPT].reshape(-1, 2)
    return novel_ppm(shingles, pairs, times, min_gap_s * 1_000_000)


def _pairs_table(
    articles: NDArray[np.uint64], measured: VerifiedPairs, cuts: NDArray[np.int64]
) -> pa.Table:
    pairs = articles[measured.pairs.reshape(-1, 2)]
    is_cut = np.isin(_rows(measured.pairs.reshape(-1, 2)), _rows(cuts))
    both = measured.shingles
    columns = [pairs[:, 0], pairs[:, 1], measured.relations, both.shared, both.left, both.right]
    return pa.table([pa.array(values) for values in (*columns, is_cut)], schema=VERIFIED)


def _rows(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number for each pair of places."""
    return (pairs[:, 0] << 32) | pairs[:, 1]
