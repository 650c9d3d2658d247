"""The three answers at the top of the page are those of the tables."""

from collections import Counter

from pipelines.report.answers import answers
from pipelines.report.limits import ReportLimits
from pipelines.run.outcome import Outcome
from tests.runs.makers import table


def test_whoever_is_most_often_first_has_as_many_firsts_in_the_timeline(
    sample_run: Outcome,
) -> None:
    answered = answers(sample_run.path, ReportLimits())
    firsts = Counter(
        row["source_id"]
        for row in table(sample_run, "cluster_timeline")
        if row["role"] == "earliest_observed"
    )
    assert {place["outlet"]: place["k"] for place in answered["first"]} == {
        outlet: firsts[outlet] for outlet in [place["outlet"] for place in answered["first"]]
    }
    assert answered["first"][0]["k"] == max(firsts.values())


def test_whoever_is_most_carried_has_as_many_articles_elsewhere(sample_run: Outcome) -> None:
    carried: Counter[str] = Counter()
    for row in table(sample_run, "copy_edges"):
        carried[row["from_source"]] += row["n_articles"]
    answered = answers(sample_run.path, ReportLimits())["carried"]
    assert [place["n"] for place in answered] == [
        n for _, n in carried.most_common(len(answered)) if n
    ]
    assert all(place["k"] <= place["n"] for place in answered)


def test_copies_without_a_found_credit_are_the_rest_of_those_with_one(sample_run: Outcome) -> None:
    answered = answers(sample_run.path, ReportLimits())["uncredited"]
    sources = {row["source_id"]: row for row in table(sample_run, "sources")}
    assert answered
    for place in answered:
        row = sources[place["outlet"]]
        assert (place["k"], place["n"]) == (
            row["credited_n"] - row["credited_k"],
            row["credited_n"],
        )


def test_every_count_has_articles_behind_it_that_are_in_the_timeline(sample_run: Outcome) -> None:
    answered = answers(sample_run.path, ReportLimits())
    clusters = {row["cluster_id"] for row in table(sample_run, "cluster_timeline")}
    titles = {row["title"] for row in table(sample_run, "articles")}
    for name in ("first", "carried", "uncredited"):
        for place in answered[name]:
            assert place["articles"], (name, place["outlet"])
            for cluster, headline, _ in place["articles"]:
                assert cluster in clusters
                assert headline in titles


def test_stories_without_a_first_are_counted(sample_run: Outcome) -> None:
    answered = answers(sample_run.path, ReportLimits())
    rows = table(sample_run, "clusters")
    undecided = sum(row["earliest_article_id"] is None for row in rows)
    assert (answered["n_undecided"], answered["n_stories"]) == (undecided, len(rows))
