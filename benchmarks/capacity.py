"""What runs of a million to a billion articles take: `python benchmarks/capacity.py`.

Measures runs on planted texts of two sizes (benchmarks/planted_corpus.py), and on pages where
--pages names WARC files, and prints what an article costs in processor time and in bytes of each
exchange's files; then the plan that follows from it, by the rules that the product itself has for
parts, splits and rounds. The plan is arithmetic: nothing of its size was run.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from as_users import environment
from cluster_runs import size_of
from matching_scale import children_s
from peak_memory import descendants, memory
from planted_corpus import write

from pipelines.config.settings import Settings
from pipelines.exchange.partitions import parts_for
from pipelines.stages.extract.inputs import split_size
from pipelines.stages.match.rounds import rounds_for

TEXT_BYTES, PAGE_BYTES = 1150, 30_000
"""Of a planted text in a Parquet file, and of a page in a WARC."""
SPLIT_BYTES = Settings().input.split_bytes
PLANNED = (1_000_000, 10_000_000, 100_000_000, 1_000_000_000)
LABEL_BYTES = 16
"""An article and its component, as every worker gets them where one joins all pairs."""


class Measured:
    """One run of the command."""

    def __init__(self, source: str, workers: int) -> None:
        self.files: Counter[str] = Counter()
        self.largest = 0
        before = children_s()
        with tempfile.TemporaryDirectory() as output:
            call = ["run", "--input", source, "--output", output, "--workers", str(workers)]
            call += ["--set", "checks.max_cluster_share=1"]
            process = subprocess.Popen(
                [sys.executable, "-m", "pipelines", *call],
                stdout=subprocess.DEVNULL,
                env=environment(),
            )
            while process.poll() is None:
                self._watch(Path(output), process.pid)
                time.sleep(0.3)
            if process.returncode not in (0, 3):
                raise SystemExit(f"{call} ended with {process.returncode}")
        self.cpu_s = children_s() - before

    def _watch(self, output: Path, pid: int) -> None:
        now: Counter[str] = Counter()
        for path in output.glob(".work/*/exchanged/*.arrow"):
            now[path.name.split(".")[-2]] += size_of(path)
        self.files |= now  # the most of each
        used = (memory(child)[0] for child in descendants(pid))
        self.largest = max(self.largest, *used, 0)


def show(articles: int, article_ms: float, page_ms: float | None, per_text: float) -> None:
    """Prints a line of the plan."""
    texts = cut(articles, "parquet", TEXT_BYTES)
    pages = cut(articles, "warc", PAGE_BYTES)
    rounds = rounds_for(-1, articles * TEXT_BYTES)
    labels = f"{LABEL_BYTES * articles / 1e9:.2f} GB" if not rounds else f"{rounds} rounds"
    hours = "" if page_ms is None else f"{articles * page_ms / 3.6e6:,.0f}"
    print(
        f"| {articles:,} | {articles * article_ms / 3.6e6:,.1f} | {hours} "
        f"| {articles * per_text / 1e9:,.1f} | {texts} | {pages} | {labels} |"
    )


def cut(articles: int, kind: str, each: int) -> str:
    """How a run of so many articles is cut: splits, parts, and what crosses an exchange."""
    size = split_size(kind, articles * each, SPLIT_BYTES)
    splits = -(-articles * each // size)
    parts = parts_for(articles, splits)
    return (
        f"{splits:,} of {size / 1e6:,.0f} MB | {parts:,} of {articles / parts:,.0f} "
        f"| {splits * parts / 1e6:,.2f}"
    )


def main() -> None:
    """Measures, then prints what an article costs and the plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--pages", help="WARC files whose pages are measured too")
    parser.add_argument("--number", type=int, default=834, help="of these pages")
    arguments = parser.parse_args()
    measured = {}
    with tempfile.TemporaryDirectory() as folder:
        for documents in (arguments.documents // 4, arguments.documents):
            corpus = Path(folder, str(documents))
            write(documents, corpus)
            measured[documents] = Measured(str(corpus), 2)
    small, large = measured.values()
    more = arguments.documents - arguments.documents // 4
    article_ms = (large.cpu_s - small.cpu_s) / more * 1000
    fixed_s = small.cpu_s - article_ms * (arguments.documents // 4) / 1000
    page_ms = None
    if arguments.pages:
        page_ms = (Measured(arguments.pages, 2).cpu_s - fixed_s) / arguments.number * 1000
    print(f"a text: {article_ms:.2f} ms of processor time, and {fixed_s:.1f} s a run", end="")
    print("" if page_ms is None else f"; a page: {page_ms:.1f} ms", end="")
    print(f"; largest process {small.largest / 1e6:.0f} and {large.largest / 1e6:.0f} MB\n")
    print("| files of | bytes a text |\n|---|---|")
    for name, size in large.files.most_common():
        print(f"| {name} | {size / arguments.documents:.0f} |")
    per_text = large.files.total() / arguments.documents
    print(f"| all | {per_text:.0f} |\n")
    print("| articles | core hours, texts | core hours, pages | GB in exchange files ", end="")
    print("| splits, texts | parts of texts | million elements an exchange ", end="")
    print("| splits, pages | parts of pages | million elements | labels in every worker |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for articles in PLANNED:
        show(articles, article_ms, page_ms, per_text)


if __name__ == "__main__":
    main()
