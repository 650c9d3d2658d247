"""What is known of a practice before a source's own articles are looked at: what others do.

A beta distribution by moments (Kleinman, 1973, Proportions with extraneous variance), its mean that
of the sources of one language, its spread that of sources around the mean of their language.
Rules that read one language better than another move that language's mean, and nobody can tell
this from a difference in practice: so what is left of a rate is its distance from that mean.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 6  # of weights and spread in turn; more change the fourth digit
_ALIKE, _UNSEEN = 0.2, 2.0
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
    pull: float = 0.0
    """The weight of the language's own sources in its mean; the rest of 1 is that of all."""
    part: float = 1.0
    """The share of all that is known of the practice which the language's sources make up."""
    freedom: float = 1e6
    """How many sources say how far sources differ; few may be alike by chance."""
    own_error: float = 0.0
    other_error: float = 0.0
    """Standard errors of the means of the language's sources and of all others."""

    def strengths(self, rng: np.random.Generator, draws: int) -> NDArray[np.float64]:
        """The strength as it may be: inverse chi-squared, as a variance of so much freedom."""
        spreads = self.freedom / rng.chisquare(self.freedom, draws) / (self.strength + 1)
        strengths: NDArray[np.float64] = 1 / np.clip(spreads, *_SPREADS) - 1
        return strengths

    def error(self, n: int) -> float:
        """The standard error that these means leave in a shifted rate of n articles.

        A rate that is drawn by 1 - w to the mean of its language, and by w away from it to that of
        all: what is wrong in the one mean is partly wrong in the other, too.
        """
        w = n / (n + self.strength)
        of_all = 1 - w * (1 - self.pull)
        own = (of_all * self.part - w * self.pull) * self.own_error
        return hypot(own, of_all * (1 - self.part) * self.other_error)


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
    # sorted, for sums of floats depend on their order
    groups = [_Rates(sorted(by_language[language])) for language in sorted(by_language, key=str)]
    spread, freedom = _ALIKE, _UNSEEN
    for _ in range(_ROUNDS):
        spread, freedom = _spread(groups, 1 / spread - 1)
    named = dict(zip(sorted(by_language, key=str), groups, strict=True))
    return _priors(named, 1 / spread - 1, freedom)


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


def _spread(groups: Sequence[_Rates], strength: float) -> tuple[float, float]:
    """1 / (strength + 1) of the beta distribution around the means of groups, and its freedom."""
    seen = expected = chance = 0.0
    for group in groups:
        weights = group.weights(strength)
        total = float(weights.sum())
        # half a source of one half: a mean of 0 or 1 has no spread to compare with
        mean = (float(weights @ group.rates) + 0.25) / (total + 0.5)
        seen += float((weights * (group.rates - mean) ** 2).sum()) / (mean * (1 - mean))
        rest = weights * (1 - weights / total)
        expected += float(rest.sum())
        chance += float((rest / group.n).sum())
    freedom = expected - chance + _UNSEEN
    alike = (seen - chance + _UNSEEN * _ALIKE) / freedom
    return min(max(alike, _SPREADS[0]), _SPREADS[1]), freedom


def _priors(groups: Mapping[str | None, _Rates], strength: float, freedom: float) -> Priors:
    every = _joined(list(groups.values()))
    weights = every.weights(strength)
    # all articles may show it, or none: what the next would show is not certain for that
    edge = 0.5 / (float(every.n.sum()) + 1)
    mean = min(max(float(weights @ every.rates) / float(weights.sum()), edge), 1 - edge)
    total = float(weights.sum())
    spread = mean * (1 - mean) / (strength + 1)
    priors = {}
    for name, group in groups.items():
        own_weights = group.weights(strength)
        own = float(own_weights.sum())
        its_mean = (float(own_weights @ group.rates) + _OF_ALL * mean) / (own + _OF_ALL)
        priors[name] = Prior(
            mean=its_mean,
            strength=strength,
            shift=mean - its_mean,
            pull=own / (own + _OF_ALL),
            part=own / total,
            freedom=freedom,
            own_error=sqrt(spread / own),
            other_error=sqrt(spread / (total - own)) if len(groups) > 1 else 0.0,
        )
    elsewhere = Prior(mean, strength, part=0.0, freedom=freedom, other_error=sqrt(spread / total))
    return Priors(priors, elsewhere)


def _joined(groups: Sequence[_Rates]) -> _Rates:
    return _Rates([(k, n) for group in groups for k, n in group.counts])
