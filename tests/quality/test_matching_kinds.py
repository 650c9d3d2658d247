"""Floors of the kinds of text that are easily taken for copies, in many scripts."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from matching_kinds import documents, scores
from matching_scores import Rules, match, read


def test_every_kind_is_right_in_every_script() -> None:
    made = documents(4, 1)
    labels = match(read(made, Rules()), Rules()).labels
    by_kind = scores(made, labels)
    assert len(by_kind) >= 17
    assert {kind for kind, (precision, _) in by_kind.items() if precision < 0.95} == set()
    assert {kind for kind, (_, recall) in by_kind.items() if recall < 0.8} == set()
