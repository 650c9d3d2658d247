"""The stages that find copies: boilerplate is taken out, keys make pairs, pairs are verified."""

from collections.abc import Sequence

import apache_beam as beam
from apache_beam.pvalue import AsList, AsSingleton, PCollection

from pipelines.config.rules import match_rules
from pipelines.graph.history_graph import Matched, settle, sift
from pipelines.graph.plan import Plan
from pipelines.stages.boilerplate.transforms import ChooseSamples, FindBoilerplate, SampleOutlets
from pipelines.stages.match.clean_transform import CleanSplits
from pipelines.stages.match.rounds import send_in_rounds
from pipelines.stages.match.transforms import (
    ConnectPairs,
    CountShared,
    PairByBands,
    PairByCounts,
    SendMembers,
    SendPairs,
    VerifyPairs,
    connected,
)


def outlets(
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
        | "Choose samples" >> beam.ParDo(ChooseSamples(plan.settings.boilerplate))
    )
    return staged, AsSingleton(parts), AsList(bounds)


def clean(
    staged: PCollection, parts: AsSingleton, bounds: AsList, plan: Plan
) -> tuple[PCollection, Sequence[AsList]]:
    """What came of all splits, and the boilerplate that was taken out: lines, then shingles."""
    rules, history = plan.settings.boilerplate, plan.history
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
    own = CleanSplits(plan.settings, plan.work, plan.registry, plan.window)
    cleaned = staged | "Clean articles" >> beam.ParDo(
        history.recalled(own), *boilerplate, parts
    ).with_outputs("bands", "samples", "paths", "evidence", "contents", main="main")
    return cleaned, boilerplate


def match(
    pipeline: beam.Pipeline,
    cleaned: PCollection,
    boilerplate: Sequence[AsList],
    parts: AsSingleton,
    plan: Plan,
) -> Matched:
    """Verified components of all cleaned articles."""
    told = plan.settings.match
    by_bands = (
        cleaned.bands
        | "Group bands" >> beam.GroupByKey()
        | beam.ParDo(PairByBands(told, plan.work))
    )
    by_counts = (
        cleaned.samples
        | "Group samples" >> beam.GroupByKey()
        | "Count shared samples" >> beam.ParDo(CountShared(told, plan.work), parts)
        | "Group counts" >> beam.GroupByKey()
        | "Pair by counts" >> beam.ParDo(PairByCounts(told, plan.work))
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
    labels = connected(pairs, ConnectPairs(plan.work), "pairs")
    sifted = sift(pipeline, labels, cleaned.contents, plan.work) if plan.window else None
    needed = AsSingleton(labels if sifted is None else sifted.main)
    send = plan.history.sent(SendMembers(plan.work))
    members = cleaned.main | "Send members" >> beam.ParDo(send, needed, parts, *boilerplate)
    sent = pairs | "Send pairs" >> beam.ParDo(SendPairs(plan.work), needed, parts)
    return members, sent, sifted
