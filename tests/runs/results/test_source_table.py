"""Rejected pages in the table sources: counted, and never the reason why an outlet is missing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.runs.makers import jsonl, run, story, table

SHORT = {"text": "Too short to be a story."}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The sources of a run: one with an article, one of whose pages none could be read."""
    folder = tmp_path_factory.mktemp("rejected")
    inputs = [
        {"text": story(1), "url": "https://a.example/1", "fetched_at": "2026-03-02T10:00:00Z"},
        SHORT | {"url": "https://sport.a.example/2", "fetched_at": "2026-03-01T10:00:00Z"},
        SHORT | {"url": "https://www.b.example/1", "fetched_at": "2026-03-04T10:00:00Z"},
        SHORT | {"url": "https://b.example/2", "fetched_at": "2026-03-03T10:00:00Z"},
        SHORT,
    ]
    outcome = run([jsonl(folder / "rows.jsonl", inputs)], folder / "out")
    return {row["source_id"]: row for row in table(outcome, "sources")}


def test_an_outlet_of_which_nothing_could_be_read_has_a_row(
    rows: dict[str, dict[str, Any]],
) -> None:
    row = rows["b.example"]
    counted = [row[name] for name in ("n_pages", "n_articles", "n_words", "clustered_n")]
    assert counted == [2, 0, 0, 0]
    assert (row["hosts"], row["identity_basis"]) == (["b.example"], "registrable_domain")
    assert (row["clustered_rate"], row["lag_p50_s"], row["source_name"]) == (None, None, None)
    assert (row["languages"], row["lookalike_of"]) == ([], [])


def test_its_window_is_that_of_its_fetches(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["b.example"]
    assert (row["window_start"], row["window_end"]) == (
        datetime(2026, 3, 3, 10, tzinfo=UTC),
        datetime(2026, 3, 4, 10, tzinfo=UTC),
    )


def test_rejected_pages_count_for_their_source_with_host_and_time(
    rows: dict[str, dict[str, Any]],
) -> None:
    row = rows["a.example"]
    assert (row["n_pages"], row["n_articles"]) == (2, 1)
    assert row["hosts"] == ["a.example", "sport.a.example"]
    assert row["window_start"] == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_rejected_page_without_address_is_nobodys(rows: dict[str, dict[str, Any]]) -> None:
    assert sorted(rows) == ["a.example", "b.example"]


def test_a_registered_outlet_is_known_though_nothing_of_it_could_be_read(tmp_path: Path) -> None:
    registry = tmp_path / "outlets.toml"
    registry.write_text('[[outlet]]\nid = "b"\nname = "B"\ndomains = ["b.example"]\n')
    inputs = [jsonl(tmp_path / "rows.jsonl", [SHORT | {"url": "https://b.example/2"}])]
    outcome = run(inputs, tmp_path / "out", f"sources.registries=['{registry}']")
    (row,) = table(outcome, "sources")
    assert (row["source_id"], row["source_name"], row["n_pages"]) == ("b", "B", 1)


def told(outlet: str, at: str, text: str) -> dict[str, str]:
    return {"url": f"https://{outlet}/{at}", "published_at": f"2026-03-02T{at}:00Z", "text": text}


def test_new_text_and_uncredited_agency_copy_are_measured_from_a_run(tmp_path: Path) -> None:
    wire, own = story(1), story(2, words=240)
    inputs = [
        told("www.reuters.com", "08:00", wire),
        told("a.example", "09:00", wire),
        told("b.example", "09:30", f"{own} {wire}"),
        told("b.example", "10:00", story(3)),
    ]
    outcome = run([jsonl(tmp_path / "rows.jsonl", inputs)], tmp_path / "out", "sources.min_n=1")
    rows = {row["source_id"]: row for row in table(outcome, "sources")}
    means = {name: (row["novel_share_mean"], row["novel_share_n"]) for name, row in rows.items()}
    assert (means["reuters"], means["a.example"]) == ((1, 1), (0, 1))
    assert 0.8 < means["b.example"][0] < 0.9
    uncredited = [rows[name]["near_copy_of_wire_uncredited_n"] for name in ("reuters", "a.example")]
    assert uncredited == [0, 1]
    assert rows["a.example"]["near_copy_of_wire_uncredited_k"] == 1


def test_where_no_agencys_page_is_in_the_run_nobody_knows_who_copied_one(tmp_path: Path) -> None:
    inputs = [told("a.example", "08:00", story(1)), told("b.example", "09:00", story(1))]
    outcome = run([jsonl(tmp_path / "rows.jsonl", inputs)], tmp_path / "out")
    assert {row["near_copy_of_wire_uncredited_n"] for row in table(outcome, "sources")} == {None}
