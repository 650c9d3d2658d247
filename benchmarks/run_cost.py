"""CPU time of a whole run, held against another checkout's: `python benchmarks/run_cost.py OTHER`.

Runs `copytrail run` of this checkout and of the other one by turns on the same input, each with the
environment in its own `.venv` and an output of its own that is empty. Told are the median of both
in seconds of CPU time (all processes of a run), and of the ratio of each pair, with its extremes.
Which comes first in a pair alternates.
"""

import argparse
import resource
import statistics
import subprocess
import tempfile
from pathlib import Path

from as_users import environment

HERE = Path(__file__).resolve().parent.parent
CRAWL = "../shared/data/crawl/*.warc.gz"


def run_cpu_s(checkout: Path, input_glob: str, workers: int) -> float:
    """Seconds of CPU time that one run took with all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        call = ["run", "--input", input_glob, "--output", folder, "--workers", str(workers)]
        subprocess.run(
            [checkout / ".venv/bin/python", "-m", "pipelines", *call, "--quiet"],
            cwd=checkout,
            env=environment(),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Prints each pair as it comes, then the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="a checkout that has its `.venv`")
    parser.add_argument("--input", default=CRAWL)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pairs", type=int, default=10)
    arguments = parser.parse_args()
    input_glob = str(Path(arguments.input).absolute())
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(arguments.pairs):
        sides = [(HERE, ours), (arguments.other.resolve(), theirs)]
        for checkout, seconds in sides if number % 2 else reversed(sides):
            seconds.append(run_cpu_s(checkout, input_glob, arguments.workers))
        print(f"this {ours[-1]:.1f} s, other {theirs[-1]:.1f} s", flush=True)
    ratios = [ours_s / theirs_s for ours_s, theirs_s in zip(ours, theirs, strict=True)]
    print(f"medians: this {statistics.median(ours):.1f} s, other {statistics.median(theirs):.1f} s")
    print(
        f"ratio: median {statistics.median(ratios):.3f}, {min(ratios):.3f} to {max(ratios):.3f} "
        f"over {len(ratios)} pairs"
    )


if __name__ == "__main__":
    main()
