"""Look-alikes of a whole run: resembling names with the text that they share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.run.outcome import Outcome
from tests.runs.makers import jsonl, run, story, table


def rows(host: str, first: int, n: int, credit: str = "") -> Iterator[dict[str, str]]:
    """Stories of a host, under paths of its own, that may begin as an agency's do."""
    for number in range(first, first + n):
        text = credit + story(number)
        yield {"text": text, "url": f"https://www.{host}/of-{host}/{number}"}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("lookalikes")
    wire = "HARBOURTON (Reuters) - "
    inputs = [
        *rows("brightherald.com", 0, 8),
        *rows("brighhtherald.com", 0, 5),
        *rows("brightherald.net", 0, 4),
        *rows("brightherald.org", 20, 4),
        *rows("bright-herald.info", 30, 4, wire),
        *rows("brightherald.info", 30, 4, wire),
        {"text": story(99), "outlet": "No Host"},
    ]
    return run([jsonl(folder / "rows.jsonl", inputs)], folder / "out")


def told(outcome: Outcome, source: str) -> dict[str, tuple[str, int]]:
    """Host -> rule and number of shared texts, of one source's look-alikes."""
    (row,) = (
        source_row for source_row in table(outcome, "sources") if source_row["source_id"] == source
    )
    return {
        likeness["host"]: (likeness["rule"], likeness["n_shared_texts"])
        for likeness in row["lookalike_of"]
    }


def test_lookalikes_stand_with_their_rule_and_the_texts_they_share(outcome: Outcome) -> None:
    assert told(outcome, "brighhtherald.com") == {
        "bright-herald.info": ("letter_added", 0),
        "brightherald.com": ("letter_added", 5),
        "brightherald.info": ("letter_added", 0),
        "brightherald.net": ("letter_added", 4),
        "brightherald.org": ("letter_added", 0),
    }


def test_a_name_under_another_suffix_is_listed_only_with_shared_text(outcome: Outcome) -> None:
    assert told(outcome, "brightherald.net")["brightherald.com"] == ("suffix", 4)
    assert "brightherald.com" not in told(outcome, "brightherald.org")


def test_agency_copy_is_no_shared_text(outcome: Outcome) -> None:
    assert list(told(outcome, "bright-herald.info")) == ["brighhtherald.com"]


def test_a_source_without_a_host_has_no_name_to_compare(outcome: Outcome) -> None:
    (row,) = (
        source_row
        for source_row in table(outcome, "sources")
        if source_row["source_id"] == "No Host"
    )
    assert row["lookalike_of"] is None


def test_a_source_that_resembles_none_has_an_empty_list(tmp_path: Path) -> None:
    inputs = [jsonl(tmp_path / "rows.jsonl", rows("quay.example", 0, 1))]
    (row,) = table(run(inputs, tmp_path / "out"), "sources")
    assert row["lookalike_of"] == []
