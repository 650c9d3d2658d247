"""A run that ends before any of its writes, syncs, renames or links harms no reader.

What is tried, and how it is counted, stands in kill_points.py.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs.makers import command, jsonl, story
from tests.runs.windows.kill_points import seen, tree

ROOT = Path(__file__).parents[3]
PARTS = [f"{part}/8" for part in range(1, 9)]
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks for every run")


def tried(folder: Path, how: str, which: str) -> dict[str, list[str]]:
    """The points that were tried, with what was wrong after each."""
    script = [sys.executable, str(Path(__file__).with_name("kill_points.py"))]
    done = subprocess.run(
        [*script, str(folder), how, which],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    points = [json.loads(line) for line in done.stdout.splitlines()]
    assert points
    return {f"{point['point']} ({point['kind']})": point["faults"] for point in points}


def wrong(faults: dict[str, list[str]]) -> dict[str, list[str]]:
    return {point: fault for point, fault in faults.items() if fault}


@forks
@pytest.mark.parametrize(("how", "which"), [("kill", "sample"), ("full", "publishing")])
def test_a_run_that_is_killed_or_finds_the_disk_full_shows_readers_whole_runs_and_is_made_up_for(
    tmp_path: Path, how: str, which: str
) -> None:
    assert wrong(tried(tmp_path, how, which)) == {}


@forks
def test_writing_in_place_would_be_noticed(tmp_path: Path) -> None:
    faults = wrong(tried(tmp_path, "in-place", "publishing"))
    assert any("left readers with" in line for fault in faults.values() for line in fault)


@forks
@pytest.mark.slow
@pytest.mark.parametrize("which", PARTS)
@pytest.mark.parametrize("how", ["kill", "full"])
def test_the_same_at_every_point(tmp_path: Path, how: str, which: str) -> None:
    assert wrong(tried(tmp_path, how, which)) == {}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; who is no superuser has none."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", disk):
        pytest.skip("mounting is not permitted")
    yield disk
    mount("-l", disk, command="umount")


def mount(*arguments: str | Path, command: str = "mount") -> int:
    if shutil.which(command) is None:
        return 1
    return subprocess.run([command, *arguments], check=False, capture_output=True).returncode


@pytest.mark.slow
def test_a_real_disk_that_fills_up_leaves_the_run_before_and_more_space_is_all_it_takes(
    small_disk: Path, tmp_path: Path
) -> None:
    output = small_disk / "out"
    small, large = (
        jsonl(tmp_path / f"{n}.jsonl", [{"text": story(n + number, 400)} for number in range(n)])
        for n in (2, 800)
    )
    assert command("run", "--input", small, "--output", output, "--run-id", "1") == 0
    assert command("run", "--input", large, "--output", output, "--run-id", "2") == 5
    assert seen(output) == "1"
    assert list(output.glob("runs/run=*")) == [output / "runs" / "run=1"]
    assert mount("-o", "remount,size=64m", small_disk) == 0
    assert command("run", "--input", large, "--output", output, "--run-id", "2") == 0
    assert seen(output) == "2"
    elsewhere = tmp_path / "elsewhere"
    assert command("run", "--input", large, "--output", elsewhere, "--run-id", "2") == 0
    published_tree, expected = tree(output / "runs" / "run=2"), tree(elsewhere / "runs" / "run=2")
    del (
        published_tree["run.json"],
        expected["run.json"],
    )  # which names the run before that it was checked by
    assert published_tree == expected
