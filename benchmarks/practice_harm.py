"""What the index of practice says of outlets that all do the same, from pages to tables.

uv run python benchmarks/practice_harm.py [--seed 1] [--small 8 40] [--large 2 300]

Runs copytrail on a made crawl (practice_pages.py) and prints, for groups of outlets, the gap of
their mean indices, what chance makes of it, and the gap of plain rates; and half an interval.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from practice_corpus import plain_index
from practice_pages import made_outlets, write_crawl

from pipelines.config.settings import load_settings
from pipelines.run.execute import execute
from pipelines.run.request import Request

Row = Mapping[str, Any]
PAIRS: Mapping[str, tuple[Callable[[Row, int], bool], Callable[[Row, int], bool]]] = {
    "small, large": (lambda row, n: row["n_articles"] < n, lambda row, n: row["n_articles"] >= n),
    "en, de": (lambda row, n: _is(row, "en"), lambda row, n: _is(row, "de")),
    "en, fr": (lambda row, n: _is(row, "en"), lambda row, n: _is(row, "fr")),
    "de, fr": (lambda row, n: _is(row, "de"), lambda row, n: _is(row, "fr")),
}
"""Groups, by a row of sources and the number of articles from which an outlet is large."""


def _is(row: Row, language: str) -> bool:
    return bool(row["practice_language"] == language)


def measured_sources(
    folder: Path, small: tuple[int, int], large: tuple[int, int], seed: int, workers: int
) -> list[dict[str, Any]]:
    """The rows of sources of a run on a made crawl."""
    crawl = write_crawl(folder / "crawl.warc.gz", made_outlets(small, large), seed)
    settings = load_settings(None, [f"run.workers={workers}"])
    done = execute(Request((str(crawl),), str(folder / "out"), settings))
    return [
        row
        for file in sorted(Path(done.path, "sources").iterdir())
        for row in pq.ParquetFile(file).read().to_pylist()
    ]


def gaps(rows: Sequence[Row], large: int) -> dict[str, tuple[float, float, float]]:
    """By pair of groups: the gap of mean indices, what chance makes, the gap of plain rates."""
    harms = {}
    for name, sides in PAIRS.items():
        groups = [[row for row in rows if is_in(row, large)] for is_in in sides]
        ours = [np.array([row["practice_index"] for row in group]) for group in groups]
        plain = [np.mean([plain_index(row) for row in group]) for group in groups]
        error = np.sqrt(sum(group.var(ddof=1) / len(group) for group in ours))
        gap = float(ours[0].mean() - ours[1].mean())
        harms[name] = (gap, float(1.96 * error), float(plain[0] - plain[1]))
    return harms


def half_width(rows: Sequence[Row]) -> float:
    """Of a single outlet's interval, on the mean."""
    return float(np.mean([row["practice_hi"] - row["practice_lo"] for row in rows])) / 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", type=int, nargs=2, default=(8, 40), metavar=("N", "ARTICLES"))
    parser.add_argument("--large", type=int, nargs=2, default=(2, 300), metavar=("N", "ARTICLES"))
    arguments = parser.parse_args()
    small, large = tuple(arguments.small), tuple(arguments.large)
    with tempfile.TemporaryDirectory() as folder:
        rows = measured_sources(Path(folder), small, large, arguments.seed, os.cpu_count() or 1)
    print(f"{len(rows)} outlets; half an interval: {half_width(rows):.3f}\n")
    print("| groups | gap of the index | by chance, 95 % | gap of plain rates |\n|---|---|---|---|")
    for name, (gap, chance, plain) in gaps(rows, large[1]).items():
        print(f"| {name} | {gap:+.4f} | ±{chance:.4f} | {plain:+.4f} |")


if __name__ == "__main__":
    main()
