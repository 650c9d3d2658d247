"""How far an outlet's observable practices go: five family scores, one index, its interval.

Each part of a family is k of n. Rates are shrunk towards the sources of the same language, so
that few articles say little, and no language is measured by another (practice_priors). A
family of which nothing was seen stands at what sources do on the whole, as unsure as these differ:
it neither lifts nor lowers the index, and widens its interval.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from schemas.setting import ANY, Share
from sources.measures.practice_priors import Prior

FAMILIES = ("disclosure", "credit", "sourcing", "identity", "consistency")
MIN_FAMILIES = 3
MIN_ARTICLES = 30
_DRAWS = 1_000  # ends then move by some 4 % of half an interval; 2 ms a source
_ENDS = 0.025, 0.975
_HALF, _HALF_MORE = 0.5, 1.5


@dataclass(frozen=True, slots=True)
class PracticeWeights:
    """The weights of the families of practice in the index; their sum is 1.

    What a crawl shows on nearly every page weighs most, what it shows of few articles least.
    """

    version: Annotated[str, ANY] = "1"
    """What the weights are called in practice_weights_version; other weights want a name of their
    own."""
    disclosure: Share = 0.25
    """Pages say when, in which zone and by whom."""
    credit: Share = 0.25
    """Copies of others' texts say where they are from."""
    sourcing: Share = 0.20
    """Texts say who says so, and by name."""
    identity: Share = 0.20
    """Pages name their outlet."""
    consistency: Share = 0.10
    """Copies keep the numbers of the text they carry; few are compared, and a change may put it
    right."""

    def faults(self) -> list[str]:
        """What keeps these weights from being told from others by their version."""
        total, shipped = sum(getattr(self, name) for name in FAMILIES), PracticeWeights()
        faults = []
        if abs(total - 1) > 1e-9:
            faults.append(f"the weights must add up to 1, got {total:g}")
        if self.version == shipped.version and self != shipped:
            faults.append(f"version {self.version} has other weights; write a version of your own")
        return faults

    def of(self, families: Sequence[str]) -> NDArray[np.float64]:
        """The weights of some families, of which the sum is 1."""
        listed = np.array([getattr(self, name) for name in families], float)
        weights: NDArray[np.float64] = listed / listed.sum()
        return weights


@dataclass(frozen=True, slots=True)
class PracticePart:
    """k of n of one observable practice, and what its language's sources do; n may be 0."""

    k: int
    n: int
    prior: Prior


@dataclass(frozen=True, slots=True)
class Family:
    """What was seen of one family, 0 to 1, and what the index would be by another weight of it."""

    value: float
    lo: float
    hi: float
    weight: float
    at_half_weight: float
    at_half_more: float


@dataclass(frozen=True, slots=True)
class PracticeIndex:
    """The index with its parts; a family of which nothing was seen is in it and not listed."""

    index: float
    lo: float
    hi: float
    families: Mapping[str, Family]
    sensitivity: float
    """The largest change of the index when one weight is half as large, or half as large again."""


def why_no_index(seen: Collection[str], n_articles: int) -> str | None:
    """What an index would need more of, in words; None where there is enough for one.

    Args:
        seen: the families of which the source shows something.
        n_articles: its articles.

    >>> why_no_index(["credit"], 17)
    '17 of 30 articles; 1 of 3 families of practice (credit)'
    """
    lacks = []
    if n_articles < MIN_ARTICLES:
        lacks.append(f"{n_articles} of {MIN_ARTICLES} articles")
    if len(seen) < MIN_FAMILIES:
        names = f" ({', '.join(seen)})" if seen else ""
        lacks.append(f"{len(seen)} of {MIN_FAMILIES} families of practice{names}")
    return "; ".join(lacks) or None


def practice_index(
    source_id: str,
    parts: Mapping[str, Sequence[PracticePart]],
    n_articles: int,
    weights: PracticeWeights,
) -> PracticeIndex | None:
    """The index of one source; None where the data are thin.

    Args:
        source_id: seeds the draws, together with the weights.
        parts: of every family that some source of the run shows; those of which this source shows
            nothing have n = 0.
        n_articles: its articles.
        weights: of the families.
    """
    names = [name for name in FAMILIES if parts.get(name) and getattr(weights, name) > 0]
    seen = seen_families(parts, weights)
    if why_no_index(seen, n_articles):
        return None
    rng = np.random.default_rng(_seed(source_id, weights))
    values = np.array([np.mean([_value(part) for part in parts[name]]) for name in names])
    draws = np.array(
        [np.mean([_draws(part, rng) for part in parts[name]], axis=0) for name in names]
    )
    used = weights.of(names)
    index = float(used @ values)
    lo, hi = np.quantile(used @ draws, _ENDS)
    by_name = {}
    for at, name in enumerate(names):
        ends = np.quantile(draws[at], _ENDS)
        other = [_weighted(values, used, at, factor) for factor in (_HALF, _HALF_MORE)]
        by_name[name] = Family(*map(float, (values[at], *ends, used[at], *other)))
    changes = [
        abs(moved - index) for f in by_name.values() for moved in (f.at_half_weight, f.at_half_more)
    ]
    families = {name: by_name[name] for name in seen}
    return PracticeIndex(index, float(lo), float(hi), families, max(changes))


def seen_families(
    parts: Mapping[str, Sequence[PracticePart]], weights: PracticeWeights
) -> list[str]:
    """The families with a weight of which a source shows something."""
    return [
        name
        for name in FAMILIES
        if getattr(weights, name) > 0 and any(part.n for part in parts.get(name, ()))
    ]


def _value(part: PracticePart) -> float:
    prior = part.prior
    mean = (part.k + prior.mean * prior.strength) / (part.n + prior.strength)
    return min(max(mean + prior.shift, 0.0), 1.0)


def _draws(part: PracticePart, rng: np.random.Generator) -> NDArray[np.float64]:
    prior = part.prior
    strengths = prior.strengths(rng, _DRAWS)
    shown = part.k + prior.mean * strengths
    rates = rng.beta(shown, part.n + strengths - shown)
    errors = prior.error(part.n) * np.sqrt((prior.strength + 1) / (strengths + 1))
    moved = rates + prior.shift + errors * rng.standard_normal(_DRAWS)
    return np.clip(moved, 0.0, 1.0)


def _weighted(
    values: NDArray[np.float64], weights: NDArray[np.float64], at: int, factor: float
) -> float:
    changed = weights.copy()
    changed[at] *= factor
    return float(changed @ values / changed.sum())


def _seed(source_id: str, weights: PracticeWeights) -> int:
    written = repr((source_id, sorted(asdict(weights).items())))
    return int.from_bytes(sha256(written.encode("utf-8", "surrogatepass")).digest()[:8], "big")
