"""The graph of a run: which stage feeds which, and what crosses the exchanges between them.

Elements are splits, parts of a key space, or Arrow batches; texts stay in staged files. Nothing
here depends on how many workers there are or whether they share memory or a disk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import apache_beam as beam
from apache_beam.pvalue import AsList, AsSingleton, PCollection

from pipelines.history_graph import HistoryStages, Matched, settle, sift
from pipelines.inputs import Split
from pipelines.partitions import MIN_PARTS, parts_for
from pipelines.rules import match_rules, mirror_rules, recurrence_rules
from pipelines.settings import Settings
from pipelines.staging import Work, summary_from_json
from pipelines.transforms.boilerplate import ChooseSamples, FindBoilerplate, SampleOutlets
from pipelines.transforms.clean import CleanSplits
from pipelines.transforms.describe import KEY_OF, TAGS, DescribeClusters, MeasureSources
from pipelines.transforms.extract import ExtractSplits
from pipelines.transforms.hosts import CountPaths, FindMirrors
from pipelines.transforms.lookalikes import CountSharedTexts, TellLookalikes
from pipelines.transforms.match import (
    ConnectPairs,
    CountShared,
    PairByBands,
    PairByCounts,
    ReadPairs,
    SendMembers,
    SendPairs,
    VerifyPairs,
)
from pipelines.transforms.ratings import TellRatings
from pipelines.transforms.rounds import send_in_rounds
from pipelines.transforms.tables import (
    LIGHT,
    CountRejected,
    SendRejected,
    WriteArticles,
    WriteTable,
    WriteWhole,
    list_parts,
)
from pipelines.window import Window
from schemas.tables import TABLES
from sources.registry import Registry

SPLITS_PER_PART = 64


@dataclass(frozen=True, slots=True)
class Plan:
    """What the stages need to know."""

    settings: Settings
    work: Work
    binding: str
    tables: str
    """The folder the tables are written to."""
    run_id: str | None
    taken_run_ids: tuple[str, ...]
    registry: Registry
    ratings: bytes | None
    """Others' ratings, as pipelines.ratings_file has them."""
    window: Window | None = None
    rounds: int = 0
    """In which candidate pairs are joined (pipelines.transforms.rounds); 0: by one worker."""

    @property
    def since(self) -> date | None:
        """First day of the window."""
        return self.window.first if self.window else None

    @property
    def history(self) -> HistoryStages:
        """What takes the history in."""
        return HistoryStages(self.settings, self.work, self.registry)

    def parts(self, texts: int) -> int:
        """Parts of an exchange of so many texts."""
        return parts_for(texts, self.settings.run.partitions)


def build(pipeline: beam.Pipeline, splits: Sequence[Split], plan: Plan) -> None:
    """Adds all stages to the pipeline."""
    extracted = _extract(pipeline, splits, plan)
    articles = (
        extracted.summaries
        | "Read counts" >> beam.Map(lambda told: summary_from_json(told).articles)
        | "Count articles" >> beam.CombineGlobally(sum)
    )
    staged, parts, bounds = _outlets(pipeline, extracted, plan)
    cleaned, boilerplate = _clean(staged, parts, bounds, plan)
    verified = _match(pipeline, cleaned, boilerplate, parts, plan)
    evidence = (cleaned.evidence, verified.evidence) | "Evidence" >> beam.Flatten()
    rejected_seen = extracted.main | "Count rejected" >> beam.ParDo(CountRejected(plan.work))
    mirrors = _mirrors(pipeline, cleaned.paths, rejected_seen, evidence, plan)
    hosts = AsSingleton(mirrors.main)
    described = verified.main | "Describe clusters" >> beam.ParDo(
        DescribeClusters(
            plan.settings.sources, plan.settings.run.rows_per_file, plan.work, plan.since
        ),
        hosts,
        AsSingleton(articles),
    ).with_outputs(*TAGS)
    tallies = _write_articles(cleaned.main, described.assignments, articles, hosts, plan)
    for name in (one for one in KEY_OF if one in TABLES):
        _write(described[name], name, plan)
    sources = _measure(pipeline, extracted, rejected_seen, tallies, described.edges, hosts, plan)
    told = _tell_lookalikes(sources, verified.clustered, AsSingleton(mirrors.names), hosts, plan)
    rated = told | "Tell ratings" >> beam.ParDo(TellRatings(plan.ratings, plan.registry))
    _write_whole(rated, "sources", plan)
    _write_whole(mirrors.mirror_groups, "mirror_groups", plan)
    _write_whole(mirrors.mirror_evidence, "mirror_evidence", plan)
    rejected = extracted.main | "Send rejected" >> beam.ParDo(
        SendRejected(plan.work, plan.settings.run.rows_per_file * LIGHT), AsSingleton(articles)
    )
    _write(rejected, "rejected", plan)


def _extract(pipeline: beam.Pipeline, splits: Sequence[Split], plan: Plan) -> PCollection:
    # keyed by place, largest first: the embedded runner deals keys out to workers in turn
    return (
        pipeline
        | "List splits" >> beam.Create(list(enumerate(splits)))
        | "Spread splits" >> beam.GroupByKey()
        | "Take splits" >> beam.FlatMap(lambda part: part[1])
        | "Extract articles"
        >> beam.ParDo(
            ExtractSplits(plan.settings, plan.work, plan.binding, _text_parts(splits), plan.window)
        ).with_outputs("texts", "counts", "summaries", main="main")
    )


def _text_parts(splits: Sequence[Split]) -> int:
    """Parts of the exchange by which samples are chosen, before anybody has counted the texts."""
    return max(MIN_PARTS, len(splits) // SPLITS_PER_PART)


def _outlets(
    pipeline: beam.Pipeline, extracted: PCollection, plan: Plan
) -> tuple[PCollection, AsSingleton, AsList]:
    """The keys of all splits, those of the history too, how many parts their texts make, and
    which of each outlet's texts are sampled.
    """
    staged, texts, counts = plan.history.beside(pipeline, extracted)
    parts = (
        counts
        | "Count texts" >> beam.CombineGlobally(sum)
        | "Choose number of parts" >> beam.Map(plan.parts)
    )
    bounds = (
        texts
        | "Group texts" >> beam.GroupByKey()
        | "Choose samples" >> beam.ParDo(ChooseSamples(recurrence_rules(plan.settings)))
    )
    return staged, AsSingleton(parts), AsList(bounds)


def _clean(
    staged: PCollection, parts: AsSingleton, bounds: AsList, plan: Plan
) -> tuple[PCollection, Sequence[AsList]]:
    """What came of all splits, and the boilerplate that was taken out: lines, then shingles."""
    rules, history = recurrence_rules(plan.settings), plan.history
    samples = staged | "Sample outlets" >> beam.ParDo(
        history.sampled(SampleOutlets(plan.settings, plan.work)), bounds, parts
    ).with_outputs("lines", "shingles")
    found = {
        kind: samples[kind]
        | f"Group {kind}" >> beam.GroupByKey()
        | f"Find boilerplate {kind}" >> beam.ParDo(FindBoilerplate(kind, rules, plan.work))
        for kind in ("lines", "shingles")
    }
    boilerplate = [AsList(one) for one in found.values()]
    clean = CleanSplits(plan.settings, plan.work, plan.registry, plan.window)
    cleaned = staged | "Clean articles" >> beam.ParDo(
        history.recalled(clean), *boilerplate, parts
    ).with_outputs("bands", "samples", "paths", "evidence", "contents", main="main")
    return cleaned, boilerplate


def _match(
    pipeline: beam.Pipeline,
    cleaned: PCollection,
    boilerplate: Sequence[AsList],
    parts: AsSingleton,
    plan: Plan,
) -> Matched:
    match = plan.settings.match
    by_bands = (
        cleaned.bands
        | "Group bands" >> beam.GroupByKey()
        | beam.ParDo(PairByBands(match, plan.work))
    )
    by_counts = (
        cleaned.samples
        | "Group samples" >> beam.GroupByKey()
        | "Count shared samples" >> beam.ParDo(CountShared(match, plan.work), parts)
        | "Group counts" >> beam.GroupByKey()
        | "Pair by counts" >> beam.ParDo(PairByCounts(match, plan.work))
    )
    pairs = (by_bands, by_counts) | "Candidate pairs" >> beam.Flatten()
    members, sent, sifted = _by_component(pipeline, pairs, cleaned, boilerplate, parts, plan)
    verified = (
        {"members": members, "pairs": sent}
        | "Group components" >> beam.CoGroupByKey()
        | "Verify pairs"
        >> beam.ParDo(
            VerifyPairs(match_rules(plan.settings, plan.since), plan.work), parts
        ).with_outputs("evidence", "settled", main="main")
    )
    if sifted is None:
        return Matched(verified.main, verified.evidence, verified.main)
    return settle(sifted, verified, plan.work)


def _by_component(
    pipeline: beam.Pipeline,
    pairs: PCollection,
    cleaned: PCollection,
    boilerplate: Sequence[AsList],
    parts: AsSingleton,
    plan: Plan,
) -> tuple[PCollection, PCollection, PCollection | None]:
    """Members and pairs, to the part of their component; and which of these a window reaches."""
    if plan.rounds and not plan.window:
        return *send_in_rounds(pairs, cleaned.main, parts, plan.work, plan.rounds), None
    labels = (
        pairs
        | "Read pairs" >> beam.ParDo(ReadPairs(plan.work))
        | "Connect pairs" >> beam.CombineGlobally(ConnectPairs())
    )
    sifted = sift(pipeline, labels, cleaned.contents, plan.work) if plan.window else None
    needed = AsSingleton(labels if sifted is None else sifted.main)
    send = plan.history.sent(SendMembers(plan.work))
    members = cleaned.main | "Send members" >> beam.ParDo(send, needed, parts, *boilerplate)
    sent = pairs | "Send pairs" >> beam.ParDo(SendPairs(plan.work), needed, parts)
    return members, sent, sifted


def _mirrors(
    pipeline: beam.Pipeline,
    paths: PCollection,
    rejected: PCollection,
    evidence: PCollection,
    plan: Plan,
) -> PCollection:
    counts = (
        paths
        | "Group paths" >> beam.GroupByKey()
        | "Count paths" >> beam.ParDo(CountPaths(plan.work))
    )
    return (
        pipeline
        | "Once for mirrors" >> beam.Create([None])
        | "Find mirrors"
        >> beam.ParDo(
            FindMirrors(mirror_rules(plan.settings), plan.registry),
            AsList(counts),
            AsList(rejected),
            AsList(evidence),
        ).with_outputs("mirror_groups", "mirror_evidence", "names", main="main")
    )


def _write_articles(
    cleaned: PCollection,
    assignments: PCollection,
    articles: PCollection,
    hosts: AsSingleton,
    plan: Plan,
) -> PCollection:
    rows = plan.settings.run.rows_per_file
    parts = articles | "List parts" >> beam.FlatMap(list_parts, rows)
    return (
        (assignments, parts)
        | "Parts" >> beam.Flatten()
        | "Group assignments" >> beam.GroupByKey()
        | "Write articles"
        >> beam.ParDo(
            WriteArticles(plan.settings, plan.work, plan.tables),
            AsSingleton(articles),
            AsList(cleaned),
            hosts,
        )
    )


def _measure(
    pipeline: beam.Pipeline,
    extracted: PCollection,
    rejected: PCollection,
    tallies: PCollection,
    edges: PCollection,
    hosts: AsSingleton,
    plan: Plan,
) -> PCollection:
    measured = (
        pipeline
        | "Once for sources" >> beam.Create([None])
        | "Measure sources"
        >> beam.ParDo(
            MeasureSources(plan.settings, plan.work, plan.run_id, plan.taken_run_ids),
            AsList(tallies),
            AsList(edges),
            AsList(rejected),
            AsList(extracted.summaries),
            hosts,
        ).with_outputs("sources", "copy_edges")
    )
    _write_whole(measured.copy_edges, "copy_edges", plan)
    return measured.sources


def _tell_lookalikes(
    sources: PCollection,
    verified: PCollection,
    names: AsSingleton,
    hosts: AsSingleton,
    plan: Plan,
) -> PCollection:
    shared = verified | "Count shared texts" >> beam.ParDo(CountSharedTexts(plan.work), names)
    return sources | "Tell look-alikes" >> beam.ParDo(
        TellLookalikes(), names, AsList(shared), hosts
    )


def _write(rows: PCollection, name: str, plan: Plan) -> None:
    _ = (
        rows
        | f"Group {name}" >> beam.GroupByKey()
        | f"Write {name}" >> beam.ParDo(WriteTable(name, plan.tables, plan.work))
    )


def _write_whole(rows: PCollection, name: str, plan: Plan) -> None:
    """Writes a table of one part: as many rows as there are outlets, or pairs of them."""
    _ = rows | f"Write {name}" >> beam.ParDo(WriteWhole(name, plan.tables, plan.work))
