"""Speed, memory and growth of copytrail and its peers on planted corpora with a cluster of 2,000.

uv run python benchmarks/matching_speed.py [--documents 10000 100000] [--rounds 5] [--peers NAME]
                                           [--peer-seconds 900]

Whole jobs, Parquet in, clusters out, in interleaved rounds; medians. copytrail's job does more: it
takes out boilerplate, verifies every pair, finds mirrors and roles and writes all its tables.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent))
from matching_quality import pair_scores
from peer_jobs import PEERS, TIMEOUT_S, Job, copytrail_job, peer_job
from planted_corpus import write

THRESHOLD, SHINGLE = 0.5, 5
"""What peers are given: near the middle of what they do best with in matching_quality.py."""


def corpus_files(documents: int, folder: Path) -> tuple[str, Path, Mapping[int, str]]:
    """The corpus as copytrail reads it, as peers read it, and the cluster of each document."""
    write(documents, folder / "parts")
    paths = sorted((folder / "parts").glob("*.parquet"))
    table = pa.concat_tables(pq.read_table(path) for path in paths)
    ids = [int(url.split("/")[-2]) for url in table.column("url").to_pylist()]
    peers = folder / "texts.parquet"
    pq.write_table(pa.table({"id": ids, "text": table.column("text")}), peers)
    truth = dict(zip(ids, map(str, table.column("cluster").to_pylist()), strict=True))
    return str(folder / "parts" / "*.parquet"), peers, truth


def jobs(pattern: str, texts: Path, named: str, most_s: float) -> dict[str, Callable[[], Job]]:
    """What is run in each round."""
    named_jobs: dict[str, Callable[[], Job]] = {"copytrail": partial(copytrail_job, pattern)}
    for peer in PEERS:
        if named in peer.name:
            named_jobs[peer.name] = partial(peer_job, peer, texts, THRESHOLD, SHINGLE, most_s)
    return named_jobs


def measured(documents: int, rounds: int, named: str, most_s: float) -> dict[str, list[Job]]:
    """The jobs of all rounds; one that ran out of time is not started again. Prints their rows."""
    with tempfile.TemporaryDirectory() as folder:
        pattern, texts, truth = corpus_files(documents, Path(folder))
        listed = jobs(pattern, texts, named, most_s)
        done: dict[str, list[Job]] = {name: [] for name in listed}
        for _ in range(rounds):
            for name, run in listed.items():
                if all(job.labels for job in done[name]):
                    done[name].append(job := run())
                    cost = f"{job.wall_s:.1f} s, {job.cpu_s:.1f} of CPU"
                    cost = cost if job.labels else "out of time"
                    print(f"{name} {documents}: {cost}", file=sys.stderr, flush=True)
    fastest = max(speed(documents, timed) for name, timed in done.items() if name != "copytrail")
    for name, timed in done.items():
        print(row(name, documents, timed, truth, fastest), flush=True)
    return done


def speed(documents: int, timed: Sequence[Job]) -> float:
    """Documents a second by the median of the whole jobs; 0 where one ran out of time."""
    wall = statistics.median(job.wall_s for job in timed)
    return documents / wall if all(job.labels for job in timed) else 0.0


def row(
    name: str, documents: int, timed: Sequence[Job], truth: Mapping[int, str], fastest: float
) -> str:
    """A row of the table: medians, and the speed as a ratio to the fastest peer's."""
    if not all(job.labels for job in timed):
        return f"| {name} | {documents} | out of time | | | | |"
    cpu = statistics.median(job.cpu_s for job in timed)
    peak = statistics.median(job.peak_bytes for job in timed)
    f1 = pair_scores(truth, timed[0].labels)[2]
    rate = speed(documents, timed)
    cells = f"{rate:.0f} | {rate / fastest:.2f} | {cpu:.1f} | {peak / 1e6:.0f} | {f1:.3f}"
    return f"| {name} | {documents} | {cells} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default="", help="those whose name contains this")
    parser.add_argument(
        "--peer-seconds", type=float, default=TIMEOUT_S, help="what a peer's job may take"
    )
    arguments = parser.parse_args()
    print("| | documents | documents/s | / fastest peer | CPU s | peak MB | F1 |\n|" + "---|" * 7)
    done = {
        count: measured(count, arguments.rounds, arguments.peers, arguments.peer_seconds)
        for count in arguments.documents
    }
    small, large = min(done), max(done)
    for name in done[small] if small < large else ():
        if all(job.labels for job in done[large][name]):
            few, many = (
                statistics.median(job.cpu_s for job in done[n][name]) for n in (small, large)
            )
            print(f"{name}: CPU grows {many / few:.1f} times from {small} to {large}")


if __name__ == "__main__":
    main()
