"""`copytrail registry suggest`: the entry by which a person confirms a candidate."""

import tomllib
from pathlib import Path

import pytest

from pipelines.config.registry_file import load_registries
from pipelines.errors import UsageError
from pipelines.explain.registry_entry import suggested_entry
from pipelines.run.outcome import Outcome
from tests.runs.makers import command, jsonl, run, story, table


def rows(*hosts: str) -> list[dict[str, str]]:
    """The same texts under seven paths of each host."""
    return [
        {"text": story(n), "url": f"https://www.{host}/{n}", "fetched_at": "2026-03-01"}
        for n in range(7)
        for host in hosts
    ]


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("silent")
    shared = jsonl(folder / "rows.jsonl", rows("quay.example", "pier.example"))
    alone = [{"text": story(90), "url": "https://alone.example/1"}]
    return run([shared, jsonl(folder / "alone.jsonl", alone)], folder / "out")


def test_the_suggested_entry_makes_the_candidates_one_outlet(
    silent: Outcome, tmp_path: Path
) -> None:
    entry = tmp_path / "known.toml"
    entry.write_text(suggested_entry(silent.path, "https://quay.example/1"))
    (outlet,) = (
        listed for listed in load_registries([str(entry)]).outlets if listed.outlet_id == "quay"
    )
    assert {domain.name for domain in outlet.domains} == {"quay.example", "pier.example"}
    again = jsonl(tmp_path / "rows.jsonl", rows("quay.example", "pier.example"))
    outcome = run([again], tmp_path / "out", f'sources.registries=["{entry}"]')
    assert [row["source_id"] for row in table(outcome, "sources")] == ["quay"]


def test_the_command_prints_the_entry(silent: Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("registry", "suggest", "pier.example", "--run", silent.path) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# Suggested by copytrail from shared texts")
    assert tomllib.loads(printed)["outlet"][0]["domains"] == ["pier.example", "quay.example"]


def test_a_host_without_a_candidate_has_no_entry(silent: Outcome) -> None:
    with pytest.raises(UsageError, match=r"alone\.example has no candidate"):
        suggested_entry(silent.path, "alone.example")
