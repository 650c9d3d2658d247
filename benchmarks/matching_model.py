"""A small model in place of the rules that say which pairs are copies: is it better, or simpler?

uv run python benchmarks/matching_model.py [--stories 120] [--folds 4] [--families 6]

A logistic rule over eight figures of a pair, none of which may count against a copy (its weights
are not negative), is fitted on all corpora but one and judged on that one, beside today's rules:
made corpora of several seeds (matching_corpus), and the kinds that are easily taken for copies
(matching_kinds). `model` stands in place of relations.copies alone, with the rules about round-ups,
frames, notices and quotations behind it as they are; `model alone` without them.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from unittest import mock

import numpy as np
from matching_corpus import Document, corpus
from matching_kinds import documents, scores
from matching_scores import (
    TEMPLATES,
    Matched,
    Read,
    Rules,
    b_cubed,
    match,
    merged_by_kind,
    quality,
    read,
)
from numpy.typing import NDArray

from dedupe.verification import relations
from dedupe.verification.clusters import clusters
from dedupe.verification.relations import Relation, VerifiedPairs, measure_pairs

FEATURES = (
    "Jaccard",
    "containment of the smaller",
    "containment of the larger",
    "rare text shared (idf-weighted Jaccard)",
    "facts shared",
    "numbers shared",
    "facts in proportion to text",
    "shared outside of quotations",
)
ROUNDS, STEP, PENALTY = 4000, 0.5, 1e-4


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic rule: weights of the features, an intercept, and the least value of a copy."""

    weights: NDArray[np.float64]
    intercept: float
    least: float

    def is_copy(self, features: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which rows are copies."""
        chosen: NDArray[np.bool_] = features @ self.weights + self.intercept >= self.least
        return chosen


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus with its candidate pairs, their features and whether they are of one story."""

    name: str
    read: Read
    features: NDArray[np.float64]
    is_true: NDArray[np.bool_]


def prepared(name: str, made: Sequence[Document]) -> Corpus:
    """The corpus, read and measured."""
    texts = read(made, Rules())
    stories = np.unique([fold.cluster for fold in made], return_inverse=True)[1]
    is_true = stories[texts.pairs[:, 0]] == stories[texts.pairs[:, 1]]
    return Corpus(name, texts, features_of(texts), is_true)


def features_of(texts: Read) -> NDArray[np.float64]:
    """The figures of each candidate pair, shape (p, 8), each in [0, 1]."""
    measured = measure_pairs(texts.reading, texts.pairs)
    both, facts, numbers = measured.shingles, measured.facts, measured.numbers
    left, right = both.containment_left(), both.containment_right()
    fewer = np.minimum(facts.left, facts.right)
    fewer_numbers = np.minimum(numbers.left, numbers.right)
    rare, unquoted = _rare_and_unquoted(texts)
    return np.stack(
        [
            both.jaccard(),
            np.maximum(left, right),
            np.minimum(left, right),
            rare,
            np.where(fewer > 0, facts.shared / np.maximum(fewer, 1), 0.5),
            np.where(fewer_numbers > 0, numbers.shared / np.maximum(fewer_numbers, 1), 0.5),
            np.minimum(
                1, facts.shared / np.maximum(np.maximum(left, right) * np.maximum(fewer, 1), 0.1)
            ),
            unquoted,
        ],
        axis=1,
    )


def _rare_and_unquoted(texts: Read) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Jaccard by the rarity of shingles in the corpus, and the share of shared ones unquoted."""
    shingles, quoted = texts.reading.shingles, texts.reading.quoted
    values, counts = np.unique(shingles.values, return_counts=True)
    idf = np.log(len(shingles) / counts)
    weights = idf[np.searchsorted(values, shingles.values)]
    totals = np.bincount(shingles.owners(), weights, len(shingles))
    rare, unquoted = np.zeros(len(texts.pairs)), np.ones(len(texts.pairs))
    for row, (a, b) in enumerate(texts.pairs.tolist()):
        shared = np.intersect1d(shingles[a], shingles[b], assume_unique=True)
        if len(shared):
            weight = idf[np.searchsorted(values, shared)].sum()
            rare[row] = weight / max(totals[a] + totals[b] - weight, 1e-9)
            marked = np.isin(shared, np.union1d(quoted[a], quoted[b]))
            unquoted[row] = 1 - marked.mean()
    return rare, unquoted


def fitted(corpora: Sequence[Corpus]) -> Model:
    """Weights by projected gradient, each corpus of one weight; the bound that is best by F1."""
    features = np.concatenate([fold.features for fold in corpora])
    is_true = np.concatenate([fold.is_true for fold in corpora])
    each = np.concatenate([np.full(len(fold.is_true), 1 / len(fold.is_true)) for fold in corpora])
    each /= each.sum()
    weights, intercept = np.ones(features.shape[1]), -3.0
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-(features @ weights + intercept)))
        slope = each * (chances - is_true)
        weights = np.maximum(weights - STEP * 20 * (features.T @ slope + PENALTY * weights), 0)
        intercept -= STEP * 20 * slope.sum()
    values = features @ weights + intercept
    order = np.argsort(-values)
    right = np.cumsum((each * is_true)[order])
    f1 = 2 * right / (np.cumsum(each[order]) + (each * is_true).sum())
    return Model(weights, float(intercept), float(values[order[int(np.argmax(f1))]]))


def with_model(fold: Corpus, model: Model) -> Matched:
    """The corpus matched with the model in place of relations.copies."""
    is_copy = model.is_copy(fold.features)
    with mock.patch.object(relations, "copies", return_value=is_copy):
        return match(fold.read, Rules())


def by_model_alone(fold: Corpus, model: Model) -> Matched:
    """The corpus clustered by the model's copies and the guard alone."""
    measured: VerifiedPairs = measure_pairs(fold.read.reading, fold.read.pairs)
    chosen = np.where(model.is_copy(fold.features), Relation.NEAR, Relation.NONE)
    verified = replace(measured, relations=chosen.astype(np.uint8))
    labels = clusters(fold.read.reading.shingles, verified, Rules().guard).labels.tolist()
    return Matched(fold.read.documents, labels, verified)


def figures(matched: Matched) -> list[float]:
    """F1 over pairs and over texts, templates and round-ups merged, the worst kind's figures."""
    merged = merged_by_kind(matched)
    made = matched.documents
    kinds = list(scores(made, matched.labels).values()) if "notice" in made[0].kind else []
    return [
        quality(matched)[2],
        b_cubed(matched.truth(), matched.labels),
        float(np.mean([merged.get(kind, 0.0) for kind in TEMPLATES])),
        merged.get("roundup", 0.0),
        min((precision for precision, _ in kinds), default=float("nan")),
        min((recall for _, recall in kinds), default=float("nan")),
    ]


def main() -> None:
    """Prints a row for each corpus and way, and the weights fitted on all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=120)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--families", type=int, default=6)
    options = parser.parse_args()
    corpora = [
        prepared(f"made {seed}", corpus(options.stories, 300 + seed))
        for seed in range(options.folds)
    ]
    corpora += [prepared(f"kinds {seed}", documents(options.families, seed)) for seed in (11, 12)]
    print(
        "| left out | by | F1 | F1 over texts | templates | round-ups | kinds: precision | recall |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for place, fold in enumerate(corpora):
        model = fitted([*corpora[:place], *corpora[place + 1 :]])
        ways: Mapping[str, Matched] = {
            "rules": match(fold.read, Rules()),
            "model": with_model(fold, model),
            "model alone": by_model_alone(fold, model),
        }
        for way, matched in ways.items():
            row = " | ".join(f"{figure:.3f}" for figure in figures(matched))
            print(f"| {fold.name} | {way} | {row} |", flush=True)
    model = fitted(corpora)
    print("\n| feature | weight |\n|---|---|")
    for name, weight in zip(FEATURES, model.weights.tolist(), strict=True):
        print(f"| {name} | {weight:.2f} |")
    print(f"| intercept, bound | {model.intercept:.2f}, {model.least:.2f} |")


if __name__ == "__main__":
    main()
