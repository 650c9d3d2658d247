"""Matching of the made corpus in one process, with any rules, and what it gets right."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from matching_corpus import Document
from numpy.typing import NDArray

from dedupe.candidates.in_memory import candidates
from dedupe.candidates.keys import CandidateRules
from dedupe.text.boilerplate import BoilerplateRules, outlet_sample, recurring
from dedupe.text.features import TextFeatures, features_of_words
from dedupe.text.words import read_words
from dedupe.verification.clusters import GuardRules, clusters
from dedupe.verification.relations import Relation, Thresholds, VerifiedPairs, verify_pairs
from dedupe.verification.roundups import RoundupRules


@dataclass(frozen=True, slots=True)
class Rules:
    """All that decides over matching; the defaults are those of a run."""

    candidates: CandidateRules = field(default_factory=CandidateRules)
    recurrence: BoilerplateRules = field(default_factory=BoilerplateRules)
    thresholds: Thresholds = field(default_factory=Thresholds)
    roundups: RoundupRules = field(default_factory=RoundupRules)
    guard: GuardRules = field(default_factory=GuardRules)


@dataclass(frozen=True, slots=True)
class Read:
    """Documents less their outlets' boilerplate, and their candidate pairs."""

    documents: Sequence[Document]
    reading: TextFeatures
    pairs: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matched:
    """What matching made of the documents."""

    documents: Sequence[Document]
    labels: list[int]
    verified: VerifiedPairs

    def truth(self) -> list[str]:
        """What cluster each document was made for."""
        return [document.cluster for document in self.documents]

    def linked(self) -> set[tuple[int, int]]:
        """The numbers of the documents of every pair with a relation."""
        is_linked = self.verified.relations > Relation.NONE
        return {(left, right) for left, right in self.verified.pairs[is_linked].tolist()}


def read(documents: Sequence[Document], rules: Rules) -> Read:
    """The part that depends on `candidates` and `recurrence` alone, and costs most."""
    words = read_words([document.text for document in documents])
    outlets = np.array([document.outlet for document in documents])
    size, recurrence = rules.candidates.shingle_words, rules.recurrence
    first = features_of_words(words, size)
    sample = outlet_sample(outlets, first.text_hashes, first.shingles, recurrence.sample_texts)
    reading = features_of_words(words, size, outlets, recurring(sample, recurrence))
    return Read(documents, reading, candidates(reading.shingles, rules.candidates))


def match(texts_read: Read, rules: Rules) -> Matched:
    """Pairs verified and clusters made."""
    outlets = np.array([document.outlet for document in texts_read.documents])
    numbers, reading = np.arange(len(outlets)), texts_read.reading
    rows = (reading, texts_read.pairs, numbers, outlets, np.zeros(len(outlets), np.bool_))
    verified = verify_pairs(*rows, rules.thresholds, rules.roundups)
    labels = clusters(reading.shingles, verified, rules.guard).labels.tolist()
    return Matched(texts_read.documents, labels, verified)


def pair_counts(truth: Sequence[object], labels: Sequence[object]) -> tuple[float, float, float]:
    """How many pairs are together in both, as said, and in truth."""
    both, predicted, real = (
        sum(n * (n - 1) / 2 for n in Counter(group).values())
        for group in (zip(truth, labels, strict=True), labels, truth)
    )
    return both, predicted, real


def f1(counts: Sequence[float]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pair counts."""
    both, predicted, real = counts
    precision, recall = both / max(predicted, 1), both / max(real, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def quality(matched: Matched) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs."""
    return f1(pair_counts(matched.truth(), matched.labels))


def recall_by_kind(matched: Matched) -> dict[str, float]:
    """For each kind of copy the share that is in its original's cluster."""
    recalls = defaultdict(list)
    for document in matched.documents:
        if document.origin is not None:
            labels = matched.labels
            recalls[document.kind].append(
                labels[place_of(matched, document.number)]
                == labels[place_of(matched, document.origin)]
            )
    return {kind: float(np.mean(shares)) for kind, shares in sorted(recalls.items())}


def place_of(matched: Matched, number: int) -> int:
    """Where a document stands among those that were matched."""
    return number - matched.documents[0].number


def merged_by_kind(matched: Matched) -> dict[str, float]:
    """For each kind of first text the share that is in a cluster with another story's text."""
    stories = defaultdict(set)
    for document, label in zip(matched.documents, matched.labels, strict=True):
        stories[label].add(document.cluster)
    shares_by_kind = defaultdict(list)
    for document, label in zip(matched.documents, matched.labels, strict=True):
        if document.origin is None:
            shares_by_kind[document.kind].append(len(stories[label]) > 1)
    return {kind: float(np.mean(shares)) for kind, shares in sorted(shares_by_kind.items())}


def parts_linked(matched: Matched) -> float:
    """The share of the parts of round-ups of which the original is linked with it."""
    linked = matched.linked()
    homes = {
        document.cluster: document.number
        for document in matched.documents
        if document.kind == "original"
    }
    wanted = [
        (homes[part], document.number) for document in matched.documents for part in document.parts
    ]
    return float(np.mean([(min(pair), max(pair)) in linked for pair in wanted]))


def stray_links(matched: Matched) -> int:
    """Links between stories that share no paragraph by the way they were made."""
    linked = [(matched.documents[a], matched.documents[b]) for a, b in matched.linked()]
    sharing = {"roundup", "heavy", "follow-up", "quoting"}
    return sum(
        left.cluster != other.cluster and not sharing & {left.kind, other.kind}
        for left, other in linked
    )


def b_cubed(truth: Sequence[object], labels: Sequence[object]) -> float:
    """F1 of the mean precision and recall over texts (Bagga and Baldwin 1998).

    Every text counts alike here, and over pairs a text as much as its cluster is large.
    """
    both = list(zip(truth, labels, strict=True))
    together, real, predicted = Counter(both), Counter(truth), Counter(labels)
    precision = float(
        np.mean([together[both_labels] / predicted[both_labels[1]] for both_labels in both])
    )
    recall = float(np.mean([together[both_labels] / real[both_labels[0]] for both_labels in both]))
    return 2 * precision * recall / (precision + recall)


TEMPLATES = ("weather", "markets", "court", "match", "brief", "table")


def score(matched: Matched) -> float:
    """What settings are chosen by: F1 over pairs and over texts, less what merged stories cost.

    A tenth of the share of round-ups that are in a cluster with another story, and of template
    stories: few pairs are wrong where two small clusters are merged, but all that the tables say
    of who was first is.
    """
    merged = merged_by_kind(matched)
    templates = float(np.mean([merged.get(kind, 0.0) for kind in TEMPLATES]))
    right = (quality(matched)[2] + b_cubed(matched.truth(), matched.labels)) / 2
    return right - 0.1 * (merged.get("roundup", 0.0) + templates)
