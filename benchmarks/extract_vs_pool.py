"""The pipeline's extraction against a plain process pool: `python benchmarks/extract_vs_pool.py`.

Both run the same function on the same splits with two worker processes, in interleaved pairs, and
both are timed alike: from the start of the first split to the end of the last, as the workers' own
clocks tell. The start of the processes is told apart: the pool's are spawned, Beam's import Beam.
Prints medians, spread and ratios; a ratio of 1.15 is what the issue allows.
"""

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import apache_beam as beam
from extraction_jobs import Job, extract

from pipelines.config.settings import Settings
from pipelines.engine.runner import engine
from pipelines.exchange.work_folder import Work
from pipelines.stages.extract.inputs import Split, find_files, splits

CRAWL = "../shared/data/crawl/*.warc.gz"
WORKERS = 2
Run = Callable[[Sequence[Job]], Iterator[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds on the machine's clock."""

    work_s: float
    whole_s: float


def by_pool(jobs: Sequence[Job]) -> Iterator[tuple[float, float]]:
    """By a pool of spawned processes that take one split after the other."""
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        yield from pool.imap_unordered(extract, jobs, chunksize=1)


def by_pipeline(jobs: Sequence[Job]) -> Iterator[tuple[float, float]]:
    """By Beam's embedded engine as the pipeline runs it."""
    runner, options = engine("embedded", WORKERS, [])
    folder = Path(jobs[0].folder)
    with beam.Pipeline(runner=runner, options=options) as pipeline:
        _ = (
            pipeline
            | beam.Create(list(enumerate(jobs)))
            | beam.GroupByKey()
            | beam.FlatMap(lambda part: part[1])
            | beam.Map(extract)
            | beam.Map(lambda times: f"{times[0]!r} {times[1]!r}")
            | beam.io.WriteToText(str(folder / "times"))
        )
    for path in folder.glob("times-*"):
        for line in path.read_text().splitlines():
            start, end = line.split()
            yield float(start), float(end)


def timed(
    run: Callable[[Sequence[Job]], Iterator[tuple[float, float]]], work: list[Split]
) -> Timed:
    """One run into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        Work(folder, "run").make()
        began = time.time()
        times = list(run([Job(split, folder) for split in work]))
        return Timed(max(t[1] for t in times) - min(t[0] for t in times), time.time() - began)


def main() -> None:
    """Runs the pairs and prints what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", default=CRAWL)
    parser.add_argument("--pairs", type=int, default=10)
    arguments = parser.parse_args()
    settings = Settings()
    work = splits(find_files([arguments.input]).files, settings.input.split_bytes)
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)  # for the workers of both
    pool: list[Timed] = []
    pipeline: list[Timed] = []
    for number in range(arguments.pairs):
        order: list[tuple[Run, list[Timed]]] = [(by_pool, pool), (by_pipeline, pipeline)]
        for run, results in order if number % 2 else order[::-1]:
            results.append(timed(run, work))
        ratio = pipeline[-1].work_s / pool[-1].work_s
        print(f"pair {number + 1}: {ratio:.3f}", flush=True)
    for name in ("work_s", "whole_s"):
        report(name, [getattr(t, name) for t in pool], [getattr(t, name) for t in pipeline])


def report(name: str, pool: list[float], pipeline: list[float]) -> None:
    """Medians of both, and median and quartiles of the ratios of the pairs."""
    ratios = [b / a for a, b in zip(pool, pipeline, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    print(f"{name}: pool {statistics.median(pool):.2f} s, ", end="")
    print(f"pipeline {statistics.median(pipeline):.2f} s (medians of {len(pool)}); ", end="")
    print(f"ratio median {middle:.3f}, quartiles {low:.3f} to {high:.3f}")


if __name__ == "__main__":
    main()
