"""What a published timeline says of its rows is what their values say, and lag is one thing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any

import pytest

from pipelines.report.limits import ReportLimits
from pipelines.report.stories import details, listed
from pipelines.run.outcome import Outcome
from schemas.member import MOMENT, Member
from sources.stories.precedence import (
    CLAIM_AFTER_CLAIM,
    CLAIM_AFTER_FETCH,
    CLAIM_AFTER_WITNESSED,
    FETCH_AFTER_FETCH,
    Precedence,
)
from sources.stories.role_reasons import first_reason, later_reason, tied_reason
from sources.stories.sightings import FAR, Sighting, claim_bounds
from sources.stories.timeline import CREDIT, NAME, NO_TIME, OWN_VERSION, SAME_TEXT
from tests.runs.makers import table

Row = Mapping[str, Any]
BY_TIMES = (CLAIM_AFTER_WITNESSED, CLAIM_AFTER_FETCH, FETCH_AFTER_FETCH, CLAIM_AFTER_CLAIM)
BEGINNINGS = {
    CREDIT: "it credits or links to ",
    NAME: "its text names ",
    NO_TIME: "it has neither a date nor a fetch time",
    OWN_VERSION: "its source published another version",
    SAME_TEXT: "its source has the same text already",
}


def stories(rows: Iterable[Row]) -> list[list[Row]]:
    """The timelines of a run, each in the order of time."""
    by_cluster: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_cluster[row["cluster_id"]].append(row)
    return [sorted(story, key=time_of) for story in by_cluster.values()]


def time_of(row: Row) -> tuple[datetime, datetime, str]:
    seen = row["first_seen_at"] or FAR
    is_moment = row["claim_kind"] == MOMENT
    return row["claimed_at"] if is_moment else seen, seen, row["article_id"]


def sighting(row: Row) -> Sighting:
    """What the row's own columns say of its times."""
    times = row["claimed_at"], row["claim_kind"], row["first_seen_at"]
    member = Member(
        *(row["article_id"], row["source_id"], None, None, None, None, 0, 0, 0),
        *(times[0], times[1] != MOMENT, times[2], (), ()),
        claim_kind=times[1],
    )
    earliest, latest = claim_bounds(*times) or (None, None)
    return Sighting(member, earliest, latest, row["sighted_at"], row["is_witnessed"])


def derived(row: Row, story: Sequence[Row]) -> str:
    """How the row's reason has to begin, by its columns and those of the row compared with."""
    evidence = row["evidence"]
    if evidence in BEGINNINGS:
        return BEGINNINGS[evidence]
    if row["role"] == "earliest_observed":
        n_others = len({other["source_id"] for other in story} - {row["source_id"]})
        return first_reason(sighting(row), evidence, n_others)
    if row["role"] == "undetermined":
        return tied_reason(sighting(row), evidence)
    (other,) = (other for other in story if other["article_id"] == row["compared_with"])
    return later_reason(sighting(row), Precedence(evidence, sighting(other)))


def wrong_reasons(rows: Iterable[Row]) -> list[str]:
    """The reasons of a run's timeline that are not what its columns say."""
    return [
        f"{row['article_id']}: {row['reason']}, not {wanted}"
        for story in stories(rows)
        for row in story
        if not str(row["reason"]).startswith(wanted := derived(row, story))
    ]


def claimed_lag(row: Row, story: Sequence[Row]) -> int | None:
    """The row's claim less that of the first, where both are moments and it is not before it."""
    claims: list[datetime] = [
        article["claimed_at"]
        for article in (
            row,
            *(article for article in story if article["role"] == "earliest_observed"),
        )
        if article["claim_kind"] == MOMENT
    ]
    if len(claims) != 2 or claims[0] < claims[1]:
        return None
    return round((claims[0] - claims[1]).total_seconds())


@pytest.fixture(scope="module")
def timeline(sample_run: Outcome) -> list[dict[str, Any]]:
    return table(sample_run, "cluster_timeline")


def test_every_reason_is_what_the_columns_of_its_row_say(timeline: list[Row]) -> None:
    assert wrong_reasons(timeline) == []


def test_a_reason_with_another_value_than_its_row_is_seen(timeline: list[Row]) -> None:
    later = next(row for row in timeline if row["evidence"] in BY_TIMES)
    other = {"claimed_at": None, "claim_kind": None, "sighted_at": None}
    changed = [{**row, **other} if row is later else row for row in timeline]
    assert wrong_reasons(changed)


def test_a_lag_is_the_claim_less_that_of_the_first(timeline: list[Row]) -> None:
    for story in stories(timeline):
        for row in story:
            assert row["lag_s"] == claimed_lag(row, story)


def test_an_edge_has_the_median_of_the_lags_of_its_articles(
    sample_run: Outcome, timeline: list[Row]
) -> None:
    lags: dict[tuple[str, str], list[int]] = defaultdict(list)
    for story in stories(timeline):
        for row in story:
            if (
                row["role"] != "earliest_observed"
                and row["from_source"]
                and row["lag_s"] is not None
            ):
                lags[row["from_source"], row["source_id"]].append(row["lag_s"])
    edges = [row for row in table(sample_run, "copy_edges") if not row["n_excerpt"]]
    assert any(edge["median_lag_s"] for edge in edges)
    for edge in edges:
        own = lags[edge["from_source"], edge["to_source"]]
        assert edge["median_lag_s"] == (median(own) if own else None)


def test_a_source_has_the_median_of_the_lags_of_its_copies(
    sample_run: Outcome, timeline: list[Row]
) -> None:
    lags: dict[str, list[int]] = defaultdict(list)
    for story in stories(timeline):
        had = {row["source_id"] for row in story if row["role"] == "earliest_observed"}
        for row in story:
            if row["role"] == "copy" and row["source_id"] not in had and row["lag_s"] is not None:
                lags[row["source_id"]].append(row["lag_s"])
            had.add(row["source_id"])
    shown = {row["source_id"]: row["lag_p50_s"] for row in table(sample_run, "sources")}
    assert {source: lag for source, lag in shown.items() if lag is not None} == {
        source: median(own) for source, own in lags.items()
    }


def test_the_report_shows_the_lags_of_the_timeline(
    sample_run: Outcome, timeline: list[Row]
) -> None:
    shown = {
        article["id"]: article["lag"]
        for _, story in details(
            sample_run.path, listed(sample_run.path, ReportLimits()), ReportLimits()
        )
        for article in story["members"]
    }
    assert shown == {row["article_id"]: row["lag_s"] for row in timeline}
