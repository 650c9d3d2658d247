"""An engine may run a bundle again after all its work was done: no row is published twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest

from pipelines.run.outcome import Outcome
from tests.runs.makers import digests, jsonl, page_row, run, story


class Again(beam.DoFn):
    """Does the work of each element, loses what came of it, and does it once more."""

    def __init__(self, own: beam.DoFn) -> None:
        self.own = own

    def setup(self) -> None:
        self.own.setup()

    def process(self, element: Any, *sides: Any) -> Iterator[Any]:
        for _ in self.own.process(element, *sides):
            pass
        yield from self.own.process(element, *sides)

    def finish_bundle(self) -> Any:
        return self.own.finish_bundle()

    def teardown(self) -> None:
        self.own.teardown()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies, a revision, a text alone, and a row that is rejected."""
    texts = [story(1), story(1) + " And this was added later.", story(2), "short", story(1)]
    rows = [page_row("2026-03-02", f"outlet{n}", text, n) for n, text in enumerate(texts)]
    return jsonl(tmp_path_factory.mktemp("rows") / "rows.jsonl", [*rows, "no JSON"])


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run([source], tmp_path_factory.mktemp("out"))


@pytest.mark.parametrize("rounds", [0, 2])
def test_work_that_is_done_twice_publishes_the_same_bytes(
    rounds: int, source: Path, undisturbed: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = beam.ParDo, []

    def twice(own: Any, *sides: Any) -> Any:
        done.append(own)
        return real(Again(own), *sides)

    monkeypatch.setattr(beam, "ParDo", twice)
    outcome = run([source], tmp_path, f"run.rounds={rounds}")
    assert len(done) > 20
    assert digests(outcome) == digests(undisturbed)
