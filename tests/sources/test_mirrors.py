from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.intervals import wilson
from sources.mirrors import (
    ANNOUNCED,
    SAME_PATH,
    MirrorEvidence,
    MirrorRules,
    merge_evidence,
    merged_hosts,
    mirror_groups,
)
from sources.outlets import sources_of_hosts

RULES = MirrorRules()


def evidence(a: str, b: str, kind: str, n: int = 1, of: int = 0, **changes: Any) -> MirrorEvidence:
    fields: dict[str, Any] = {
        "host_a": a,
        "host_b": b,
        "kind": kind,
        "n_observed": n,
        "n_checked": of,
        "article_id": "1",
        "snippet": "",
        "first_seen_at": None,
        "last_seen_at": None,
    }
    return MirrorEvidence(**fields | changes)


def announced(a: str, b: str) -> MirrorEvidence:
    return evidence(a, b, ANNOUNCED)


def shared(a: str, b: str, n: int, of: int) -> MirrorEvidence:
    return evidence(min(a, b), max(a, b), SAME_PATH, n, of)


def classes(*found: MirrorEvidence) -> list[tuple[tuple[str, ...], str]]:
    return [(group.hosts, group.confidence_class) for group in mirror_groups(found, RULES)]


def test_hosts_that_announce_each_other_are_declared() -> None:
    assert classes(announced("a", "b"), announced("b", "a")) == [(("a", "b"), "declared")]


def test_one_announcement_alone_merges_nothing() -> None:
    assert classes(announced("a", "b")) == [(("a", "b"), "candidate")]


def test_one_announcement_and_enough_shared_paths_corroborate() -> None:
    assert classes(announced("a", "b"), shared("a", "b", 8, 8)) == [(("a", "b"), "corroborated")]


def test_a_clone_that_shares_few_of_its_paths_stays_a_candidate() -> None:
    assert classes(announced("a", "b"), shared("a", "b", 8, 40)) == [(("a", "b"), "candidate")]


def test_fewer_paths_than_the_rule_asks_for_stay_a_candidate() -> None:
    assert classes(announced("a", "b"), shared("a", "b", 4, 4)) == [(("a", "b"), "candidate")]


def test_silent_hosts_need_more_paths() -> None:
    assert classes(shared("a", "b", 14, 14)) == [(("a", "b"), "candidate")]
    assert classes(shared("a", "b", 15, 15)) == [(("a", "b"), "corroborated")]


def test_sister_papers_that_each_have_paths_of_their_own_stay_candidates() -> None:
    assert classes(shared("a", "b", 200, 400)) == [(("a", "b"), "candidate")]


def test_a_path_or_two_in_common_are_not_worth_a_row() -> None:
    assert classes(shared("a", "b", 2, 10)) == []


def test_a_group_is_declared_only_where_declarations_alone_connect_it() -> None:
    found = [announced("a", "b"), announced("b", "a"), announced("a", "c"), shared("a", "c", 9, 9)]
    assert classes(*found) == [(("a", "b", "c"), "corroborated")]


def test_a_candidate_inside_a_group_is_no_group_of_its_own() -> None:
    pairs = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("a", "c")]
    assert classes(*(announced(*pair) for pair in pairs)) == [(("a", "b", "c"), "declared")]


def test_hosts_of_candidates_are_merged_with_nothing() -> None:
    assert merged_hosts(mirror_groups([announced("a", "b")], RULES)) == {}


def test_evidence_is_added_up_with_its_first_and_last_sight() -> None:
    early, late = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    seen = [
        evidence("a", "b", SAME_PATH, 2, 5, first_seen_at=late, last_seen_at=late),
        evidence("a", "b", SAME_PATH, 3, 7, first_seen_at=early, last_seen_at=early),
    ]
    (one,) = merge_evidence(seen)
    assert (one.n_observed, one.n_checked) == (5, 7)
    assert (one.first_seen_at, one.last_seen_at) == (early, late)


def test_a_group_is_the_source_of_its_host_with_most_articles() -> None:
    groups = mirror_groups(
        [announced("a.example", "b.example"), announced("b.example", "a.example")], RULES
    )
    found = sources_of_hosts({"a.example": 1, "b.example": 9}, merged_hosts(groups))
    assert {one.source_id for one in found.values()} == {"b.example"}


def test_other_hosts_of_a_merged_domain_come_along() -> None:
    groups = mirror_groups(
        [announced("a.example", "b.example"), announced("b.example", "a.example")], RULES
    )
    hosts = {"a.example": 3, "b.example": 2, "sport.b.example": 1}
    found = sources_of_hosts(hosts, merged_hosts(groups))
    assert found["sport.b.example"].source_id == "a.example"


def test_a_lookalike_is_a_source_of_its_own() -> None:
    found = sources_of_hosts({"brightherald.example": 5, "brighthherald.example": 5}, {})
    assert len({one.source_id for one in found.values()}) == 2


some = st.lists(
    st.builds(
        evidence,
        st.sampled_from("abcd"),
        st.sampled_from("efgh"),
        st.sampled_from([ANNOUNCED, SAME_PATH]),
        st.integers(0, 40),
        st.integers(0, 40),
        article_id=st.sampled_from("12"),
        snippet=st.sampled_from("xy"),
    )
    | st.builds(announced, st.sampled_from("efgh"), st.sampled_from("abcd"))
)


@given(some, st.randoms())
def test_evidence_adds_up_in_any_order(found: list[MirrorEvidence], chance: Any) -> None:
    shuffled = found.copy()
    chance.shuffle(shuffled)
    assert merge_evidence(shuffled) == merge_evidence(found)


@given(some, st.randoms())
def test_groups_do_not_depend_on_the_order_of_evidence(
    found: list[MirrorEvidence], chance: Any
) -> None:
    merged = merge_evidence(found)
    shuffled = merged.copy()
    chance.shuffle(shuffled)
    assert mirror_groups(shuffled, RULES) == mirror_groups(merged, RULES)


@given(some)
def test_no_host_is_in_two_merged_groups(found: list[MirrorEvidence]) -> None:
    groups = mirror_groups(merge_evidence(found), RULES)
    hosts = [
        host for group in groups if group.confidence_class != "candidate" for host in group.hosts
    ]
    assert len(hosts) == len(set(hosts))


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_rate_and_stays_a_share(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    lo, hi = wilson(k, n)
    assert 0 <= lo <= k / n + 1e-12
    assert k / n - 1e-12 <= hi <= 1


def test_an_interval_is_the_published_one() -> None:
    # Brown, Cai, DasGupta (2001), section 3.1.1; R: binom::binom.wilson(10, 50)
    assert wilson(10, 50) == pytest.approx((0.1124, 0.3304), abs=1e-4)
