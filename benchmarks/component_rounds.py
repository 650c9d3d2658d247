"""Pairs that rounds leave to one worker: `python benchmarks/component_rounds.py [--rounds 5]`.

Takes random pairs of 200,000 articles, many and few, and a chain of them in random order, through
rounds of large-star and small-star (star_contraction), and prints how many edges are still
open after each number of rounds. No clock and no machine is in it.
"""

import argparse
from collections.abc import Iterator

import numpy as np

from dedupe.candidates.star_contraction import (
    Edges,
    both_ways,
    large_star,
    resolve_stars,
    small_star,
)

ARTICLES = 200_000


def made() -> Iterator[tuple[str, Edges]]:
    """Each graph with what it is called."""
    random = np.random.default_rng(1)
    articles = np.unique(random.integers(1, 1 << 63, ARTICLES, dtype=np.uint64))
    for pairs in (1_000_000, 100_000):
        places = random.integers(0, len(articles), (pairs, 2))
        yield f"{pairs:,} random pairs of {ARTICLES:,} articles", articles[places]
    chain = random.permutation(articles)
    yield f"a chain of {ARTICLES:,} in random order", np.stack([chain[:-1], chain[1:]], axis=1)


def left(edges: Edges, rounds: int) -> Iterator[int]:
    """The open edges after no round, after one, and so on."""
    edges = both_ways(edges)
    yield len(resolve_stars(edges).open_edges)
    for _ in range(rounds):
        edges = both_ways(small_star(large_star(edges)))
        yield len(resolve_stars(edges).open_edges)


def main() -> None:
    """Prints a row for each graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    heads = " | ".join(map(str, range(arguments.rounds + 1)))
    print(
        f"| edges left to one worker after rounds | {heads} |\n{'|---' * (arguments.rounds + 2)}|"
    )
    for name, edges in made():
        print(f"| {name} | {' | '.join(f'{n:,}' for n in left(edges, arguments.rounds))} |")


if __name__ == "__main__":
    main()
