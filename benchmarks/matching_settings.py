"""What each setting of matching does to quality, on the made corpus: a table in Markdown.

uv run python benchmarks/matching_settings.py [--stories 400] [--seeds 2]
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from matching_corpus import Document, corpus

from dedupe.candidates import CandidateRules, candidates
from dedupe.clusters import GuardRules, clusters
from dedupe.reading import Reading, read_from_words
from dedupe.recurring import RecurrenceRules, outlet_sample, recurring
from dedupe.relations import Relation, Thresholds, verified
from dedupe.roundups import RoundupRules
from dedupe.words import read_words

COLUMNS = ("precision", "recall", "f1", "trimmed", "edited", "heavy", "misread", "templated merged",
           "round-ups merged", "parts linked", "stray links", "candidates")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """All that decides over matching."""

    candidates: CandidateRules = field(default_factory=CandidateRules)
    recurrence: RecurrenceRules = field(default_factory=RecurrenceRules)
    thresholds: Thresholds = field(default_factory=Thresholds)
    roundups: RoundupRules = field(default_factory=RoundupRules)
    guard: GuardRules = field(default_factory=GuardRules)


VARIED: dict[str, dict[str, tuple[Any, ...]]] = {
    "candidates": {
        "shingle_words": (3, 4, 6, 8),
        "bands": (0, 8, 16),
        "sample_one_in": (4, 16, 10**9),
        "shared_samples": (2, 4),
        "bucket_cap": (8, 128),
        "minimum_shingles": (5, 30, 60),
    },
    "recurrence": {
        "minimum_witnesses": (2, 5, 10**9),
        "minimum_share": (0.1, 0.5),
        "own_share": (0.0, 0.1, 0.5),
        "sample_texts": (16, 256),
    },
    "thresholds": {
        "near_jaccard": (0.15, 0.3, 0.5),
        "contained": (0.5, 0.9),
        "contained_size_ratio": (0.1, 0.3),
        "rewritten": (0.3, 0.5),
        "rewritten_back": (0.15, 0.35),
        "shared_facts": (0.0, 0.4, 0.6),
        "fact_density": (0.0, 0.5, 0.9),
        "density_jaccard": (0.0, 0.7, 1.0),
        "excerpt_shingles": (20, 80),
        "excerpt_share": (0.05, 0.25),
    },
    "roundups": {
        "largest_part": (0.0, 0.5, 0.8),
        "second_part": (0.3, 0.6),
        "minimum_part": (0.1, 0.2),
        "all_parts": (0.3, 0.7),
        "overlap": (0.05, 0.3),
    },
    "guard": {"resemblance": (0.05, 0.3), "contained": (0.2, 0.6)},
}


def reading(documents: Sequence[Document], rules: Rules) -> Reading:
    """The documents less their outlets' boilerplate."""
    words = read_words([one.text for one in documents])
    outlets = np.array([one.outlet for one in documents])
    size, recurrence = rules.candidates.shingle_words, rules.recurrence
    first = read_from_words(words, size)
    sample = outlet_sample(outlets, first.text_hashes, first.shingles, recurrence.sample_texts)
    return read_from_words(words, size, outlets, recurring(sample, recurrence))


def scores(documents: Sequence[Document], rules: Rules) -> list[float]:
    """The figures of COLUMNS."""
    found = reading(documents, rules)
    numbers = np.arange(len(documents))
    outlets = np.array([one.outlet for one in documents])
    pairs = candidates(found.shingles, rules.candidates)
    judged = verified(
        found.shingles, found.facts, pairs, numbers, outlets, rules.thresholds, rules.roundups
    )
    labels = clusters(found.shingles, judged, rules.guard).labels.tolist()
    is_linked = judged.relations > Relation.NONE
    linked = {(left, right) for left, right in pairs[is_linked].tolist()}
    return [
        *_clustering([one.cluster for one in documents], labels),
        *(_recall(documents, labels, kind) for kind in ("trimmed", "edited", "heavy", "misread")),
        *(_merged(documents, labels, kind) for kind in ("templated", "roundup")),
        _parts_linked(documents, linked),
        _stray(documents, linked),
        len(pairs),
    ]


def _clustering(truth: Sequence[str], labels: Sequence[int]) -> tuple[float, float, float]:
    both, told, real = (
        sum(n * (n - 1) / 2 for n in Counter(one).values())
        for one in (zip(truth, labels, strict=True), labels, truth)
    )
    precision, recall = both / max(told, 1), both / max(real, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _recall(documents: Sequence[Document], labels: Sequence[int], kind: str) -> float:
    copies = [one for one in documents if one.kind == kind and one.origin is not None]
    return float(np.mean([labels[one.number] == labels[one.origin or 0] for one in copies]))


def _merged(documents: Sequence[Document], labels: Sequence[int], kind: str) -> float:
    stories = defaultdict(set)
    for one in documents:
        stories[labels[one.number]].add(one.cluster)
    mixed = [len(stories[labels[one.number]]) > 1 for one in documents if one.kind == kind]
    return float(np.mean(mixed))


def _parts_linked(documents: Sequence[Document], linked: set[tuple[int, int]]) -> float:
    homes = {one.cluster: one.number for one in documents if one.kind == "original"}
    wanted = [(homes[part], one.number) for one in documents for part in one.parts]
    return float(np.mean([(min(pair), max(pair)) in linked for pair in wanted]))


def _stray(documents: Sequence[Document], linked: set[tuple[int, int]]) -> int:
    """Links between stories that neither a round-up nor foreign paragraphs explain."""
    pairs = [(documents[left], documents[right]) for left, right in linked]
    return sum(
        one.cluster != other.cluster and not {"roundup", "heavy"} & {one.kind, other.kind}
        for one, other in pairs
    )


def variants() -> Iterator[tuple[str, Rules]]:
    """The defaults, then each setting changed alone."""
    yield "defaults", Rules()
    for part, settings in VARIED.items():
        for name, values in settings.items():
            for value in values:
                changed = replace(getattr(Rules(), part), **{name: value})
                yield f"{part}.{name} = {value}", replace(Rules(), **{part: changed})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--only", default="", help="settings whose name contains this")
    options = parser.parse_args()
    corpora = [corpus(options.stories, seed) for seed in range(options.seeds)]
    print(f"| setting | {' | '.join(COLUMNS)} |\n|{'---|' * (len(COLUMNS) + 1)}")
    for name, rules in variants():
        if options.only in name or name == "defaults":
            means = np.mean([scores(documents, rules) for documents in corpora], axis=0)
            cells = [f"{mean:.3f}" if mean <= 1 else f"{mean:.0f}" for mean in means]
            print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
