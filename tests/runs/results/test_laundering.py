"""What an outlet repeats is still looked up among others' stories, be it edited on every page."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.runs.makers import WORDS, jsonl, run, story, table

STOLEN = story(1, 160)


def edited(text: str, seed: int) -> str:
    """The text with one word of each twenty replaced, another each time."""
    chance = random.Random(seed)
    words = text.split()
    for start in range(0, len(words), 20):
        words[start + chance.randrange(20)] = f"{chance.choice(WORDS)}x{seed}"
    return " ".join(words)


def pages(host: str, repeated: str, n: int = 10) -> Iterator[dict[str, Any]]:
    """Pages of a host with a story of each and, edited, what all of them hold."""
    for number in range(n):
        text = f"{story(100 + number)}\n{edited(repeated, number)}"
        at = f"2026-03-05T{number:02d}:00:00Z"
        yield {
            "url": f"https://{host}/{number}",
            "text": text,
            "published_at": at,
            "fetched_at": at,
        }


def original(text: str) -> dict[str, str]:
    at = "2026-03-02T08:00:00Z"
    return {
        "url": "https://harbourpost.example/a",
        "text": text,
        "published_at": at,
        "fetched_at": at,
    }


def pairs(folder: Path, *rows: dict[str, Any]) -> set[tuple[str, ...]]:
    """The addresses of each pair."""
    outcome = run([jsonl(folder / "rows.jsonl", rows)], folder / "out")
    urls = {row["article_id"]: row["url"] for row in table(outcome, "articles")}
    return {
        tuple(sorted((urls[row["left_id"]], urls[row["right_id"]])))
        for row in table(outcome, "duplicate_pairs")
    }


def test_a_story_that_is_repeated_with_edits_pairs_with_its_original(tmp_path: Path) -> None:
    paired = pairs(tmp_path, original(STOLEN), *pages("paste.example", STOLEN))
    assert {pair[0] for pair in paired} == {"https://harbourpost.example/a"}
    assert len(paired) == 1


def test_a_note_of_ones_own_with_edits_pairs_with_nothing(tmp_path: Path) -> None:
    note = story(7, 160)
    assert pairs(tmp_path, original(STOLEN), *pages("paste.example", note)) == set()
