"""The same graph on real clusters of this machine: `pytest -m cluster`, minutes each."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.outcome import Outcome
from tests.pipelines.makers import ROOT, digests, run, started

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(
        not (shutil.which("java") and shutil.which("mvn")),
        reason="needs Java and Maven to fetch and start a cluster",
    ),
]
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


def script(name: str, call: str) -> str:
    command = [str(ROOT / "scripts" / f"cluster-{name}"), call]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=900)
    return done.stdout


def beam_options(name: str) -> tuple[str, ...]:
    return tuple(script(name, "options").split())


def test_a_cluster_publishes_the_bytes_of_the_embedded_runner(
    engine: str, sample: list[Path], embedded: Outcome, tmp_path: Path
) -> None:
    found = run(sample, tmp_path, runner=RUNNERS[engine], beam_options=beam_options(engine))
    assert digests(found) == digests(embedded)


def test_a_killed_worker_publishes_nothing_or_all_and_the_next_start_publishes_the_same(
    engine: str, sample: list[Path], embedded: Outcome, tmp_path: Path
) -> None:
    job = start_job(engine, sample, tmp_path)
    wait_for_extracted_splits(tmp_path)
    kill_a_worker(engine)
    _, told = job.communicate(timeout=400)
    assert bool(list((tmp_path / "runs").glob("run=*"))) == (job.returncode == 0), told
    script(engine, "start")
    found = run(sample, tmp_path, runner=RUNNERS[engine], beam_options=beam_options(engine))
    assert digests(found) == digests(embedded)


def start_job(engine: str, sample: list[Path], output: Path) -> subprocess.Popen[str]:
    inputs = [word for path in sample for word in ("--input", str(path))]
    options = ["--runner", RUNNERS[engine], "--", *beam_options(engine)]
    return started("run", *inputs, "--output", output, *options)


def wait_for_extracted_splits(output: Path) -> None:
    extracted = output / ".work" / "extracted"
    until = time.monotonic() + 300
    while not (extracted.is_dir() and list(extracted.glob("*.json"))):
        assert time.monotonic() < until, "no split was extracted in 300 s"
        time.sleep(0.2)


def kill_a_worker(engine: str) -> None:
    """SIGKILL, as a machine that is gone."""
    home = Path(os.environ.get("COPYTRAIL_CLUSTER", Path.home() / ".cache" / "copytrail-cluster"))
    name = {"flink": "taskmanager-1", "spark": "worker-1"}[engine]
    os.kill(int((home / f"run-{engine}" / "pids" / name).read_text()), 9)
