"""Keys become candidate pairs, candidate pairs components, components verified pairs.

Shingles cross one exchange, once, and only those of articles that have a candidate at all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from apache_beam.pvalue import AsList, AsSingleton, PCollection, TaggedOutput
from numpy.typing import NDArray

from dedupe.candidates.keys import CandidateRules
from dedupe.candidates.lsh import candidate_pairs
from dedupe.candidates.shingle_samples import candidates_of_counts, counted_candidates
from dedupe.candidates.union_find import IncrementalUnionFind, compacted
from dedupe.verification.relations import Relation
from pipelines.config.rules import MatchRules
from pipelines.engine.stage import Stage
from pipelines.exchange.partitions import mixed_parts, pair_parts
from pipelines.exchange.progress import tell_part
from pipelines.exchange.staged_parts import (
    CLUSTERED_ROWS,
    VERIFIED_ROWS,
    read_part,
    read_parts,
    staged_parts,
    staged_whole,
)
from pipelines.exchange.work_folder import Work
from pipelines.stages.boilerplate.transforms import RecurringParts
from pipelines.stages.match.clean_transform import Cleaned
from pipelines.stages.match.known_components import settled_of
from pipelines.stages.match.member_texts import MATCHED, staged_by_part
from pipelines.stages.match.verify import distinct_members, member_components, verify
from pipelines.storage import staged_tables
from pipelines.storage.arrow import column, from_bytes, to_bytes
from schemas.exchange import COMPONENTS, COUNTED_PAIRS, EVIDENCE, KEYS, PAIRS
from schemas.member import MEMBERS
from schemas.ragged import places_in

Part = tuple[int, bytes]
PAIRS_STAGED, _COUNTS, _SENT = "pairs", "counts", "component-pairs"
SPANNING = "spanning"
"""Name of what is staged beside pairs: as few edges as join the same articles."""


class Candidates(NamedTuple):
    """Candidate pairs, and the splits that hold their articles."""

    pairs: PCollection
    """Where batches of pairs are staged, their spanning edges beside them (bytes)."""
    keys: PCollection
    """Of the splits (str)."""


class ComponentParts(NamedTuple):
    """Where members and candidate pairs are staged, by part of their component (int, bytes)."""

    members: PCollection
    pairs: PCollection


class Verified(NamedTuple):
    """What verification made of components."""

    clusters: PCollection
    """A part, and where its members and pairs are staged (CLUSTERED_ROWS, VERIFIED_ROWS)."""
    evidence: PCollection
    """What pairs tell of hosts (bytes, EVIDENCE)."""
    settled: PCollection
    """The same for later runs; nothing without a window (bytes CLUSTERED, bytes EVIDENCE)."""


@dataclass
class PairTexts(Stage):
    """Articles that share a band, or enough sampled shingles, become candidate pairs."""

    rules: CandidateRules
    work: Work
    parts: PCollection
    """Of an exchange of so many texts (one int)."""

    def expand(self, cleaned: Cleaned) -> Candidates:
        """Pairs all articles."""
        by_bands = (
            cleaned.bands
            | "Group bands" >> beam.GroupByKey()
            | "Pair by bands" >> beam.ParDo(PairByBands(self.rules, self.work))
        )
        by_counts = (
            cleaned.samples
            | "Group samples" >> beam.GroupByKey()
            | "Count shared samples"
            >> beam.ParDo(CountShared(self.rules, self.work), AsSingleton(self.parts))
            | "Group counts" >> beam.GroupByKey()
            | "Pair by counts" >> beam.ParDo(PairByCounts(self.rules, self.work))
        )
        pairs = (by_bands, by_counts) | "Candidate pairs" >> beam.Flatten()
        return Candidates(pairs, cleaned.keys)


@dataclass
class ConnectTexts(Stage):
    """Pairs become the components that they join, in one element (bytes, COMPONENTS)."""

    work: Work
    name: str
    """Of what is staged at the places of the pairs."""

    def expand(self, places: PCollection) -> PCollection:
        """Connects all pairs, in one worker."""
        return (
            places.pipeline
            | "Once" >> beam.Create([None])
            | "Connect pairs" >> beam.ParDo(ConnectPairs(self.work, self.name), AsList(places))
        )


@dataclass
class SendTexts(Stage):
    """Members and candidate pairs go to the part of their component."""

    work: Work
    send: beam.DoFn
    """SendMembers, or what takes its place where splits of the history are among the keys."""
    labels: PCollection
    """The component of each article that is to be verified (bytes, COMPONENTS)."""
    boilerplate: RecurringParts
    parts: PCollection
    """Of an exchange of so many texts (one int)."""

    def expand(self, candidates: Candidates) -> ComponentParts:
        """Sends all of them."""
        sides = AsSingleton(self.labels), AsSingleton(self.parts)
        members = candidates.keys | "Send members" >> beam.ParDo(
            self.send, *sides, *map(AsList, self.boilerplate)
        )
        pairs = candidates.pairs | "Send pairs" >> beam.ParDo(SendPairs(self.work), *sides)
        return ComponentParts(members, pairs)


@dataclass
class VerifyTexts(Stage):
    """Components become relations and clusters."""

    rules: MatchRules
    work: Work
    parts: PCollection
    """Of an exchange of so many texts (one int)."""

    def expand(self, components: ComponentParts) -> Verified:
        """Verifies all of them."""
        verified = (
            components._asdict()
            | "Group components" >> beam.CoGroupByKey()
            | "Verify pairs"
            >> beam.ParDo(VerifyPairs(self.rules, self.work), AsSingleton(self.parts)).with_outputs(
                "evidence", "settled", main="main"
            )
        )
        return Verified(verified.main, verified.evidence, verified.settled)


@dataclass
class PairByBands(beam.DoFn):
    """Candidate pairs of the articles that share a band."""

    settings: CandidateRules
    work: Work

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """One part of the key space, as one batch of pairs."""
        rows = read_parts(self.work, "bands", part[1], KEYS)
        pairs = candidate_pairs(column(rows, "key"), column(rows, "article"), self.settings.bucket)
        yield _staged_pairs(self.work, f"bands-{part[0]}", pairs)


@dataclass
class CountShared(beam.DoFn):
    """Pairs of articles that share sampled shingles, with how many, by part of the pair."""

    settings: CandidateRules
    work: Work

    def process(self, part: tuple[int, Iterable[bytes]], into: int) -> Iterator[Part]:
        """One part of the samples' values."""
        rows = read_parts(self.work, "samples", part[1], KEYS)
        values = column(rows, "key").astype(np.uint32)
        pairs, counts = counted_candidates(values, column(rows, "article"), self.settings.bucket)
        table = pairs_table(pairs).append_column("count", pa.array(counts))
        parts = pair_parts(pairs, into)
        yield from staged_parts(self.work, _COUNTS, str(part[0]), table, parts)


@dataclass
class PairByCounts(beam.DoFn):
    """Candidate pairs of the articles that share enough sampled shingles."""

    settings: CandidateRules
    work: Work

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[bytes]:
        """One part of the pairs."""
        rows = read_parts(self.work, _COUNTS, part[1], COUNTED_PAIRS)
        counts = column(rows, "count")
        pairs = candidates_of_counts(pairs_of(rows), counts, self.settings.min_shared_samples)
        yield _staged_pairs(self.work, f"counts-{part[0]}", pairs)


def _staged_pairs(work: Work, key: str, pairs: NDArray[np.uint64]) -> bytes:
    """Where the pairs are staged, and their spanning edges beside them.

    A pair stands in many parts, once for each band that it shares: a million texts had 62 million,
    of which one worker alone made components in 43 s. Parts leave it 18 million, and 11 s.
    """
    staged_whole(work, SPANNING, key, pairs_table(compacted(pairs)))
    return staged_whole(work, PAIRS_STAGED, key, pairs_table(pairs))


@dataclass
class ConnectPairs(beam.DoFn):
    """The component of every article that has a candidate pair (schema COMPONENTS).

    One worker reads all files. A combiner's half-made sums would cross an exchange, where Flink
    takes no record that is larger than its sort buffer: 100,000 texts' were.
    """

    work: Work
    name: str
    """Of what is staged at the places."""

    def process(self, _: None, places: Iterable[bytes]) -> Iterator[bytes]:
        """All batches."""
        joined = IncrementalUnionFind()
        for place in sorted(places):
            joined.add(pairs_of(read_part(self.work, self.name, place.decode())))
        components = joined.components()
        yield to_bytes(pa.table([components.articles, components.labels], schema=COMPONENTS))


@dataclass
class SendMembers(beam.DoFn):
    """The staged members that have a candidate, to the part of their component."""

    work: Work

    def process(self, key: str, labelled: bytes, into: int, *_: object) -> Iterator[Part]:
        """One split's members; what outlets repeat is out of them already."""
        table = staged_tables.read_table(self.work.members(key))
        labels, is_found = labels_of_members(labelled, column(table, "article"))
        parts = mixed_parts(labels[is_found], into)
        yield from staged_by_part(self.work, key, table, is_found, parts)


@dataclass
class SendPairs(beam.DoFn):
    """Candidate pairs to the part of their component."""

    work: Work
    name: str = PAIRS_STAGED
    """Of what is staged at the places."""

    def process(self, element: bytes, labelled: bytes, into: int) -> Iterator[Part]:
        """One batch of pairs."""
        place = element.decode()
        table = read_part(self.work, self.name, place)
        labels, is_found = labels_of_members(labelled, column(table, "right"))
        parts = mixed_parts(labels[is_found], into)
        labelled_pairs = table.filter(pa.array(is_found))
        yield from staged_parts(self.work, _SENT, place.replace(":", "-"), labelled_pairs, parts)


@dataclass
class VerifyPairs(beam.DoFn):
    """Relations and clusters of whole components; the members go on without their shingles."""

    rules: MatchRules
    work: Work

    def process(self, part: tuple[int, dict[str, Iterable[bytes]]], of: int) -> Iterator[Any]:
        """All components of one part."""
        members = distinct_members(read_parts(self.work, MATCHED, part[1]["members"], MEMBERS))
        candidates = pairs_of(read_parts(self.work, _SENT, part[1]["pairs"], PAIRS))
        clustered, pairs = verify(members, candidates, self.rules)
        labels = member_components(members, candidates)
        settled = settled_of(clustered, pairs, labels, self.rules.times)
        yield TaggedOutput("evidence", to_bytes(settled.evidence.select(EVIDENCE.names)))
        if self.rules.since is not None:
            yield TaggedOutput("settled", (to_bytes(settled.clustered), to_bytes(settled.evidence)))
        key = str(part[0])
        tied = pairs.filter(pc.greater(pairs.column("relation"), Relation.NONE.value))
        yield (
            part[0],
            staged_whole(self.work, CLUSTERED_ROWS, key, clustered),
            staged_whole(self.work, VERIFIED_ROWS, key, tied),
        )
        tell_part(self.work.progress(), "match", part[0], of, members.num_rows)


def pairs_table(pairs: NDArray[np.uint64]) -> pa.Table:
    """Pairs (p, 2) as a table."""
    return pa.table([pa.array(pairs[:, 0]), pa.array(pairs[:, 1])], schema=PAIRS)


def pairs_of(table: pa.Table) -> NDArray[np.uint64]:
    """A table of pairs as an array (p, 2)."""
    return np.stack([column(table, "left"), column(table, "right")], axis=1)


def labels_of_members(
    labelled: bytes, articles: NDArray[np.uint64]
) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Each article's component label, and whether it is in any component; shape of articles."""
    table = from_bytes(labelled)
    known, labels = column(table, "article"), column(table, "label")
    if not known.size:
        return np.zeros(len(articles), np.uint64), np.zeros(len(articles), np.bool_)
    places = places_in(known, articles)
    return labels[places], known[places] == articles
