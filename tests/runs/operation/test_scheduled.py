"""The examples for schedulers do what they say, with every exit code that copytrail has."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from configparser import RawConfigParser
from pathlib import Path

import pytest
import yaml

from tests.runs.makers import jsonl, story

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "docs" / "operations"
CODES = [0, 2, 3, 4, 5, 75]
INSTALLED = "/opt/copytrail"


def program(path: Path, code: int) -> Path:
    """A program that says how it was called and ends with the code."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\necho "called with $*"\nexit {code}\n')
    path.chmod(0o755)
    return path


def shell(line: str, **variables: str) -> tuple[int, str]:
    """The exit code of a line and what it printed."""
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | variables,
    )
    return done.returncode, done.stdout + done.stderr


def test_nightly_asks_for_the_day_and_passes_on_the_exit_code(tmp_path: Path) -> None:
    copytrail = str(program(tmp_path / "copytrail", 4))
    code, printed = shell(
        f"{EXAMPLES}/nightly 2026-03-02", COPYTRAIL=copytrail, COPYTRAIL_CRAWL="/c"
    )
    assert code == 4
    assert printed == (
        "called with run --input /c/2026-03-02 --output /srv/copytrail "
        "--window 2026-03-02 --log json\n"
    )


def cron_line(installed: Path) -> str:
    """The line of the nightly run as cron gives it to the shell."""
    (line,) = (
        line_of_crontab
        for line_of_crontab in (EXAMPLES / "crontab").read_text().splitlines()
        if "nightly" in line_of_crontab
    )
    fields = line.split(" ", 5)
    assert fields[:5] == ["17", "3", "*", "*", "*"]
    assert "%" not in fields[5].replace("\\%", "")  # cron would end the line there
    return fields[5].replace("\\%", "%").replace(INSTALLED, str(installed))


@pytest.mark.parametrize("code", CODES)
def test_cron_mails_what_somebody_should_read_and_nothing_else(tmp_path: Path, code: int) -> None:
    program(tmp_path / "docs" / "operations" / "nightly", code)
    expected = "" if code in (0, 75) else "called with \n"
    assert shell(cron_line(tmp_path)) == (code, expected)


def unit(name: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # keys of units have capitals
    parser.read(EXAMPLES / name)
    return parser


def test_systemd_takes_warnings_and_a_busy_folder_for_successes() -> None:
    service = unit("copytrail.service")["Service"]
    assert service["SuccessExitStatus"] == "3 75"
    assert service["RestartPreventExitStatus"] == "2 4"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    names = ("copytrail.service", "copytrail.timer")
    for name in names:
        (tmp_path / name).write_text((EXAMPLES / name).read_text().replace(INSTALLED, str(ROOT)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("code", CODES)
def test_kubernetes_is_told_of_failures_alone(tmp_path: Path, code: int) -> None:
    job = yaml.safe_load((EXAMPLES / "cronjob.yaml").read_text())["spec"]["jobTemplate"]["spec"]
    (container,) = job["template"]["spec"]["containers"]
    assert container["command"] == ["/bin/sh", "-c"]
    program(tmp_path / "docs" / "operations" / "nightly", code)
    (line,) = container["args"]
    assert shell(line.replace(INSTALLED, str(tmp_path)))[0] == (0 if code in (3, 75) else code)
    final = [rule for rule in job["podFailurePolicy"]["rules"] if rule["action"] == "FailJob"]
    assert final[0]["onExitCodes"] == {"operator": "In", "values": [2, 4]}


def installed(folder: Path, package: str) -> Path:
    """The programs of a package in an environment of its own; where none can be made, a skip."""
    if shutil.which("uv") is None:
        pytest.skip("uv makes the environment")
    subprocess.run(["uv", "venv", "-q", "--python", sys.executable, str(folder)], check=True)
    python = folder / "bin" / "python"
    done = subprocess.run(
        ["uv", "pip", "install", "-q", "--python", str(python), package],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.skip(f"{package} cannot be installed: {done.stderr[-200:]}")
    return folder / "bin"


@pytest.mark.slow
def test_kubernetes_schema_knows_every_field(tmp_path: Path) -> None:
    programs = installed(tmp_path / "env", "kubernetes-validate==1.37.0")
    validate = [str(programs / "kubernetes-validate"), "--strict", str(EXAMPLES / "cronjob.yaml")]
    done = subprocess.run(validate, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


OUTCOMES = """
    import os, sys
    sys.path.insert(0, sys.argv[1])
    import copytrail_daily
    from airflow.sdk.exceptions import AirflowException
    call = copytrail_daily.copytrail_daily().task_dict["publish_day"].python_callable
    for code in sys.argv[2:]:
        os.environ["CODE"] = code
        try:
            call()
            print("outcome", code, "success")
        except AirflowException as error:
            print("outcome", code, type(error).__name__)
"""


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Airflow's programs in an environment of their own, and the variables it runs with."""
    folder = tmp_path_factory.mktemp("airflow")
    programs = installed(folder / "env", "apache-airflow==3.3.2")
    variables = {
        "AIRFLOW_HOME": str(folder / "home"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(EXAMPLES),
        "PATH": f"{programs}:{os.environ['PATH']}",
    }
    env = os.environ | variables
    migrate = [str(programs / "airflow"), "db", "migrate"]
    subprocess.run(migrate, check=True, env=env, capture_output=True)
    return programs, variables


@pytest.mark.slow
def test_airflow_runs_a_day_by_its_own_dags_test(
    airflow: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    programs, variables = airflow
    (tmp_path / "crawl" / "2026-03-02").mkdir(parents=True)
    row = {"text": story(1), "url": "https://harbourpost.example/1"}
    row |= {"published_at": "2026-03-02T06:00:00Z", "fetched_at": "2026-03-02T07:00:00Z"}
    jsonl(tmp_path / "crawl" / "2026-03-02" / "rows.jsonl", [row])
    own = {
        "COPYTRAIL_HOME": str(ROOT),
        "COPYTRAIL": str(Path(sys.executable).with_name("copytrail")),
        "COPYTRAIL_CRAWL": str(tmp_path / "crawl"),
        "COPYTRAIL_OUTPUT": str(tmp_path / "out"),
    }
    done = subprocess.run(
        [programs / "airflow", "dags", "test", "copytrail_daily", "2026-03-03T03:17:00+00:00"],
        check=False,
        env=os.environ | variables | own,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    manifest = json.loads((tmp_path / "out" / "latest" / "run.json").read_text())
    assert (manifest["run_id"], manifest["counts"]["articles"]) == ("2026-03-02", 1)


@pytest.mark.slow
def test_airflow_tells_a_busy_folder_and_what_no_retry_mends_from_failures(
    airflow: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    programs, variables = airflow
    nightly = program(tmp_path / "docs" / "operations" / "nightly", 0)
    nightly.write_text('#!/bin/sh\nexit "$CODE"\n')
    done = subprocess.run(
        [programs / "python", "-c", textwrap.dedent(OUTCOMES), EXAMPLES, *map(str, CODES)],
        check=False,
        env=os.environ | variables | {"COPYTRAIL_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    calls = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("outcome")]
    assert dict(calls) == {
        "0": "success",
        "2": "AirflowFailException",
        "3": "success",
        "4": "AirflowFailException",
        "5": "AirflowException",
        "75": "AirflowSkipException",
    }, (done.stdout + done.stderr)[-3000:]
