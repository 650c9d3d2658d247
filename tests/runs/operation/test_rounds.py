"""Runs whose candidate pairs are joined in rounds, as those too large for one worker are."""

from pathlib import Path

import pytest

from pipelines.run.outcome import Outcome
from tests.runs.makers import digests, jsonl, run, story


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chain of texts, each with half of the one before it; copies; texts alone; twice a page."""
    sentences = [story(number, words=60) for number in range(12)]
    texts = [" ".join(sentences[first : first + 2]) for first in range(10)]
    texts += [texts[3], texts[3] + " " + story(90, words=8), story(91), story(92)]
    rows = [
        {"text": text, "url": f"https://outlet{place % 5}.example/{place}"}
        for place, text in enumerate(texts)
    ]
    return jsonl(tmp_path_factory.mktemp("chain") / "rows.jsonl", [*rows, rows[0]])


@pytest.fixture(scope="module")
def at_once(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run([source], tmp_path_factory.mktemp("once"), "run.rounds=0")


@pytest.mark.parametrize(("rounds", "parts"), [(1, 1), (3, 7)])
def test_rounds_publish_the_bytes_of_one_worker(
    rounds: int, parts: int, source: Path, at_once: Outcome, tmp_path: Path
) -> None:
    outcome = run([source], tmp_path, f"run.rounds={rounds}", f"run.partitions={parts}")
    assert outcome.manifest["tables"]["clusters"]["rows"] > 0
    assert digests(outcome) == digests(at_once)


def test_rounds_of_texts_that_nobody_copied_find_nothing(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "rows.jsonl", [{"text": story(1)}, {"text": story(2)}])
    outcome = run([source], tmp_path / "out", "run.rounds=2")
    assert outcome.manifest["tables"]["articles"]["rows"] == 2
    assert outcome.manifest["tables"]["duplicate_pairs"]["rows"] == 0
