"""A run with a window publishes what its window brought; the history was published before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.output.table_files import table_of
from pipelines.stages.tables.clusters import Described
from pipelines.storage.arrow import column
from schemas.member import Member
from schemas.ragged import places_in
from sources.stories.cluster_rows import cluster_changes
from sources.stories.timeline import cluster_name


def reached(members: pa.Table, pairs: pa.Table, since: date) -> tuple[pa.Table, pa.Table]:
    """The members of clusters that the window reaches, and the pairs among them.

    Reached is a cluster with an article of the window, or one that shares text with such an
    article. Pairs that were verified in vain are left out.
    """
    pairs = pairs.filter(pc.greater(pairs.column("relation"), 0))
    articles, labels = column(members, "article"), column(members, "cluster")
    is_new = np.asarray(pc.greater_equal(members.column("day"), since))
    ends = places_in(articles, np.stack([column(pairs, name) for name in ("left", "right")]))
    ends = ends[:, is_new[ends].any(axis=0)]
    wanted = np.unique(np.concatenate([labels[is_new], labels[ends.ravel()]]))
    is_reached = np.isin(labels, wanted)
    inside = is_reached[places_in(articles, column(pairs, "left"))]
    inside &= is_reached[places_in(articles, column(pairs, "right"))]
    return members.filter(pa.array(is_reached)), pairs.filter(pa.array(inside))


def of_window(
    described: Described, members: pa.Table, records: Sequence[Member], since: date
) -> Described:
    """What is published of them: rows with an article of the window, and what became of clusters.

    Args:
        described: what reached members make.
        members: these members (CLUSTERED), and
        records: as records, in the same order.
        since: first day of the window.
    """
    new = pa.array(
        [record.article_id for record in records if record.day and record.day >= since], pa.string()
    )
    timeline = described.cluster_timeline
    ids = timeline.filter(pc.is_in(timeline.column("article_id"), new)).column("cluster_id")
    clusters = ids.combine_chunks().unique()
    ends = [
        pc.is_in(described.duplicate_pairs.column(name), new) for name in ("left_id", "right_id")
    ]
    carried = pc.list_element(pc.split_pattern(described.edges.column("example"), " "), 1)
    return replace(
        described,
        duplicate_pairs=described.duplicate_pairs.filter(pc.or_(*ends)),
        clusters=_in(described.clusters, "cluster_id", clusters),
        cluster_timeline=_in(timeline, "cluster_id", clusters),
        cluster_disagreements=_in(described.cluster_disagreements, "cluster_id", clusters),
        assignments=_in(described.assignments, "article_id", new),
        edges=described.edges.filter(pc.is_in(carried, new)),
        cluster_changes=_changes(timeline, members, records),
    )


def _in(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return rows.filter(pc.is_in(rows.column(name), values))


def _changes(timeline: pa.Table, members: pa.Table, records: Sequence[Member]) -> pa.Table:
    """The rows of cluster_changes."""
    former: dict[int, list[Member]] = defaultdict(list)
    for label, record in zip(members.column("former").to_pylist(), records, strict=True):
        if label is not None:
            former[label].append(record)
    named = {
        cluster_name(records_of): [record.article_id for record in records_of]
        for records_of in former.values()
        if len(records_of) > 1
    }
    columns = (timeline.column(name).to_pylist() for name in ("article_id", "cluster_id"))
    now = dict(zip(*columns, strict=True))
    return table_of("cluster_changes", cluster_changes(named, now))
