"""Runs that several tests look at, each made once."""

from pathlib import Path

import pytest

from pipelines.outcome import Outcome
from pipelines.sample import write_sample
from tests.pipelines.makers import run


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of the sample crawl."""
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def sample_run(sample: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample in one process."""
    return run(sample, tmp_path_factory.mktemp("one"))


@pytest.fixture(scope="session")
def parallel_run(sample: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample in two worker processes, its files given in another order."""
    return run(sample[::-1], tmp_path_factory.mktemp("two"), "run.workers=2")


@pytest.fixture(scope="session")
def hostile_run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Pages and files made to break readers."""
    inputs = [*(shared / "hostile").glob("*.gz"), shared / "hostile" / "broken.jsonl"]
    return run(inputs, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def crawl_run(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The made crawl with known truth, in two worker processes."""
    pattern = str(shared / "crawl" / "*.warc.gz")
    return run([pattern], tmp_path_factory.mktemp("crawl"), "run.workers=2")
