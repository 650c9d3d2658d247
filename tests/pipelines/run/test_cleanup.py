"""What killed starts left is cleared away; what somebody may take up again stays."""

from pathlib import Path

import pytest

from pipelines.run.cleanup import sweep

LEFT = (
    "x.tmp",
    ".latest-12",
    ".lock-12",
    "runs/.pruned-a/run.json",
    "runs/.staged-half/articles/part-00000.parquet",
    "runs/.staged-whole/run.json.tmp",
    "state/day=2026-03-01.state.tmp",
    ".work/extracted/split.parquet.tmp",
    ".work/another/members/split.parquet",
)
STAYS = (
    "latest.json",
    "runs/run=a/run.json",
    "runs/.staged-whole/run.json",
    "state/day=2026-03-01.state",
    ".work/extracted/split.parquet",
    ".work/own/members/split.parquet",
    ".work/note",
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for name in (*LEFT, *STAYS):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def files(output: Path) -> set[str]:
    return {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}


def test_what_no_start_takes_up_again_goes_and_all_else_stays(output: Path) -> None:
    sweep(str(output), "own")
    assert files(output) == set(STAYS)


def test_a_second_time_there_is_nothing_to_clear(output: Path) -> None:
    sweep(str(output), "own")
    sweep(str(output), "own")
    assert files(output) == set(STAYS)


def test_a_folder_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    sweep(str(tmp_path / "new"), "own")
    assert not (tmp_path / "new").exists()
