"""Verified components become rows: pairs, clusters, timelines, edges, and each article's role."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dedupe.verification.novelty import UNKNOWN
from dedupe.verification.relations import Relation, Thresholds
from dedupe.verification.similarity import Overlaps
from pipelines.exchange.article_keys import key_ids
from pipelines.output.table_files import table_of
from pipelines.stages.match.final_relations import final_relations
from pipelines.stages.outlets.host_sources import HostSources, day_of
from pipelines.storage.arrow import column, table_from
from schemas.exchange import ASSIGNMENTS, EDGES
from schemas.measures import NEW
from schemas.member import WEAK, Member
from schemas.tables import DUPLICATE_PAIRS
from sources.disagreements.disagreements import DisagreementRow, disagreements
from sources.disagreements.disputed_articles import compared
from sources.metadata.person_names import folded
from sources.outlets.outlets import Source, domain_of
from sources.stories.article_roles import Assignment, assignments
from sources.stories.cluster_rows import ClusterRow, cluster_row
from sources.stories.copy_edges import Carried, carried, excerpted
from sources.stories.sightings import TimeRules
from sources.stories.timeline import TimelineRow, cluster_name, timeline
from sources.stories.versions import named_by, versions

ReadTexts = Callable[[Sequence[Member]], Mapping[str, str]]
_TOLD = tuple(
    name
    for name in Member.__slots__
    if name
    not in (
        "article_id",
        "source_id",
        "mirror_group_id",
        "agency",
        "is_at_home",
        "registered_name",
        "candidate_sources",
        "answering",
    )
)
NAMES = {relation.value: relation.name.lower() for relation in Relation}


@dataclass(frozen=True, slots=True)
class Described:
    """Tables of some components."""

    duplicate_pairs: pa.Table
    clusters: pa.Table
    cluster_timeline: pa.Table
    cluster_disagreements: pa.Table
    cluster_changes: pa.Table
    """Of a run with a window (pipelines.stages.tables.window)."""
    assignments: pa.Table
    edges: pa.Table


def describe(
    members: pa.Table,
    records: Sequence[Member],
    pairs: pa.Table,
    rules: TimeRules,
    thresholds: Thresholds,
    texts: ReadTexts,
) -> Described:
    """The rows that these members (CLUSTERED), as records too, and their pairs (VERIFIED) make.

    All pairs are copies or excerpts (related, pipelines.stages.tables.window.reached).
    `texts` reads those of some members by article id; each is asked for once.
    """
    published = _pairs(members, pairs, records, thresholds)
    shares = _containments(published)
    clusters: list[ClusterRow] = []
    rows: list[TimelineRow] = []
    edges: list[Carried] = []
    assigned: list[Assignment] = []
    differing: list[DisagreementRow] = []
    novel = _novel(members, records)
    grouped = list(_by_cluster(members, records))
    chosen = [versions(group, name, shares.get(name, {})) for group, name in grouped]
    text_of = texts([member for few in chosen for member in few])
    for (group, representative), few in zip(grouped, chosen, strict=True):
        cluster_id = cluster_name(group)
        read = [(member, text_of[member.article_id]) for member in few]
        own = timeline(cluster_id, group, shares, rules, named_by(group, read))
        clusters.append(cluster_row(cluster_id, group, own, representative))
        differences = disagreements(cluster_id, group, read, shares)
        differing.extend(differences)
        rows.extend(own)
        edges.extend(carried(own))
        known = {member.article_id: member for member in group}
        disputed = compared(read, differences, known)
        assigned.extend(assignments(own, known, disputed, novel, rules.min_gap_s))
    assigned.extend(_in_no_cluster(novel, assigned))
    edges.extend(_excerpt_edges(published, records, rows, rules))
    return Described(
        without_repeats(published, rows),
        table_of("clusters", clusters),
        table_of("cluster_timeline", rows),
        table_of("cluster_disagreements", differing),
        table_of("cluster_changes", []),
        table_from(assigned, ASSIGNMENTS),
        table_from(edges, EDGES),
    )


def related(members: pa.Table, pairs: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The pairs that are copies or excerpts, and the members that stand in one or in a cluster."""
    pairs = pairs.filter(pc.greater(pairs.column("relation"), Relation.NONE.value))
    articles, labels = column(members, "article"), column(members, "cluster")
    ends = np.concatenate([column(pairs, "left"), column(pairs, "right")])
    is_kept = np.isin(articles, ends) | np.isin(labels, labels[labels != articles])
    return members.filter(pa.array(is_kept)), pairs


def without_repeats(pairs: pa.Table, rows: Sequence[TimelineRow]) -> pa.Table:
    """The pairs less what a mirror's excerpts repeat: its main host's article has them too."""
    mirrors = pa.array([row.article_id for row in rows if row.role == "mirror"], pa.string())
    ends = [pc.is_in(pairs.column(name), mirrors) for name in ("left_id", "right_id")]
    is_excerpt = pc.is_in(pairs.column("relation"), pa.array(["excerpt", "quotation"]))
    return pairs.filter(pc.invert(pc.and_(is_excerpt, pc.or_(*ends))))


def member_records(members: pa.Table, sources: HostSources) -> list[Member]:
    """The members as records with their sources, in the same order."""
    columns = [members.column(name).to_pylist() for name in _TOLD]
    ids = key_ids(column(members, "article"))
    source_of, domain = lru_cache(None)(sources.of), lru_cache(None)(domain_of)
    answering = sources.answering()
    return [
        _with_rivals(
            _member(
                _believed(dict(zip(_TOLD, row, strict=True)), sources),
                *(article_id, source_of, domain),
            ),
            answering,
        )
        for article_id, *row in zip(ids, *columns, strict=True)
    ]


def _believed(row: dict[str, Any], sources: HostSources) -> dict[str, Any]:
    """The row, its claim weak where it stands years before nearly all else of its host."""
    claimed_at = row["claimed_at"]
    if claimed_at is None or not sources.is_odd_claim(row["host"], claimed_at.date()):
        return row
    return row | {"claim_kind": WEAK, "is_weakly_dated": True}


def _member(
    row: dict[str, Any],
    article_id: str,
    source_of: Callable[..., Source | None],
    domain: Callable[[str], str],
) -> Member:
    host = row["host"]
    source = source_of(host, row["outlet"], day_of(row["claimed_at"], row["fetched_at"]))
    for name in ("wire_credits", "outlet_credits"):
        row[name] = tuple(row[name])
    # an article of no known outlet is a source of its own: nothing ties it to another
    source_id = source.source_id if source else f"unknown:{article_id}"
    group = source.mirror_group_id if source else None
    row["agency"] = source.agency if source else None
    row["registered_name"] = source.name if source else None
    row["candidate_sources"] = frozenset(source.candidates if source else ())
    row["is_at_home"] = not (source and source.home and domain(str(host)) != source.home)
    return Member(article_id=article_id, source_id=source_id, mirror_group_id=group, **row)


def _with_rivals(member: Member, answering: Mapping[str, frozenset[str]]) -> Member:
    """The member with the sources of the run that answer to names which it credits or bears."""
    names = {folded(name) for name in member.outlet_credits}
    own = folded(member.outlet) if member.outlet else ""
    if answering.get(own, frozenset()) - {member.source_id}:
        names.add(own)
    rivals = tuple((name, answering[name]) for name in sorted(names) if name in answering)
    return replace(member, answering=rivals) if rivals else member


def _pairs(
    members: pa.Table, pairs: pa.Table, records: Sequence[Member], thresholds: Thresholds
) -> pa.Table:
    """The rows of duplicate_pairs: what is neither copy nor excerpt was verified in vain."""
    relations = final_relations(members, pairs, records, thresholds)
    is_related = relations != Relation.NONE
    pairs = pairs.filter(pa.array(is_related))
    shared, left, right = (column(pairs, name) for name in ("shared", "size_left", "size_right"))
    both = Overlaps(shared, left, right)
    columns = {
        "left_id": key_ids(column(pairs, "left")),
        "right_id": key_ids(column(pairs, "right")),
        "relation": [NAMES[relation] for relation in relations[is_related].tolist()],
        "jaccard": both.jaccard(),
        "containment_left": both.containment_left(),
        "containment_right": both.containment_right(),
        "shared_shingles": shared,
        "is_cut": pairs.column("is_cut"),
    }
    return pa.table(
        [columns[field.name] for field in DUPLICATE_PAIRS], names=DUPLICATE_PAIRS.names
    ).cast(DUPLICATE_PAIRS)


def _containments(pairs: pa.Table) -> dict[str, dict[str, float]]:
    names = ("left_id", "right_id", "containment_left", "containment_right")
    by_article: dict[str, dict[str, float]] = defaultdict(dict)
    for left, right, a, b in zip(*(pairs.column(name).to_pylist() for name in names), strict=True):
        by_article[left][right] = a
        by_article[right][left] = b
    return by_article


def _by_cluster(members: pa.Table, records: Sequence[Member]) -> Iterable[tuple[list[Member], str]]:
    """The members of each cluster of two or more, with the id of its representative."""
    labels: NDArray[np.uint64] = column(members, "cluster")
    representatives = key_ids(column(members, "representative"))
    grouped: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(labels.tolist()):
        grouped[label].append(place)
    for places in grouped.values():
        if len(places) > 1:
            yield [records[place] for place in places], representatives[places[0]]


def _novel(members: pa.Table, records: Sequence[Member]) -> dict[str, int | None]:
    """The new part of each article, in millionths; None where nobody knows."""
    ppms = column(members, "novel_ppm").tolist()
    ids = (record.article_id for record in records)
    return {
        article_id: None if ppm == UNKNOWN else ppm
        for article_id, ppm in zip(ids, ppms, strict=True)
    }


def _in_no_cluster(
    novel: Mapping[str, int | None], assigned: Iterable[Assignment]
) -> list[Assignment]:
    """What is known of articles of which only passages stand elsewhere."""
    done = {assignment.article_id for assignment in assigned}
    return [
        Assignment(article_id, novel_ppm=ppm)
        for article_id, ppm in novel.items()
        if article_id not in done and ppm != NEW
    ]


def _excerpt_edges(
    pairs: pa.Table, records: Sequence[Member], rows: Sequence[TimelineRow], rules: TimeRules
) -> list[Carried]:
    """Passages shared by two texts, each alone or the first of its cluster: once for each story."""
    later = {row.article_id for row in rows if row.role != "earliest_observed"}
    known = {record.article_id: record for record in records}
    shared = pairs.filter(pc.equal(pairs.column("relation"), "excerpt"))  # one pair in many
    ends = zip(*(shared.column(name).to_pylist() for name in ("left_id", "right_id")), strict=True)
    edges = [
        excerpted(known[left], known[right], rules)
        for left, right in ends
        if left not in later and right not in later
    ]
    return [edge for edge in edges if edge is not None]
