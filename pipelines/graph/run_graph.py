"""The graph of a run: which stage feeds which.

Elements are splits, parts of a key space, or Arrow batches; texts stay in staged files. Nothing
here depends on how many workers there are or whether they share memory or a disk.
"""

from collections.abc import Sequence

import apache_beam as beam

from pipelines.graph.match_graph import MatchTexts
from pipelines.graph.plan import Plan
from pipelines.stages.boilerplate.transforms import LearnBoilerplate, SampleOutlets
from pipelines.stages.extract.inputs import Split
from pipelines.stages.extract.transforms import ExtractArticles
from pipelines.stages.history.transforms import TakeInHistory
from pipelines.stages.match.clean_transform import CleanArticles, CleanSplits
from pipelines.stages.outlets.transforms import HostFacts, IdentifyOutlets
from pipelines.stages.tables.transforms import (
    OutletFacts,
    TabulateArticles,
    TabulateClusters,
    TabulateRejected,
    TabulateSources,
)
from pipelines.stages.tables.writers import CountRejected


def build(pipeline: beam.Pipeline, splits: Sequence[Split], plan: Plan) -> None:
    """Adds all stages to the pipeline."""
    settings, work, history = plan.settings, plan.work, plan.history
    extract = ExtractArticles(splits, settings, work, plan.binding, plan.window, plan.archives)
    extracted = pipeline | "Extract articles" >> extract

    take_in = TakeInHistory(work, len(splits), settings.run.partitions)
    texts = extracted | "Take in history" >> take_in
    sample = history.sampled(SampleOutlets(settings, work))
    learn = LearnBoilerplate(settings.boilerplate, work, sample)
    boilerplate = texts | "Learn boilerplate" >> learn
    clean = history.recalled(CleanSplits(settings, work, plan.registry, plan.window))
    cleaned = texts.keys | "Clean articles" >> CleanArticles(clean, boilerplate, texts.parts)
    matched = cleaned | "Match texts" >> MatchTexts(plan, boilerplate, texts.parts)

    evidence = (cleaned.evidence, matched.evidence) | "Evidence" >> beam.Flatten()
    rejected = extracted.keys | "Count rejected" >> beam.ParDo(CountRejected(work))
    identify = IdentifyOutlets(settings.mirrors, plan.registry, work)
    outlets = HostFacts(cleaned.paths, rejected, evidence) | "Identify outlets" >> identify

    publication, n_articles = plan.publication, extracted.n_articles
    tabulate = TabulateClusters(publication, outlets.hosts, n_articles)
    rows = matched.clusters | "Tabulate clusters" >> tabulate
    tabulate_articles = TabulateArticles(publication, cleaned.keys, outlets.hosts, n_articles)
    tallies = rows.assignments | "Tabulate articles" >> tabulate_articles
    facts = OutletFacts(tallies, rows.edges, rejected, extracted.summaries, matched.clustered)
    tabulate_sources = TabulateSources(publication, outlets, plan.ratings, plan.registry)
    _ = facts | "Tabulate sources" >> tabulate_sources
    tabulate_rejected = TabulateRejected(publication, extracted.n_rejected)
    _ = extracted.keys | "Tabulate rejected" >> tabulate_rejected
