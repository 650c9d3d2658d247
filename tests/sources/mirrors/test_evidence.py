from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.intervals import wilson
from sources.mirrors.evidence import (
    ANNOUNCED,
    CANONICAL,
    HREFLANG,
    REGISTRY,
    SAME_PATH,
    MirrorEvidence,
    merge_evidence,
    merged_hosts,
)
from sources.mirrors.groups import Units, mirror_groups
from sources.mirrors.rules import MirrorRules, facts_by_pair, what_is_missing

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


@pytest.mark.parametrize("kind", [CANONICAL, HREFLANG])
def test_links_of_a_whole_host_announce(kind: str) -> None:
    links = evidence("a", "b", kind, 30, 30)
    assert classes(links, announced("b", "a")) == [(("a", "b"), "declared")]


@pytest.mark.parametrize("kind", [CANONICAL, HREFLANG])
def test_links_of_a_few_pages_are_syndication_and_announce_nothing(kind: str) -> None:
    links = [evidence("a", "b", kind, 5, 40), evidence("b", "a", kind, 5, 40)]
    assert classes(*links) == []


def test_the_registry_declares() -> None:
    units = Units({"a": "outlet:x", "b": "outlet:x"}, frozenset(["outlet:x"]))
    groups = mirror_groups([evidence("a", "b", REGISTRY, 1, 1)], RULES, units)
    assert [(one.hosts, one.confidence_class) for one in groups] == [(("a", "b"), "declared")]


def test_two_outlets_of_the_registry_are_never_joined() -> None:
    units = Units({"a": "outlet:x", "b": "outlet:y"}, frozenset(["outlet:x", "outlet:y"]))
    (group,) = mirror_groups([announced("a", "b"), announced("b", "a")], RULES, units)
    assert group.confidence_class == "candidate"
    assert group.rule.endswith("not joined: the registry names two outlets")


def test_a_third_host_joins_no_two_outlets_of_the_registry() -> None:
    units = Units({"a": "outlet:x", "b": "outlet:y"}, frozenset(["outlet:x", "outlet:y"]))
    found = [announced(*pair) for one in "ab" for pair in ((one, "c"), ("c", one))]
    groups = mirror_groups(merge_evidence(found), RULES, units)
    assert [(one.hosts, one.confidence_class) for one in groups] == [
        (("a", "c"), "declared"),
        (("b", "c"), "candidate"),
    ]


def test_what_the_registry_tells_apart_is_not_joined() -> None:
    apart = frozenset([("outlet:x", "b"), ("b", "outlet:x")])
    units = Units({"a": "outlet:x"}, frozenset(["outlet:x"]), apart=apart)
    (group,) = mirror_groups([announced("a", "b"), announced("b", "a")], RULES, units)
    assert group.rule.endswith("not joined: the registry tells them apart")


def test_a_host_that_changed_hands_is_joined_with_nothing() -> None:
    units = Units(divided=frozenset("a"))
    (group,) = mirror_groups([announced("a", "b"), announced("b", "a")], RULES, units)
    assert group.confidence_class == "candidate"


def test_hosts_of_one_domain_need_no_group() -> None:
    found = [announced("a.example", "sport.a.example"), announced("sport.a.example", "a.example")]
    assert mirror_groups(found, RULES) == []


def test_two_hosts_of_one_domain_tie_their_mirrors_together() -> None:
    pairs = [("a.example", "b.example"), ("sport.a.example", "c.example")]
    found = [announced(*pair) for a, b in pairs for pair in ((a, b), (b, a))]
    (group,) = mirror_groups(merge_evidence(found), RULES)
    assert group.hosts == ("a.example", "b.example", "c.example", "sport.a.example")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([shared("a", "b", 7, 7)], "8 more shared paths (of 15 and a lower bound of 0.75), or an "),
        ([announced("a", "b")], "5 more shared paths (of 5 and a lower bound of 0.5), or an "),
        ([announced("a", "b"), announced("b", "a")], ""),
    ],
)
def test_what_is_missing_is_told_in_paths(found: list[MirrorEvidence], told: str) -> None:
    (facts,) = facts_by_pair(found, RULES).values()
    missing = what_is_missing(facts, RULES)
    assert missing.startswith(told)
    assert bool(missing) == bool(told)


@given(st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_the_paths_that_are_missing_are_enough_and_no_fewer_are(
    k: int, others: int, is_announced: bool
) -> None:
    before = [announced("a", "b")] if is_announced else []
    (facts,) = facts_by_pair([*before, shared("a", "b", k, k + others)], RULES).values()
    missing = what_is_missing(facts, RULES)
    if missing:
        more = int(missing.split()[0])
        enough = shared("a", "b", k + more, k + others + more)
        fewer = shared("a", "b", k + more - 1, k + others + more - 1)
        assert classes(*before, enough) == [(("a", "b"), "corroborated")]
        assert (("a", "b"), "corroborated") not in classes(*before, fewer)


some = st.lists(
    st.builds(
        evidence,
        st.sampled_from("abcd"),
        st.sampled_from("efgh"),
        st.sampled_from([ANNOUNCED, CANONICAL, SAME_PATH]),
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
