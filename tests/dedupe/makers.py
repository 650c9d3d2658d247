"""Small makers of texts and arrays for the tests of matching."""

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.in_memory import candidates
from dedupe.candidates.keys import CandidateRules
from dedupe.text.features import TextFeatures, text_features
from dedupe.verification.clusters import Clusters, GuardRules, clusters
from dedupe.verification.relations import Thresholds, VerifiedPairs, verify_pairs
from dedupe.verification.roundups import RoundupRules

VOCABULARY = [
    first + second + third
    for first in ("ba", "do", "ki", "lu", "me", "no", "ri", "sa", "te", "vu")
    for second in ("l", "m", "n", "r", "st", "nd")
    for third in ("a", "e", "i", "o", "u", "an", "el", "is")
]


def sentences(count: int, seed: int) -> list[str]:
    """Invented sentences, each with a number and a name of its own."""
    chance = random.Random(seed)
    return [
        " ".join(
            [
                *chance.choices(VOCABULARY, k=7),
                str(chance.randint(10, 99999)),
                chance.choice(VOCABULARY).capitalize(),
                *chance.choices(VOCABULARY, k=4),
            ]
        )
        + "."
        for _ in range(count)
    ]


def story(count: int = 20, seed: int = 0) -> str:
    return "\n".join(sentences(count, seed))


def all_pairs(n: int) -> NDArray[np.int64]:
    return np.stack(np.triu_indices(n, 1), axis=1).astype(np.int64)


def none_bare(reading: TextFeatures) -> NDArray[np.bool_]:
    """No page that says nothing of itself."""
    return np.zeros(len(reading), np.bool_)


def verified_by_default(
    reading: TextFeatures,
    pairs: NDArray[np.int64],
    hosts: NDArray[np.int64],
    outlets: NDArray[np.int64],
    roundups: RoundupRules | None = None,
) -> VerifiedPairs:
    """The pairs verified by the default rules, or by these of round-ups."""
    rules = (Thresholds(), roundups or RoundupRules())
    return verify_pairs(reading, pairs, hosts, outlets, none_bare(reading), *rules)


def judged(texts: Sequence[str], outlets: Sequence[int] | None = None) -> VerifiedPairs:
    """Every pair of the texts, verified; each text from an outlet of its own unless told."""
    reading = text_features(texts)
    outlet = np.arange(len(texts)) if outlets is None else np.array(outlets)
    return verified_by_default(reading, all_pairs(len(texts)), np.arange(len(texts)), outlet)


def matched(texts: Sequence[str], roundups: RoundupRules | None = None) -> Clusters:
    """The whole way from texts to clusters, in one partition."""
    reading = text_features(texts)
    numbers = np.arange(len(texts), dtype=np.int64)
    pairs = candidates(reading.shingles, CandidateRules())
    verified = verified_by_default(reading, pairs, numbers, numbers, roundups)
    return clusters(reading.shingles, verified, GuardRules())


def partition(labels: Sequence[int], names: Sequence[object]) -> set[frozenset[object]]:
    """The clusters as sets of names."""
    members: dict[int, set[object]] = {}
    for label, name in zip(labels, names, strict=True):
        members.setdefault(label, set()).add(name)
    return {frozenset(member) for member in members.values()}
