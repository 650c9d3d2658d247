"""`copytrail explain pair`: what it finds in a published run."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import UsageError
from pipelines.explain.pair import explain_pair
from pipelines.run.outcome import Outcome
from tests.runs.makers import command, jsonl, run, story, table


def pair_of(outcome: Outcome, relation: str) -> dict[str, Any]:
    """The first published pair of this relation."""
    return next(row for row in table(outcome, "duplicate_pairs") if row["relation"] == relation)


def explained(outcome: Outcome, relation: str) -> str:
    """What `explain pair` gives as reasons for a pair of this relation."""
    row = pair_of(outcome, relation)
    return "\n".join(explain_pair(str(outcome.path), row["left_id"], row["right_id"]).reasons)


def lines(*seeds: int) -> str:
    return "\n".join(story(seed, 30) for seed in seeds)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Three stories, a text of their openings, and one of them without its opening."""
    folder = tmp_path_factory.mktemp("compiled")
    texts = [lines(*range(first, first + 6)) for first in (0, 20, 40)]
    texts += [lines(*range(4), *range(20, 24), *range(40, 44)), lines(2, 3, 4, 5)]
    rows = [
        {"url": f"https://outlet{n}.example/{n}/story", "text": text}
        for n, text in enumerate(texts)
    ]
    return run([jsonl(folder / "rows.jsonl", rows)], folder / "out")


def test_the_published_figures_and_those_of_the_texts_agree(compiled: Outcome) -> None:
    row = pair_of(compiled, "near")
    explanation = explain_pair(str(compiled.path), row["left_id"], row["right_id"])
    assert explanation.published == row
    assert explanation.computed["jaccard"] == pytest.approx(row["jaccard"], abs=1e-6)
    assert explanation.computed["containment_left"] == pytest.approx(
        row["containment_left"], abs=1e-6
    )


def test_articles_may_be_named_by_address_and_in_either_order(compiled: Outcome) -> None:
    addresses = ["https://outlet0.example/0/story", "https://outlet4.example/4/story"]
    one, other = (
        explain_pair(str(compiled.path), *names) for names in (addresses, addresses[::-1])
    )
    assert one == other
    assert {one.left["url"], one.right["url"]} == set(addresses)


def test_a_part_of_a_round_up_is_told_to_be_one(compiled: Outcome) -> None:
    addresses = ["https://outlet0.example/0/story", "https://outlet3.example/3/story"]
    reasons = "\n".join(explain_pair(str(compiled.path), *addresses).reasons)
    assert "is a round-up" in reasons
    assert reasons.count("% stand in") >= 3


@pytest.mark.parametrize(("same_text", "relation"), [("0.97", "revision"), ("0.5", "near")])
def test_the_table_and_the_command_tell_a_revision_by_the_same_setting(
    tmp_path: Path, same_text: str, relation: str
) -> None:
    rows = [
        {"url": f"https://outlet.example/{n}/story", "text": lines(*range(8), last)}
        for n, last in enumerate((8, 9))
    ]
    sets = ("copies.same_text=" + same_text,)
    outcome = run([jsonl(tmp_path / "rows.jsonl", rows)], tmp_path / "out", *sets)
    assert [row["relation"] for row in table(outcome, "duplicate_pairs")] == [relation]
    assert f"\n{relation}: " in explained(outcome, relation)


@pytest.mark.parametrize("relation", ["near", "exact", "mirror", "revision", "excerpt"])
def test_the_rule_behind_each_relation_is_named(sample_run: Outcome, relation: str) -> None:
    assert relation in explained(sample_run, relation)


def test_one_article_twice_is_refused(compiled: Outcome) -> None:
    address = "https://outlet0.example/0/story"
    with pytest.raises(UsageError, match="give two"):
        explain_pair(str(compiled.path), address, address)


def test_an_unknown_article_is_refused(compiled: Outcome) -> None:
    with pytest.raises(UsageError, match="has no article nothing"):
        explain_pair(str(compiled.path), "nothing", "https://outlet0.example/0/story")


def test_the_command_prints_figures_rules_and_both_texts(
    compiled: Outcome, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = ["https://outlet0.example/0/story", "https://outlet4.example/4/story"]
    assert command("explain", "pair", *addresses, "--run", str(compiled.path)) == 0
    printed = capsys.readouterr().out
    assert "contained" in printed
    assert printed.count(story(5, 30).split()[0]) == 2
    assert printed.count(story(0, 30).split()[0]) == 1
