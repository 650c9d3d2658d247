"""`copytrail explain mirrors`: what it finds in a published run, and what it prints."""

import re
from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.explain.mirrors import explain_mirrors
from pipelines.run.outcome import Outcome
from tests.runs.makers import command, jsonl, run, story


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Two hosts with the same texts under seven paths, and nothing else."""
    folder = tmp_path_factory.mktemp("silent")
    rows = [
        {"text": story(n), "url": f"https://www.{host}.example/{n}", "fetched_at": "2026-03-01"}
        for n in range(7)
        for host in ("quay", "pier")
    ]
    return run([jsonl(folder / "rows.jsonl", rows)], folder / "out")


def test_two_silent_hosts_with_seven_paths_stay_a_candidate_with_evidence(silent: Outcome) -> None:
    explained = explain_mirrors(silent.path, "https://www.quay.example/1")
    (pair,) = explained.pairs
    assert (explained.host, pair.other, pair.confidence_class) == (
        "quay.example",
        "pier.example",
        "candidate",
    )
    assert [(row.kind, row.n_observed, row.n_checked) for row in pair.evidence] == [
        ("same_path_same_text", 7, 7)
    ]
    assert pair.rule.startswith("7 of 7 paths shared, lower bound 0.65")
    assert pair.missing.startswith("announcements of each other, as a habit")
    assert explained.source is not None
    assert explained.source["hosts"] == ["quay.example"]


def test_the_rule_is_that_of_the_runs_own_settings(tmp_path: Path) -> None:
    rows = [
        {"text": story(n), "url": f"https://{host}.example/{n}"} for n in range(4) for host in "ab"
    ]
    outcome = run(
        [jsonl(tmp_path / "rows.jsonl", rows)], tmp_path / "out", "mirrors.candidate_paths=5"
    )
    (pair,) = explain_mirrors(outcome.path, "a.example").pairs
    assert pair.confidence_class == "none"


def test_the_command_prints_evidence_rule_and_what_is_missing(
    silent: Outcome, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("explain", "mirrors", "pier.example", "--run", silent.path) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "pier.example and quay.example: candidate" in printed
    assert "rule: 7 of 7 paths shared, lower bound 0.65" in printed
    assert "to be one source: announcements of each other" in printed


@pytest.mark.parametrize("name", ["nowhere.example", "no host", "http://[::1"])
def test_a_host_that_is_not_in_the_run_is_wrong_usage(silent: Outcome, name: str) -> None:
    with pytest.raises(UsageError, match=re.escape(name)):
        explain_mirrors(silent.path, name)
