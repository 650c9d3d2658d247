"""Pairs of real texts that were read: no quotation of one speech is a copy, every copy is kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.runs.makers import run, table

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="no ../shared/data/real")


def verdicts(name: str) -> list[dict[str, Any]]:
    """The pairs of a collection that were read."""
    lines = (REAL / "texts-verdicts.jsonl").read_text("utf-8").splitlines()
    return [verdict for verdict in map(json.loads, lines) if verdict["set"] == name]


@pytest.mark.parametrize("name", ["fnn", "sfu"])
def test_copies_are_together_and_quotations_of_one_speech_are_not(
    name: str, tmp_path: Path
) -> None:
    outcome = run([REAL / f"texts-{name}.jsonl"], tmp_path / "out")
    articles = {row["url"]: row for row in table(outcome, "articles")}
    relations = {
        (row["left_id"], row["right_id"]): row["relation"]
        for row in table(outcome, "duplicate_pairs")
    }
    for verdict in verdicts(name):
        left, right = articles[verdict["left"]], articles[verdict["right"]]
        ids = sorted((left["article_id"], right["article_id"]))
        relation = relations.get((ids[0], ids[1]), "none")
        is_together = left["cluster_id"] == right["cluster_id"] is not None
        assert is_together == verdict["is_copying"], (verdict["why"], relation)
        if not verdict["is_copying"]:
            assert relation in ("quotation", "none"), verdict["why"]
