"""A worker that dies, for whatever reason and wherever, ends the run; none starts with threads."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.runs.makers import ROOT, jsonl, page_rows, story
from tests.runs.operation.lost_worker import stages

PROGRAM = Path(__file__).with_name("lost_worker.py")
THREADS = """
import os, sys
from pathlib import Path
import pipelines.run.execute

driver = os.getpid()
count = lambda: len(list(Path("/proc/self/task").iterdir()))
of_libraries = count()
sys.addaudithook(
    lambda event, _: print("forked with", count() - of_libraries, flush=True)
    if event == "os.fork" and os.getpid() == driver
    else None
)
from pipelines.commands.app import main
main()
"""
OF_A_WINDOW = {"LookBack", "SampleHistory", "RecallMembers", "SendRecalled", "SiftComponents"}
OF_A_WINDOW |= {"OwnOrKept", "KeepSettled"}
OF_ROUNDS = {"SendEdges", "FlattenStars", "LinkArticles", "LabelArticles", "AskForLabels"}
OF_ROUNDS |= {"AnswerWithLabels", "SendLabelledMembers", "SplitPairs", "SendLabelledPairs"}
AT_ONCE = {"VerifyPairs"}
"""Tried each time, the others by `pytest -m slow`."""
TWO_WORKERS = ("--workers", "2", "--set", "input.split_bytes=10000")
linux = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


def started(program: Sequence[str], *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *program, *map(str, arguments)],
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )


def inputs(folder: Path, day: str) -> Path:
    """Two files of a split each, so that there is work for two workers, with copies across them."""
    folder.mkdir()
    for number in range(2):
        pages = [(f"outlet{number}{place}", story(place, words=700)) for place in range(4)]
        jsonl(folder / f"{number}.jsonl", [*page_rows(day, *pages), "no JSON"])
    return folder


def lost(folder: Path, place: str) -> "subprocess.CompletedProcess[str]":
    """A run of which a worker is killed at this place."""
    call: list[str | Path] = ["run", *TWO_WORKERS, "--output", folder / "out"]
    if place in OF_A_WINDOW:
        first = [*call, "--input", inputs(folder / "first", "2026-03-01")]
        assert started(["-m", "pipelines"], *first, "--window", "2026-03-01").returncode in (0, 3)
        call += ["--window", "2026-03-02"]
    elif place in OF_ROUNDS:
        call += ["--set", "run.rounds=1"]
    call += ["--input", inputs(folder / "second", "2026-03-02")]
    done = started([str(PROGRAM), place, str(folder / "mark")], *call)
    assert (folder / "mark").exists(), f"no worker came to {place}: {done.stderr}"
    return done


@linux
@pytest.mark.parametrize(
    "place",
    [
        "start",
        "spawned",
        *(
            pytest.param(name, marks=[] if name in AT_ONCE else pytest.mark.slow)
            for name in sorted(stages())
        ),
    ],
)
def test_a_worker_that_is_killed_ends_the_run(tmp_path: Path, place: str) -> None:
    done = lost(tmp_path, place)
    assert done.returncode == 5
    assert done.stderr.startswith("copytrail: a worker process ended (")
    runs = [path.name for path in (tmp_path / "out" / "runs").glob("run=*")]
    assert len(runs) == (1 if place in OF_A_WINDOW else 0)  # the day before


@linux
def test_every_file_of_settings_runs_with_two_workers_forked_before_any_thread(
    tmp_path: Path,
) -> None:
    paths = {path.stem: path for path in (ROOT / "configs").glob("*.toml")}
    options: list[str | Path] = [
        *("--config", paths.pop("default")),
        *("--set", f"sources.registries=['{paths.pop('outlets')}']"),
        *("--set", f"sources.ratings=['{paths.pop('ratings')}']"),
    ]
    assert not paths
    source = inputs(tmp_path / "in", "2026-03-01")
    options += [*TWO_WORKERS, "--input", source, "--output", tmp_path / "out"]
    done = started(["-c", THREADS], "run", *options)
    assert done.returncode == 3, done.stderr  # for the lines that are no JSON
    assert done.stdout.splitlines()[0] == "forked with 0"
    assert (tmp_path / "out" / "latest" / "run.json").exists()
