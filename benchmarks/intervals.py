"""Do intervals hold what they say, is the index stable, and does it harm where nothing differs?

uv run python benchmarks/intervals.py [--crawls 100] [--seed 1]

Prints the coverage of the Wilson interval of a share, and of the index of practice on made crawls
whose outlets' practices are known; how alike the indices of two halves of an outlet's articles are;
and what the index says of groups of outlets that do not differ.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import lgamma
from typing import Any

import numpy as np
from numpy.typing import NDArray
from practice_corpus import PLAIN, Outlet, Reading, measured, outlets, plain_index

from sources.intervals import wilson

Rows = list[tuple[Outlet, Mapping[str, Any]]]
SIZES = (40,) * 12 + (120,) * 6 + (600,) * 6 + (4_000,) * 12
LANGUAGES = ("en", "de", "fr")
GERMAN_WORSE = {"de": 0.8}
FEW = (40, 120, 600, 4_000)
ALIKE = ((1, 0.0), (5, 0.1), (5, 0.3), (20, 0.1))


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of crawl."""

    name: str
    sizes: Sequence[int] = SIZES
    languages: Sequence[str] = LANGUAGES
    reading: Reading = PLAIN
    times: int = 1
    """So many times as many crawls, of those that are small."""


CASES = (
    Case("one language, 36 outlets", languages=("en",), times=3),
    Case("three languages, 108 outlets"),
    Case("three languages, 12 outlets", sizes=FEW, times=9),
    Case("108 outlets, blocks of 5 alike at .1", reading=Reading({}, 5, 0.1)),
)


def wilson_coverage(n: int, rates: NDArray[np.float64]) -> NDArray[np.float64]:
    """How often the interval of n holds each rate: exact, without drawing."""
    ends = np.array([wilson(k, n) for k in range(n + 1)])
    held = (ends[:, :1] <= rates) & (rates <= ends[:, 1:])
    k = np.arange(n + 1)[:, None]
    ways = np.array(
        [lgamma(n + 1) - lgamma(number + 1) - lgamma(n - number + 1) for number in range(n + 1)]
    )
    chances = np.exp(ways[:, None] + k * np.log(rates) + (n - k) * np.log1p(-rates))
    coverage: NDArray[np.float64] = (held * chances).sum(axis=0)
    return coverage


def wilson_rows() -> Iterator[tuple[str, ...]]:
    rates = np.linspace(0.001, 0.999, 999)
    for n in (30, 50, 100, 300, 1_000, 5_000):
        covered = wilson_coverage(n, rates)
        inner = covered[(rates >= 5 / n) & (rates <= 1 - 5 / n)]
        near = covered[(rates < 5 / n) | (rates > 1 - 5 / n)]
        shares = (covered.mean(), inner.mean(), inner.min(), inner.max())
        edges = (near.mean(), near.min()) if len(near) else (np.nan, np.nan)
        yield (str(n), *(f"{figure:.3f}" for figure in (*shares, *edges)))


def blocked_rows(rng: np.random.Generator, draws: int = 4_000) -> Iterator[tuple[str, ...]]:
    """The same where articles come in blocks that are alike: by section, author or template."""
    for block, alike in ALIKE:
        held = []
        for rate in (0.1, 0.3, 0.5, 0.9):
            k = _blocked(rng, 300, rate, block, alike, draws)
            ends = [wilson(int(successes), 300) for successes in k]
            held += [lo <= rate <= hi for lo, hi in ends]
        yield str(block), f"{alike:g}", f"{1 + (block - 1) * alike:.1f}", f"{np.mean(held):.3f}"


def _blocked(
    rng: np.random.Generator, n: int, rate: float, block: int, alike: float, draws: int
) -> NDArray[np.int64]:
    if block == 1:
        return rng.binomial(n, rate, draws)
    strength = 1 / alike - 1
    rates = rng.beta(rate * strength, (1 - rate) * strength, (draws, n // block))
    counts: NDArray[np.int64] = rng.binomial(block, rates).sum(axis=1)
    return counts


def crawl(seed: int, case: Case) -> Rows:
    """The outlets of one crawl, each with its row of sources, those that have an index."""
    rng = np.random.default_rng([seed, len(case.name)])
    made = outlets(rng, case.sizes, case.languages)
    return _indexed(made, measured(rng, made, case.reading))


def _indexed(made: Sequence[Outlet], rows: Sequence[Mapping[str, Any]]) -> Rows:
    pairs = zip(made, rows, strict=True)
    return [(outlet, row) for outlet, row in pairs if row["practice_index"] is not None]


def coverage_rows(crawls: int, seed: int) -> Iterator[tuple[str, ...]]:
    for case in CASES:
        held: dict[str, list[bool]] = defaultdict(list)
        wide = []
        for at in range(crawls * case.times):
            for outlet, row in crawl(seed + at, case):
                is_held = row["practice_lo"] <= outlet.practice <= row["practice_hi"]
                for group in ("all", *_groups(outlet)):
                    held[group].append(is_held)
                wide.append((row["practice_hi"] - row["practice_lo"]) / 2)
        names = ("all", "small", "large", "fr", "no copies")
        cells = [f"{np.mean(held[name]):.3f}" if held[name] else "–" for name in names]
        yield case.name, *cells, f"{np.mean(wide):.3f}"


def _groups(outlet: Outlet) -> list[str]:
    size = {40: "small", 4_000: "large"}.get(outlet.n_articles)
    return [*([size] if size else []), outlet.language, "copies" if outlet.copies else "no copies"]


def half_rows(crawls: int, seed: int) -> Iterator[tuple[str, ...]]:
    """How alike two halves of an outlet's articles are, by its number of articles."""
    sizes = (80, 160, 320, 640, 1_280)
    by_size: dict[int, list[tuple[float, ...]]] = defaultdict(list)
    for at in range(crawls):
        rng = np.random.default_rng([seed + at, 7])
        made = outlets(rng, sizes * 8, ("en", "de"))
        halves = [measured(rng, made, PLAIN, 0.5) for _ in range(2)]
        for outlet, *both in zip(made, *halves, strict=True):
            if all(row["practice_index"] is not None for row in both):
                indexes = [(row["practice_index"], plain_index(row)) for row in both]
                overlap = both[0]["practice_lo"] <= both[1]["practice_hi"]
                overlap &= both[1]["practice_lo"] <= both[0]["practice_hi"]
                by_size[outlet.n_articles].append((*indexes[0], *indexes[1], float(overlap)))
    for size in sizes:
        first, plain, second, other, overlap = np.array(by_size[size]).T
        rhos = [_rank_correlation(*pair) for pair in ((first, second), (plain, other))]
        gap = np.abs(first - second).mean()
        yield (str(size), *(f"{rho:.3f}" for rho in (*rhos, gap, overlap.mean())))


def _rank_correlation(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    ranks = [values.argsort().argsort() for values in (left, right)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


PAIRS = (
    ("small, large", "small", "large"),
    ("en, de", "en", "de"),
    ("en, fr (no rules for sourcing)", "en", "fr"),
    ("with and without copies", "copies", "no copies"),
)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Between two groups of outlets that do not differ, one value a crawl."""

    ours: NDArray[np.float64]
    chance: NDArray[np.float64]
    """What 95 of 100 gaps stay within by chance."""
    plain: NDArray[np.float64]


def harm(crawls: int, seed: int) -> tuple[dict[str, Gaps], float]:
    """Gaps by pair of groups, German being read worse than English; and half an interval."""
    case = Case("harm", reading=Reading(GERMAN_WORSE))
    all_rows = [crawl(seed + at, case) for at in range(crawls)]
    wide = [row["practice_hi"] - row["practice_lo"] for rows in all_rows for _, row in rows]
    gaps = {}
    for name, *sides in PAIRS:
        gaps_of_crawls = [_gap(*(_values(rows, side) for side in sides)) for rows in all_rows]
        gaps[name] = Gaps(*np.array(gaps_of_crawls).T)
    return gaps, float(np.mean(wide)) / 2


def _values(rows: Rows, group: str) -> NDArray[np.float64]:
    group_rows = [row for outlet, row in rows if group in _groups(outlet)]
    return np.array([(row["practice_index"], plain_index(row)) for row in group_rows])


def _gap(left: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, float, float]:
    ours, plain = left.mean(axis=0) - right.mean(axis=0)
    spread = sum(side[:, 0].var(ddof=1) / len(side) for side in (left, right))
    return float(ours), float(1.96 * np.sqrt(spread)), float(plain)


def harm_rows(crawls: int, seed: int) -> Iterator[tuple[str, ...]]:
    harms, half = harm(crawls, seed)
    for name, harm_of_group in harms.items():
        beyond = np.mean(np.abs(harm_of_group.ours) > harm_of_group.chance)
        largest = np.abs(harm_of_group.ours).max()
        means = [_mean_and_error(gaps) for gaps in (harm_of_group.ours, harm_of_group.plain)]
        yield name, *means, f"{largest:.3f}", f"{half:.3f}", f"{beyond:.2f}"


def _mean_and_error(gaps: NDArray[np.float64]) -> str:
    return f"{gaps.mean():+.4f} ± {1.96 * gaps.std(ddof=1) / np.sqrt(len(gaps)):.4f}"


def show(title: str, head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    """A table in Markdown."""
    print(f"\n{title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crawls", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    show(
        "Wilson interval: coverage, rates .001 to .999; inner: 5 or more expected of either",
        ("n", "mean", "inner: mean", "least", "most", "edges: mean", "least"),
        wilson_rows(),
    )
    show(
        "Wilson interval of 300 articles in blocks that are alike",
        ("articles in a block", "correlation", "design effect", "coverage"),
        blocked_rows(rng),
    )
    show(
        "Index of practice: coverage",
        ("crawl", "all", "40 articles", "4,000", "fr", "no copies", "half width"),
        coverage_rows(arguments.crawls, arguments.seed),
    )
    show(
        "Two halves of an outlet's articles",
        ("articles", "rank correlation", "of plain means", "difference", "intervals overlap"),
        half_rows(max(2, arguments.crawls // 5), arguments.seed),
    )
    show(
        "Gaps between groups that do not differ; German statements read with recall .8",
        ("groups", "index", "plain mean", "largest gap", "half an interval", "beyond 95 %"),
        harm_rows(arguments.crawls, arguments.seed),
    )


if __name__ == "__main__":
    main()
