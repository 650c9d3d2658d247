"""What a run never uses is not imported as it starts, and is whole where it is used."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

NEVER_USED = ("pandas", "pymongo", "trafilatura", "scipy")
LATE = ("requests.get", "httplib2.Http")
INPUTS = {"texts.jsonl": False, "page.html": True}
"""Files, and whether an extractor is needed to read them."""
# imports once what a run imports as it starts, and runs each program in a process forked from there
FORKED = """
import json, os, sys, traceback, pipelines.commands.app, pipelines.run.execute, pyarrow as pa
printed = {}
for name, program in json.loads(sys.argv[1]).items():
    read, write = os.pipe()
    if (pid := os.fork()) == 0:
        os.dup2(write, 1), os.dup2(write, 2)
        try:
            exec(program, {"sys": sys, "pa": pa})
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(0)
    os.close(write)
    with open(read) as stream:
        printed[name] = stream.read().strip()
    os.waitpid(pid, 0)
print(json.dumps(printed))
"""


def programs(folder: Path) -> Mapping[str, str]:
    """Programs that each print one word, by name."""
    by_name = {name: f"print({name!r} in sys.modules)" for name in NEVER_USED}
    by_name["table"] = (
        "frame = pa.table({'a': [1, 2]}).to_pandas()\n"
        "print(pa.Table.from_pandas(frame) == pa.table({'a': [1, 2]}))"
    )
    for code in LATE:
        by_name[code] = f"import {code.partition('.')[0]}\nprint(callable({code}))"
    by_name["exception"] = (
        "from requests.exceptions import HTTPError\nprint(issubclass(HTTPError, OSError))"
    )
    for name in INPUTS:
        (folder / name).write_text('{"text": "one"}')
        by_name[name] = (
            "from pipelines.run.job import plan\nfrom pipelines.run.request import Request\n"
            "from pipelines.config.settings import Settings\n"
            f"plan(Request(({str(folder / name)!r},), {str(folder)!r}, Settings()))\n"
            "print('trafilatura' in sys.modules)"
        )
    return by_name


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What each program printed, errors included."""
    sent = json.dumps(programs(tmp_path_factory.mktemp("inputs")))
    command = [sys.executable, "-c", FORKED, sent]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not done.stderr
    answers: Mapping[str, str] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize("package", NEVER_USED)
def test_a_run_starts_without_what_it_never_uses(printed: Mapping[str, str], package: str) -> None:
    assert printed[package] == "False"


@pytest.mark.parametrize("package", ["apache_beam", "tldextract", "requests"])
def test_commands_that_read_tables_start_without_what_a_run_needs(package: str) -> None:
    rooms = (
        "index.answer, pipelines.index.search, pipelines.explain.pair, pipelines.terminal.lookup"
    )
    code = f"import sys, pipelines.{rooms}\nprint({package!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_pandas_still_reads_and_makes_tables_afterwards(printed: Mapping[str, str]) -> None:
    assert printed["table"] == "True"


@pytest.mark.parametrize("code", LATE)
def test_what_is_loaded_late_is_whole_when_it_is_used(
    printed: Mapping[str, str], code: str
) -> None:
    pytest.importorskip(code.partition(".")[0])
    assert printed[code] == "True"


def test_an_exception_of_a_late_package_can_be_named(printed: Mapping[str, str]) -> None:
    pytest.importorskip("requests")
    assert printed["exception"] == "True"


@pytest.mark.parametrize("name", INPUTS)
def test_an_extractor_is_looked_for_where_there_are_pages(
    printed: Mapping[str, str], name: str
) -> None:
    assert printed[name] == str(INPUTS[name])
