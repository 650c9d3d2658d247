"""copytrail's extraction beside its peers, on the same pages: `python benchmarks/extraction.py`.

Body F1 is over 4-grams of words, averaged over pages, with a 95 % interval of the difference to
trafilatura's default (paired bootstrap). Speed is pages for a second of CPU time, body and metadata
together, told as the ratio to trafilatura's default: the median of the rounds, each of which runs
every extractor once. The peers have an environment of their own, made by uv at the first run.
"""

import argparse
import os
import pickle
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extraction_pages import CRAWL, Known, crawl_pages, readability_pages

HERE = Path(__file__).parent
HOME = Path(os.environ.get("COPYTRAIL_PEERS", Path.home() / ".cache" / "copytrail-peers"))
PACKAGES = (
    *("trafilatura==2.3.1", "resiliparse==2.0.1", "readability-lxml==0.9"),
    *("newspaper4k==0.9.6", "lxml[html_clean]"),
)
BASELINE = "trafilatura"
EXTRACTORS = (
    *("copytrail", "trafilatura", "trafilatura fast", "trafilatura precision"),
    *("resiliparse", "readability-lxml", "newspaper4k"),
)
Result = tuple[str, str, list[str], str]
"""Text, title, authors, day."""
_WORD = re.compile(r"\w+")
_RESAMPLES = 2_000


@dataclass(slots=True)
class Taken:
    """What one extractor gave in all rounds; its results are the same in each."""

    results: list[Result] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    """CPU time for all pages, one for each round."""


def main() -> None:
    """Runs the rounds and prints one table for each set of pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, help="of each set, drawn with a fixed seed")
    arguments = parser.parse_args()
    sets = {"real pages (Readability's)": readability_pages(HOME / "readability-pages")}
    if CRAWL.is_dir():
        sets["made crawl"] = crawl_pages()
    for name, pages in sets.items():
        sample = random.Random(7).sample(pages, min(arguments.pages or len(pages), len(pages)))
        report(name, sample, run(sample, arguments.rounds))


def run(pages: Sequence[Known], rounds: int) -> dict[str, Taken]:
    """Every extractor on all pages, once in each round."""
    python = peers_python()
    taken = {name: Taken() for name in EXTRACTORS}
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "pages")
        given.write_bytes(pickle.dumps([(page.url, page.body) for page in pages]))
        for _ in range(rounds):
            for name, extractor in taken.items():
                interpreter = sys.executable if name == "copytrail" else str(python)
                results = read(interpreter, name, given)
                extractor.results = [result for result, _ in results]
                extractor.seconds.append(sum(seconds for _, seconds in results))
    return taken


def read(python: str, name: str, pages: Path) -> list[tuple[Result, float]]:
    """One extractor on all pages in a process of its own."""
    out = pages.with_name("results")
    command = [python, str(HERE / "peers" / "extractors.py"), name, str(pages), str(out)]
    env = {**os.environ, "PYTHONPATH": str(HERE.parent)} if name == "copytrail" else None
    subprocess.run(command, check=True, env=env, stderr=subprocess.DEVNULL)
    results: list[tuple[Result, float]] = pickle.loads(out.read_bytes())
    return results


def peers_python() -> Path:
    """The interpreter of the peers' environment, which is made where it is missing."""
    folder = HOME / "extractors"
    python = folder / "bin" / "python"
    if not (folder / ".complete").exists():
        subprocess.run(["uv", "venv", "-q", "--clear", str(folder)], check=True)
        install = ["uv", "pip", "install", "-q", "--python", str(python)]
        subprocess.run([*install, *PACKAGES], check=True)
        (folder / ".complete").touch()
    return python


def report(title: str, pages: Sequence[Known], taken: dict[str, Taken]) -> None:
    """The table: each extractor's scores, and its speed beside trafilatura's."""
    scores = {
        name: [
            body_f1(page.text, result[0])
            for page, result in zip(pages, extractor.results, strict=True)
        ]
        for name, extractor in taken.items()
    }
    print(f"{title}: {len(pages)} pages")
    print("| extractor | body F1 | against trafilatura | title | authors | day | speed |")
    print("|---|---|---|---|---|---|---|")
    for name, extractor in taken.items():
        low, high = difference(scores[name], scores[BASELINE])
        ratios = [a / b for a, b in zip(taken[BASELINE].seconds, extractor.seconds, strict=True)]
        cells = [f"{statistics.fmean(scores[name]):.4f}", f"{low:+.4f} to {high:+.4f}"]
        cells += [*fields(pages, extractor.results), f"{statistics.median(ratios):.2f}"]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def fields(pages: Sequence[Known], results: Sequence[Result]) -> list[str]:
    """Shares of titles, authors and days that are right, over the pages whose truth knows them."""
    pairs = list(zip(pages, results, strict=True))
    titles = [page.title.strip() == got[1].strip() for page, got in pairs if page.title]
    names = [sorted(page.authors) == sorted(got[2]) for page, got in pairs if page.authors]
    days = [page.day == got[3] for page, got in pairs if page.day]
    return [f"{statistics.fmean(hits):.3f}" if hits else "" for hits in (titles, names, days)]


def difference(left: Sequence[float], right: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean difference, pages drawn again and again."""
    draws = random.Random(11)
    gaps = [a - b for a, b in zip(left, right, strict=True)]
    means = sorted(statistics.fmean(draws.choices(gaps, k=len(gaps))) for _ in range(_RESAMPLES))
    return means[_RESAMPLES // 40], means[-_RESAMPLES // 40]


def body_f1(wanted: str, extracted: str) -> float:
    """F1 over the 4-grams of both texts' words."""
    left, right = grams(wanted), grams(extracted)
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def grams(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """The text's 4-grams; one shorter gram where it has too few words."""
    words = _WORD.findall(text.lower())
    starts = range(max(1, len(words) - size + 1)) if words else range(0)
    return Counter(tuple(words[at : at + size]) for at in starts)


if __name__ == "__main__":
    main()
