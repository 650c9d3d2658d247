"""Floors of benchmarks/facts.py on a small draw; the benchmark itself draws more."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from facts import Table, measure

FLOORS = {
    "byline": (0.95, 0.95),
    "correction": (0.95, 0.8),
    "credit of an agency": (0.95, 0.9),
    "credit of an outlet": (0.95, 0.8),
    "dateline": (0.95, 0.95),
    "direction": (0.8, 0.6),
    "disagreement: date": (0.95, 0.9),
    "disagreement: number": (0.95, 0.9),
    "disagreement: quote": (0.95, 0.9),
    "photo credit": (0.9, 0.95),
}
"""Precision and recall. They rise only; of a few dozen each, so that one may be missed."""


@pytest.fixture(scope="module")
def table() -> Table:
    return measure(pages=60, clusters=60, half="held", seed=7)


@pytest.mark.parametrize("fact", FLOORS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_fact_is_read_from_pages_in_words_that_no_rule_was_written_for(
    table: Table, fact: str, language: str
) -> None:
    ours: Any = table[fact, language].ours
    precision, recall = FLOORS[fact]
    assert ours.precision >= precision
    assert ours.recall >= recall


def test_credits_are_read_in_fourteen_more_languages(table: Table) -> None:
    ours = table["credit of an outlet", "14 others"].ours
    assert ours.precision >= 0.95
    assert ours.recall >= 0.8
