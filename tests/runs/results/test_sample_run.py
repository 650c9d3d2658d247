"""The sample crawl from end to end, held to what it was made from."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipelines.run.outcome import Outcome
from pipelines.sample.expected import SampleTruth, sample_truth
from tests.runs.makers import digests, run, table

MERIDIAN = ["brickfieldpress.example", "meridianherald.example", "mheraldworld.example"]


@pytest.fixture(scope="module")
def articles(sample_run: Outcome) -> Mapping[str, dict[str, Any]]:
    return {row["url"]: row for row in table(sample_run, "articles")}


def truths(fate: str = "article") -> list[SampleTruth]:
    return [row for row in sample_truth() if row.fate == fate]


def stories() -> dict[str, set[str]]:
    """The addresses of each story that stands at two of them or more."""
    groups: dict[str, set[str]] = defaultdict(set)
    for row in truths():
        groups[row.cluster].add(row.url)
    return {name: urls for name, urls in groups.items() if len(urls) > 1}


def test_the_same_input_gives_the_same_bytes_in_another_folder(
    sample: list[Path], sample_run: Outcome, tmp_path: Path
) -> None:
    assert digests(run(sample, tmp_path)) == digests(sample_run)


def test_neither_two_workers_nor_another_order_of_inputs_changes_a_byte(
    sample_run: Outcome, parallel_run: Outcome
) -> None:
    assert digests(parallel_run) == digests(sample_run)


def test_a_run_of_whole_pages_has_no_warning(sample_run: Outcome) -> None:
    assert (sample_run.exit_code, sample_run.warnings) == (0, ())


def test_every_page_becomes_what_the_sample_says(
    sample_run: Outcome, articles: Mapping[str, dict[str, Any]]
) -> None:
    rejected = {row["url"] for row in table(sample_run, "rejected")}
    assert set(articles) == {row.url for row in truths("article")}
    assert rejected == {row.url for row in truths("rejected")}


def test_titles_and_dates_are_those_of_the_pages(articles: Mapping[str, dict[str, Any]]) -> None:
    stated = {url: (row["title"], row["published_at"]) for url, row in articles.items()}
    assert stated == {row.url: (row.title, row.published_at) for row in truths()}


def clusters(articles: Mapping[str, dict[str, Any]]) -> list[set[str]]:
    stated: dict[str, set[str]] = defaultdict(set)
    for url, row in articles.items():
        if row["cluster_id"]:
            stated[row["cluster_id"]].add(url)
    return list(stated.values())


def test_no_cluster_holds_two_stories(articles: Mapping[str, dict[str, Any]]) -> None:
    story_of = {row.url: row.cluster for row in truths()}
    assert all(len({story_of[url] for url in urls}) == 1 for urls in clusters(articles))


def test_copies_of_a_story_are_one_cluster(articles: Mapping[str, dict[str, Any]]) -> None:
    assert sorted(map(sorted, clusters(articles))) == sorted(map(sorted, stories().values()))


def test_the_host_that_announces_and_its_two_mirrors_are_one_group(sample_run: Outcome) -> None:
    groups = [row for row in table(sample_run, "mirror_groups") if row["rule"]]
    merged = [row["hosts"] for row in groups if row["confidence_class"] == "declared"]
    assert merged == [MERIDIAN]


def test_a_silent_mirror_of_six_pages_stays_a_candidate(sample_run: Outcome) -> None:
    groups = table(sample_run, "mirror_groups")
    candidates = [row["hosts"] for row in groups if row["confidence_class"] == "candidate"]
    assert ["lakesidegazette.example", "shoreandhills.example"] in candidates


def test_mirrors_are_one_source_and_a_lookalike_is_another(
    articles: Mapping[str, dict[str, Any]],
) -> None:
    sources = {row["host"]: row["source_id"] for row in articles.values()}
    (lookalike,) = {row.host for row in truths() if row.lookalike_of}
    assert {sources[host] for host in MERIDIAN} == {"meridianherald.example"}
    assert sources[lookalike] == lookalike


def test_agencies_are_credited_where_the_dateline_names_them(
    articles: Mapping[str, dict[str, Any]],
) -> None:
    credited = {url: row["wire_credits"] for url, row in articles.items() if row["wire_credits"]}
    assert credited == {row.url: [row.wire] for row in truths() if row.wire}


def test_no_other_outlet_is_credited_than_the_one_the_text_names(
    articles: Mapping[str, dict[str, Any]],
) -> None:
    for row in truths():
        assert set(articles[row.url]["outlet_credits"]) <= {row.outlet_credit}, row.url


def test_other_outlets_are_credited_where_the_text_names_them(
    articles: Mapping[str, dict[str, Any]],
) -> None:
    named = {row.url: row.outlet_credit for row in truths() if row.outlet_credit}
    assert {url: articles[url]["outlet_credits"] for url in named} == {
        url: [name] for url, name in named.items()
    }


def test_the_first_of_a_cluster_is_the_original_and_never_a_copy(
    articles: Mapping[str, dict[str, Any]],
) -> None:
    kinds = {row.url: row.kind for row in truths()}
    first = {url for url, row in articles.items() if row["role"] == "earliest_observed"}
    assert {kinds[url] for url in first} == {"original"}


def test_a_page_of_a_mirror_has_the_role_of_one(articles: Mapping[str, dict[str, Any]]) -> None:
    mirrored = [row.url for row in truths() if row.kind == "mirror"]
    assert {articles[url]["role"] for url in mirrored} <= {"mirror", "revision"}


def test_the_corrected_version_is_a_revision(articles: Mapping[str, dict[str, Any]]) -> None:
    (revised,) = {row.url for row in truths() if row.kind == "revision"}
    assert articles[revised]["role"] == "revision"


def test_the_roundup_is_alone_and_linked_to_its_three_stories(
    sample_run: Outcome, articles: Mapping[str, dict[str, Any]]
) -> None:
    (roundup,) = (row for row in truths() if row.kind == "roundup")
    own = articles[roundup.url]["article_id"]
    stories_of = {articles[row.url]["article_id"]: row.cluster for row in truths()}
    linked = {
        stories_of[other]
        for row in table(sample_run, "duplicate_pairs")
        for other in (row["left_id"], row["right_id"])
        if own in (row["left_id"], row["right_id"]) and other != own
    }
    assert linked == set(roundup.contains)


def test_an_article_says_the_same_of_its_cluster_as_the_timeline(
    sample_run: Outcome, articles: Mapping[str, dict[str, Any]]
) -> None:
    expected = {
        row["article_id"]: (row["cluster_id"], row["role"])
        for row in table(sample_run, "cluster_timeline")
    }
    clustered = [row for row in articles.values() if row["cluster_id"]]
    assert {row["article_id"]: (row["cluster_id"], row["role"]) for row in clustered} == expected


def test_ids_in_other_tables_are_those_of_articles(
    sample_run: Outcome, articles: Mapping[str, dict[str, Any]]
) -> None:
    known = {row["article_id"] for row in articles.values()}
    clusters = table(sample_run, "clusters")
    named = {row[name] for row in clusters for name in ("cluster_id", "representative_id")}
    named |= {row["earliest_article_id"] for row in clusters} - {None}
    for row in table(sample_run, "duplicate_pairs"):
        named |= {row["left_id"], row["right_id"]}
    assert named <= known


def test_a_cluster_counts_its_members(
    sample_run: Outcome, articles: Mapping[str, dict[str, Any]]
) -> None:
    for row in table(sample_run, "clusters"):
        members = [
            article for article in articles.values() if article["cluster_id"] == row["cluster_id"]
        ]
        sources = {member["source_id"] for member in members}
        assert (row["n_articles"], row["n_sources"]) == (len(members), len(sources))


def test_sources_count_every_article_and_rejected_page_of_theirs(
    sample_run: Outcome, articles: Mapping[str, dict[str, Any]]
) -> None:
    rows = table(sample_run, "sources")
    counted = sum(row["n_articles"] + row["n_no_articles"] for row in rows)
    assert counted == len(articles)
    assert sum(row["n_pages"] for row in rows) == len(articles) + len(truths("rejected"))


def test_no_count_of_a_share_exceeds_what_it_is_a_share_of(sample_run: Outcome) -> None:
    for row in table(sample_run, "sources") + table(sample_run, "copy_edges"):
        for name in row:
            if name.endswith("_k"):
                k, n = row[name], row[f"{name[:-2]}_n"]
                assert (k is None and n is None) or 0 <= k <= n, (name, row)


def test_evidence_is_never_seen_more_often_than_it_was_looked_for(sample_run: Outcome) -> None:
    for row in table(sample_run, "mirror_evidence"):
        assert row["n_observed"] <= row["n_checked"], row


def test_what_desks_changed_in_a_story_is_told_with_both_values(
    sample_run: Outcome, articles: Mapping[str, dict[str, Any]]
) -> None:
    stories_of = {articles[row.url]["article_id"]: row.cluster for row in truths()}
    by_outlet: dict[str, list[str]] = defaultdict(list)
    for row in table(sample_run, "cluster_disagreements"):
        by_outlet[stories_of[row["article_ids"][0]]].append(row["value"])
    assert set(by_outlet["dam"]) == {"64000", "46000", "12", "20", "3400000", "4300000"}
    assert by_outlet["ferry"] == ["231", "238", "Friday", "Thursday"] or by_outlet["ferry"] == [
        "Friday", "Thursday", "231", "238",
    ]  # fmt: skip


def test_an_agency_that_corrects_itself_is_named_as_the_one_that_did(sample_run: Outcome) -> None:
    (corrected,) = (
        row for row in table(sample_run, "cluster_disagreements") if row["value"] == "238"
    )
    assert corrected["revising_source_ids"] == ["northlightagency.example"]


def test_only_versions_that_differ_disagree(
    sample_run: Outcome, articles: Mapping[str, dict[str, Any]]
) -> None:
    changed = {row.cluster for row in truths() if row.kind in ("edited", "revision")}
    stories_of = {articles[row.url]["article_id"]: row.cluster for row in truths()}
    rows = table(sample_run, "cluster_disagreements")
    assert {stories_of[name] for row in rows for name in row["article_ids"]} <= changed
