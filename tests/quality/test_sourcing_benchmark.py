"""Floors of benchmarks/sourcing.py: the rules on who says so, on made sentences."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from sourcing import Score, measure

FLOORS = {"attributed statement": (0.98, 0.9), "unnamed source": (0.98, 0.9)}
"""Precision and recall. They rise only."""


@pytest.fixture(scope="module")
def table() -> dict[tuple[str, str], tuple[Score, Score]]:
    return measure(draws=3, seed=7)


@pytest.mark.parametrize("fact", FLOORS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_who_says_so_is_read_from_made_sentences(
    table: dict[tuple[str, str], tuple[Score, Score]], fact: str, language: str
) -> None:
    ours, plain = table[fact, language]
    precision, recall = FLOORS[fact]
    assert ours.precision >= precision, ours.wrong
    assert ours.recall >= recall, ours.missed
    assert ours.recall > plain.recall
