"""Components of the history that were verified before: what came of them is read, not made again.

A component is the same if its articles are, with all that matching hangs on: its signature says so.
Only components without an article of the window are looked up; no table holds a row of theirs, and
what they add to mirrors and look-alikes is all that is kept of them.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dedupe.hashing import mix64
from pipelines.stages.outlets.evidence import evidence_table
from pipelines.stages.outlets.shared_paths import shared_paths
from pipelines.storage.arrow import column
from schemas.exchange import COMPONENTS
from schemas.history import SETTLED, SETTLED_EVIDENCE, SIGNATURES
from schemas.ragged import places_in, starts_of_runs
from sources.stories.sightings import TimeRules

_OTHER = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Components and what came of them."""

    signatures: pa.Table
    clustered: pa.Table
    """Schema SETTLED."""
    evidence: pa.Table
    """Schema SETTLED_EVIDENCE."""

    def of(self, labels: NDArray[np.uint64]) -> "Settled":
        """Of these components only."""
        wanted = pa.array(labels)
        return Settled(
            *(
                table.filter(pc.is_in(table.column("label"), wanted))
                for table in (self.signatures, self.clustered, self.evidence)
            )
        )

    def tables(self) -> list[pa.Table]:
        """All tables, as a file keeps them: by component, else in their order."""
        tables = []
        for table in (self.signatures, self.clustered, self.evidence):
            order = np.argsort(column(table, "label"), kind="stable")
            tables.append(table.take(order).combine_chunks())
        return tables


NOTHING = Settled(*(schema.empty_table() for schema in (SIGNATURES, SETTLED, SETTLED_EVIDENCE)))


def joined_settled(parts: list[Settled]) -> Settled:
    """All components of all parts."""
    names = ("signatures", "clustered", "evidence")
    return Settled(
        *(pa.concat_tables(getattr(part, name) for part in [NOTHING, *parts]) for name in names)
    )


def signatures(labelled: pa.Table, contents: pa.Table) -> tuple[pa.Table, NDArray[np.bool_]]:
    """The signature of every component, by label, and whether the window reaches it.

    Args:
        labelled: schema COMPONENTS, of all articles that have a candidate.
        contents: schema CONTENTS, of all articles; one that was fetched often has many rows.
    """
    known, own = column(labelled, "article"), column(labelled, "label")
    if not known.size:
        return SIGNATURES.empty_table(), np.empty(0, np.bool_)
    articles = column(contents, "article")
    places = places_in(known, articles)
    rows = np.flatnonzero(known[places] == articles)
    labels = own[places[rows]]
    rows = rows[np.argsort(labels, kind="stable")]
    labels.sort(kind="stable")
    starts = np.flatnonzero(starts_of_runs(labels))
    hashes = mix64(articles[rows] ^ mix64(column(contents, "content")[rows]))
    sizes = np.diff(np.append(starts, len(rows))).astype(np.uint64)
    sums = (np.add.reduceat(mixed, starts) + sizes for mixed in (hashes, mix64(hashes ^ _OTHER)))
    is_reached = np.logical_or.reduceat(column(contents, "is_new")[rows], starts)
    columns = [pa.array(values) for values in (labels[starts], *map(mix64, sums))]
    return pa.table(columns, schema=SIGNATURES), is_reached


def known_labels(
    seen: pa.Table, is_reached: NDArray[np.bool_], known: Settled
) -> NDArray[np.uint64]:
    """The components that the window does not reach and that are the same as known ones.

    Args:
        seen: the components of this run (schema SIGNATURES).
        is_reached: of each whether an article of the window is in it.
        known: components that an earlier run verified.
    """
    labels = column(seen, "label")
    order = np.argsort(column(known.signatures, "label"))
    names = column(known.signatures, "label")[order]
    if not names.size:
        return labels[:0]
    places = order[places_in(names, labels)]
    is_same = ~is_reached
    for name in SIGNATURES.names:
        is_same &= column(known.signatures, name)[places] == column(seen, name)
    return labels[is_same]


def without(labelled: pa.Table, labels: NDArray[np.uint64]) -> pa.Table:
    """The articles (COMPONENTS) of all other components.

    Args:
        labelled: articles with the `label` of their component.
        labels: of the components that are left out.
    """
    is_known = pc.is_in(labelled.column("label"), pa.array(labels))
    return labelled.filter(pc.invert(is_known)).cast(COMPONENTS)


def settled_of(
    clustered: pa.Table, pairs: pa.Table, labels: NDArray[np.uint64], rules: TimeRules
) -> Settled:
    """What came of verified components, without their signatures.

    Args:
        clustered: all members of the components, schema CLUSTERED.
        pairs: schema VERIFIED.
        labels: the component of each member.
        rules: when times say who was first.
    """
    clusters = column(clustered, "cluster")
    _, place, counts = np.unique(clusters, return_inverse=True, return_counts=True)
    rows = pa.table(
        [pa.array(labels), *(clustered.column(name) for name in SETTLED.names[1:])],
        schema=SETTLED,
    ).filter(pa.array(counts[place] > 1))
    paths = shared_paths(clustered, pairs, labels, rules)
    names = pa.array([label for label, evidence in paths.items() for _ in evidence], pa.uint64())
    facts = evidence_table([fact for evidence in paths.values() for fact in evidence])
    evidence = pa.table([names, *facts.columns], schema=SETTLED_EVIDENCE)
    return Settled(SIGNATURES.empty_table(), rows, evidence)
