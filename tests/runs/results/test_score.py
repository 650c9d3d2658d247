"""The made crawl against its truth: floors in quality_floor.json, which only rise."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipelines.run.outcome import Outcome

FLOORS = json.loads((Path(__file__).parents[2] / "quality" / "quality_floor.json").read_text())[
    "crawl"
]


@pytest.fixture(scope="module")
def scores(shared: Path, crawl_run: Outcome) -> Mapping[str, float]:
    script = shared.parent / "score" / "score_run.py"
    truth = shared / "crawl" / "truth.parquet"
    command = [sys.executable, str(script), crawl_run.path, str(truth), "--json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return json.loads(printed)  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", FLOORS["at_least"])
def test_a_score_reaches_its_floor(scores: Mapping[str, float], name: str) -> None:
    assert scores[name] >= FLOORS["at_least"][name]


@pytest.mark.parametrize("name", FLOORS["at_most"])
def test_a_fault_stays_below_its_ceiling(scores: Mapping[str, float], name: str) -> None:
    assert scores[name] <= FLOORS["at_most"][name]


def test_the_crawl_is_read_without_a_warning(crawl_run: Outcome) -> None:
    assert crawl_run.warnings == ()
