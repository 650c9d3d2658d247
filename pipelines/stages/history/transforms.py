"""The days that a run looks back on take the way of its own splits, from each stage to the next."""

from dataclasses import dataclass
from typing import NamedTuple

import apache_beam as beam
from apache_beam.pvalue import AsList, AsSingleton, PCollection

from pipelines.config.settings import Settings
from pipelines.engine.stage import Stage
from pipelines.exchange.partitions import parts_for
from pipelines.exchange.work_folder import Work
from pipelines.stages.boilerplate.transforms import InputTexts
from pipelines.stages.extract.transforms import Extracted
from pipelines.stages.history.recall import (
    LookBack,
    OwnOrKept,
    RecallMembers,
    SampleHistory,
    SendRecalled,
)
from pipelines.stages.history.settle import KeepSettled, SiftComponents
from pipelines.stages.match.transforms import Verified
from sources.outlets.registry import Registry


@dataclass(frozen=True, slots=True)
class HistoryStages:
    """For each stage of a run's own splits what takes its place for parts of the history."""

    settings: Settings
    work: Work
    registry: Registry

    def sampled(self, own: beam.DoFn) -> beam.DoFn:
        """Samples of texts."""
        return OwnOrKept(self.work, own, SampleHistory(self.settings, self.work))

    def recalled(self, own: beam.DoFn) -> beam.DoFn:
        """Keys to match by, paths, evidence."""
        recall = RecallMembers(self.settings, self.work, self.registry)
        return OwnOrKept(self.work, own, recall)

    def sent(self, own: beam.DoFn) -> beam.DoFn:
        """Members to be verified."""
        send = SendRecalled(self.settings, self.work, self.registry)
        return OwnOrKept(self.work, own, send)


@dataclass
class TakeInHistory(Stage):
    """The splits of the days that a run looks back on go beside its own, if it does."""

    work: Work
    n_splits: int
    """Of the run's own input."""
    partitions: int
    """Parts of an exchange; 0 for as many as there are texts for."""

    def expand(self, extracted: Extracted) -> InputTexts:
        """Takes all of them in."""
        keys, texts, counts = extracted.keys, extracted.texts, extracted.counts
        if self.work.history_splits:
            recalled = (
                keys.pipeline
                | "List history" >> beam.Create(sorted(self.work.history_splits))
                | "Look back"
                >> beam.ParDo(LookBack(self.work)).with_outputs("texts", "counts", main="main")
            )
            # one stage for both kinds, not two whose outputs are put together: of such flattened
            # outputs Beam 2.77's embedded runner leaves bundles that it never runs
            keys = (keys, recalled.main) | "All splits" >> beam.Flatten()
            texts = (texts, recalled.texts) | "All texts" >> beam.Flatten()
            counts = (counts, recalled.counts) | "All counts" >> beam.Flatten()
        splits = self.n_splits + len(self.work.history_splits)
        parts = (
            counts
            | "Count texts" >> beam.CombineGlobally(sum)
            | "Choose number of parts" >> beam.Map(parts_for, splits, self.partitions)
        )
        return InputTexts(keys, texts, parts)


class KnownAndNew(NamedTuple):
    """Components by whether an earlier run verified them."""

    labels: PCollection
    """The articles of those that are to be verified (bytes, COMPONENTS)."""
    evidence: PCollection
    """What the others tell of hosts (bytes, EVIDENCE)."""
    clustered: PCollection
    """Where the members of the others are staged, as Verified.clusters says it, without pairs."""
    settled: PCollection
    """The others for later runs, as Verified.settled."""
    signatures: PCollection
    """By which later runs know the components of this one again (bytes)."""


@dataclass
class SkipVerified(Stage):
    """Components that earlier runs verified, and that nothing joined since, go no further."""

    work: Work
    contents: PCollection
    """What all articles hold (bytes, CONTENTS)."""

    def expand(self, labels: PCollection) -> KnownAndNew:
        """Sifts all components."""
        sifted = (
            labels.pipeline
            | "Once" >> beam.Create([None])
            | "Sift components"
            >> beam.ParDo(
                SiftComponents(self.work), AsSingleton(labels), AsList(self.contents)
            ).with_outputs("evidence", "clustered", "settled", "signatures", main="main")
        )
        return KnownAndNew(
            sifted.main, sifted.evidence, sifted.clustered, sifted.settled, sifted.signatures
        )


class Matched(NamedTuple):
    """Verified components, and what they and those that were verified before tell of hosts."""

    clusters: PCollection
    """A part, and where the members and pairs of components that count are staged."""
    evidence: PCollection
    """Bytes, EVIDENCE."""
    clustered: PCollection
    """As clusters, those that were verified before too, without their pairs."""


@dataclass
class KeepVerified(Stage):
    """What was verified before goes beside what now is; all of it is kept for later runs."""

    work: Work
    sifted: KnownAndNew

    def expand(self, verified: Verified) -> Matched:
        """Joins and keeps all components."""
        sifted = self.sifted
        settled = (sifted.settled, verified.settled) | "All settled" >> beam.Flatten()
        _ = sifted.signatures | "Keep settled" >> beam.ParDo(
            KeepSettled(self.work), AsList(settled)
        )
        evidence = (sifted.evidence, verified.evidence) | "All evidence" >> beam.Flatten()
        clustered = (sifted.clustered, verified.clusters) | "All clusters" >> beam.Flatten()
        return Matched(verified.clusters, evidence, clustered)
