"""The same graph on real clusters of this machine: `pytest -m cluster`, minutes each."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pipelines.run.outcome import Outcome
from tests.runs.inputs.poisoned_reader import KILLS
from tests.runs.inputs.test_poisoned_splits import PROGRAM, crawl, places, rows
from tests.runs.makers import ROOT, digests, run, started

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(
        not (shutil.which("java") and shutil.which("mvn")),
        reason="needs Java and Maven to fetch and start a cluster",
    ),
]
Job = subprocess.Popen[str]
RUNNERS = {"flink": "FlinkRunner", "spark": "SparkRunner"}


@pytest.fixture(scope="module", params=sorted(RUNNERS))
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """One running cluster after the other."""
    name: str = request.param
    try:
        script(name, "start")
        yield name
    finally:
        script(name, "stop")


@pytest.fixture(scope="module")
def embedded(sample: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample on the embedded runner, published where paths are absolute."""
    return run(sample, tmp_path_factory.mktemp("embedded"))


def script(name: str, call: str, **told: str) -> str:
    command = [str(ROOT / "scripts" / f"cluster-{name}"), call]
    # copytrail-worker stands beside this Python, whether or not its environment is active
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path} | told
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=900, env=env
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def beam_options(name: str) -> tuple[str, ...]:
    return tuple(script(name, "options").split())


def test_a_cluster_publishes_the_bytes_of_the_embedded_runner(
    engine: str, sample: list[Path], embedded: Outcome, tmp_path: Path
) -> None:
    outcome = run(sample, tmp_path, runner=RUNNERS[engine], beam_options=beam_options(engine))
    assert digests(outcome) == digests(embedded)


def test_a_killed_worker_publishes_nothing_or_all_and_the_next_start_publishes_the_same(
    engine: str, sample: list[Path], embedded: Outcome, tmp_path: Path
) -> None:
    job = start_job(engine, sample, tmp_path)
    wait_for_extracted_splits(tmp_path)
    kill_a_worker(engine)
    _, printed = job.communicate(timeout=400)
    assert bool(list((tmp_path / "runs").glob("run=*"))) == (job.returncode == 0), printed
    script(engine, "start")
    outcome = run(sample, tmp_path, runner=RUNNERS[engine], beam_options=beam_options(engine))
    assert digests(outcome) == digests(embedded)


def test_a_python_worker_that_is_killed_makes_its_bundle_run_again_and_no_row_twice(
    engine: str, sample: list[Path], embedded: Outcome, tmp_path: Path
) -> None:
    job = start_job(engine, sample, tmp_path)
    wait_for_extracted_splits(tmp_path)
    os.kill(python_workers(engine)[0], 9)
    again = partial(start_job, engine, sample, tmp_path)
    assert published_in_the_end(engine, job, again, tmp_path) == 0
    path = tmp_path / "runs" / Path(embedded.path).name
    assert digests(replace(embedded, path=str(path))) == digests(embedded)


def test_a_split_that_kills_each_worker_is_rejected(engine: str, tmp_path: Path) -> None:
    source = crawl(tmp_path / "in", KILLS)
    worker = tmp_path / "worker"
    worker.write_text(f'#!/bin/sh\nexec {sys.executable} {PROGRAM} "$@"\n')
    worker.chmod(0o755)
    options = script(engine, "options", COPYTRAIL_WORKER=str(worker)).split()
    call: list[str | Path] = ["--input", source, "--output", tmp_path / "out"]
    call += ["--set", "input.split_bytes=10000"]
    start = partial(started, "run", *call, "--runner", RUNNERS[engine], "--", *options)
    assert published_in_the_end(engine, start(), start, tmp_path / "out") == 3
    assert places(tmp_path / "out") == [("2.jsonl", "poisoned")]
    assert len(rows(tmp_path / "out", "articles")) == 9


def published_in_the_end(engine: str, job: Job, again: Callable[[], Job], output: Path) -> int:
    """The exit code with which a job published.

    Flink replaces a Python worker that died and goes on. Spark's runner asks the dead one again and
    the job fails, with 5 and nothing published; the same call again is all it takes.
    """
    _, printed = job.communicate(timeout=500)
    if engine == "spark" and job.returncode == 5:
        assert not list(output.glob("runs/run=*")), printed
        job = again()
        _, printed = job.communicate(timeout=500)
    assert list(output.glob("runs/run=*")), printed
    return job.returncode


def start_job(engine: str, sample: list[Path], output: Path) -> Job:
    inputs = [word for path in sample for word in ("--input", str(path))]
    options = ["--runner", RUNNERS[engine], "--", *beam_options(engine)]
    return started("run", *inputs, "--output", output, *options)


def wait_for_extracted_splits(output: Path) -> None:
    extracted = output / ".work" / "extracted"
    until = time.monotonic() + 600
    while not (extracted.is_dir() and list(extracted.glob("*.json"))):
        assert time.monotonic() < until, "no split was extracted in 600 s"
        time.sleep(0.2)


def kill_a_worker(engine: str) -> None:
    """SIGKILL, as a machine that is gone."""
    os.kill(process_of(engine, 1), 9)


def process_of(engine: str, number: int) -> int:
    """The cluster's worker of that number."""
    home = Path(os.environ.get("COPYTRAIL_CLUSTER", Path.home() / ".cache" / "copytrail-cluster"))
    name = {"flink": "taskmanager", "spark": "worker"}[engine]
    return int((home / f"run-{engine}" / "pids" / f"{name}-{number}").read_text())


def python_workers(engine: str) -> list[int]:
    """The processes of `copytrail-worker` below the cluster's workers."""
    killed, below = [], [process_of(engine, number) for number in (1, 2)]
    for pid in below:
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            below.extend(map(int, path.read_text().split()))
        if b"--provision_endpoint" in Path(f"/proc/{pid}/cmdline").read_bytes():
            killed.append(pid)
    return killed
