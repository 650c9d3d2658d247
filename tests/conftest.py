"""Where shared inputs are, and runs that several tests look at, each made once.

What needs Beam is imported where it is used: tests of dedupe and sources start without it.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pipelines.run.outcome import Outcome

# No deadline, nor a health check that reads the clock: the first call of a process builds tables,
# and machines are shared.
settings.register_profile(
    "no deadline", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# CI gives the same verdict on the same code; new counterexamples are looked for at every desk.
settings.register_profile("ci", settings.get_profile("no deadline"), derandomize=True)
# scripts/check answers in a minute
settings.register_profile("desk", settings.get_profile("no deadline"), max_examples=20)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "no deadline")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks whole runs and browser tests by where they stand, and puts whole runs first.

    xdist hands out file by file in this order (pyproject.toml), so that what a module's fixture
    makes is made once; the longest files are whole runs, and no process is left alone with one.
    """
    for item in items:
        if "/tests/runs/" in item.path.as_posix():
            item.add_marker(pytest.mark.run)
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("run") is None)


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Any]) -> Any:
    """Returns what `make` makes in a folder: by the first process of xdist's that asks for it."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, pickled = root / f"once-{name}", root / f"once-{name}.pickle"
    with (root / f"once-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not pickled.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one that failed
            folder.mkdir()
            pickled.write_bytes(pickle.dumps(make(folder)))
    return pickle.loads(pickled.read_bytes())


def _run_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Outcome]
) -> Outcome:
    """Returns a run that is made once, in a copy for this process: some tests write beside it."""
    outcome: Outcome = _once(factory, name, make)
    made = Path(outcome.path)
    copy = factory.mktemp(name) / "out"
    shutil.copytree(made.parents[1], copy, symlinks=True)
    return replace(outcome, path=str(copy / made.relative_to(made.parents[1])))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of made crawls and hostile inputs that lies beside a checkout, if it does."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no shared inputs at {folder}")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of the sample crawl."""
    from pipelines.sample.write import write_sample

    files: list[Path] = _once(tmp_path_factory, "sample", write_sample)
    return files


@pytest.fixture(scope="session")
def sample_run(sample: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample in one process."""
    from tests.runs.makers import run

    return _run_once(tmp_path_factory, "one", lambda folder: run(sample, folder))


@pytest.fixture(scope="session")
def parallel_run(sample: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample in two worker processes, its files given in another order."""
    from tests.runs.makers import run

    files = sample[::-1]
    return _run_once(tmp_path_factory, "two", lambda folder: run(files, folder, "run.workers=2"))


@pytest.fixture(scope="session")
def hostile_run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Pages and files made to break readers."""
    from tests.runs.makers import run

    inputs = [*(shared / "hostile").glob("*.gz"), shared / "hostile" / "broken.jsonl"]
    return _run_once(tmp_path_factory, "hostile", lambda folder: run(inputs, folder))


@pytest.fixture(scope="session")
def crawl_run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The made crawl with known truth, in two worker processes."""
    from tests.runs.makers import run

    files = [str(shared / "crawl" / "*.warc.gz")]
    return _run_once(tmp_path_factory, "crawl", lambda folder: run(files, folder, "run.workers=2"))
