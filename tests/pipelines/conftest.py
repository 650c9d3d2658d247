"""One browser for all tests of the page, and where pictures of it go."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipelines.report.browser import CHROMIUM, Browser, browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A started Chromium; tests that need one are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; apt-get install chromium")
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for screenshots: COPYTRAIL_PICTURES, which CI may keep, or a temporary one."""
    folder = os.environ.get("COPYTRAIL_PICTURES")
    path = Path(folder) if folder else tmp_path_factory.mktemp("pictures")
    path.mkdir(parents=True, exist_ok=True)
    return path
