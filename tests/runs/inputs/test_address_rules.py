"""Rules of addresses that a user adds in a file of settings: one page is one article by them."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.commands.app import app
from pipelines.commands.exit_status import guarded
from pipelines.explain.cluster import explain_cluster
from pipelines.output.read_run import read_rows

STORY = "https://harbourpost.example/2026/03/02/ferry-talks-end"
WORDS = " ".join(f"word{number} of the ferry talks" for number in range(20))
RULES = """
[addresses]
parameters = ["hp_trail"]
forms = ["drucken"]
captures = ["archiv.example/{time}/{url}"]
"""


def written(folder: Path) -> Path:
    """One text at four addresses of a page, and a copy of it elsewhere."""
    rows = [
        {"url": url, "text": WORDS}
        for url in (
            STORY,
            f"{STORY}?hp_trail=17",
            f"{STORY}/drucken",
            f"https://archiv.example/20260302093000/{STORY}",
            "https://quay.example/ferries",
        )
    ]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return folder


def articles(source: Path, output: Path, *words: str) -> list[dict[str, Any]]:
    """The articles of a run on the rows."""
    command = ["run", "--input", str(source / "rows.jsonl"), "--output", str(output), "--quiet"]
    assert guarded(lambda: app([*command, *words], standalone_mode=False)) in (0, 3)
    return read_rows(str(output / "latest"), "articles", None)


def test_a_file_of_rules_makes_one_article_of_a_pages_addresses(tmp_path: Path) -> None:
    source = written(tmp_path)
    rules = tmp_path / "mine.toml"
    rules.write_text(RULES, "utf-8")
    output = tmp_path / "out"
    read = articles(source, output, "--config", str(rules))
    story = [row for row in read if row["canonical_url"] == STORY]
    assert len(read) == 2
    assert len(story) == 1
    assert len({story[0]["url"], *story[0]["other_urls"]}) == 4
    explained = explain_cluster(str(output), f"{STORY}/drucken?hp_trail=2")
    assert {row["source_id"] for row in explained.timeline} == {
        "harbourpost.example",
        "quay.example",
    }


def test_without_them_they_are_pages_of_their_own(tmp_path: Path) -> None:
    read = articles(written(tmp_path), tmp_path / "out")
    assert len({row["canonical_url"] for row in read}) == 5


def test_a_rule_that_can_stand_in_no_address_stops_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path)
    setting = "addresses.captures=['archiv.example']"
    command = ["run", "--input", str(source), "--output", str(tmp_path / "out"), "--set", setting]
    assert guarded(lambda: app(command, standalone_mode=False)) == 2
    assert "'archiv.example' is not of the form host/path/{time}/{url}" in capsys.readouterr().err
