"""A daily job does what the examples of docs/operations do, with the paths it was given."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from pipelines.config.settings import load_settings
from pipelines.errors import UsageError
from pipelines.schedule.daily import DailyJob, write_daily
from tests.runs.operation.test_scheduled import CODES, EXAMPLES, shell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a job whose command says how it was called, and ends with $CODE."""
    program = tmp_path / "bin" / "copytrail"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "called with $*"\nexit ${CODE:-0}\n')
    program.chmod(0o755)
    job = tmp_path / "daily"
    write_daily(DailyJob(str(job), "/srv/crawl", "/srv/out", str(program), "desk"), is_forced=False)
    return job


def test_the_nightly_script_asks_for_the_day_with_the_jobs_own_settings(folder: Path) -> None:
    assert shell(f"{folder}/nightly 2026-03-02", CODE="4") == (
        4,
        f"called with run --config {folder}/settings.toml --input /srv/crawl/2026-03-02 "
        "--output /srv/out --window 2026-03-02 --log json\n",
    )


def test_its_settings_are_settings(folder: Path) -> None:
    assert load_settings(folder / "settings.toml").run.workers == 2


def cron_lines(path: Path) -> list[str]:
    """The lines of a crontab that start something, as cron gives them to the shell."""
    lines = [line for line in path.read_text().splitlines() if line[:1].isdigit()]
    return [line.split(" ", 5)[5].replace("\\%", "%") for line in lines]


@pytest.mark.parametrize("code", CODES)
def test_cron_mails_what_somebody_should_read_and_nothing_else(folder: Path, code: int) -> None:
    nightly, _ = cron_lines(folder / "crontab")
    exit_code, printed = shell(nightly, CODE=str(code))
    assert exit_code == code
    assert bool(printed) == (code not in (0, 75))


def test_cron_and_systemd_do_what_the_examples_in_the_docs_do(folder: Path) -> None:
    own, example = (cron_lines(path / "crontab") for path in (folder, EXAMPLES))
    assert own[0].replace(f"{folder}/nightly", "NIGHTLY") == example[0].replace(
        "/opt/copytrail/docs/operations/nightly", "NIGHTLY"
    )
    for name in ("copytrail.service", "copytrail.timer"):
        keys = ("Environment", "ExecStart", "User", "ReadWritePaths", "Documentation", "#")
        own_lines, example_lines = (
            [line for line in (path / name).read_text().splitlines() if not line.startswith(keys)]
            for path in (folder, EXAMPLES)
        )
        assert own_lines == example_lines


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze")
def test_systemd_finds_no_fault_in_the_units(folder: Path) -> None:
    units = [str(folder / name) for name in ("copytrail.service", "copytrail.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_test_alert_fails_for_a_crawl_that_is_not_there(folder: Path) -> None:
    code, printed = shell(f"{folder}/test-alert", CODE="2")
    assert code == 2
    assert f"--input {folder}/no-such-crawl/" in printed


def test_alerts_are_rules_over_metrics_that_there_are(folder: Path) -> None:
    (group,) = yaml.safe_load((folder / "alerts.yml").read_text())["groups"]
    source = (Path(__file__).parents[3] / "pipelines" / "run" / "metrics.py").read_text()
    for rule in group["rules"]:
        name = next(word for word in rule["expr"].split() if word.startswith("copytrail_"))
        assert name.removeprefix("copytrail_") in source, rule["alert"]


def test_files_that_are_there_are_left_unless_forced(folder: Path) -> None:
    places = DailyJob(str(folder), "/srv/crawl", "/elsewhere", "/bin/copytrail", "desk")
    before = (folder / "nightly").read_text()
    with pytest.raises(UsageError, match="is there; --force replaces it"):
        write_daily(places, is_forced=False)
    assert (folder / "nightly").read_text() == before
    write_daily(places, is_forced=True)
    assert "/elsewhere" in (folder / "nightly").read_text()


@pytest.mark.parametrize("crawl", ["/srv/my crawl", "/srv/$(id)", "/srv/50%", "relative", "/a\n/b"])
def test_a_path_that_a_shell_would_read_otherwise_is_refused(tmp_path: Path, crawl: str) -> None:
    places = DailyJob(str(tmp_path / "daily"), crawl, "/srv/out", "/bin/copytrail", "desk")
    with pytest.raises(UsageError, match="stands in scripts and units"):
        write_daily(places, is_forced=False)
    assert not (tmp_path / "daily").exists()
