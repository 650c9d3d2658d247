"""Peak memory of a whole run: `python benchmarks/peak_memory.py [--input GLOB] [--workers N]`.

Starts the command as a user does and adds up, twenty times a second, the memory of the process and
all its descendants: PSS (shared pages counted once) and RSS. Prints both peaks over all runs.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from as_users import environment

CRAWL = "../shared/data/crawl/*.warc.gz"


def descendants(pid: int) -> list[int]:
    """The process and all processes it started, directly or not."""
    pids = [pid]
    for parent in pids:
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            pids.extend(int(child) for child in _text(path).split())
    return pids


def memory(pid: int) -> tuple[int, int]:
    """PSS and RSS of one process, bytes; 0 for one that has ended."""
    fields = {line.split(":")[0]: line for line in _text(f"/proc/{pid}/smaps_rollup").splitlines()}
    sizes = [
        int(fields[name].split()[1]) * 1024 if name in fields else 0 for name in ("Pss", "Rss")
    ]
    return sizes[0], sizes[1]


def processor_time(pid: int) -> float:
    """Seconds that one process has computed, without its children; 0 for one that has ended."""
    fields = _text(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def peaks(command: list[str]) -> tuple[int, int]:
    """The largest sums of PSS and of RSS while the command runs, bytes."""
    process = subprocess.Popen(command, env=environment())
    pss = rss = 0
    while process.poll() is None:
        sums = [sum(column) for column in zip(*map(memory, descendants(process.pid)), strict=True)]
        pss, rss = max(pss, sums[0]), max(rss, sums[1])
        time.sleep(0.05)
    if process.returncode not in (0, 3):
        raise SystemExit(f"{command} ended with {process.returncode}")
    return pss, rss


def main() -> None:
    """Runs the command some times and prints the peaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--input", default=CRAWL)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    texts = []
    for _ in range(arguments.runs):
        with tempfile.TemporaryDirectory() as folder:
            call = [
                "run",
                "--input",
                arguments.input,
                "--output",
                folder,
                "--workers",
                arguments.workers,
            ]
            texts.append(peaks([sys.executable, "-m", "pipelines", *call]))
    for name, values in zip(("PSS", "RSS"), zip(*texts, strict=True), strict=True):
        told_mb = [value / 1e6 for value in values]
        print(f"peak {name}: median {statistics.median(told_mb):.0f} MB, ", end="")
        print(f"{min(told_mb):.0f} to {max(told_mb):.0f} over {len(told_mb)} runs")


def _text(path: str | Path) -> str:
    try:
        return Path(path).read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""


if __name__ == "__main__":
    main()
