"""The commands that look after an output folder, and what machines are told of a start."""

import json
import os
import re
import shutil
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines import log
from pipelines.exchange.progress import Standing
from pipelines.maintenance.prune import DAY_S
from pipelines.output import publish
from pipelines.output.table_files import write_part
from pipelines.run.metrics import write_metrics
from pipelines.run.progress_displays import LINES_EVERY_S, Lines
from tests.runs.makers import command, jsonl, run, story

Shown = pytest.CaptureFixture[str]
OUTLETS = ("harbourpost.example", "valleycourier.example")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three days of two outlets that copy each other, and a fourth that a check held back."""
    output = tmp_path_factory.mktemp("made") / "out"
    for number in range(1, 5):
        rows = [
            {
                "url": f"https://{host}/{number}/{page}",
                "text": story(100 * number + page) if number < 4 or page < 2 else "too short",
            }
            for page in range(9)
            for host in OUTLETS
        ]
        file = jsonl(output.parent / f"{number}.jsonl", rows)
        outcome = run([file], output, run_id=str(number))
    assert outcome.exit_code == 4
    return output


@pytest.fixture
def output(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may change."""
    monkeypatch.setenv("COLUMNS", "400")
    shutil.copytree(made, tmp_path / "out", symlinks=True)
    return tmp_path / "out"


def tables(output: Path, run_id: str, table: str) -> Path:
    return output / "runs" / f"run={run_id}" / table / "part-00000.parquet"


def make_older(output: Path, run_id: str, days: float) -> None:
    at = time.time() - days * DAY_S
    os.utime(output / "runs" / f"run={run_id}" / "run.json", (at, at))


def test_status_names_runs_what_waits_the_lock_and_the_last_checks(
    output: Path, capsys: Shown
) -> None:
    (output / ".lock").write_text(json.dumps({"host": "elsewhere", "pid": 7}))
    assert command("status", output) == 0
    printed = capsys.readouterr().out
    assert "3 published runs" in printed
    assert "3 <- latest" in printed
    assert "waits: run 4, 18 pages = 4 articles + 14 rejected + 0 skipped" in printed
    assert "last checks of 4: harbourpost.example: 2 of 9 pages became articles" in printed
    assert "lock: held by pid 7 on elsewhere" in printed


def test_status_of_no_output_folder_is_wrong_usage(tmp_path: Path) -> None:
    assert command("status", tmp_path) == 2


def test_whole_runs_are_verified(output: Path, capsys: Shown) -> None:
    assert command("verify", output) == 0
    assert "3 of 3 runs are what their run.json says" in capsys.readouterr().out


def change_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (change_a_byte, "articles/part-00000.parquet has changed since it was published"),
        (Path.unlink, "articles/part-00000.parquet is missing"),
        (
            lambda path: change_a_byte(path.parents[1] / "report.html"),
            "report.html has changed since it was published",
        ),
        (
            lambda path: change_a_byte(path.parents[1] / "datapackage.json"),
            "datapackage.json has changed since it was published",
        ),
        (lambda path: shutil.copy(path, path.with_name("more.parquet")), "more.parquet is not in"),
        (lambda path: (path.parents[1] / "run.json").write_text("{"), "run.json cannot be read"),
        (lambda path: (path.parents[1] / "run.json").write_text("{}"), "run.json lacks counts"),
    ],
    ids=[
        "changed",
        "missing",
        "page",
        "description",
        "stranger",
        "half a manifest",
        "empty manifest",
    ],
)
def test_what_is_damaged_is_named(
    output: Path, capsys: Shown, damage: object, message: str
) -> None:
    assert callable(damage)
    damage(tables(output, "2", "articles"))
    assert command("verify", output) == 5
    printed = capsys.readouterr().out
    assert message in printed
    assert "2 of 3 runs are" in printed


def rewritten(output: Path, table: str, rows: slice) -> None:
    """Takes rows out of a table and tells the manifest, as a fault of ours would."""
    folder = output / "runs" / "run=1"
    rows_left = pq.ParquetFile(tables(output, "1", table)).read().to_pylist()[rows]
    content = pq.ParquetFile(tables(output, "1", table)).read().slice(0, 0)
    write_part(str(folder), table, 0, content.from_pylist(rows_left, schema=content.schema))
    manifest = json.loads((folder / "run.json").read_text())
    manifest["tables"] = publish.described_tables(str(folder))
    (folder / "run.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("articles", "the counts say 18 articles and"),
        ("clusters", "articles.cluster_id: 1 values are no cluster_id of clusters"),
        ("sources", "articles.source_id: 1 values are no source_id of sources"),
    ],
)
def test_rows_that_other_tables_name_are_missed(
    output: Path, capsys: Shown, table: str, message: str
) -> None:
    rewritten(output, table, slice(1, None))
    assert command("verify", output / "runs" / "run=1") == 5
    assert message in capsys.readouterr().out


def test_pruning_deletes_old_runs_and_never_the_latest(output: Path, capsys: Shown) -> None:
    for run_id, days in (("1", 100), ("2", 10), ("3", 400)):
        make_older(output, run_id, days)
    assert command("prune", output, "--keep", "90d") == 0
    assert capsys.readouterr().out == f"deleted {output}/runs/run=1\n"
    assert sorted(path.name for path in (output / "runs").glob("run=*")) == ["run=2", "run=3"]
    assert (output / "latest" / "run.json").exists()


def test_pruning_leaves_what_waits_and_what_is_damaged(output: Path) -> None:
    make_older(output, "1", 100)
    (output / "runs" / "run=1" / "run.json").write_text("{")
    make_older(output, "1", 100)
    before = sorted((output / "runs").iterdir())
    assert command("prune", output, "--keep", "90d") == 0
    assert sorted((output / "runs").iterdir()) == before


@pytest.mark.parametrize("keep", ["90", "ninety", "-1d", "1.5d"])
def test_a_keep_that_is_no_number_of_days_is_wrong_usage(output: Path, keep: str) -> None:
    assert command("prune", output, "--keep", keep) == 2


def test_pruning_waits_for_no_run(output: Path) -> None:
    (output / ".lock").write_text(json.dumps({"host": "elsewhere", "pid": 7}))
    assert command("prune", output, "--keep", "90d") == 75


SAMPLE = re.compile(
    r'copytrail_[a-z_]+\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="[^"\n]*")*\} \S+'
)


def metrics(output: Path) -> dict[str, float]:
    """The samples by name and labels, less the output folder's; every line has its form."""
    counted = {}
    for line in (output / "metrics.prom").read_text().splitlines():
        assert line.startswith("# ") or SAMPLE.fullmatch(line), line
        if not line.startswith("# "):
            name, value = line.rsplit(" ", 1)
            key = re.sub(r'output="[^"]*",?', "", name).removeprefix("copytrail_")
            counted[key.removesuffix("{}")] = float(value)
    return counted


def test_metrics_name_the_exit_code_the_counts_and_who_holds_a_run_back(output: Path) -> None:
    write_metrics(str(output), 4, time.time())
    measured = metrics(output)
    assert measured["exit_code"] == 4
    assert measured['pages{fate="articles"}'] == 18
    assert measured["held_back_runs"] == 1
    assert (
        measured['held_back_outlet{run="4",source="harbourpost.example",check="extraction"}'] == 1
    )
    assert "last_success_timestamp_seconds" not in measured


def test_the_time_of_the_last_success_survives_failures(output: Path) -> None:
    write_metrics(str(output), 0, time.time())
    success = metrics(output)["last_success_timestamp_seconds"]
    write_metrics(str(output), 5, time.time())
    assert metrics(output)["last_success_timestamp_seconds"] == success
    write_metrics(str(output), 75, time.time())  # another run works there and tells of itself
    assert metrics(output)["exit_code"] == 5


def test_a_start_with_wrong_settings_shows_in_the_metrics(output: Path) -> None:
    assert (
        command("run", "--input", "x", "--output", output, "--set", "match.shingle_words=1000") == 2
    )
    assert metrics(output)["exit_code"] == 2


def events(capsys: Shown) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_with_json_every_line_is_an_object_and_the_last_says_what_came_of_it(
    made: Path, tmp_path: Path, capsys: Shown
) -> None:
    arguments = ("run", "--log", "json", "--input", made.parent / "1.jsonl")
    assert command(*arguments, "--output", tmp_path / "out") == 0
    log = events(capsys)
    # a slow machine tells of its progress between, every ten seconds
    assert [entry["event"] for entry in log if entry["event"] != "progress"] == [
        "started",
        "published",
    ]
    assert (log[-1]["run_id"], log[-1]["exit_code"]) == ("undated", 0)


@pytest.fixture
def failing(made: Path, tmp_path: Path) -> list[str]:
    """A start whose first stage fails: a file lies where its folder should be."""
    (tmp_path / "out" / ".work").mkdir(parents=True)
    (tmp_path / "out" / ".work" / "extracted").write_text("")
    return ["--input", str(made.parent / "1.jsonl"), "--output", str(tmp_path / "out")]


def test_a_stage_that_fails_is_one_line_and_exit_code_5(failing: list[str], capsys: Shown) -> None:
    assert command("run", *failing) == 5
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("copytrail: FileExistsError: [Errno 17] File exists")


def test_a_stage_that_fails_leaves_its_traceback_in_the_json_log(
    failing: list[str], capsys: Shown
) -> None:
    assert command("run", "--log", "json", *failing) == 5
    last = events(capsys)[-1]
    assert (last["event"], last["exit_code"]) == ("failed", 5)
    assert "stage_split" in str(last["traceback"])


def test_a_stage_that_fails_shows_its_traceback_to_who_asks(
    failing: list[str], capsys: Shown
) -> None:
    assert command("run", "--verbose", *failing) == 5
    assert "Traceback" in capsys.readouterr().err


def test_progress_for_machines_is_a_line_a_stage_that_moved(capsys: Shown) -> None:
    log.start("json")
    now = [0.0]
    lines = Lines(lambda: now[0])
    standing = Standing("extract", 0.25, 600, 3, 60.0)
    for now[0] in (0.0, LINES_EVERY_S, 2 * LINES_EVERY_S):
        lines.show([standing, Standing("clean", 0.0, 0, 0, 0.0)])
    log.start()
    (entry,) = events(capsys)
    assert (entry["stage"], entry["pages_per_s"], entry["left_s"]) == ("extract", 10.0, 180)
