"""What an output folder holds: runs in, a record of them out."""

import os
from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.maintenance.status import size_of, status
from tests.pipelines.published import articles, published, sources, staged

TABLES = {"articles": articles(1), "sources": sources(a=1)}


def test_published_and_waiting_runs_are_told_in_the_order_they_were_made(tmp_path: Path) -> None:
    for number, run_id in enumerate(("second", "first")):
        path = published(tmp_path, run_id, TABLES, warnings=["x"] * number)
        os.utime(Path(path) / "run.json", ns=(0, 10 - number))
    breaches = [{"message": "too few pages"}]
    staged(tmp_path, "held", TABLES, checks={"breaches": breaches})
    seen = status(str(tmp_path))
    assert [(run.run_id, run.n_warnings) for run in seen.published] == [("first", 1), ("second", 0)]
    assert [(run.run_id, list(run.breaches)) for run in seen.waiting] == [
        ("held", ["too few pages"])
    ]
    assert all(run.counts["articles"] == 1 for run in (*seen.published, *seen.waiting))


def test_the_run_that_latest_names_is_marked(tmp_path: Path) -> None:
    for run_id in ("old", "new"):
        published(tmp_path, run_id, TABLES)
    assert {run.run_id: run.is_latest for run in status(str(tmp_path)).published} == {
        "old": False,
        "new": True,
    }


def test_what_is_left_lying_about_is_counted_and_nothing_is_changed(tmp_path: Path) -> None:
    published(tmp_path, "run", TABLES)
    extracted, state = tmp_path / ".work" / "extracted", tmp_path / "state"
    for folder in (extracted, state):
        folder.mkdir(parents=True)
    (extracted / "a.json").write_bytes(b"12345")
    (extracted / "a.parquet").write_bytes(b"123")
    for day in ("2026-03-02", "2026-03-01"):
        (state / f"day={day}.state").write_bytes(b"1234")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    seen = status(str(tmp_path))
    assert (seen.n_staged_splits, seen.staged_bytes) == (1, 8)
    assert (list(seen.history_days), seen.history_bytes) == (["2026-03-01", "2026-03-02"], 8)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_damaged_run_is_named_and_no_published_one(tmp_path: Path) -> None:
    path = published(tmp_path, "torn", TABLES)
    (Path(path) / "run.json").write_text("{")
    seen = status(str(tmp_path))
    assert list(seen.published) == []
    assert [line.partition(" is damaged")[0] for line in seen.damaged] == [path]


def test_a_folder_without_runs_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no output folder"):
        status(str(tmp_path))


def test_a_folder_that_is_not_there_has_no_bytes(tmp_path: Path) -> None:
    assert size_of(tmp_path / "nowhere") == 0
