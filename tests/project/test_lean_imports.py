import subprocess
import sys
from pathlib import Path

import pytest

SETUP = "import sys, pipelines.commands.app, pipelines.run.execute, pyarrow as pa\n"


def printed(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SETUP + code], capture_output=True, text=True, check=True
    )
    assert not done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("package", ["pandas", "pymongo", "trafilatura", "scipy"])
def test_a_run_starts_without_what_it_never_uses(package: str) -> None:
    assert printed(f"print({package!r} in sys.modules)") == "False"


def test_pandas_still_reads_and_makes_tables_afterwards() -> None:
    code = "frame = pa.table({'a': [1, 2]}).to_pandas(); print(pa.Table.from_pandas(frame) == "
    assert printed(code + "pa.table({'a': [1, 2]}))") == "True"


@pytest.mark.parametrize("code", ["requests.get", "httplib2.Http"])
def test_what_is_loaded_late_is_whole_when_it_is_used(code: str) -> None:
    package = pytest.importorskip(code.partition(".")[0]).__name__
    assert printed(f"import {package}; print(callable({code}))") == "True"


def test_an_exception_of_a_late_package_can_be_named() -> None:
    pytest.importorskip("requests")
    code = "from requests.exceptions import HTTPError; print(issubclass(HTTPError, OSError))"
    assert printed(code) == "True"


@pytest.mark.parametrize(("name", "is_needed"), [("texts.jsonl", False), ("page.html", True)])
def test_an_extractor_is_looked_for_where_there_are_pages(
    name: str, is_needed: bool, tmp_path: Path
) -> None:
    (tmp_path / name).write_text('{"text": "one"}')
    code = (
        "from pipelines.run.job import plan\nfrom pipelines.run.request import Request\n"
        "from pipelines.config.settings import Settings\n"
        f"plan(Request(({str(tmp_path / name)!r},), {str(tmp_path)!r}, Settings()))\n"
        "print('trafilatura' in sys.modules)"
    )
    assert printed(code) == str(is_needed)
