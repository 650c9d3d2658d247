"""Where shared inputs are, and runs that several tests look at, each made once.

What needs Beam is imported where it is used: tests of dedupe and sources start without it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pipelines.run.outcome import Outcome

# No deadline: the first call of a process builds tables, and machines are shared.
settings.register_profile("no deadline", deadline=None)
# CI gives the same verdict on the same code; new counterexamples are looked for at every desk.
settings.register_profile("ci", deadline=None, derandomize=True)
# scripts/check answers in a minute
settings.register_profile("desk", deadline=None, max_examples=20)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "no deadline")
)

_EXPENSIVE = ("crawl_run", "hostile_run", "parallel_run")
"""Runs that take many seconds: whatever looks at one goes to the process that made it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks whole runs and browser tests by where they stand, and keeps together what shares."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "/tests/runs/" in item.path.as_posix():
            item.add_marker(pytest.mark.run)
        if "chromium" in fixtures:
            item.add_marker(pytest.mark.browser)
        if group := _group(item):
            item.add_marker(pytest.mark.xdist_group(group))


def _group(item: pytest.Item) -> str | None:
    """Returns the name of the tests that run in the same process as this one; None for any process.

    Tests that share a fixture of their module stay together, so that it is made once; all others
    are handed out one by one, so that a long file does not keep one process busy alone.
    """
    if not isinstance(item, pytest.Function):
        return item.path.as_posix()  # the examples of one docstring module take milliseconds
    fixtures = item._fixtureinfo.name2fixturedefs
    for name in _EXPENSIVE:
        if name in fixtures:
            return name
    shares = any(made.scope == "module" for makers in fixtures.values() for made in makers)
    return item.path.as_posix() if shares else None


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

    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sample_run(sample: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample in one process."""
    from tests.runs.makers import run

    return run(sample, tmp_path_factory.mktemp("one"))


@pytest.fixture(scope="session")
def parallel_run(sample: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample in two worker processes, its files given in another order."""
    from tests.runs.makers import run

    return run(sample[::-1], tmp_path_factory.mktemp("two"), "run.workers=2")


@pytest.fixture(scope="session")
def hostile_run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Pages and files made to break readers."""
    from tests.runs.makers import run

    inputs = [*(shared / "hostile").glob("*.gz"), shared / "hostile" / "broken.jsonl"]
    return run(inputs, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def crawl_run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The made crawl with known truth, in two worker processes."""
    from tests.runs.makers import run

    pattern = str(shared / "crawl" / "*.warc.gz")
    return run([pattern], tmp_path_factory.mktemp("crawl"), "run.workers=2")
