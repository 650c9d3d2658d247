"""What a day costs with a history: `python benchmarks/incremental.py [--form pages|rows]`.

Plants 31 days of texts (benchmarks/planted_corpus.py; most copies on their story's day or the next)
and runs the whole command as a user does: the last day in an empty folder, and in one that keeps
the 30 days before it, in interleaved pairs, so that both read the same pages and only the history
differs; then, with `--at-once`, all days in one run. Prints processor time, ratios, and bytes of
state an article, all files of the history counted. The history is one run of 29 days and then its
last day, as a run of its own: that one derives what a daily run finds derived by the runs before
it, and is made again where the code is another since, for nothing that other code derived is taken
up. The last day comes as pages (WARC, of the sizes and structure of real ones:
benchmarks/planted_pages.py), as crawls do; as rows its texts cost next to nothing to read, so that
a history weighs more. The days before it are rows always, which is nothing the last day's cost
depends on. `--keep FOLDER` keeps the history there, and takes it up where it is.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from as_users import environment
from matching_scale import children_s
from planted_corpus import batches
from planted_pages import page_of

from pipelines.sample.warc import response_record, warcinfo_record

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def days_of(stories: pa.Table, days: int, per_day: int) -> list[pa.Table]:
    """The rows by day: a story begins on any day, its copies come out within some days of it."""
    random = np.random.default_rng(3)
    story = stories.column("cluster").to_numpy()
    begins = random.integers(0, days, story.max() % 10_000_000 + 1)[story % 10_000_000]
    at = begins + np.minimum(random.geometric(0.6, len(story)) - 1, 20) + random.random(len(story))
    ordered = stories.take(np.argsort(at, kind="stable"))
    return [_dated(ordered.slice(day * per_day, per_day), day) for day in range(days)]


def _dated(rows: pa.Table, day: int) -> pa.Table:
    start = FIRST + timedelta(days=day, hours=8)
    claimed = [(start + timedelta(seconds=20 * n)).isoformat() for n in range(rows.num_rows)]
    fetched = [(start + timedelta(hours=14)).isoformat()] * rows.num_rows
    for name, values in (("published_at", claimed), ("fetched_at", fetched)):
        place = rows.schema.get_field_index(name)
        rows = rows.set_column(place, name, pa.array(values))
    return rows


def write_day(rows: pa.Table, folder: Path, form: str) -> Path:
    """A file of the day's texts, as rows or as pages."""
    folder.mkdir(parents=True, exist_ok=True)
    at = rows.column("fetched_at")[0].as_py()
    path = folder / f"{at[:10]}.{'parquet' if form == 'rows' else 'warc.gz'}"
    if form == "rows":
        pq.write_table(rows, path, compression="zstd")
        return path
    fetched = datetime.fromisoformat(at)
    records = [warcinfo_record(path.name, fetched)]
    pages = [(row["url"], page_of(row, number)) for number, row in enumerate(rows.to_pylist())]
    sizes = sorted(len(page) for _, page in pages)
    print(f"pages of {sizes[len(sizes) // 2] / 1000:.0f} kB (median), as real ones were measured")
    records += [response_record(url, fetched, "200 OK", "text/html", page) for url, page in pages]
    path.write_bytes(b"".join(records))
    return path


def cpu_s(inputs: list[Path], output: Path, window: str | None) -> float:
    """Processor time of the command with all its processes, seconds."""
    words = [word for path in inputs for word in ("--input", str(path))]
    words += ["--output", str(output), "--quiet", "--set", "checks.hold=[]"]
    words += ["--window", window] if window else []
    before, began = children_s(), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "run", *words],
        check=False,
        capture_output=True,
        env=environment(),
    )
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr.decode())
    used, wall = children_s() - before, time.monotonic() - began
    print(f"  {window or 'no window'}: {used:.1f} s of processor time, {wall:.0f} s", flush=True)
    return used


def main() -> None:
    """Prints the costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--form", choices=("pages", "rows"), default="pages")
    parser.add_argument("--days", type=int, default=30, help="of the history")
    parser.add_argument("--articles", type=int, default=2000, help="a day")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="a folder for inputs and history")
    parser.add_argument("--at-once", action="store_true", help="all days at once too")
    arguments = parser.parse_args()
    stories = pa.concat_tables(batches((arguments.days + 1) * arguments.articles))
    days = days_of(stories, arguments.days + 1, arguments.articles)
    with tempfile.TemporaryDirectory() as name:
        measure(arguments.keep or Path(name), days, arguments)


def measure(root: Path, days: list[pa.Table], arguments: argparse.Namespace) -> None:
    """Fills a history, then runs the last day with and without it."""
    rows = [write_day(day, root / "rows", "rows") for day in days]
    last = write_day(days[-1], root / arguments.form, arguments.form)
    dates = [path.stem for path in rows]
    filled = root / "filled"
    if not filled.exists():
        print("the history, by a run of all its days but one, and a run of the last")
        cpu_s(rows[:-2], root / "filling", f"{dates[0]}..{dates[-3]}")
        (root / "filling").rename(filled)
    cpu_s([rows[-2]], filled, dates[-2])  # says that it was published, unless the code is new
    size = sum(path.stat().st_size for path in (filled / "state").iterdir())
    print(f"state: {size / sum(day.num_rows for day in days[:-1]):.0f} bytes an article")
    alone, with_history = [], []
    for _ in range(arguments.pairs):
        shutil.rmtree(root / "alone", ignore_errors=True)
        alone.append(cpu_s([last], root / "alone", dates[-1]))
        copy = shutil.copytree(filled, root / "copy", symlinks=True)
        with_history.append(cpu_s([last], copy, dates[-1]))
        shutil.rmtree(copy)
    ratios = [b / a for a, b in zip(alone, with_history, strict=True)]
    print(f"a day with {len(days) - 1} days before it, over a day alone: {_spread(ratios)}")
    if arguments.at_once:
        whole = cpu_s([*rows[:-1], last], root / "whole", None)
        share = statistics.median(with_history) / whole
        print(f"a day with its history, over all days at once: {share:.2f}")


def _spread(ratios: list[float]) -> str:
    return f"median {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


if __name__ == "__main__":
    main()
