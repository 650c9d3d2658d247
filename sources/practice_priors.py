"""What is known of a practice before a source's own articles are looked at: what others do.

A beta distribution by moments (Kleinman, 1973, Proportions with extraneous variance), its mean that
of the sources of one language, its spread that of sources around the mean of their language.
Rules that read one language better than another move that language's mean, and nobody can tell
this from a difference in practice: so what is left of a rate is its distance from that mean.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 6  # of weights and spread in turn; more change the fourth digit
_ALIKE, _UNSEEN = 0.1, 2.0
# spread of sources before any is seen, and for how many sources that counts: by moments alone two
# sources that agree by chance would be sure of each other
_SPREADS = 0.001, 0.8
_OF_ALL = 1.0  # sources for which the mean of all languages counts in that of one


@dataclass(frozen=True, slots=True)
class Prior:
    """A beta distribution, and what makes its language comparable with the others."""

    mean: float
    strength: float
    """Trials that it counts for."""
    shift: float = 0.0
    """The mean of all sources less that of the language's."""
    shift_error: float = 0.0
    """The standard error of the shift."""


@dataclass(frozen=True, slots=True)
class Priors:
    """The priors of one practice by language."""

    by_language: Mapping[str | None, Prior]
    elsewhere: Prior
    """Of a language of which no source shows anything: that of all."""

    def of(self, language: str | None) -> Prior:
        """The prior of a source of that language."""
        return self.by_language.get(language, self.elsewhere)


Counts = tuple[str | None, int, int]
"""The language of a source, and k of n of its articles."""


def priors_of(counts: Iterable[Counts]) -> Priors | None:
    """The priors of one practice, out of all sources of a run; None where none shows anything."""
    by_language: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
    for language, k, n in counts:
        if n > 0:
            by_language[language].append((k, n))
    if not by_language:
        return None
    groups = [_Rates(by_language[one]) for one in sorted(by_language, key=str)]
    spread = _ALIKE
    for _ in range(_ROUNDS):
        spread = _spread(groups, 1 / spread - 1)
    return _priors(dict(zip(sorted(by_language, key=str), groups, strict=True)), 1 / spread - 1)


class _Rates:
    """The rates of some sources."""

    def __init__(self, counts: Sequence[tuple[int, int]]) -> None:
        self.counts = counts
        k, self.n = np.array(counts, float).T
        self.rates: NDArray[np.float64] = k / self.n

    def weights(self, strength: float) -> NDArray[np.float64]:
        """How much of each rate's spread is its source's, and not chance."""
        weights: NDArray[np.float64] = self.n / (self.n + strength)
        return weights


def _spread(groups: Sequence[_Rates], strength: float) -> float:
    """1 / (strength + 1) of the beta distribution around the mean of each group."""
    seen = expected = chance = 0.0
    for one in groups:
        weights = one.weights(strength)
        total = float(weights.sum())
        # half a source of one half: a mean of 0 or 1 has no spread to compare with
        mean = (float(weights @ one.rates) + 0.25) / (total + 0.5)
        seen += float((weights * (one.rates - mean) ** 2).sum()) / (mean * (1 - mean))
        rest = weights * (1 - weights / total)
        expected += float(rest.sum())
        chance += float((rest / one.n).sum())
    alike = (seen - chance + _UNSEEN * _ALIKE) / (expected - chance + _UNSEEN)
    return min(max(alike, _SPREADS[0]), _SPREADS[1])


def _priors(groups: Mapping[str | None, _Rates], strength: float) -> Priors:
    every = _joined(list(groups.values()))
    weights = every.weights(strength)
    # all articles may show it, or none: what the next would show is not certain for that
    edge = 0.5 / (float(every.n.sum()) + 1)
    mean = min(max(float(weights @ every.rates) / float(weights.sum()), edge), 1 - edge)
    found = {}
    for name, one in groups.items():
        some = one.weights(strength)
        own = float(some.sum())
        its_mean = (float(some @ one.rates) + _OF_ALL * mean) / (own + _OF_ALL)
        others = 1 - own / float(weights.sum())
        error = sqrt(its_mean * (1 - its_mean) / (strength + 1) * others / (own + _OF_ALL))
        found[name] = Prior(its_mean, strength, mean - its_mean, error)
    return Priors(found, Prior(mean, strength))


def _joined(groups: Sequence[_Rates]) -> _Rates:
    return _Rates([(k, n) for one in groups for k, n in one.counts])
