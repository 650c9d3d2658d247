"""How soon report.html can be used: `uv run python benchmarks/report_speed.py [--articles N]`.

Makes the tables of a run of 20,000 articles and 500 outlets without a crawl, writes its page, and
opens it in Chromium in turn with a page of a twentieth of that. Told are the medians of when the
page answers (all lists shown, every button works), the network is drawn, and a story is open.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent.parent))  # for tests.pipelines.report.browser

from pipelines.config.settings import Settings, settings_that_change_results
from pipelines.output.publish import described_tables
from pipelines.output.table_files import write_part
from pipelines.report.page import report_page
from schemas.tables import SCHEMA_VERSION, TABLES
from tests.pipelines.report.browser import Browser, browser

START = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = ("harbour", "council", "bridge", "engineer", "river", "winter", "budget", "ferry", "mayor")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--outlets", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pictures", type=Path, help="where a picture of the network goes")
    arguments = parser.parse_args()
    sizes = [
        (arguments.articles // 20, max(20, arguments.outlets // 20)),
        (arguments.articles, arguments.outlets),
    ]
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        pages = [_page(Path(folder), *size) for size in sizes]
        seconds = _measured(chromium, pages, arguments.rounds)
        if arguments.pictures:
            chromium.picture(arguments.pictures / "network.png")
        _show(sizes, pages, seconds)


def _page(folder: Path, articles: int, outlets: int) -> tuple[Path, float]:
    """A page of so many articles and the seconds it took to write."""
    run = folder / f"{articles}"
    write_run(run, articles, outlets)
    start = time.perf_counter()
    content = report_page(str(run), _manifest(run, articles))
    took = time.perf_counter() - start
    (run / "report.html").write_bytes(content)
    return run / "report.html", took


def _measured(
    chromium: Browser, pages: Sequence[tuple[Path, float]], rounds: int
) -> list[list[list[float]]]:
    """For each page the milliseconds of each round, the pages in turn."""
    seconds: list[list[list[float]]] = [[] for _ in pages]
    chromium.size(1280)
    for _ in range(rounds):
        for place, (path, _took) in enumerate(pages):
            seconds[place].append(_opened(chromium, path))
    return seconds


def _opened(chromium: Browser, path: Path) -> list[float]:
    chromium.open(path)
    ready = float(chromium.look("performance.getEntriesByName('interactive')[0].startTime"))
    start = float(chromium.look("performance.now()"))
    chromium.look("document.querySelector('#network').scrollIntoView({behavior: 'instant'})")
    chromium.wait("document.querySelector('#network-body .net svg')")
    drawn = float(chromium.look("performance.now()")) - start
    start = float(chromium.look("performance.now()"))
    chromium.look("location.hash = document.querySelector('#story-table a').hash")
    chromium.wait("document.querySelector('#diff')")
    opened = float(chromium.look("performance.now()")) - start
    chromium.look("document.querySelector('#panel').close()")
    chromium.look("document.querySelector('#network').scrollIntoView({behavior: 'instant'})")
    return [ready, drawn, opened]


def _show(
    sizes: Sequence[tuple[int, int]],
    pages: Sequence[tuple[Path, float]],
    seconds: Sequence[Sequence[Sequence[float]]],
) -> None:
    medians = [
        [statistics.median(column) for column in zip(*rows, strict=True)] for rows in seconds
    ]
    print("| articles | outlets | page, kB | written, s | answers, ms | network, ms | story, ms |")
    print("|---|---|---|---|---|---|---|")
    for (articles, outlets), (path, took), row in zip(sizes, pages, medians, strict=True):
        cells = " | ".join(f"{value:.0f}" for value in row)
        size = path.stat().st_size / 1000
        print(f"| {articles} | {outlets} | {size:.0f} | {took:.1f} | {cells} |")
    ratio = medians[1][0] / medians[0][0]
    print(f"\n{ratio:.2f} times the small page's time until it answers; bound: 2,000 ms")


def write_run(run: Path, n_articles: int, n_outlets: int, seed: int = 1) -> None:
    """The tables of a made run: stories of 2 to 24 copies, and edges, unclear ones too."""
    chance = random.Random(seed)
    outlets = [f"outlet{n:03}.example" for n in range(n_outlets)]
    # a few outlets carry much, most little
    weights = [1 / (place + 3) for place in range(n_outlets)]
    articles: list[dict[str, Any]] = []
    clusters: list[dict[str, Any]] = []
    timeline: list[dict[str, Any]] = []
    edges: dict[tuple[str, str], int] = {}
    while len(articles) < n_articles:
        size = min(n_articles - len(articles), chance.choice((1, 2, 2, 3, 4, 6, 9, 14, 24)))
        carriers = list(dict.fromkeys(chance.choices(outlets, weights, k=size)))
        made = [_article(chance, len(articles) + n, outlet) for n, outlet in enumerate(carriers)]
        articles += made
        if len(made) > 1:
            _cluster(made, clusters, timeline)
            for article in made[1:]:
                pair = (made[0]["source_id"], article["source_id"])
                edges[pair] = edges.get(pair, 0) + 1
    counts = dict.fromkeys(outlets, 0)
    for row in articles:
        counts[row["source_id"]] += 1
    _write(run, "articles", articles)
    _write(run, "clusters", clusters)
    _write(run, "cluster_timeline", timeline)
    _write(run, "sources", [_source(chance, source, n) for source, n in counts.items()])
    _write(run, "copy_edges", [_edge(chance, *pair, n) for pair, n in edges.items()])
    for name in TABLES:
        if not (run / name).exists():
            _write(run, name, [])


def _article(chance: random.Random, number: int, outlet: str) -> dict[str, Any]:
    at = START + timedelta(minutes=chance.randrange(20_000))
    return {
        "article_id": f"{number:016x}",
        "url": f"https://{outlet}/{number}",
        "host": outlet,
        "source_id": outlet,
        "title": " ".join(chance.choices(WORDS, k=8)).capitalize(),
        "authors": [],
        "published_at": at,
        "published_zone": "+00:00",
        "fetched_at": at + timedelta(hours=3),
        "language": chance.choice(("en", "en", "de", "es")),
        "snippets": [],
    }


def _cluster(
    made: list[dict[str, Any]], clusters: list[dict[str, Any]], timeline: list[dict[str, Any]]
) -> None:
    chance = random.Random(made[0]["article_id"])
    first = made[0]
    sentences = [" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(25)]
    for n, article in enumerate(made):
        article["cluster_id"] = first["article_id"]
        edited = [*sentences[: 25 - n % 3], f"It said {n} boats were there on day {n}."]
        article["text"] = "\n".join(edited)
        lag = 600 * n
        article["published_at"] = first["published_at"] + timedelta(seconds=lag)
        timeline.append(
            {
                "cluster_id": first["article_id"],
                "article_id": article["article_id"],
                "source_id": article["source_id"],
                "claimed_at": article["published_at"],
                "first_seen_at": article["fetched_at"],
                "lag_s": lag,
                "role": "copy" if n else "earliest_observed",
                "reason": "later claimed time than another source's" if n else "earliest claim",
            }
        )
    clusters.append(
        {
            "cluster_id": first["article_id"],
            "n_articles": len(made),
            "n_sources": len(made),
            "n_independent": 1,
            "earliest_article_id": first["article_id"],
            "representative_id": first["article_id"],
            "first_published_at": first["published_at"],
            "last_published_at": made[-1]["published_at"],
            "wire_credits": [],
            "languages": [first["language"]],
        }
    )


def _source(chance: random.Random, outlet: str, n: int) -> dict[str, Any]:
    """A row with every share filled, for that is what weighs."""
    row: dict[str, Any] = {"source_id": outlet, "hosts": [outlet], "lookalike_of": []}
    for field in TABLES["sources"]:
        if field.name.endswith("_rate"):
            name = field.name.removesuffix("_rate")
            k = chance.randint(0, n)
            rate = k / n if n >= 30 else None
            ends = (max(0.0, rate - 0.1), min(1.0, rate + 0.1)) if rate is not None else (None,) * 2
            row |= {f"{name}_k": k, f"{name}_n": n, f"{name}_rate": rate}
            row |= {f"{name}_lo": ends[0], f"{name}_hi": ends[1]}
    return row | {"n_articles": n, "languages": [("en", n)], "lag_p50_s": 60.0 * n}


def _edge(chance: random.Random, source: str, target: str, n: int) -> dict[str, Any]:
    unclear = chance.random() < 0.1
    row = {"from_source": source, "to_source": target, "n_articles": 0 if unclear else n}
    credited = 0 if unclear else chance.randint(0, n)
    row |= {"n_credited": credited, "n_excerpt": 0, "n_undetermined": n if unclear else 0}
    return row | {"median_lag_s": None if unclear else 3600.0, "example_pairs": []}


def _write(run: Path, name: str, rows: list[dict[str, Any]]) -> None:
    (run / name).mkdir(parents=True)
    write_part(str(run), name, 0, pa.Table.from_pylist(rows, schema=TABLES[name]))


def _manifest(run: Path, articles: int) -> dict[str, Any]:
    counts = {"pages": articles, "articles": articles, "rejected": 0, "skipped": 0}
    return {
        "run_id": "made",
        "schema_version": SCHEMA_VERSION,
        "versions": {},
        "settings": settings_that_change_results(Settings()),
        "inputs": [],
        "counts": {**counts, "rejected_by_reason": {}, "skipped_by_reason": {}},
        "tables": described_tables(str(run)),
        "warnings": [],
    }


if __name__ == "__main__":
    main()
