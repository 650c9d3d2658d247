"""The command line: exit codes, one line for each failure, locks, and signals in the middle."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipelines.config.settings import Settings
from pipelines.errors import LockedError
from pipelines.output import publish
from pipelines.run.job import plan
from pipelines.run.outcome import Outcome
from pipelines.run.request import Request
from pipelines.storage.lock import locked
from tests.runs.makers import command, jsonl, started, story

Shown = pytest.CaptureFixture[str]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}])


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")


def told(shown: Shown) -> list[str]:
    """The lines on standard error."""
    return shown.readouterr().err.splitlines()


def lock(output: Path, **holder: object) -> Path:
    output.mkdir(exist_ok=True)
    (output / ".lock").write_text(json.dumps({"host": socket.gethostname()} | holder))
    return output


def dead_pid() -> int:
    with subprocess.Popen(["true"]) as process:
        return process.pid


def test_a_published_run_is_exit_code_0(rows: Path, tmp_path: Path, capsys: Shown) -> None:
    assert command("run", "--input", rows, "--output", tmp_path / "out") == 0
    assert told(capsys)[1] == "1 pages = 1 articles + 0 rejected + 0 skipped"


def test_a_second_start_says_that_it_was_published_before(
    rows: Path, tmp_path: Path, capsys: Shown
) -> None:
    for _ in range(2):
        code = command("run", "--input", rows, "--output", tmp_path / "out")
    assert code == 0
    assert "was published before" in "\n".join(told(capsys))
    assert len(list((tmp_path / "out" / "runs").iterdir())) == 1


def test_force_makes_the_run_anew(rows: Path, tmp_path: Path) -> None:
    for force in ([], ["--force"]):
        command("run", "--input", rows, "--output", tmp_path / "out", *force)
    assert len(list((tmp_path / "out" / "runs").iterdir())) == 2


def test_a_warning_is_exit_code_3(tmp_path: Path, capsys: Shown) -> None:
    broken = jsonl(tmp_path / "broken.jsonl", ["nonsense"])
    assert command("run", "--input", broken, "--output", tmp_path / "out") == 3
    assert told(capsys)[-1].startswith("warning: none of 1 pages")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--input", "missing.warc.gz"], "matches no file"),
        (["--input", "{folder}/notes.docx"], "has no known format"),
        (["--input", "{folder}/empty"], "holds nothing to read"),
        ([], "--input is missing"),
        (["--input", "{rows}", "--set", "match.shingle_words=1000"], "shingle_words"),
        (["--input", "{rows}", "--set", "copies.near_jaccard=85"], "[0, 1], got 85"),
        (["--input", "{rows}", "--set", "input.format=docx"], "input.format"),
        (["--input", "{rows}", "--set", "nonsense"], "section.key=value"),
        (["--input", "{rows}", "--config", "missing.toml"], "cannot be read"),
        (["--input", "{rows}", "--runner", "DaskRunner"], "DaskRunner is not offered"),
        (["--input", "{rows}", "--run-id", "../x"], "--run-id names a folder"),
        (["--input", "{rows}", "--nonsense"], "--nonsense"),
        (["--input", "{rows}", "--output", "{rows}/below"], "cannot be written"),
        (["--input", "{rows}", "--output", "/proc/nowhere"], "cannot be written"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    rows: Path, tmp_path: Path, capsys: Shown, arguments: list[str], message: str
) -> None:
    (tmp_path / "notes.docx").write_bytes(b"PK")
    (tmp_path / "empty").mkdir()
    filled = [argument.format(rows=rows, folder=tmp_path) for argument in arguments]
    output = [] if "--output" in filled else ["--output", str(tmp_path / "out")]
    assert command("run", *output, *filled) == 2
    (line,) = told(capsys)
    assert line.startswith("copytrail: ")
    assert message in line


def test_what_fails_on_the_way_is_one_line_and_exit_code_5(
    rows: Path, tmp_path: Path, capsys: Shown
) -> None:
    (tmp_path / "work").write_text("a file where a folder should be")
    work = tmp_path / "work"
    assert command("run", "--input", rows, "--output", tmp_path / "out", "--work", work) == 5
    assert len(told(capsys)) == 1


def test_a_folder_without_run_cannot_be_inspected(tmp_path: Path, capsys: Shown) -> None:
    assert command("inspect", tmp_path) == 2
    assert "holds no published run" in told(capsys)[0]


def test_a_reader_that_wants_no_more_is_no_failure(rows: Path, tmp_path: Path) -> None:
    command("run", "--input", rows, "--output", tmp_path / "out", "--quiet")
    with started("inspect", tmp_path / "out") as inspecting:
        assert inspecting.stdout
        inspecting.stdout.close()
        assert inspecting.stderr
        assert inspecting.stderr.read() == ""
    assert inspecting.returncode == 0


def test_a_lock_that_a_live_run_holds_is_exit_code_75(
    rows: Path, tmp_path: Path, capsys: Shown
) -> None:
    output = tmp_path / "out"
    output.mkdir()
    with locked(str(output)):
        assert command("run", "--input", rows, "--output", output) == 75
    assert f"works on {output} (pid {os.getpid()} on" in told(capsys)[0]


@pytest.mark.parametrize(
    "left", ["", "[]", "{", json.dumps({"host": socket.gethostname(), "pid": 1})]
)
def test_what_a_dead_run_left_stops_no_start(tmp_path: Path, left: str) -> None:
    (tmp_path / ".lock").write_text(left)
    with locked(str(tmp_path)) as note:
        assert note is not None


def test_a_lock_of_another_machine_that_nobody_touches_is_taken_over(tmp_path: Path) -> None:
    output = lock(tmp_path, pid=1, host="elsewhere")
    os.utime(output / ".lock", (time.time() - 7_200,) * 2)
    with locked(str(output)) as note:
        assert note == "took over the lock of pid 1 on elsewhere, which is gone"


def test_a_lock_of_another_machine_is_exit_code_75(rows: Path, tmp_path: Path) -> None:
    output = lock(tmp_path / "out", pid=1, host="elsewhere")
    assert command("run", "--input", rows, "--output", output) == 75


def test_the_lock_of_a_dead_process_is_taken_over_with_a_note(
    rows: Path, tmp_path: Path, capsys: Shown
) -> None:
    pid = dead_pid()
    output = lock(tmp_path / "out", pid=pid)
    assert command("run", "--input", rows, "--output", output) == 0
    assert told(capsys)[-1].startswith(f"took over the lock of pid {pid} on")
    manifest = json.loads((output / "latest" / "run.json").read_text())
    assert manifest["warnings"] == []


def test_of_two_starts_that_find_a_stale_lock_one_runs_and_the_other_says_so(
    tmp_path: Path,
) -> None:
    output = lock(tmp_path / "out", pid=dead_pid())
    with locked(str(output)) as warning:
        assert warning is not None
        lock(output, pid=dead_pid())  # as the slower start still sees it
        with pytest.raises(LockedError, match="another run on this machine"), locked(str(output)):
            raise AssertionError("both hold the lock")


def test_of_two_starts_at_once_one_publishes_and_the_other_ends_with_75(
    rows: Path, tmp_path: Path, capsys: Shown
) -> None:
    arguments = ["run", "--input", str(rows), "--output", str(tmp_path / "out")]
    first = stopped_at_work(tmp_path / "out", arguments, (tmp_path / "out" / ".lock").exists)
    try:
        assert command(*arguments) == 75
    finally:
        os.killpg(first.pid, signal.SIGCONT)
        _, err = first.communicate(timeout=300)
    assert "another run on this machine works on" in told(capsys)[-1]
    assert first.returncode == 0, err
    assert (tmp_path / "out" / "latest" / "run.json").exists()


def test_a_lock_with_our_own_pid_is_that_of_a_container_before(rows: Path, tmp_path: Path) -> None:
    output = lock(tmp_path / "out", pid=os.getpid())
    assert command("run", "--input", rows, "--output", output) == 0


def test_a_second_start_of_an_older_run_leaves_latest_at_the_newest(tmp_path: Path) -> None:
    days = [jsonl(tmp_path / f"{day}.jsonl", [{"text": story(day)}]) for day in (1, 2)]
    output = tmp_path / "out"
    for day in (days[0], days[1], days[0]):
        assert command("run", "--input", day, "--output", output, "--run-id", day.stem) == 0
    assert (output / "latest").resolve().name == "run=2"


def test_a_run_that_was_killed_before_it_became_latest_becomes_it_at_the_next_start(
    tmp_path: Path,
) -> None:
    days = [jsonl(tmp_path / f"{day}.jsonl", [{"text": story(day)}]) for day in (1, 2)]
    output = tmp_path / "out"
    for day in days:
        command("run", "--input", day, "--output", output, "--run-id", day.stem)
    publish.point_latest(publish.Output(str(output)), "1")  # as the kill left it
    assert command("run", "--input", days[1], "--output", output, "--run-id", "2") == 0
    assert (output / "latest").resolve().name == "run=2"


def test_no_lock_stays_behind(rows: Path, tmp_path: Path) -> None:
    command("run", "--input", rows, "--output", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").glob(".lock*")] == []


def processes_below(folder: Path) -> list[int]:
    """Processes whose environment names the folder: drivers, workers and readers of pages."""
    outcomes = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and f"COPYTRAIL_TEST={folder}".encode() in (
                entry / "environ"
            ).read_bytes().split(b"\0"):
                outcomes.append(int(entry.name))
    return outcomes


def wait_until(is_true: Callable[[], bool], timeout_s: float = 300) -> bool:
    end = time.monotonic() + timeout_s
    while not is_true() and time.monotonic() < end:
        time.sleep(0.05)
    return is_true()


def stopped_at_work(
    output: Path, arguments: Sequence[object], is_at_work: Callable[[], bool]
) -> "subprocess.Popen[str]":
    """A start of the command whose processes all stand still where this came to be true.

    On a busy machine a run may be over before this process looks: then there is another.
    """
    for _ in range(5):
        shutil.rmtree(output, ignore_errors=True)
        process = started(*map(str, arguments))
        assert wait_until(lambda: is_at_work() or process.poll() is not None)  # noqa: B023
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGSTOP)
            if is_at_work() and not list(output.glob("runs/run=*")):
                return process
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    raise AssertionError("each run was over before it could be stopped")


def finished_splits(output: Path) -> list[str]:
    return sorted(path.name for path in (output / ".work" / "extracted").glob("*.json"))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("number", "workers", "code"),
    [(signal.SIGINT, 2, 130), (signal.SIGTERM, 1, 143), (signal.SIGKILL, 2, -signal.SIGKILL)],
    ids=["Ctrl-C", "SIGTERM", "SIGKILL"],
)
def test_a_stopped_run_publishes_nothing_leaves_no_process_and_is_taken_up_again(
    tmp_path: Path,
    sample: list[Path],
    sample_run: Outcome,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
    workers: int,
    code: int,
) -> None:
    output = tmp_path / "out"
    arguments = [
        "run",
        "--output",
        output,
        *(argument for path in sample for argument in ("--input", path)),
    ]
    monkeypatch.setenv("COPYTRAIL_TEST", str(output))
    start = [*arguments, "--workers", workers]
    process = stopped_at_work(output, start, lambda: bool(finished_splits(output)))
    monkeypatch.delenv("COPYTRAIL_TEST")
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal sends it
    else:
        process.send_signal(number)
    os.killpg(process.pid, signal.SIGCONT)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in err
    assert wait_until(lambda: not processes_below(output), 60), processes_below(output)
    assert list((output / "runs").glob("run=*")) == []
    assert not (output / "latest").exists()

    request = Request(tuple(map(str, sample)), str(output), Settings())
    assert set(finished_splits(output)) <= {f"{key}.json" for key in plan(request).split_keys()}
    # a dead lock is taken over without a warning
    assert command(*arguments, "--workers", "1") == 0
    assert digests_below(output) == digests_below(Path(sample_run.path).parents[1])


def digests_below(output: Path) -> list[tuple[str, bytes]]:
    root = (output / "latest").resolve()
    return sorted(
        (path.relative_to(root).as_posix(), path.read_bytes())
        for path in root.rglob("*")
        if path.is_file()
    )
