"""How far an outlet's observable practices go: five family scores, one index, its interval.

Each part of a family is k of n. Rates are shrunk towards the sources of the same language, so
that few articles say little and no language is measured by another. Not in a run's tables yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

MIN_FAMILIES = 3
MIN_ARTICLES = 30
WEIGHTS: Mapping[str, float] = {
    "disclosure": 0.25,
    "credit": 0.25,
    "sourcing": 0.20,
    "identity": 0.20,
    "consistency": 0.10,
}
_DRAWS = 2_000
_STRENGTHS = 1.0, 1_000.0  # alike sources would give an infinite strength


@dataclass(frozen=True, slots=True)
class Part:
    """k of n of one observable practice, n > 0, and what its language's sources do."""

    k: int
    n: int
    prior: "Prior"


@dataclass(frozen=True, slots=True)
class Prior:
    """A beta distribution: its mean, and the trials it counts for."""

    mean: float
    strength: float


@dataclass(frozen=True, slots=True)
class PracticeIndex:
    """The scores; index, ends and sensitivity are None where the data are thin."""

    families: Mapping[str, float]
    index: float | None
    lo: float | None
    hi: float | None
    sensitivity: float | None
    """The largest change of the index when one weight is half as large again, or half."""


def prior_of(counts: Sequence[tuple[int, int]]) -> Prior:
    """The beta distribution of one practice over sources of one language, by moments."""
    k, n = np.array([pair for pair in counts if pair[1] > 0], float).reshape(-1, 2).T
    total = float(n.sum())
    mean = (float(k.sum()) + 0.5) / (total + 1)
    spare = len(n) - 1
    if spare < 1:
        return Prior(mean, _STRENGTHS[0])
    spread = float((n * (k / n - mean) ** 2).sum()) / (mean * (1 - mean))
    room = total - float((n * n).sum()) / total - spare
    alike = (spread - spare) / room if room > 0 else 0.0
    strength = 1 / alike - 1 if alike > 0 else _STRENGTHS[1]
    return Prior(mean, min(max(strength, _STRENGTHS[0]), _STRENGTHS[1]))


def practice_index(
    source_id: str,
    families: Mapping[str, Sequence[Part]],
    n_articles: int,
    weights: Mapping[str, float] = WEIGHTS,
) -> PracticeIndex:
    """The index of one source; a family without parts is left out, and never 0."""
    used = {name: families[name] for name in weights if families.get(name)}
    scores = {name: float(np.mean([_mean(one) for one in used[name]])) for name in used}
    if len(used) < MIN_FAMILIES or n_articles < MIN_ARTICLES:
        return PracticeIndex(scores, None, None, None, None)
    rng = np.random.default_rng(_seed(source_id, weights))
    draws = {name: np.mean([_draws(one, rng) for one in used[name]], axis=0) for name in used}
    lo, hi = np.quantile(_weighted(draws, weights), [0.025, 0.975])
    index = float(_weighted({name: np.array(scores[name]) for name in used}, weights))
    return PracticeIndex(scores, index, float(lo), float(hi), _sensitivity(scores, weights, index))


def _mean(part: Part) -> float:
    prior = part.prior
    return (part.k + prior.mean * prior.strength) / (part.n + prior.strength)


def _draws(part: Part, rng: np.random.Generator) -> NDArray[np.float64]:
    trials, mean = part.n + part.prior.strength, _mean(part)
    return rng.beta(trials * mean, trials * (1 - mean), _DRAWS)


def _weighted(
    scores: Mapping[str, NDArray[np.float64]], weights: Mapping[str, float]
) -> NDArray[np.float64]:
    stacked = np.array([scores[name] for name in scores])
    result: NDArray[np.float64] = np.average(stacked, 0, [weights[name] for name in scores])
    return result


def _sensitivity(scores: Mapping[str, float], weights: Mapping[str, float], index: float) -> float:
    arrays = {name: np.array(score) for name, score in scores.items()}
    changed = [
        {**weights, name: weights[name] * factor} for name in scores for factor in (0.5, 1.5)
    ]
    return max(abs(float(_weighted(arrays, one)) - index) for one in changed)


def _seed(source_id: str, weights: Mapping[str, float]) -> int:
    told = repr((source_id, sorted(weights.items())))
    return int.from_bytes(sha256(told.encode("utf-8", "surrogatepass")).digest()[:8], "big")
