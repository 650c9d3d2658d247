"""Components of more candidate pairs than one worker holds: in rounds, then what is left in one.

Labels are joined to articles and pairs by part, where the usual way sends all of them to every
worker. See dedupe.candidates.star_contraction; the usual way is ConnectPairs alone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.pvalue import AsSingleton, PCollection, TaggedOutput

from dedupe.candidates.star_contraction import (
    Edges,
    ResolvedStars,
    both_ways,
    large_star,
    resolve_stars,
    small_star,
)
from dedupe.candidates.union_find import Components
from pipelines.engine.stage import Stage
from pipelines.exchange.partitions import mixed_parts
from pipelines.exchange.staged_parts import read_part, read_parts, staged_parts, staged_whole
from pipelines.exchange.work_folder import Work
from pipelines.stages.match.transforms import (
    PAIRS_STAGED,
    SPANNING,
    Candidates,
    ComponentParts,
    ConnectTexts,
    Part,
    SendMembers,
    SendPairs,
    labels_of_members,
    pairs_of,
    pairs_table,
)
from pipelines.storage import staged_tables
from pipelines.storage.arrow import column, from_bytes, to_bytes
from schemas.exchange import COMPONENTS, PAIRS

ARTICLES = pa.schema([("article", pa.uint64())])
EDGES, OPEN = "edges", "open"
"""Names of what is staged of edges, and of those that rounds left."""
ENOUGH = 3
"""Rounds that leave hardly an edge to one worker where clusters are as buckets link them."""
FROM_BYTES = 100_000_000_000
"""Of input: some 90 million texts as Parquet, whose labels take 1.4 GB of every worker."""


def rounds_for(wanted: int, input_bytes: int) -> int:
    """How many rounds a run of so much input has.

    Args:
        wanted: as asked for; below 0 the size of the input says.
        input_bytes: as stored, of all inputs.

    >>> rounds_for(-1, 1 << 30), rounds_for(-1, 1 << 40), rounds_for(5, 0)
    (0, 3, 5)
    """
    if wanted >= 0:
        return wanted
    return ENOUGH if input_bytes >= FROM_BYTES else 0


@dataclass
class SendEdges(beam.DoFn):
    """The spanning edges of a batch of pairs, from either end, to the part of that end."""

    work: Work

    def process(self, place: bytes, into: int) -> Iterator[Part]:
        """One batch."""
        at = place.decode()
        edges = pairs_of(read_part(self.work, SPANNING, at))
        yield from _sent(self.work, EDGES, at.replace(":", "-"), both_ways(edges), into)


@dataclass
class FlattenStars(beam.DoFn):
    """Half a round: the edges of a part as one of star_contraction makes them, to their parts."""

    work: Work
    before: str
    """Name under which the edges are staged; those made of them are staged under `name`."""
    name: str
    made: Callable[[Edges], Edges]

    def process(self, part: tuple[int, Iterable[bytes]], into: int) -> Iterator[Part]:
        """One part."""
        edges = self.made(pairs_of(read_parts(self.work, self.before, part[1], PAIRS)))
        yield from _sent(self.work, self.name, str(part[0]), edges, into)


@dataclass
class LinkArticles(beam.DoFn):
    """Articles with what they are linked to, by part; tagged the edges that are still open."""

    work: Work
    before: str

    def process(self, part: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
        """One part."""
        flat = resolve_stars(pairs_of(read_parts(self.work, self.before, part[1], PAIRS)))
        table = pairs_table(flat.open_edges)
        yield TaggedOutput("open", staged_whole(self.work, OPEN, str(part[0]), table))
        yield part[0], to_bytes(pa.table([flat.articles, flat.links], schema=COMPONENTS))


class LabelArticles(beam.DoFn):
    """The components of a part's articles."""

    def process(self, linked: Part, joined: bytes) -> Iterator[Part]:
        """One part, with the components of all open edges."""
        rows, rest = from_bytes(linked[1]), from_bytes(joined)
        flat = ResolvedStars(*_columns(rows), pairs_of(PAIRS.empty_table()))
        components = flat.components(Components(*_columns(rest)))
        yield (
            linked[0],
            to_bytes(pa.table([components.articles, components.labels], schema=COMPONENTS)),
        )


@dataclass
class AskForLabels(beam.DoFn):
    """The articles of a split to their parts."""

    work: Work

    def process(self, key: str, into: int) -> Iterator[tuple[int, tuple[str, bytes]]]:
        """One split."""
        rows = staged_tables.read_table(self.work.members(key), ["article"])
        parts = mixed_parts(column(rows, "article"), into)
        for part, place in staged_parts(self.work, "asked", key, rows, parts):
            yield part, (key, place)


@dataclass
class AnswerWithLabels(beam.DoFn):
    """Those articles that have a component, back to their split."""

    work: Work

    def process(self, part: tuple[int, dict[str, Iterable[Any]]]) -> Iterator[tuple[str, bytes]]:
        """One part."""
        for labelled in part[1]["labels"]:
            for key, place in part[1]["asked"]:
                articles = column(read_part(self.work, "asked", place.decode()), "article")
                labels, is_found = labels_of_members(labelled, articles)
                columns = [articles[is_found], labels[is_found]]
                yield key, to_bytes(pa.table(columns, schema=COMPONENTS))


@dataclass
class SendLabelledMembers(beam.DoFn):
    """As SendMembers, with the labels of the split alone."""

    work: Work

    def process(self, split: tuple[str, Iterable[bytes]], into: int) -> Iterator[Part]:
        """One split."""
        labels = pa.concat_tables([COMPONENTS.empty_table(), *map(from_bytes, split[1])])
        labelled = to_bytes(labels.sort_by("article"))
        yield from SendMembers(self.work).process(split[0], labelled, into)


@dataclass
class SplitPairs(beam.DoFn):
    """A batch of pairs to the parts of their second articles: first ones are heads of many."""

    work: Work

    def process(self, place: bytes, into: int) -> Iterator[Part]:
        """One batch."""
        at = place.decode()
        rows = read_part(self.work, PAIRS_STAGED, at)
        parts = mixed_parts(column(rows, "right"), into)
        yield from staged_parts(self.work, "pairs-by-right", at.replace(":", "-"), rows, parts)


@dataclass
class SendLabelledPairs(beam.DoFn):
    """As SendPairs, with the labels of one part alone."""

    work: Work

    def process(self, part: tuple[int, dict[str, Iterable[bytes]]], into: int) -> Iterator[Part]:
        """One part."""
        for labelled in part[1]["labels"]:
            for place in part[1]["pairs"]:
                yield from SendPairs(self.work, "pairs-by-right").process(place, labelled, into)


@dataclass
class SendInRounds(Stage):
    """As ConnectTexts and SendTexts, without all labels in one place; knows no history."""

    work: Work
    rounds: int
    parts: PCollection
    """Of an exchange of so many texts (one int)."""

    def expand(self, candidates: Candidates) -> ComponentParts:
        """Sends all members and pairs."""
        work, parts = self.work, AsSingleton(self.parts)
        edges, before = candidates.pairs | "Send edges" >> beam.ParDo(SendEdges(work), parts), EDGES
        for number in range(1, self.rounds + 1):
            for name, made in ((f"large-{number}", large_star), (f"small-{number}", _small)):
                flatten = FlattenStars(work, before, name, made)
                edges = (
                    edges
                    | f"Group for {name}" >> beam.GroupByKey()
                    | f"Make {name}" >> beam.ParDo(flatten, parts)
                )
                before = name
        linked = (
            edges
            | "Group links" >> beam.GroupByKey()
            | "Link articles"
            >> beam.ParDo(LinkArticles(work, before)).with_outputs("open", main="main")
        )
        rest = linked.open | "Connect open edges" >> ConnectTexts(work, OPEN)
        labels = linked.main | "Label articles" >> beam.ParDo(LabelArticles(), AsSingleton(rest))
        asking = candidates.keys | "Ask for labels" >> beam.ParDo(AskForLabels(work), parts)
        members = (
            {"labels": labels, "asked": asking}
            | "Group asked" >> beam.CoGroupByKey()
            | "Answer" >> beam.ParDo(AnswerWithLabels(work))
            | "Group answers" >> beam.GroupByKey()
            | "Send labelled members" >> beam.ParDo(SendLabelledMembers(work), parts)
        )
        split = candidates.pairs | "Split pairs" >> beam.ParDo(SplitPairs(work), parts)
        pairs = (
            {"labels": labels, "pairs": split}
            | "Group pairs by right" >> beam.CoGroupByKey()
            | "Send labelled pairs" >> beam.ParDo(SendLabelledPairs(work), parts)
        )
        return ComponentParts(members, pairs)


def _small(edges: Edges) -> Edges:
    return both_ways(small_star(edges))


def _sent(work: Work, name: str, key: str, edges: Edges, into: int) -> Iterator[Part]:
    parts = mixed_parts(edges[:, 0], into)
    yield from staged_parts(work, name, key, pairs_table(edges), parts)


def _columns(table: pa.Table) -> tuple[Any, Any]:
    return column(table, "article"), column(table, "label")
