"""A split that ends or fails whatever reads it is rejected, and its neighbours are not."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.config.settings import Settings
from pipelines.exchange.work_folder import Work
from pipelines.stages.extract import read_split
from pipelines.stages.extract.inputs import Split, find_files, splits
from pipelines.stages.extract.poisoned_splits import is_outside, is_suspect, mark, poisoned
from pipelines.stages.extract.staged_split import stage_split
from sources.extraction.isolated_reader import IsolatedReader
from sources.limits import Limits
from tests.runs.inputs import poisoned_reader
from tests.runs.inputs.poisoned_reader import KILLS, RAISES
from tests.runs.makers import ROOT, jsonl, run, story

PROGRAM = Path(__file__).with_name("poisoned_reader.py")


def crawl(folder: Path, poison: str) -> Path:
    """Four files, a split each, of which one holds the text that its reader does not survive."""
    folder.mkdir()
    for number in range(4):
        rows = [{"text": story(10 * number + place, words=700)} for place in range(3)]
        if number == 2:
            rows[1]["text"] += poison
        jsonl(folder / f"{number}.jsonl", rows)
    return folder


def start(source: Path, output: Path, workers: int = 1) -> int:
    """Runs the command with the reader that ends; gives its exit code."""
    call = ["run", "--input", source, "--output", output, "--set", "input.split_bytes=10000"]
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *map(str, call), "--workers", str(workers)],
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.returncode


def rows(output: Path, name: str) -> list[dict[str, Any]]:
    """A published table."""
    files = sorted((output / "latest" / name).iterdir())
    return [row for path in files for row in pq.ParquetFile(path).read().to_pylist()]


def places(output: Path) -> list[tuple[str, str]]:
    """File and reason of what was rejected."""
    return [(Path(row["input"]).name, row["reason"]) for row in rows(output, "rejected")]


def test_a_split_that_nothing_can_read_is_rejected_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_split, "read_json", poisoned_reader.read)
    outcome = run([crawl(tmp_path / "in", RAISES)], tmp_path / "out", "input.split_bytes=10000")
    assert (outcome.exit_code, outcome.manifest["counts"]["articles"]) == (3, 9)
    assert places(tmp_path / "out") == [("2.jsonl", "poisoned")]


@pytest.mark.slow
def test_a_split_that_kills_its_reader_is_rejected_by_the_start_after_it(tmp_path: Path) -> None:
    source = crawl(tmp_path / "in", KILLS)
    assert start(source, tmp_path / "out") == -9  # one worker is the process of the command
    assert not list((tmp_path / "out" / "runs").glob("run=*"))
    assert start(source, tmp_path / "out") == 3
    assert places(tmp_path / "out") == [("2.jsonl", "poisoned")]
    assert len(rows(tmp_path / "out", "articles")) == 9


@pytest.mark.slow
def test_a_worker_that_was_killed_fails_the_run_and_the_next_start_rejects(tmp_path: Path) -> None:
    source = crawl(tmp_path / "in", KILLS)
    assert start(source, tmp_path / "out", workers=2) == 5
    assert not list((tmp_path / "out" / "runs").glob("run=*"))
    assert start(source, tmp_path / "out", workers=2) == 3
    assert places(tmp_path / "out") == [("2.jsonl", "poisoned")]


def test_an_innocent_split_that_was_under_way_is_read_whole(tmp_path: Path) -> None:
    split, work = only_split(jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}])), made(tmp_path)
    mark(work, "key")
    summary = stage_split(split, "key", Settings(), work, IsolatedReader(Limits()))
    assert (summary.articles, summary.pages, summary.warnings) == (1, 1, ())
    assert is_suspect(work, "key")


def test_what_is_given_up_counts_as_rejected_and_damaged(tmp_path: Path) -> None:
    split = only_split(jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}]))
    (row,) = poisoned(split)
    assert (row.input, row.position, row.reason) == (split.files[0].path, 0, "poisoned")


@pytest.mark.parametrize("error", [OSError("disk full"), MemoryError()])
def test_a_full_disk_speaks_against_no_split(error: Exception) -> None:
    assert is_outside(error)
    assert not is_outside(LookupError())


def only_split(file: Path) -> Split:
    (split,) = splits(find_files([str(file)]).files, 1_000_000)
    return split


def made(folder: Path) -> Work:
    work = Work(str(folder / "work"), "f")
    work.make()
    return work
