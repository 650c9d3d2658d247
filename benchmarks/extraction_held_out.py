"""Pages on which no rule was chosen: `python benchmarks/extraction_held_out.py`.

The evaluation set of trafilatura's authors (Barbaresi 2021) as go-trafilatura ships it: for each of
983 pages, segments that its text must have and others that it must not. Told are precision, recall
and F1 over all segments for each extractor, with the 95 % interval of the difference of F1 to
trafilatura's default (paired bootstrap over pages). Look at no page of it: it is the held-out set.
"""

import argparse
import json
import os
import pickle
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extraction import BASELINE, HOME, peers_python, read

MODULE = "github.com/markusmobius/go-trafilatura@v1.12.2"
NAMES = ("copytrail", BASELINE, "trafilatura precision", "readability-lxml")
_STRING = r'"((?:[^"\\]|\\.)*)"'
_ENTRY = re.compile(rf"^\t{_STRING}: \{{\n(.*?)^\t\}},", re.DOTALL | re.MULTILINE)
_FILE = re.compile(rf"File:\s+{_STRING}")
_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Judged:
    """A page, what its text must have and what it must not."""

    url: str
    body: bytes
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Segments of one page."""

    found_segments: int
    missed: int
    wrong: int


def main() -> None:
    """Reads the pages with each extractor and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=400, help="drawn with a fixed seed")
    arguments = parser.parse_args()
    whole = list(judged_pages(HOME / "held-out"))
    pages = random.Random(7).sample(whole, min(arguments.pages, len(whole)))
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "pages")
        given.write_bytes(pickle.dumps([(page.url, page.body) for page in pages]))
        counts = {name: counted(name, pages, given) for name in NAMES}
    print(f"{len(pages)} of {len(whole)} pages")
    print("| extractor | precision | recall | F1 | against trafilatura |")
    print("|---|---|---|---|---|")
    for name, ours in counts.items():
        low, high = difference(ours, counts[BASELINE])
        scores = " | ".join(f"{score:.4f}" for score in scored(ours))
        print(f"| {name} | {scores} | {low:+.4f} to {high:+.4f} |")


def judged_pages(cache: Path) -> Iterator[Judged]:
    """The pages of the set, which a Go module holds."""
    cache.mkdir(parents=True, exist_ok=True)
    finished = subprocess.run(
        ["go", "mod", "download", "-json", MODULE],
        cwd=cache,
        env={**os.environ, "GOFLAGS": "-mod=mod", "GOMODCACHE": str(cache / "go")},
        check=True,
        capture_output=True,
    )
    folder = Path(json.loads(finished.stdout)["Dir"])
    data = (folder / "scripts" / "comparison" / "data.go").read_text("utf-8")
    for url, entry in _ENTRY.findall(data):
        [name] = _FILE.findall(entry)
        places = [folder / "test-files" / part / name for part in ("comparison", "mock")]
        place = next((path for path in places if path.exists()), None)
        if place is not None:
            segments = _segments(entry, "With"), _segments(entry, "Without")
            yield Judged(url, place.read_bytes(), *segments)


def _segments(entry: str, name: str) -> tuple[str, ...]:
    written = re.search(rf"\b{name}:\s+\[\]string\{{(.*?)\}},?\n", entry, re.DOTALL)
    literals = re.findall(_STRING, written[1]) if written else []
    return tuple(_spaced(json.loads(f'"{literal}"')) for literal in literals)


def counted(name: str, pages: Sequence[Judged], given: Path) -> list[Count]:
    """For each page, what one extractor's text has of its segments."""
    python = sys.executable if name == "copytrail" else str(peers_python())
    texts = [_spaced(result[0]) for result, _ in read(python, name, given)]
    return [_count(page, text) for page, text in zip(pages, texts, strict=True)]


def _count(page: Judged, text: str) -> Count:
    n_found = sum(segment in text for segment in page.wanted)
    wrong = sum(segment in text for segment in page.unwanted)
    return Count(n_found, len(page.wanted) - n_found, wrong)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def scored(counts: Sequence[Count]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all segments."""
    n_found = sum(count.found_segments for count in counts)
    missed = sum(count.missed for count in counts)
    wrong = sum(count.wrong for count in counts)
    f1 = 2 * n_found / (2 * n_found + missed + wrong)
    return n_found / (n_found + wrong), n_found / (n_found + missed), f1


def difference(left: Sequence[Count], right: Sequence[Count]) -> tuple[float, float]:
    """The 95 % interval of the difference of F1, pages drawn again and again."""
    draws = random.Random(11)
    gaps: list[float] = []
    for _ in range(_RESAMPLES):
        drawn = draws.choices(range(len(left)), k=len(left))
        gaps.append(scored([left[at] for at in drawn])[2] - scored([right[at] for at in drawn])[2])
    gaps.sort()
    return gaps[_RESAMPLES // 40], gaps[-_RESAMPLES // 40]


if __name__ == "__main__":
    main()
