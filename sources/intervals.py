"""The interval of a share.

E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference; chosen
over Wald's for small n and shares near 0 or 1: Brown, Cai, DasGupta (2001).
"""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054  # the normal quantile of 97.5 %


@dataclass(frozen=True, slots=True)
class Share:
    """k of n; rate and interval are None where n is below the least number that supports them."""

    k: int
    n: int
    rate: float | None
    lo: float | None
    hi: float | None


def share(k: int, n: int, min_n: int) -> Share:
    """k of n with its Wilson 95 % interval, without rate and interval below min_n.

    >>> share(5, 10, min_n=30).rate
    """
    if n < max(1, min_n):
        return Share(k, n, None, None, None)
    lo, hi = wilson(k, n)
    return Share(k, n, k / n, lo, hi)


def wilson(k: int, n: int) -> tuple[float, float]:
    """The Wilson 95 % interval of k successes in n trials, n > 0.

    >>> [round(end, 4) for end in wilson(5, 10)]
    [0.2366, 0.7634]
    """
    rate, z2 = k / n, Z95 * Z95
    centre = rate + z2 / (2 * n)
    half = Z95 * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n))
    # at k = 0 and k = n an end is the rate itself, from which rounding can take it 1e-17 away
    lo = 0.0 if k == 0 else (centre - half) / (1 + z2 / n)
    hi = 1.0 if k == n else (centre + half) / (1 + z2 / n)
    return lo, hi
