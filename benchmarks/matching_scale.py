"""Time, processor and memory by size: `python benchmarks/matching_scale.py 10000 100000`.

Makes planted corpora (benchmarks/planted_corpus.py), runs the whole command on each as a user does,
from Parquet to published tables, and prints what it cost and in which stage, and how processor time
grew from the first size to the last. Memory is of all processes together, pages shared by several
counted once (PSS), and of the largest process alone. The start of the command and all of Beam are
in it. A run that takes long is looked at less often, or looking would cost a tenth of it.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from as_users import environment
from peak_memory import descendants, memory
from planted_corpus import LARGEST, SKEW, write

STAGES = ("start", "extract", "clean", "match", "tables")


@dataclass
class Cost:
    """What one run cost."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    stage_s: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    """Until the next stage left its first word."""
    stage_bytes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    """The largest sum of PSS meanwhile."""
    process_bytes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    """The largest PSS of one process meanwhile."""


def stage_of(output: Path) -> str:
    """The furthest stage of which the run has left word."""
    names = {path.name.partition("~")[0] for path in output.glob(".work/*/progress/*~*")}
    return next((stage for stage in reversed(STAGES) if stage in names), STAGES[0])


def run(corpus: Path, output: Path, workers: str) -> Cost:
    """Runs the command on the corpus."""
    call = ["run", "--input", str(corpus), "--output", str(output), "--workers", workers]
    call += ["--set", "checks.max_cluster_share=1"]  # one planted cluster holds more
    before, began = children_s(), time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines", *call], stdout=subprocess.DEVNULL, env=environment()
    )
    cost, stage, last = Cost(), STAGES[0], began
    while process.poll() is None:
        used = [memory(pid)[0] for pid in descendants(process.pid)]
        stage = max(stage, stage_of(output), key=STAGES.index)
        now = time.monotonic()
        cost.stage_s[stage] += now - last
        cost.stage_bytes[stage] = max(cost.stage_bytes[stage], sum(used))
        cost.process_bytes[stage] = max(cost.process_bytes[stage], *used)
        last = now
        time.sleep(min(1.0, 0.1 + (now - began) / 300))
    if process.returncode not in (0, 3):
        raise SystemExit(f"{call} ended with {process.returncode}")
    cost.wall_s, cost.cpu_s = time.monotonic() - began, children_s() - before
    return cost


def children_s() -> float:
    """Processor time of all processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(documents: int, cost: Cost) -> None:
    """Prints one run."""
    peak = max(cost.stage_bytes.values())
    print(f"{documents} texts: {cost.wall_s:.1f} s, {documents / cost.wall_s:.0f} texts/s", end="")
    print(f", processor {cost.cpu_s:.1f} s, peak {peak / 1e6:.0f} MB")
    for stage in STAGES:
        used, in_process = cost.stage_bytes[stage] / 1e6, cost.process_bytes[stage] / 1e6
        print(f"  {stage:8} {cost.stage_s[stage]:7.1f} s  up to {used:5.0f} MB", end="")
        print(f", {in_process:5.0f} MB in one process")


def main() -> None:
    """Runs all sizes and prints what they cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--workers", default=str(os.cpu_count()))
    parser.add_argument("--largest", type=int, default=LARGEST, help="texts of the largest cluster")
    parser.add_argument("--skew", type=float, default=SKEW, help="of outlets; 1: all are alike")
    arguments = parser.parse_args()
    costs = []
    for documents in arguments.documents:
        with tempfile.TemporaryDirectory() as folder:
            write(documents, Path(folder, "corpus"), largest=arguments.largest, skew=arguments.skew)
            costs.append(run(Path(folder, "corpus"), Path(folder, "out"), arguments.workers))
        show(documents, costs[-1])
    if len(costs) > 1:
        growth, more = (
            costs[-1].cpu_s / costs[0].cpu_s,
            arguments.documents[-1] / arguments.documents[0],
        )
        print(f"processor time grew {growth:.1f} times for {more:g} times the texts")


if __name__ == "__main__":
    main()
