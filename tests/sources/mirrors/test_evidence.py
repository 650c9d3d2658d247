from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.intervals import wilson
from sources.mirrors.evidence import (
    ANNOUNCED,
    CANONICAL,
    HREFLANG,
    NAMES_ITSELF,
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
        "outlet": "Harbour Post",
    }
    return MirrorEvidence(**fields | changes)


def announced(a: str, b: str, n: int = 20, of: int = 20, **changes: Any) -> MirrorEvidence:
    """That pages of a announce b, all of them unless said otherwise."""
    return evidence(a, b, ANNOUNCED, n, of, **changes)


def names_itself(host: str, **changes: Any) -> MirrorEvidence:
    return evidence(host, host, NAMES_ITSELF, 20, 20, **changes)


def shared(a: str, b: str, n: int, of: int, **changes: Any) -> MirrorEvidence:
    return evidence(min(a, b), max(a, b), SAME_PATH, n, of, **changes)


def classes(*observed: MirrorEvidence) -> list[tuple[tuple[str, ...], str]]:
    return [(group.hosts, group.confidence_class) for group in mirror_groups(observed, RULES)]


def test_hosts_that_announce_each_other_are_declared() -> None:
    assert classes(announced("a", "b"), announced("b", "a")) == [(("a", "b"), "declared")]


def test_a_main_site_and_mirrors_that_list_themselves_and_not_the_main_site_are_declared() -> None:
    observed = [
        *(announced("main", name) for name in ("m1", "m2")),
        *(announced("m1", "m2"), announced("m2", "m1"), names_itself("m1"), names_itself("m2")),
    ]
    (group,) = mirror_groups(observed, RULES)
    assert (group.hosts, group.confidence_class) == (("m1", "m2", "main"), "declared")
    assert group.main_host == "main"


def test_one_mirror_that_lists_itself_is_declared_by_its_main_site() -> None:
    assert classes(announced("main", "m"), names_itself("m")) == [(("m", "main"), "declared")]


def test_a_clone_that_keeps_the_footer_makes_the_consent_ambiguous_and_joins_nothing() -> None:
    observed = [
        *(announced(name, mirror) for name in ("main", "clone") for mirror in ("m1", "m2")),
        *(announced("m1", "m2"), announced("m2", "m1"), names_itself("m1"), names_itself("m2")),
        *(shared("main", name, 20, 20) for name in ("m1", "m2", "clone")),
    ]
    assert [kind for kind in classes(*observed) if kind[1] == "declared"] == [
        (("m1", "m2"), "declared")
    ]


def test_a_mirror_that_lists_itself_under_another_name_consents_to_nothing() -> None:
    observed = [
        announced("e", "m"),
        names_itself("m", outlet="Delta Courier"),
        shared("e", "m", 9, 9),
    ]
    assert classes(*observed) == [(("e", "m"), "candidate")]


def test_without_a_name_of_the_outlet_the_same_announcement_is_the_same_name() -> None:
    theirs = announced("a", "m", outlet=None, snippet="Harbour Post can be reached at m.example")
    same = names_itself("m", outlet=None, snippet="Harbour Post can be reached at m.example")
    other = names_itself("m", outlet=None, snippet="Delta Courier can be reached at m.example")
    assert classes(theirs, same) == [(("a", "m"), "declared")]
    assert classes(theirs, other) == []


@pytest.mark.parametrize("n", [0, 1, 5, 15, 1000])
def test_one_side_never_merges_whatever_the_number_of_shared_paths(n: int) -> None:
    classes_of_groups = classes(announced("clone", "victim"), shared("clone", "victim", n, n))
    assert "declared" not in [kind for _, kind in classes_of_groups]
    assert bool(classes_of_groups) == (n > 0)


@pytest.mark.parametrize("n", [15, 1000])
def test_silent_hosts_are_candidates_however_many_paths_they_share(n: int) -> None:
    assert classes(shared("a", "b", n, n)) == [(("a", "b"), "candidate")]


def test_an_announcement_on_a_few_pages_is_no_habit_and_announces_nothing() -> None:
    """A reader's comment, or a sentence in a story."""
    observed = [announced("a", "b", 1, 30), announced("b", "a"), shared("a", "b", 2, 30)]
    assert classes(*observed) == [(("a", "b"), "candidate")]


def test_a_path_or_two_in_common_are_not_worth_a_row() -> None:
    assert classes(shared("a", "b", 2, 10)) == []


def test_many_hosts_that_share_their_paths_are_one_group_of_candidates() -> None:
    hosts = "abcdefghijklmno"
    observed = [shared(a, b, 9, 9) for a, b in combinations(hosts, 2)]
    (group,) = mirror_groups(observed, RULES)
    assert (group.hosts, group.confidence_class) == (tuple(hosts), "candidate")
    assert group.rule.endswith("; and 85 more pairs")


def test_a_host_that_repeats_another_later_and_unannounced_is_a_clone_candidate() -> None:
    (group,) = mirror_groups([shared("clone", "victim", 20, 20, n_b_first=18)], RULES)
    assert (group.confidence_class, group.main_host) == ("clone_candidate", "victim")
    assert "20 of 20 paths shared" in group.rule
    assert "18 of them seen first on victim" in group.rule


def test_a_host_that_announces_its_repeater_is_repeated_by_a_mirror() -> None:
    observed = [shared("a", "b", 20, 20, n_b_first=18), announced("b", "a")]
    assert classes(*observed) == [(("a", "b"), "candidate")]


def test_clones_of_one_host_are_one_group() -> None:
    observed = [shared(f"clone{n}", "victim", 20, 20, n_b_first=18) for n in range(3)]
    (group,) = mirror_groups(observed, RULES)
    assert group.hosts == ("clone0", "clone1", "clone2", "victim")


def test_a_third_host_makes_no_two_outlets_one_group_of_mirrors() -> None:
    observed = [
        *(announced("bridge", name) for name in ("a", "b")),
        *(shared("bridge", name, 20, 20) for name in ("a", "b")),
    ]
    assert [kind for _, kind in classes(*observed)] == ["candidate"]


def test_a_chain_of_declarations_joins_no_further_than_one_host_declares() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "d")]
    observed = [announced(*pair) for a, b in pairs for pair in ((a, b), (b, a))]
    groups = mirror_groups(merge_evidence(observed), RULES)
    assert [(group.hosts, group.confidence_class) for group in groups] == [
        (("a", "b", "c"), "declared"),
        (("c", "d"), "candidate"),
    ]
    assert groups[1].rule.endswith("no host of the group is declared one with all of its others")


def test_a_candidate_inside_a_group_is_no_group_of_its_own() -> None:
    pairs = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("a", "c")]
    observed = [*(announced(*pair) for pair in pairs), shared("a", "c", 9, 9)]
    assert classes(*observed) == [(("a", "b", "c"), "declared")]


def test_hosts_of_candidates_are_merged_with_nothing() -> None:
    assert merged_hosts(mirror_groups([announced("a", "b"), shared("a", "b", 9, 9)], RULES)) == {}


def test_evidence_is_added_up_with_its_first_and_last_sight() -> None:
    early, late = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    seen = [
        evidence("a", "b", SAME_PATH, 2, 5, first_seen_at=late, last_seen_at=late, n_a_first=1),
        evidence("a", "b", SAME_PATH, 3, 7, first_seen_at=early, last_seen_at=early, n_a_first=2),
    ]
    (row,) = merge_evidence(seen)
    assert (row.n_observed, row.n_checked, row.n_a_first) == (5, 7, 3)
    assert (row.first_seen_at, row.last_seen_at) == (early, late)


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
    assert [(group.hosts, group.confidence_class) for group in groups] == [(("a", "b"), "declared")]


def test_two_outlets_of_the_registry_are_never_joined() -> None:
    units = Units({"a": "outlet:x", "b": "outlet:y"}, frozenset(["outlet:x", "outlet:y"]))
    (group,) = mirror_groups([announced("a", "b"), announced("b", "a")], RULES, units)
    assert group.confidence_class == "candidate"
    assert group.rule.endswith("not joined: the registry names two outlets")


def test_a_third_host_joins_no_two_outlets_of_the_registry() -> None:
    units = Units({"a": "outlet:x", "b": "outlet:y"}, frozenset(["outlet:x", "outlet:y"]))
    observed = [
        announced(*pair) for character in "ab" for pair in ((character, "c"), ("c", character))
    ]
    groups = mirror_groups(merge_evidence(observed), RULES, units)
    assert [(group.hosts, group.confidence_class) for group in groups] == [
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
    observed = [
        announced("a.example", "sport.a.example"),
        announced("sport.a.example", "a.example"),
    ]
    assert mirror_groups(observed, RULES) == []


def test_two_hosts_of_one_domain_tie_their_mirrors_together() -> None:
    pairs = [("a.example", "b.example"), ("sport.a.example", "c.example")]
    observed = [announced(*pair) for a, b in pairs for pair in ((a, b), (b, a))]
    (group,) = mirror_groups(merge_evidence(observed), RULES)
    assert group.hosts == ("a.example", "b.example", "c.example", "sport.a.example")


@pytest.mark.parametrize(
    ("observed", "rule"),
    [
        ([shared("a", "b", 7, 7)], "announcements of each other, as a habit, in the frame"),
        ([announced("a", "b")], "an announcement of a, or of itself under one name, by b"),
        (
            [announced("a", "m"), announced("c", "m"), names_itself("m")],
            "no announcement of the same host by c",
        ),
        ([announced("a", "b"), announced("b", "a")], ""),
    ],
)
def test_what_is_missing_is_told(observed: list[MirrorEvidence], rule: str) -> None:
    facts = next(iter(facts_by_pair(observed, RULES).values()))
    missing = what_is_missing(facts, RULES)
    assert missing.startswith(rule)
    assert bool(missing) == bool(rule)


@given(st.lists(st.integers(0, 2000), min_size=5, max_size=5), st.booleans(), st.booleans())
def test_nothing_that_a_host_shows_of_itself_joins_it_with_one_that_does_not_consent(
    counts: list[int], is_named: bool, is_mirrored: bool
) -> None:
    """Whatever a clone announces, links to, repeats and calls itself: its victim never says so."""
    n = max(counts)
    observed = [
        *(evidence("clone", "victim", kind, n, n) for kind in (ANNOUNCED, CANONICAL, HREFLANG)),
        shared("clone", "victim", counts[0], n, n_a_first=counts[1], n_b_first=counts[2]),
    ]
    observed += [names_itself("clone")] if is_named else []
    if is_mirrored:  # the victim has a mirror that consents, and the clone announces that one too
        observed += [announced("victim", "m"), announced("clone", "m"), names_itself("m")]
    groups = mirror_groups(observed, RULES)
    joined = [set(group.hosts) for group in groups if group.confidence_class == "declared"]
    assert not any("clone" in hosts for hosts in joined)


any_evidence = st.lists(
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


@given(any_evidence, st.randoms())
def test_evidence_adds_up_in_any_order(observed: list[MirrorEvidence], chance: Any) -> None:
    shuffled = observed.copy()
    chance.shuffle(shuffled)
    assert merge_evidence(shuffled) == merge_evidence(observed)


@given(any_evidence, st.randoms())
def test_groups_do_not_depend_on_the_order_of_evidence(
    observed: list[MirrorEvidence], chance: Any
) -> None:
    merged = merge_evidence(observed)
    shuffled = merged.copy()
    chance.shuffle(shuffled)
    assert mirror_groups(shuffled, RULES) == mirror_groups(merged, RULES)


@given(any_evidence)
def test_no_host_is_in_two_merged_groups(observed: list[MirrorEvidence]) -> None:
    groups = mirror_groups(merge_evidence(observed), RULES)
    hosts = [
        host for group in groups if group.confidence_class == "declared" for host in group.hosts
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
