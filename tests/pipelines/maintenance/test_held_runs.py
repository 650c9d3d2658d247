"""Runs that wait for somebody to decide, by their name (tests/pipelines/run/test_checks.py has the
whole way of one that is published).
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.maintenance.held_runs import discard_run, publish_run
from pipelines.output.publish import Output, published_ids, waiting
from tests.pipelines.published import articles, published, sources, staged

TABLES = {"articles": articles(1), "sources": sources(a=1)}


def test_of_two_runs_of_one_name_the_one_made_last_is_meant(tmp_path: Path) -> None:
    output = Output(str(tmp_path))
    paths = [
        Path(output.staged(staged(tmp_path, name, TABLES)["fingerprint"])) for name in ("a", "b")
    ]
    for seconds, path in enumerate(paths):
        manifest = path / "run.json"
        manifest.write_text(manifest.read_text().replace('"run_id": "a"', '"run_id": "b"'))
        os.utime(manifest, (seconds, seconds))
    assert discard_run(str(tmp_path), "b") == str(paths[1])
    assert [path.exists() for path in paths] == [True, False]


def test_a_discarded_run_leaves_the_published_ones(tmp_path: Path) -> None:
    published(tmp_path, "before", TABLES)
    staged(tmp_path, "held", TABLES)
    discard_run(str(tmp_path), "held")
    assert published_ids(Output(str(tmp_path))) == ("before",)
    assert waiting(Output(str(tmp_path))) == []


@pytest.mark.parametrize("decide", [publish_run, discard_run])
def test_a_name_that_nobody_waits_under_is_wrong_usage_and_says_who_waits(
    tmp_path: Path, decide: Callable[[str, str], object]
) -> None:
    staged(tmp_path, "held", TABLES)
    with pytest.raises(UsageError, match=r"no run other waits in .*; waiting: held"):
        decide(str(tmp_path), "other")


def test_a_run_whose_name_was_taken_meanwhile_still_waits(tmp_path: Path) -> None:
    staged(tmp_path, "held", TABLES)
    run = Path(Output(str(tmp_path)).run("held"))
    run.mkdir()
    with pytest.raises(UsageError, match="was published meanwhile"):
        publish_run(str(tmp_path), "held")
    assert [manifest["run_id"] for manifest in waiting(Output(str(tmp_path)))] == ["held"]
