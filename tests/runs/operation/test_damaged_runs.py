"""A published run whose files are damaged was not published before: it is made anew, and told."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.storage.lock import locked
from tests.runs.makers import command, digests, jsonl, run, story


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "rows.jsonl", [{"text": story(seed)} for seed in range(3)])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [Path.unlink, emptied, flipped])
@pytest.mark.parametrize("name", ["articles/part-00000.parquet", "report.html"])
def test_a_damaged_run_is_made_anew_and_told(
    rows: Path, tmp_path: Path, damage: Callable[[Path], None], name: str
) -> None:
    output = tmp_path / "out"
    before = run([rows], output)
    tables = {path: digest for path, digest in digests(before).items() if path != "run.json"}
    damage(Path(before.path) / name)
    assert command("verify", output) == 5
    again = run([rows], output)
    assert (again.exit_code, again.is_new, again.run_id) == (3, True, before.run_id)
    assert [warning for warning in again.warnings if f"run {before.run_id} was damaged" in warning]
    assert (
        digests(again).items() >= {**tables, "report.html": digests(again)["report.html"]}.items()
    )
    assert command("verify", output) == 0
    assert run([rows], output).is_new is False


def test_a_run_whose_manifest_is_damaged_is_told_and_made_anew(rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    before = run([rows], output)
    emptied(Path(before.path) / "run.json")
    again = run([rows], output)
    assert (again.exit_code, again.is_new) == (3, True)
    assert again.run_id != before.run_id
    assert [warning for warning in again.warnings if "is damaged and was left out" in warning]


def metrics(output: Path) -> dict[str, str]:
    lines = (output / "metrics.prom").read_text().splitlines()
    return {
        line.partition("{")[0].removeprefix("copytrail_"): line.rpartition(" ")[2]
        for line in lines
        if not line.startswith("#")
    }


def test_metrics_say_since_when_a_lock_keeps_starts_away(rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    arguments = ("run", "--input", rows, "--output", output, "--quiet")
    assert command(*arguments) == 0
    assert metrics(output)["lock_held_since_timestamp_seconds"] == "0"
    with locked(str(output)):
        assert command(*arguments) == 75
        since = json.loads((output / ".lock").read_text())["since_s"]
    assert float(metrics(output)["lock_held_since_timestamp_seconds"]) == since
    assert metrics(output)["exit_code"] == "0"
    assert command(*arguments) == 0
    assert metrics(output)["lock_held_since_timestamp_seconds"] == "0"


def test_each_exit_3_has_its_warning_in_the_manifest_and_the_metrics(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    jsonl(inputs / "rows.jsonl", [{"text": story(1)}, "no JSON"])
    (inputs / "empty.jsonl").write_bytes(b"")
    os.mkfifo(inputs / "pipe.jsonl")
    output = tmp_path / "out"
    assert command("run", "--input", inputs, "--output", output, "--quiet") == 3
    warnings = json.loads((output / "latest" / "run.json").read_text())["warnings"]
    assert len(warnings) == 3
    assert metrics(output)["warnings"] == "3"


@pytest.mark.parametrize("name", ["\x1b[31mred\x07", "\u202etxt.exe", "a\x9b2Jb\r"])
def test_no_control_character_of_an_argument_reaches_the_terminal(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    missing, odd = tmp_path / name, tmp_path / f"{name}.jsonl"
    assert command("run", "--input", missing, "--output", tmp_path / "out") == 2
    jsonl(odd, [{"text": story(1)}, "no JSON"])
    assert command("run", "--input", odd, "--output", tmp_path / name) == 3
    assert command("inspect", tmp_path / name) == 0
    assert command("status", tmp_path / name) == 0
    shown = "".join(capfd.readouterr())
    assert "is damaged (bad-json)" in shown
    assert not set("\x1b\x07\u202e\x9b\r") & set(shown)


SPY = """
import os
open(os.environ["SPY"], "a").write(__name__ + chr(10))
raise SystemExit("code of the working directory ran")
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_code_of_the_working_directory_is_run(workers: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in (
        "trafilatura",
        "lxml",
        "pyarrow",
        "apache_beam",
        "json",
        "sources",
        "numpy",
        "dill",
    ):
        (here / f"{name}.py").write_text(SPY)
    (here / "in").mkdir()
    for number in range(2):
        page = f"<html><title>A</title><article><p>{story(number, 200)}</p></article></html>"
        (here / "in" / f"{number}.html").write_text(page)
    program = Path(sys.executable).with_name("copytrail")
    done = subprocess.run(
        [program, "run", "--input", "in", "--output", "out", "--workers", workers, "--quiet"],
        check=False,
        capture_output=True,
        text=True,
        cwd=here,
        env={**os.environ, "SPY": str(tmp_path / "spied")},
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "spied").exists()
