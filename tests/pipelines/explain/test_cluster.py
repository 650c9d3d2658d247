"""`copytrail explain cluster`: what it finds in a published run, and what it prints."""

import pytest

from pipelines.errors import UsageError
from pipelines.explain.cluster import explain_cluster
from pipelines.run.outcome import Outcome
from pipelines.sample.expected import sample_truth
from tests.runs.makers import command, table


def of_story(run: Outcome, story: str) -> str:
    """The address of the original of a story of the sample."""
    return next(
        row.url for row in sample_truth() if row.cluster == story and row.kind == "original"
    )


def test_an_article_names_its_cluster(sample_run: Outcome) -> None:
    explained = explain_cluster(sample_run.path, of_story(sample_run, "ferry"))
    assert explained.cluster["n_articles"] == len(explained.timeline) > 5
    again = explain_cluster(sample_run.path, explained.cluster["cluster_id"])
    assert again == explained
    first = explained.timeline[0]
    assert first["role"] == "earliest_observed"
    assert first["reason"]


def test_the_passages_of_credits_and_all_disagreements_are_told(sample_run: Outcome) -> None:
    explained = explain_cluster(sample_run.path, of_story(sample_run, "dam"))
    assert any(
        "Northlight Agency" in name for credit in explained.credits.values() for name in credit
    )
    assert {row["value"] for row in explained.disagreements} >= {"64000", "46000"}


def test_an_article_without_a_copy_is_said_to_be_in_no_cluster(sample_run: Outcome) -> None:
    alone = next(row for row in table(sample_run, "articles") if row["cluster_id"] is None)
    with pytest.raises(UsageError, match="in no cluster"):
        explain_cluster(sample_run.path, alone["article_id"])


def test_an_unknown_name_says_what_would_be_right(sample_run: Outcome) -> None:
    with pytest.raises(UsageError, match="cluster_id, an article_id or address"):
        explain_cluster(sample_run.path, "nothing")


def test_the_command_prints_the_timeline_with_reasons_and_the_disagreements(
    sample_run: Outcome, capsys: pytest.CaptureFixture[str]
) -> None:
    code = command("explain", "cluster", of_story(sample_run, "dam"), "--run", sample_run.path)
    printed = capsys.readouterr().out
    assert code == 0
    assert "because: it credits or links to northlightagency.example" in printed
    assert "46000" in printed
