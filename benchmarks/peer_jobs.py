"""Whole jobs of copytrail and its peers, each in a process of its own: Parquet in, clusters out.

Every peer has an environment of its own, made once by uv below ~/.cache/copytrail-peers.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from as_users import environment
from peak_memory import descendants, memory, processor_time

HERE = Path(__file__).parent
HOME = Path(os.environ.get("COPYTRAIL_PEERS", Path.home() / ".cache" / "copytrail-peers"))
TIMEOUT_S = 900.0
"""What a job may take, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that finds near-duplicates."""

    name: str
    script: str
    packages: tuple[str, ...]


PEERS = (
    Peer("datasketch", "datasketch_lsh", ("datasketch==2.0.0",)),
    Peer("gaoya", "gaoya_index", ("gaoya==0.2.2",)),
    Peer("rensa", "rensa_lsh", ("rensa==0.5.0",)),
    Peer("text-dedup", "text_dedup_minhash", ("text-dedup==0.4.0",)),
    Peer("datatrove", "datatrove_minhash", ("datatrove[io,processing]==0.10.1", "spacy")),
)


@dataclass(frozen=True, slots=True)
class Job:
    """What a job cost, and the label it gave each id; no label where it ran out of time."""

    wall_s: float
    cpu_s: float
    peak_bytes: int
    """The largest sum of PSS of all its processes."""
    labels: dict[int, object]


def python_of(peer: Peer) -> Path:
    """The peer's interpreter, its environment made where it is missing."""
    folder = HOME / peer.name
    if not (folder / ".complete").exists():
        subprocess.run(["uv", "venv", "-q", "--clear", str(folder)], check=True)
        python = str(folder / "bin" / "python")
        wanted = [*peer.packages, "pyarrow", "numpy"]
        subprocess.run(["uv", "pip", "install", "-q", "--python", python, *wanted], check=True)
        (folder / ".complete").touch()
    return folder / "bin" / "python"


def peer_job(
    peer: Peer, texts: Path, threshold: float, shingle: int, most_s: float = TIMEOUT_S
) -> Job:
    """The peer's job on a file of (id, text)."""
    script = HERE / "peers" / f"{peer.script}.py"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "labels.parquet"
        options = ["--threshold", str(threshold), "--shingle", str(shingle)]
        command = [str(python_of(peer)), str(script), str(texts), str(target), *options]
        if (cost := measured(command, most_s)) is None:
            return Job(most_s, most_s, 0, {})
        table = pq.read_table(target)
        labels = dict(
            zip(table.column("id").to_pylist(), table.column("label").to_pylist(), strict=True)
        )
    return Job(*cost, labels)


def copytrail_job(pattern: str, workers: int = 2) -> Job:
    """The whole command on Parquet files whose url ends in /<id>/story."""
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, "-m", "pipelines", "run", "--input", pattern, "--quiet"]
        call += ["--set", "checks.max_cluster_share=1"]  # one planted cluster holds more
        cost = measured([*call, "--output", folder, "--workers", str(workers)])
        if cost is None:
            return Job(TIMEOUT_S, TIMEOUT_S, 0, {})
        columns = ["url", "article_id", "cluster_id"]
        paths = sorted(Path(folder, "latest", "articles").glob("*.parquet"))
        rows = [row for path in paths for row in pq.read_table(path, columns=columns).to_pylist()]
    labels = {
        int(row["url"].split("/")[-2]): row["cluster_id"] or row["article_id"] for row in rows
    }
    return Job(*cost, labels)


def measured(command: Sequence[str], most_s: float = TIMEOUT_S) -> tuple[float, float, int] | None:
    """Wall and CPU seconds and peak memory of a command; None where it takes too long."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    users = environment(HF_HUB_OFFLINE="1", PYTHONPATH=str(HERE.parent))
    peak = 0
    seen: dict[int, float] = {}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, env=users, start_new_session=True, stdout=log, stderr=log
        )
        while process.poll() is None:
            all_of_it = descendants(process.pid)
            peak = max(peak, sum(memory(child)[0] for child in all_of_it))
            seen |= {child: max(seen.get(child, 0), processor_time(child)) for child in all_of_it}
            if time.perf_counter() - began > most_s:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return None
            time.sleep(0.1)
        log.seek(0)
        if process.returncode not in (0, 3):
            raise SystemExit(f"{' '.join(command)} failed: {log.read()[-2000:].decode()}")
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
    waited_for = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # datatrove's workers are children of a process for which nobody waits
    return wall, max(waited_for, sum(seen.values())), peak
