"""The stages by which a run with a window takes its history in, beside those that every run has."""

from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import AsList, AsSingleton, PCollection

from pipelines.config.settings import Settings
from pipelines.exchange.work_folder import Work
from pipelines.stages.history.recall import (
    LookBack,
    OwnOrKept,
    RecallMembers,
    SampleHistory,
    SendRecalled,
)
from pipelines.stages.history.settle import KeepSettled, SiftComponents
from sources.outlets.registry import Registry


@dataclass(frozen=True, slots=True)
class HistoryStages:
    """For each stage of a run's own splits what takes its place for parts of the history."""

    settings: Settings
    work: Work
    registry: Registry

    def beside(
        self, pipeline: beam.Pipeline, extracted: PCollection
    ) -> tuple[PCollection, PCollection, PCollection]:
        """The keys of all splits, the history's too, the texts of their outlets, and counts."""
        if not self.work.kept:
            return extracted.main, extracted.texts, extracted.counts
        kept = (
            pipeline
            | "List history" >> beam.Create(sorted(self.work.kept))
            | "Look back"
            >> beam.ParDo(LookBack(self.work)).with_outputs("texts", "counts", main="main")
        )
        # one stage for both kinds, not two whose outputs are put together: of such flattened
        # outputs Beam 2.77's embedded runner leaves bundles that it never runs
        return (
            (extracted.main, kept.main) | "All splits" >> beam.Flatten(),
            (extracted.texts, kept.texts) | "All texts" >> beam.Flatten(),
            (extracted.counts, kept.counts) | "All counts" >> beam.Flatten(),
        )

    def sampled(self, own: beam.DoFn) -> beam.DoFn:
        """Samples of texts."""
        return OwnOrKept(self.work, own, SampleHistory(self.settings, self.work))

    def recalled(self, own: beam.DoFn) -> beam.DoFn:
        """Keys to match by, paths, evidence."""
        kept = RecallMembers(self.settings, self.work, self.registry)
        return OwnOrKept(self.work, own, kept)

    def sent(self, own: beam.DoFn) -> beam.DoFn:
        """Members to be verified."""
        kept = SendRecalled(self.settings, self.work, self.registry)
        return OwnOrKept(self.work, own, kept)


@dataclass(frozen=True, slots=True)
class Matched:
    """Verified components, and what they and those that were verified before tell of hosts."""

    main: PCollection
    """The members (CLUSTERED) and pairs (VERIFIED) of some components."""
    evidence: PCollection
    clustered: PCollection
    """The members of all clusters, and the pairs of some."""


def sift(
    pipeline: beam.Pipeline, labels: PCollection, contents: PCollection, work: Work
) -> PCollection:
    """The labels of articles that are to be verified, and what is known of all others."""
    return (
        pipeline
        | "Once for components" >> beam.Create([None])
        | "Sift components"
        >> beam.ParDo(SiftComponents(work), AsSingleton(labels), AsList(contents)).with_outputs(
            "evidence", "clustered", "settled", "signatures", main="main"
        )
    )


def settle(sifted: PCollection, verified: PCollection, work: Work) -> Matched:
    """All that is known of components; keeps it for later runs."""
    settled = (sifted.settled, verified.settled) | "All settled" >> beam.Flatten()
    _ = sifted.signatures | "Keep settled" >> beam.ParDo(KeepSettled(work), AsList(settled))
    evidence = (sifted.evidence, verified.evidence) | "All evidence" >> beam.Flatten()
    clustered = (sifted.clustered, verified.main) | "All clusters" >> beam.Flatten()
    return Matched(verified.main, evidence, clustered)
