"""What reading in a process that can be killed costs: `python benchmarks/isolation_cost.py`.

The same pages are read in this process and through the isolated one, in interleaved pairs; told are
the ratios of CPU time (both processes together) and of wall-clock time. The start of the isolated
process is told apart: it is paid once for `pages_per_process` pages. Linux only, for `/proc`.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extraction_pages import CRAWL

from schemas.page import Page
from sources.extract import extract_article
from sources.isolation import IsolatedReader
from sources.limits import Limits
from sources.warc import read_warc

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for all pages."""

    cpu_s: float
    wall_s: float


def main() -> None:
    """Runs the pairs and prints the ratios, isolated over plain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--pages", type=int, default=200, help="drawn with a fixed seed")
    told = parser.parse_args()
    pages = random.Random(7).sample(crawl(), told.pages)
    plain(pages)
    pairs = [(plain(pages), isolated(pages)) for _ in range(told.pairs)]
    print(f"{len(pages)} pages, {told.pairs} pairs; isolated over plain, median (quartiles)")
    show("CPU time", [one.cpu_s / other.cpu_s for other, one in pairs])
    show("wall clock", [one.wall_s / other.wall_s for other, one in pairs])
    starts = [start(pages[0]) for _ in range(3)]
    print(f"start of the process and first page: {statistics.median(starts):.2f} s of CPU time")


def crawl() -> list[Page]:
    """The pages of the made crawl."""
    found: list[Page] = []
    for path in sorted(CRAWL.glob("*.warc.gz")):
        with path.open("rb") as stream:
            found.extend(one for one in read_warc(stream, path.name) if isinstance(one, Page))
    return found


def plain(pages: Sequence[Page]) -> Cost:
    """Reading in this process."""
    cpu, wall = time.process_time(), time.perf_counter()
    for page in pages:
        extract_article(page, Limits())
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def isolated(pages: Sequence[Page]) -> Cost:
    """Reading through the isolated process, which knows the pages as this one does (caches)."""
    with IsolatedReader(Limits()) as reader:
        for page in pages:
            list(reader.send(page))
        list(reader.drain())
        cpu, wall = time.process_time() + children_s(), time.perf_counter()
        read = [result for page in pages for result in reader.send(page)]
        read.extend(reader.drain())
        cost = Cost(time.process_time() + children_s() - cpu, time.perf_counter() - wall)
    assert len(read) == len(pages)
    return cost


def start(page: Page) -> float:
    """CPU time of a new process until it has read its first page."""
    with IsolatedReader(Limits()) as reader:
        list(reader.send(page))
        list(reader.drain())
        return children_s()


def children_s() -> float:
    """CPU time so far of the processes that this one has started and that live."""
    me = os.getpid()
    listed = Path(f"/proc/{me}/task/{me}/children").read_text().split()
    stats = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in listed]
    return sum(int(one[11]) + int(one[12]) for one in stats) * _TICK_S


def show(name: str, ratios: Sequence[float]) -> None:
    """One line: the median of the ratios, and their spread."""
    low, median, high = statistics.quantiles(ratios, n=4)
    print(f"{name}: {median:.3f} ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main()
