"""Floors of matching on small made corpora; benchmarks/matching_settings.py draws more."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from corpus_writer import SCRIPTS
from matching_chart import HEAD, bars_in, chart
from matching_corpus import corpus
from matching_scores import (
    TEMPLATES,
    Matched,
    Rules,
    b_cubed,
    match,
    merged_by_kind,
    quality,
    read,
    recall_by_kind,
)

FOUND = {
    **dict.fromkeys(("exact", "wire", "revision", "reordered", "misread", "blog"), 0.95),
    **{"edited": 0.95, "trimmed": 0.95, "scanned": 0.9, "retold": 0.9},
    **{"overhauled": 0.75, "heavy": 0.6},
}
"""Share of the copies of each kind that stand with their original. Floors rise only. Not all exact
ones do: an outlet with two short pages keeps its foot, which looks like a second part of both."""


@pytest.fixture(scope="module")
def matched() -> Matched:
    return match(read(corpus(150, 7), Rules()), Rules())


def test_copies_of_every_kind_are_found(matched: Matched) -> None:
    recalls = recall_by_kind(matched)
    assert {kind: recalls[kind] for kind in FOUND if recalls[kind] < FOUND[kind]} == {}


def test_quality_does_not_fall(matched: Matched) -> None:
    precision, _, f1 = quality(matched)
    assert precision > 0.98
    assert f1 > 0.94
    assert b_cubed(matched.truth(), matched.labels) > 0.955


def test_texts_that_share_a_frame_background_or_speech_stay_apart(matched: Matched) -> None:
    merged = merged_by_kind(matched)
    assert {merged[kind] for kind in ("follow-up", "quoting", "blog", "table")} == {0.0}
    assert sum(merged[kind] for kind in TEMPLATES) / len(TEMPLATES) < 0.1


def test_a_corpus_is_the_same_for_a_seed_and_has_every_script() -> None:
    made = corpus(30, 5)
    assert made == corpus(30, 5)
    assert made != corpus(30, 6)
    assert {document.script for document in made} == set(SCRIPTS)
    assert [document.number for document in made] == list(range(len(made)))


def test_a_chart_has_a_bar_for_each_row_the_best_first() -> None:
    rows = [
        "| b | as published | 0.5 | 5 | 0.400 | 0.600 | 0.480 | 0.5 |",
        "| copytrail | as published |  |  | 1.000 | 0.900 | 0.947 | 0.9 |",
    ]
    page = "\n".join(["before", HEAD, "|---|", *rows, "", "after"])
    assert [bar.name for bar in bars_in(page)] == ["copytrail", "b"]
    assert chart(bars_in(page)).count("<circle") == 2 * 2 + 2


def test_a_page_without_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no table"):
        bars_in("| | texts |")


def test_the_chart_in_the_docs_shows_the_table_in_the_docs() -> None:
    docs = Path(__file__).parents[2] / "docs"
    drawn = chart(bars_in((docs / "design" / "matching.md").read_text("utf-8")))
    assert drawn == (docs / "matching_quality.svg").read_text("utf-8")
