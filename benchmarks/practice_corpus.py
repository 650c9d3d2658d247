"""Made outlets whose practices are known, as the counts that a run adds up, for intervals.py.

Practices differ from outlet to outlet and by nothing else: not by size, by language, or by what can
be seen of an outlet. The counts go the way of a run from its tallies on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from pipelines.stages.outlets.host_sources import HostSources
from pipelines.stages.tables.sources import source_table, tally_bytes
from schemas.measures import COUNTED, SUMS, VALUES
from sources.measures.practice_columns import PRACTICES
from sources.measures.practice_index import FAMILIES, PracticeWeights
from sources.measures.source_measures import SHARES
from sources.measures.source_totals import Tally

RULED = ("en", "de")
"""Languages with rules for sourcing."""
_OWN = 0.7
_SPREAD: Mapping[str, tuple[float, float]] = {
    "date_present": (0.95, 2),
    "zone_present": (0.8, 0.6),
    "byline_present": (0.7, 3),
    "credited": (0.6, 3),
    "attributed": (0.8, 20),
    "unnamed_source": (0.2, 15),
    "name_present": (0.9, 2),
    "number_changed": (0.06, 20),
}
"""Mean and strength of the beta distribution of each practice over outlets: by template most of a
site's pages have a date or a zone, or none has."""
WEIGHTS = PracticeWeights()


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet and what it does."""

    source_id: str
    language: str
    n_articles: int
    rates: Mapping[str, float]
    """Of each share, in the long run."""
    copies: float
    """The share of its articles that are copies."""

    @property
    def practice(self) -> float:
        """What its index would be if its rates were known."""
        by_family: dict[str, list[float]] = {}
        for practice in PRACTICES:
            rate = self.rates[practice.share]
            by_family.setdefault(practice.family, []).append(
                rate if practice.is_wanted else 1 - rate
            )
        names = [name for name in FAMILIES if name in by_family]
        return float(WEIGHTS.of(names) @ [np.mean(by_family[name]) for name in names])


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are read and how they hang together."""

    recall: Mapping[str, float]
    """By language: attributed texts that the rules find."""
    block: int = 1
    """Articles that are alike: of one section, author or template."""
    alike: float = 0.0
    """The correlation within such a block."""


PLAIN = Reading({})


def outlets(rng: Generator, sizes: Sequence[int], languages: Sequence[str]) -> list[Outlet]:
    """One outlet of every size and language, of which about a fourth carries no copies."""
    made = []
    for language in languages:
        for at, size in enumerate(sizes):
            rates = {
                name: float(rng.beta(mean * strength, (1 - mean) * strength))
                for name, (mean, strength) in _SPREAD.items()
            }
            copies = 0.0 if rng.random() < 0.25 else float(rng.uniform(0.05, 0.4))
            made.append(Outlet(f"{language}{at}.example", language, size, rates, copies))
    return made


def measured(
    rng: Generator, made: Sequence[Outlet], reading: Reading = PLAIN, part: float = 1.0
) -> list[dict[str, Any]]:
    """The rows of sources of one crawl of these outlets, of a part of their articles."""
    tally = tallied(rng, made, reading, part)
    rows = source_table([tally], HostSources({}), [], [], 30, WEIGHTS)
    by_id = {row["source_id"]: row for row in rows}
    return [by_id[outlet.source_id] for outlet in made]


def tallied(
    rng: Generator, made: Sequence[Outlet], reading: Reading = PLAIN, part: float = 1.0
) -> tuple[bytes, bytes]:
    """What articles of these outlets add up to, as a run sends it to where sources are measured."""
    sums = [_sums(rng, outlet, reading, max(1, round(part * outlet.n_articles))) for outlet in made]
    values = [
        {"source_id": outlet.source_id, "name": "language", "value": outlet.language, "n": 1}
        for outlet in made
    ]
    tables = pa.Table.from_pylist(sums, schema=SUMS), pa.Table.from_pylist(values, schema=VALUES)
    return tally_bytes(Tally(*tables))


def plain_index(row: Mapping[str, Any]) -> float:
    """The index without any care: plain rates of the families that happen to be seen."""
    by_family: dict[str, list[float]] = {}
    for practice in PRACTICES:
        k, n = row[f"{practice.share}_k"], row[f"{practice.share}_n"]
        if n and k is not None:
            by_family.setdefault(practice.family, []).append(
                k / n if practice.is_wanted else 1 - k / n
            )
    names = [name for name in FAMILIES if name in by_family]
    return float(WEIGHTS.of(names) @ [np.mean(by_family[name]) for name in names])


def _sums(rng: Generator, outlet: Outlet, reading: Reading, n: int) -> dict[str, Any]:
    counts = dict.fromkeys(COUNTED, 0)
    counts |= {
        "words": 400 * n,
        "is_distinct": n,
        "is_observed": n,
        "is_copy": int(outlet.copies * n),
    }
    own = round(_OWN * n)
    counts |= {"is_own": own, "is_ruled": own if outlet.language in RULED else 0}
    counts["is_kept"] = counts["is_copy"] // 2
    for practice in PRACTICES:
        k, of = SHARES[practice.share]
        rate = outlet.rates[practice.share]
        if practice.share == "attributed":
            rate *= reading.recall.get(outlet.language, 1.0)
        counts[k] = _count(rng, counts[of], rate, reading)
    times = {"window_start": None, "window_end": None}
    return {"source_id": outlet.source_id, "n_articles": n, **times, **counts}


def _count(rng: Generator, n: int, rate: float, reading: Reading) -> int:
    """How many of n show it."""
    if reading.block == 1 or n == 0:
        return int(rng.binomial(n, rate))
    sizes = [min(reading.block, n - start) for start in range(0, n, reading.block)]
    strength = 1 / reading.alike - 1
    rates = rng.beta(rate * strength + 1e-9, (1 - rate) * strength + 1e-9, len(sizes))
    return int(rng.binomial(sizes, rates).sum())
