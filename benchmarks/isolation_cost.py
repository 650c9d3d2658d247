"""What reading in a process that can be killed costs: `python benchmarks/isolation_cost.py`.

Blocks of the same pages are read in this process and through the isolated one, by turns, so that
what else the machine does hits both; told is the ratio of CPU time (both processes together), its
median over the blocks with a 95 % interval (bootstrap). Both sides know the pages beforehand and
keep their garbage alike. The start of the isolated process is told apart, as a share of what the
pages of the crawl cost: a run pays it once a worker. Linux only, for `/proc`.
"""

import argparse
import gc
import os
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extraction_pages import CRAWL

from schemas.page import Page
from sources.extraction.extract import check_extractor, extract_article
from sources.extraction.isolated_reader import IsolatedReader
from sources.limits import Limits
from sources.readers.warc import read_warc

_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of one block, read one way and the other."""

    plain_s: float
    isolated_s: float
    ours_s: float
    """Of the isolated cost, what this process spent on sending and receiving."""

    @property
    def ratio(self) -> float:
        """Isolated over plain."""
        return self.isolated_s / self.plain_s


def main() -> None:
    """Reads block after block both ways and prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="over all pages")
    parser.add_argument("--pages", type=int, default=400, help="drawn with a fixed seed")
    parser.add_argument("--block", type=int, default=20, help="pages read before the other's turn")
    arguments = parser.parse_args()
    everything = crawl()
    pages = random.Random(7).sample(everything, arguments.pages)
    check_extractor()
    gc.collect()
    gc.freeze()
    with IsolatedReader(Limits()) as reader:
        list(costs(pages, reader, arguments.block))  # both know the pages now
        blocks = [
            cost for _ in range(arguments.rounds) for cost in costs(pages, reader, arguments.block)
        ]
    ratios = [cost.ratio for cost in blocks]
    low, high = interval(ratios)
    print(f"{len(pages)} pages, {len(blocks)} blocks of {arguments.block}")
    print(f"isolated over plain: median {statistics.median(ratios):.3f} ({low:.3f} to {high:.3f})")
    print(f"of all CPU: {total(blocks, 'isolated_s') / total(blocks, 'plain_s'):.3f}")
    print(
        f"spent on sending and receiving: {total(blocks, 'ours_s') / total(blocks, 'plain_s'):.3f}"
    )
    starts = statistics.median(start(pages[0]) for _ in range(3))
    whole = total(blocks, "plain_s") / len(blocks) / arguments.block * len(everything)
    print(f"start of a process and first page: {starts:.2f} s of CPU")
    print(f"that is {starts / whole:.3f} of reading the crawl's {len(everything)} pages")


def crawl() -> list[Page]:
    """The pages of the made crawl."""
    pages: list[Page] = []
    for path in sorted(CRAWL.glob("*.warc.gz")):
        with path.open("rb") as stream:
            pages.extend(
                record for record in read_warc(stream, path.name) if isinstance(record, Page)
            )
    return pages


def costs(pages: Sequence[Page], reader: IsolatedReader, size: int) -> Iterator[Cost]:
    """Both costs of each block; which comes first changes from block to block."""
    for number, at in enumerate(range(0, len(pages), size)):
        block = pages[at : at + size]
        if number % 2:
            plain_s = plain(block)
            theirs_s, ours_s = isolated(block, reader)
        else:
            theirs_s, ours_s = isolated(block, reader)
            plain_s = plain(block)
        yield Cost(plain_s, theirs_s + ours_s, ours_s)


def plain(pages: Sequence[Page]) -> float:
    """Reading in this process."""
    start = time.process_time()
    for page in pages:
        extract_article(page, Limits())
    return time.process_time() - start


def isolated(pages: Sequence[Page], reader: IsolatedReader) -> tuple[float, float]:
    """Reading in the other process: its time and ours."""
    theirs, ours = children_s(), time.process_time()
    read = [result for page in pages for result in reader.send(page)]
    read.extend(reader.drain())
    assert len(read) == len(pages)
    spent = time.process_time() - ours
    return children_s() - theirs, spent


def start(page: Page) -> float:
    """CPU time of a new process until it has read its first page."""
    with IsolatedReader(Limits()) as reader:
        list(reader.send(page))
        list(reader.drain())
        return children_s()


def children_s() -> float:
    """CPU time so far of the processes that this one has started and that live, in nanoseconds."""
    me = os.getpid()
    listed = Path(f"/proc/{me}/task/{me}/children").read_text().split()
    spent = [Path(f"/proc/{child}/schedstat").read_text().split()[0] for child in listed]
    return sum(map(int, spent)) / 1e9


def total(costs: Sequence[Cost], name: str) -> float:
    """The sum of one field."""
    return sum(float(getattr(cost, name)) for cost in costs)


def interval(ratios: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of their median, blocks drawn again and again."""
    draws = random.Random(11)
    drawn = [statistics.median(draws.choices(ratios, k=len(ratios))) for _ in range(_RESAMPLES)]
    drawn.sort()
    return drawn[_RESAMPLES // 40], drawn[-_RESAMPLES // 40]


if __name__ == "__main__":
    main()
