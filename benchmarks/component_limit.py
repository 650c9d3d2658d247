"""What joining candidate pairs costs: `python benchmarks/component_limit.py 1000000 10000000`.

Gives what joins a run's pairs (union_find.Joined) as many random ones as asked, of a fifth
as many articles, and prints the time and the memory of its one process; each number in a fresh
process.
"""

import multiprocessing
import resource
import sys
import time

import numpy as np

from dedupe.candidates.union_find import IncrementalUnionFind

BATCH = 100_000


def connect(pairs: int) -> None:
    """Joins that many pairs and prints what it cost."""
    random = np.random.default_rng(1)
    articles = random.integers(1, 1 << 63, pairs // 5 + 1, dtype=np.uint64)
    joined = IncrementalUnionFind()
    before, used_s = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0.0
    for _ in range(0, pairs, BATCH):
        places = random.integers(0, len(articles), (min(BATCH, pairs), 2))
        batch = np.sort(articles[places], axis=1)
        began = time.process_time()
        joined.add(batch)
        used_s += time.process_time() - began
    began = time.process_time()
    labelled = joined.components()
    used_s += time.process_time() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    print(
        f"{pairs} pairs of {len(labelled.articles)} articles: {used_s:.1f} s, {more:.0f} MB more, ",
        end="",
    )
    print(f"labels {labelled.articles.nbytes * 2 / 1e6:.0f} MB", flush=True)


def main() -> None:
    """Joins each number of pairs that was asked for."""
    for pairs in map(int, sys.argv[1:] or ["1000000", "10000000"]):
        process = multiprocessing.get_context("spawn").Process(target=connect, args=(pairs,))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
