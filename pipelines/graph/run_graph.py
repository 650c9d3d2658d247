"""The graph of a run: which stage feeds which, and what crosses the exchanges between them.

Elements are splits, parts of a key space, or Arrow batches; texts stay in staged files. Nothing
here depends on how many workers there are or whether they share memory or a disk.
"""

from collections.abc import Sequence

import apache_beam as beam
from apache_beam.pvalue import AsList, AsSingleton, PCollection

from pipelines.config.rules import time_rules
from pipelines.exchange.partitions import MIN_PARTS
from pipelines.exchange.work_folder import summary_from_json
from pipelines.graph.match_graph import clean, match, outlets
from pipelines.graph.plan import Plan
from pipelines.stages.extract.inputs import Split
from pipelines.stages.extract.transforms import ExtractSplits, FindPayloads, ReadRevisits
from pipelines.stages.outlets.transforms import (
    CountPaths,
    CountSharedTexts,
    FindMirrors,
    TellLookalikes,
    TellRatings,
)
from pipelines.stages.tables.transforms import (
    KEY_OF,
    TAGS,
    DescribeClusters,
    MeasureSources,
    SumEdges,
)
from pipelines.stages.tables.writers import (
    LIGHT,
    CountRejected,
    SendRejected,
    WriteArticles,
    WriteTable,
    WriteWhole,
    list_parts,
)
from schemas.tables import TABLES

SPLITS_PER_PART = 64


def build(pipeline: beam.Pipeline, splits: Sequence[Split], plan: Plan) -> None:
    """Adds all stages to the pipeline."""
    extracted = _extract(pipeline, splits, plan)
    articles = (
        extracted.summaries
        | "Read counts" >> beam.Map(lambda told: summary_from_json(told).articles)
        | "Count articles" >> beam.CombineGlobally(sum)
    )
    staged, parts, bounds = outlets(pipeline, extracted, plan)
    cleaned, boilerplate = clean(staged, parts, bounds, plan)
    verified = match(pipeline, cleaned, boilerplate, parts, plan)
    evidence = (cleaned.evidence, verified.evidence) | "Evidence" >> beam.Flatten()
    rejected_seen = extracted.main | "Count rejected" >> beam.ParDo(CountRejected(plan.work))
    mirrors = _mirrors(pipeline, cleaned.paths, rejected_seen, evidence, plan)
    hosts = AsSingleton(mirrors.main)
    described = verified.main | "Describe clusters" >> beam.ParDo(
        DescribeClusters(
            time_rules(plan.settings.sources),
            plan.settings.copies,
            plan.settings.run.rows_per_file,
            plan.work,
            plan.since,
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
    n_rejected = (
        extracted.summaries
        | "Read rejected" >> beam.Map(lambda told: sum(summary_from_json(told).rejected.values()))
        | "Add up rejected" >> beam.CombineGlobally(sum)
    )
    rejected = extracted.main | "Send rejected" >> beam.ParDo(
        SendRejected(plan.work, plan.settings.run.rows_per_file * LIGHT), AsSingleton(n_rejected)
    )
    _write(rejected, "rejected", plan)


def _extract(pipeline: beam.Pipeline, splits: Sequence[Split], plan: Plan) -> PCollection:
    # keyed by place, largest first: the embedded runner deals keys out to workers in turn
    staged = (
        pipeline
        | "List splits" >> beam.Create(list(enumerate(splits)))
        | "Spread splits" >> beam.GroupByKey()
        | "Take splits" >> beam.FlatMap(lambda part: part[1])
        | "Extract articles"
        >> beam.ParDo(
            ExtractSplits(plan.settings, plan.work, len(splits), plan.binding, plan.window)
        ).with_outputs("wanted", main="main")
    )
    reading = ReadRevisits(
        plan.settings, plan.work, len(splits), _text_parts(splits), plan.archives or ()
    )
    lists = _payloads(pipeline, staged, plan) if plan.archives is not None else ()
    return staged.main | "Read revisits" >> beam.ParDo(reading, *lists).with_outputs(
        "texts", "counts", "summaries", main="main"
    )


def _payloads(pipeline: beam.Pipeline, staged: PCollection, plan: Plan) -> tuple[AsList, ...]:
    """Where the payloads stand that revisits refer to: in the run's splits, and in its history."""
    wanted = AsList(staged.wanted)
    found = staged.main | "Find payloads" >> beam.ParDo(FindPayloads(plan.work), wanted)
    if not plan.work.kept:
        return (AsList(found),)
    kept = (
        pipeline
        | "List days" >> beam.Create(sorted(plan.work.kept))
        | "Find kept payloads" >> beam.ParDo(FindPayloads(plan.work), wanted)
    )
    return AsList(found), AsList(kept)


def _text_parts(splits: Sequence[Split]) -> int:
    """Parts of the exchange by which samples are chosen, before anybody has counted the texts."""
    return max(MIN_PARTS, len(splits) // SPLITS_PER_PART)


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
            FindMirrors(plan.settings.mirrors, plan.registry),
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
    sums = (
        edges | "Group edges" >> beam.GroupByKey() | "Sum edges" >> beam.ParDo(SumEdges(plan.work))
    )
    measured = (
        pipeline
        | "Once for sources" >> beam.Create([None])
        | "Measure sources"
        >> beam.ParDo(
            MeasureSources(plan.settings, plan.work, plan.run_id, plan.taken_run_ids),
            AsList(tallies),
            AsList(sums),
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
