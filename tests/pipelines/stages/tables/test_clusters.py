"""What verified components make: pairs, clusters, timelines, edges, and each article's role."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pytest

from dedupe.verification.relations import Relation, Thresholds
from pipelines.stages.outlets.host_sources import HostSources
from pipelines.stages.tables.clusters import Described, describe, member_records, related
from schemas.member import Member
from sources.outlets.outlets import Source, Tenure
from sources.outlets.registry import Domain
from sources.stories.sightings import TimeRules
from tests.pipelines.stages.makers import (
    articles_of,
    at,
    ends,
    host_sources,
    identifier,
    member,
    members,
    pair,
    pairs,
)

TEXT = "The council voted on Tuesday to keep the old bridge open."
NOBODYS = host_sources()


def described(rows: pa.Table, verified: pa.Table, hosts: HostSources = NOBODYS) -> Described:
    records = member_records(rows, hosts)

    def texts(asked_for: Sequence[Member]) -> Mapping[str, str]:
        return {record.article_id: TEXT for record in asked_for}

    return describe(rows, records, verified, TimeRules(), Thresholds(), texts)


def only(table: pa.Table) -> dict[str, Any]:
    (row,) = table.to_pylist()
    return dict(row)


def test_pairs_verified_in_vain_go_and_members_alone_with_them() -> None:
    rows = members(member(1), member(2), member(3), member(4, 3), member(5), member(6))
    verified = pairs(pair(1, 2, Relation.NONE), pair(5, 6, Relation.EXCERPT))
    left, remaining = related(rows, verified)
    assert articles_of(left) == [3, 4, 5, 6]
    assert ends(remaining) == [(5, 6)]


def test_two_copies_are_one_cluster_with_a_first_and_an_edge_to_the_later() -> None:
    tables = described(
        members(member(1), member(2, 1)),
        pairs(pair(1, 2, Relation.NEAR)),
        host_sources(h1="a.example", h2="b.example"),
    )
    cluster = only(tables.clusters)
    assert (cluster["n_articles"], cluster["n_sources"]) == (2, 2)
    assert cluster["earliest_article_id"] == cluster["representative_id"] == identifier(1)
    roles = {row["article_id"]: row["role"] for row in tables.assignments.to_pylist()}
    assert roles == {identifier(1): "earliest_observed", identifier(2): "copy"}
    edge = only(tables.edges)
    assert (edge["from_source"], edge["to_source"], edge["lag_s"]) == (
        "a.example",
        "b.example",
        3600,
    )
    assert edge["example"] == f"{identifier(1)} {identifier(2)}"


def test_a_pair_has_its_jaccard_and_how_much_of_each_text_stands_in_the_other() -> None:
    sizes = {"shared": 60, "size_left": 80, "size_right": 100}
    tables = described(members(member(1), member(2, 1)), pairs(pair(1, 2, Relation.NEAR) | sizes))
    row = only(tables.duplicate_pairs)
    assert row["relation"] == "near"
    assert (row["jaccard"], row["shared_shingles"]) == (60 / 120, 60)
    assert (row["containment_left"], row["containment_right"]) == (60 / 80, 60 / 100)


def test_a_text_is_read_once_for_each_version() -> None:
    rows = members(member(1, text_key=9), member(2, 1, text_key=9), member(3, 1))
    records = member_records(rows, host_sources())
    calls: list[list[str]] = []

    def texts(asked_for: Sequence[Member]) -> Mapping[str, str]:
        calls.append([record.article_id for record in asked_for])
        return dict.fromkeys(calls[-1], TEXT)

    verified = pairs(pair(1, 2, Relation.EXACT, 100), pair(1, 3, Relation.NEAR))
    describe(rows, records, verified, TimeRules(), Thresholds(), texts)
    assert [sorted(call) for call in calls] == [[identifier(1), identifier(3)]]


def test_a_shared_passage_is_an_excerpt_edge_and_no_cluster() -> None:
    tables = described(
        members(member(1, novel_ppm=1_000_000), member(2, novel_ppm=700_000)),
        pairs(pair(1, 2, Relation.EXCERPT, shared=20)),
        host_sources(h1="a.example", h2="b.example"),
    )
    assert tables.clusters.num_rows == tables.cluster_timeline.num_rows == 0
    edge = only(tables.edges)
    assert (edge["kind"], edge["from_source"]) == ("excerpt", "a.example")
    passage = only(tables.assignments)
    assert (passage["article_id"], passage["novel_ppm"]) == (identifier(2), 700_000)
    assert (passage["cluster_id"], passage["role"]) == (None, None)


def test_a_passage_of_a_story_with_copies_makes_an_edge_from_its_first_article_alone() -> None:
    tables = described(
        members(member(1), member(2, 1), member(3)),
        pairs(
            pair(1, 2, Relation.NEAR),
            pair(1, 3, Relation.EXCERPT, 20),
            pair(2, 3, Relation.EXCERPT, 20),
        ),
        host_sources(h1="a.example", h2="b.example", h3="c.example"),
    )
    excerpts = [row for row in tables.edges.to_pylist() if row["kind"] == "excerpt"]
    assert [row["example"] for row in excerpts] == [f"{identifier(1)} {identifier(3)}"]
    assert tables.duplicate_pairs.num_rows == 3


def test_an_excerpt_that_a_mirror_repeats_is_left_out() -> None:
    same = {"text_key": 9, "path_key": 9, "claimed_at": at(0)}
    tables = described(
        members(member(1, **same), member(2, 1, **same), member(3)),
        pairs(
            pair(1, 2, Relation.EXACT, 100),
            pair(1, 3, Relation.EXCERPT, 20),
            pair(2, 3, Relation.EXCERPT, 20),
        ),
        host_sources(h1="h1.example", h2="h1.example", h3="c.example"),
    )
    roles = {row["article_id"]: row["role"] for row in tables.cluster_timeline.to_pylist()}
    assert roles[identifier(2)] == "mirror"
    left = tables.duplicate_pairs.select(["left_id", "relation"]).to_pylist()
    assert left == [
        {"left_id": identifier(1), "relation": "mirror"},
        {"left_id": identifier(1), "relation": "excerpt"},
    ]


def test_what_no_novelty_is_known_of_is_null_and_not_zero() -> None:
    tables = described(
        members(member(1, novel_ppm=-1), member(2, 1)), pairs(pair(1, 2, Relation.NEAR))
    )
    novel = {row["article_id"]: row["novel_ppm"] for row in tables.assignments.to_pylist()}
    assert novel == {identifier(1): None, identifier(2): 0}


def test_an_article_of_no_known_outlet_is_a_source_of_its_own() -> None:
    records = member_records(
        members(member(1, host=None), member(2, host=None), member(3, host=None, outlet="Gazette")),
        host_sources(),
    )
    names = [record.source_id for record in records]
    assert names == [f"unknown:{identifier(1)}", f"unknown:{identifier(2)}", "Gazette"]


def test_a_host_below_its_sources_main_domain_is_at_home_and_a_mirror_is_not() -> None:
    rows = members(member(1, host="www.a.example"), member(2, host="b.example"))
    source = Source("a.example", "declared_mirrors", home="a.example", agency="AP")
    tenure = (Tenure(Domain("a.example"), source),)
    records = member_records(rows, HostSources({"www.a.example": tenure, "b.example": tenure}))
    assert [record.is_at_home for record in records] == [True, False]
    assert {record.agency for record in records} == {"AP"}


@pytest.mark.parametrize(("claimed", "fetched"), [(at(0), at(60 * 24 * 60)), (None, at(0))])
def test_a_source_is_that_of_the_day_claimed_or_else_of_the_fetch(
    claimed: Any, fetched: Any
) -> None:
    until = Tenure(Domain("h1.example", until=at(0).date()), Source("before", "registry"))
    since = Tenure(Domain("h1.example", since=at(24 * 60).date()), Source("after", "registry"))
    rows = members(member(1, claimed_at=claimed, fetched_at=fetched))
    (record,) = member_records(rows, HostSources({"h1.example": (until, since)}))
    assert record.source_id == "before"


def test_a_claim_years_before_nearly_all_else_of_its_host_makes_nobody_first() -> None:
    rows = members(
        member(1, claimed_at=at(-60 * 24 * 9_000), fetched_at=None), member(2, 1, fetched_at=None)
    )
    verified = pairs(pair(1, 2, Relation.NEAR))
    hosts = host_sources(h1="a.example", h2="b.example")
    odd = HostSources(hosts.by_host, {"h1.example": at(0).date()}, {"h1.example": ("gazette",)})
    firsts = [
        only(described(rows, verified, sources).clusters)["earliest_article_id"]
        for sources in (hosts, odd)
    ]
    assert firsts == [identifier(1), None]
    assert HostSources.from_bytes(odd.to_bytes()) == odd


def test_a_record_knows_who_of_the_run_answers_to_the_names_it_credits_or_shares() -> None:
    hosts = host_sources(h1="a.example", h2="b.example", h3="c.example")
    names = {"h1.example": ("gazette",), "h2.example": ("gazette",), "h3.example": ("courier",)}
    rows = members(
        member(1, outlet="Gazette"), member(3, outlet="Courier", outlet_credits=["The Gazette"])
    )
    shared, own = member_records(rows, HostSources(hosts.by_host, {}, names))
    assert shared.answering == (("gazette", frozenset(["a.example", "b.example"])),)
    assert own.answering == ()
    (credit,) = member_records(
        members(member(3, outlet_credits=["Gazette"])), HostSources(hosts.by_host, {}, names)
    )
    assert credit.answering == (("gazette", frozenset(["a.example", "b.example"])),)
