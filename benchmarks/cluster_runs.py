"""The same run on real clusters of this machine: `python benchmarks/cluster_runs.py 10000 100000`.

Runs the command on planted texts (benchmarks/planted_corpus.py), or on `--input`, on the embedded
engine and on each cluster (scripts/cluster-flink, scripts/cluster-spark; two workers each), one
after the other, and prints counts, wall time over the embedded engine's, bytes that the cluster
shuffled, bytes exchanged by way of files, the peak memory (PSS) of the largest process of each
kind, and whether all published bytes are the embedded engine's. Ends with 1 where they are not.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from as_users import environment
from peak_memory import descendants, memory
from planted_corpus import write

ROOT = Path(__file__).resolve().parents[1]
CLUSTERS = Path(os.environ.get("COPYTRAIL_CLUSTER", Path.home() / ".cache" / "copytrail-cluster"))
ENGINES = {"embedded": "embedded", "flink": "FlinkRunner", "spark": "SparkRunner"}
EVERY_S = 1.0
FLINK = f"http://127.0.0.1:{os.environ.get('REST_PORT', '8081')}"


@dataclass
class Cost:
    """What one run cost."""

    counts: str = ""
    wall_s: float = 0.0
    shuffled: int | None = None
    """Bytes between the cluster's tasks; the embedded engine has no such figure."""
    files: int = 0
    """Most bytes that stood in files of the exchanges."""
    peaks: dict[str, int] = field(default_factory=dict)
    """Most memory of one process, by kind."""
    digests: dict[str, str] = field(default_factory=dict)
    failed: str = ""
    """How the run ended where it published nothing."""


def script(engine: str, call: str) -> str:
    """What scripts/cluster-ENGINE says to a call."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [str(ROOT / "scripts" / f"cluster-{engine}"), call]
    finished = subprocess.run(
        command, env=environment(PATH=path), check=True, stdout=subprocess.PIPE, text=True
    )
    return finished.stdout


@contextmanager
def cluster(engine: str) -> Iterator[list[str]]:
    """A running cluster and the options that lead to it; none for the embedded engine."""
    if engine == "embedded":
        yield []
        return
    try:
        yield script(engine, "start").splitlines()[-1].split()
    finally:
        script(engine, "stop")


def run(engine: str, source: str, output: Path) -> Cost:
    """Runs the command as a user does and watches all processes."""
    call = ["run", "--input", source, "--output", str(output), "--runner", ENGINES[engine]]
    # two workers everywhere, and one planted cluster holds more than checks let pass
    call += ["--set", "checks.max_cluster_share=1", "--workers", "2"]
    cost = Cost()
    with cluster(engine) as options:
        began = time.monotonic()
        command = [sys.executable, "-m", "pipelines", *call, "--", *options]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment())
        while process.poll() is None:
            watch(engine, process.pid, output, cost)
            time.sleep(EVERY_S)
        cost.wall_s = time.monotonic() - began
        if process.returncode not in (0, 3):
            cost.failed = f"ended with {process.returncode}"
            return cost
        cost.shuffled = shuffled(engine)
    cost.digests = digests(output)
    counts = json.loads((output / "latest" / "run.json").read_bytes())["counts"]
    cost.counts = f"{counts['articles']} of {counts['pages']}"
    return cost


def watch(engine: str, driver: int, output: Path, cost: Cost) -> None:
    """Keeps the largest process of each kind, and the largest sum of the exchanges' files."""
    roots = [driver]
    if engine != "embedded":
        roots += [int(path.read_text()) for path in (CLUSTERS / f"run-{engine}/pids").iterdir()]
    together = 0
    for pid in {child for root in roots for child in descendants(root)}:
        used = memory(pid)[0]
        kind = "driver" if pid == driver else kind_of(pid)
        together += used
        cost.peaks[kind] = max(used, cost.peaks.get(kind, 0))
    cost.peaks["all together"] = max(together, cost.peaks.get("all together", 0))
    files = sum(size_of(path) for path in output.glob(".work/*/exchanged/*"))
    cost.files = max(cost.files, files)


def kind_of(pid: int) -> str:
    """What a process is: a class of the cluster, or a worker in Python."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return "Python worker"
    names = {
        "TaskManagerRunner": "TaskManager",
        "StandaloneSessionClusterEntrypoint": "JobManager",
        "FlinkJobServerDriver": "job server",
        "SparkJobServerDriver": "job server",
        "Master": "Spark master",
        "Worker": "Spark worker",
        "CoarseGrainedExecutorBackend": "Spark executor",
    }
    classes = (names[last] for word in words if (last := word.rpartition(".")[2]) in names)
    return next(classes, "Python worker")


def size_of(path: Path) -> int:
    """Bytes of a file; 0 for one that has gone."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def shuffled(engine: str) -> int | None:
    """Bytes that the last job's tasks sent each other, as the cluster itself counts them."""
    if engine == "flink":
        jobs = answer_of("/jobs/overview")["jobs"]
        last = max(jobs, key=lambda job: int(job["start-time"]))
        vertices = answer_of(f"/jobs/{last['jid']}")["vertices"]
        return sum(int(vertex["metrics"]["write-bytes"]) for vertex in vertices)
    if engine == "spark":
        logs = sorted(
            (CLUSTERS / "run-spark/events").iterdir(), key=lambda path: path.stat().st_mtime
        )
        events = (json.loads(line) for line in logs[-1].read_text().splitlines())
        done = [event for event in events if event["Event"] == "SparkListenerTaskEnd"]
        metrics = [event.get("Task Metrics") or {} for event in done]
        sent = (task["Shuffle Write Metrics"]["Shuffle Bytes Written"] for task in metrics if task)
        return sum(map(int, sent))
    return None


def answer_of(path: str) -> Any:
    """An answer of Flink's JobManager."""
    with urllib.request.urlopen(FLINK + path, timeout=60) as answer:
        return json.load(answer)


def digests(output: Path) -> dict[str, str]:
    """SHA-256 of every published file."""
    root = (output / "latest").resolve()
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def told_at_once(cost: Cost) -> str:
    """A run's cost, without the digests."""
    figures = asdict(cost)
    del figures["digests"]
    return json.dumps(figures)


def show(name: str, costs: Mapping[str, Cost]) -> bool:
    """Prints the runs of one input; whether all published the same bytes."""
    base = costs["embedded"]
    print(f"{name}\n\n| engine | articles of pages | wall s | over embedded | shuffled MB ", end="")
    print("| in files MB | files with the same bytes |\n|---|---|---|---|---|---|---|")
    for engine, cost in costs.items():
        same = sum(base.digests.get(path) == digest for path, digest in cost.digests.items())
        sent = "" if cost.shuffled is None else f"{cost.shuffled / 1e6:.1f}"
        print(
            f"| {engine} | {cost.failed or cost.counts} | {cost.wall_s:.0f} "
            f"| {cost.wall_s / base.wall_s:.2f} ",
            end="",
        )
        print(f"| {sent} | {cost.files / 1e6:.1f} | {same} of {len(base.digests)} |")
    print("\npeak MB of the largest process:", end=" ")
    for engine, cost in costs.items():
        peaks = (f"{kind} {used / 1e6:.0f}" for kind, used in sorted(cost.peaks.items()))
        print(f"{engine}: {', '.join(peaks)}", end="; ")
    print("\n", flush=True)
    return all(cost.digests == base.digests and not cost.failed for cost in costs.values())


def main() -> None:
    """Runs all inputs on all engines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="*", default=[])
    parser.add_argument("--input", action="append", default=[], help="read this too")
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=list(ENGINES))
    arguments = parser.parse_args()
    is_same = Counter[bool]()
    with tempfile.TemporaryDirectory() as folder:
        sources = {pattern: pattern for pattern in arguments.input}
        for documents in arguments.documents:
            corpus = Path(folder, f"{documents}")
            write(documents, corpus)
            sources[f"{documents} planted texts"] = str(corpus)
        for name, source in sources.items():
            costs = {}
            for engine in dict.fromkeys(["embedded", *arguments.engines]):
                output = Path(folder, "out")
                costs[engine] = run(engine, os.path.abspath(source), output)  # noqa: PTH100 globs
                # at once: the next engine may take an hour more
                print(f"{name} on {engine}: {told_at_once(costs[engine])}", file=sys.stderr)
                shutil.rmtree(output)
            is_same[show(name, costs)] += 1
    sys.exit(1 if is_same[False] else 0)


if __name__ == "__main__":
    main()
