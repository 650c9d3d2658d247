from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.member import DAY, MOMENT, NO_ZONE, WEAK, Member
from sources.stories.sightings import TimeRules
from sources.stories.timeline import TimelineRow, in_time_order, timeline

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RULES = TimeRules(min_gap_s=600)


def member(name: str, minute: int | None = 0, **changes: Any) -> Member:
    """An article claimed so many minutes after noon by a source of its own, fetched in the night.

    A name such as `a2` is the second article of the source `a`.
    """
    fields: dict[str, Any] = {
        "article_id": name,
        "source_id": name[0],
        "mirror_group_id": None,
        "host": f"{name[0]}.example",
        "outlet": f"Outlet {name[0]}",
        "language": "en",
        "text_key": 1,
        "path_key": 1,
        "title_key": 1,
        "claimed_at": None if minute is None else NOON + timedelta(minutes=minute),
        "is_weakly_dated": False,
        "fetched_at": NOON + timedelta(hours=12),
        "wire_credits": (),
        "outlet_credits": (),
    }
    made = fields | changes
    if made["claimed_at"] is not None:
        made.setdefault("claim_kind", NO_ZONE if made["is_weakly_dated"] else MOMENT)
    return Member(**made)


def rows(*members: Member) -> dict[str, TimelineRow]:
    return {row.article_id: row for row in timeline("x", members, {}, RULES)}


def roles(*members: Member) -> dict[str, str]:
    return {name: row.role for name, row in rows(*members).items()}


def test_the_earlier_claim_is_observed_first_and_the_later_is_a_copy() -> None:
    assert roles(member("a"), member("b", 60)) == {"a": "earliest_observed", "b": "copy"}


def test_claims_closer_than_the_gap_say_nothing() -> None:
    assert set(roles(member("a"), member("b", 9)).values()) == {"undetermined"}


def test_claims_as_far_apart_as_the_gap_say_who_was_first() -> None:
    assert roles(member("a"), member("b", 10))["a"] == "earliest_observed"


def test_two_versions_of_one_source_are_no_tie() -> None:
    result = roles(member("a1"), member("a2", 1, text_key=2), member("b", 60))
    assert result == {"a1": "earliest_observed", "a2": "revision", "b": "copy"}


def test_the_same_text_on_another_host_of_the_source_is_a_mirror() -> None:
    assert roles(member("a1"), member("a2", 5, host="a2.example"))["a2"] == "mirror"


def test_the_same_text_on_the_same_host_is_a_copy() -> None:
    assert roles(member("a1"), member("a2", 5))["a2"] == "copy"


def test_who_credits_another_source_of_the_cluster_is_not_first() -> None:
    result = roles(member("a", outlet_credits=("outlet B",)), member("b", 60))
    assert result == {"a": "copy", "b": "earliest_observed"}


def test_a_credit_to_an_outlet_outside_the_cluster_changes_nothing() -> None:
    result = roles(member("a", outlet_credits=("Elsewhere",)), member("b", 60))
    assert result["a"] == "earliest_observed"


def test_a_weak_date_makes_nobody_first() -> None:
    result = roles(member("a", 60, is_weakly_dated=True), member("b", 30), member("c", 90))
    assert result == {"a": "undetermined", "b": "undetermined", "c": "copy"}


def test_an_older_claim_without_a_zone_leaves_it_undetermined() -> None:
    result = roles(member("a", is_weakly_dated=True), member("b", 60), member("c", 90))
    assert result == {"a": "undetermined", "b": "undetermined", "c": "copy"}


def test_a_bare_day_is_neither_older_nor_later_than_a_time_of_that_day() -> None:
    day: dict[str, Any] = {"is_weakly_dated": True, "claim_kind": DAY}
    result = roles(member("a", -12 * 60, **day), member("b", 60))
    assert result == {"a": "undetermined", "b": "undetermined"}


def test_a_bare_day_is_later_than_a_witnessed_claim_of_the_day_before_the_day_before() -> None:
    day: dict[str, Any] = {"is_weakly_dated": True, "claim_kind": DAY}
    result = roles(member("a", 36 * 60, fetched_at=NOON + timedelta(hours=60), **day), member("b"))
    assert result == {"a": "copy", "b": "earliest_observed"}


def test_a_page_without_a_date_that_was_seen_later_takes_the_first_place_from_nobody() -> None:
    result = roles(member("a", None, fetched_at=NOON + timedelta(hours=20)), member("b", 60))
    assert result == {"a": "undetermined", "b": "earliest_observed"}


def test_a_page_without_a_date_is_no_later_copy() -> None:
    result = roles(member("a", None), member("b", 60))
    assert result == {"a": "undetermined", "b": "undetermined"}


def test_a_page_without_a_date_that_was_fetched_before_the_others_claim_is_first() -> None:
    result = roles(member("a", None, fetched_at=NOON), member("b", 60))
    assert result == {"a": "earliest_observed", "b": "copy"}


def test_a_claim_that_nobody_witnessed_does_not_beat_an_earlier_sighting() -> None:
    late: dict[str, Any] = {"fetched_at": NOON + timedelta(days=3)}
    result = roles(member("a", -60, **late), member("b"))
    assert result == {"a": "copy", "b": "earliest_observed"}


def test_an_original_that_was_fetched_late_is_first_where_another_credits_it() -> None:
    late: dict[str, Any] = {"fetched_at": NOON + timedelta(days=9)}
    result = roles(member("a", -60, **late), member("b", outlet_credits=("Outlet a",)))
    assert result == {"a": "earliest_observed", "b": "copy"}


def test_the_credit_of_one_copy_places_a_late_fetched_original_before_copies_that_came_later() -> (
    None
):
    result = roles(
        member("a", -60, fetched_at=NOON + timedelta(days=9)),
        member("b", outlet_credits=("Outlet a",), fetched_at=NOON + timedelta(minutes=5)),
        member("c", 90),
    )
    assert result == {"a": "earliest_observed", "b": "copy", "c": "copy"}


def test_who_credits_itself_by_a_second_host_is_not_first_by_an_old_claim() -> None:
    late: dict[str, Any] = {"fetched_at": NOON + timedelta(days=3)}
    result = roles(
        member("v"), member("e", -60, **late), member("f", outlet_credits=("Outlet e",), **late)
    )
    assert result["v"] == "earliest_observed"


def test_a_doubtful_claim_makes_nobody_first() -> None:
    result = roles(member("a", -600, is_weakly_dated=True, claim_kind=WEAK), member("b"))
    assert result["a"] == "undetermined"


def test_without_fetch_times_claims_decide() -> None:
    result = roles(member("a", fetched_at=None), member("b", 60, fetched_at=None))
    assert result == {"a": "earliest_observed", "b": "copy"}


def test_a_name_that_two_sources_answer_to_takes_no_credit() -> None:
    result = roles(
        member("a", outlet="Delta Courier"),
        member("b", 60, outlet="Delta Courier"),
        member("c", 30, outlet_credits=("Delta Courier",)),
    )
    assert result == {"a": "earliest_observed", "b": "copy", "c": "copy"}


def test_a_name_that_a_page_gives_itself_takes_no_credit_meant_for_a_host_of_that_name() -> None:
    late = NOON + timedelta(hours=72)
    result = roles(
        member("d", host="deltacourier.example", outlet=None),
        member("e", 1, outlet="Delta Courier", fetched_at=late),
        member("c", 60, outlet_credits=("Delta Courier",)),
    )
    assert result["e"] != "earliest_observed"
    assert result["d"] == "earliest_observed"


def test_sources_that_may_be_one_outlet_are_not_ordered_by_unwitnessed_claims() -> None:
    unseen: dict[str, Any] = {"fetched_at": None}
    result = roles(
        member("a", candidate_sources=frozenset("b"), **unseen),
        member("b", 60, candidate_sources=frozenset("a"), **unseen),
    )
    assert set(result.values()) == {"undetermined"}


def test_who_was_fetched_before_the_claim_of_the_other_is_first_without_a_zone_as_well() -> None:
    fetched: dict[str, Any] = {"is_weakly_dated": True, "fetched_at": NOON}
    result = roles(member("a", **fetched), member("b", 60))
    assert result == {"a": "earliest_observed", "b": "copy"}


def test_versions_of_one_source_of_which_one_has_no_zone_are_no_tie() -> None:
    fetched: dict[str, Any] = {"is_weakly_dated": True, "fetched_at": NOON - timedelta(hours=1)}
    result = roles(member("a1", **fetched), member("a2"), member("b", 60))
    assert result == {"a1": "earliest_observed", "a2": "copy", "b": "copy"}


def test_without_any_claim_the_first_fetch_counts() -> None:
    result = roles(
        member("a", None, fetched_at=NOON), member("b", None, fetched_at=NOON + timedelta(hours=1))
    )
    assert result == {"a": "earliest_observed", "b": "copy"}


def test_claims_without_a_zone_of_one_day_and_fetches_of_one_day_say_nothing() -> None:
    weak: dict[str, Any] = {"is_weakly_dated": True}
    result = roles(
        member("a", -60, fetched_at=NOON, **weak),
        member("b", -60, fetched_at=NOON + timedelta(hours=1), **weak),
    )
    assert set(result.values()) == {"undetermined"}


def test_without_dates_and_fetches_nothing_is_said() -> None:
    result = roles(member("a", None, fetched_at=None), member("b", None, fetched_at=None))
    assert set(result.values()) == {"undetermined"}


def test_the_lag_is_counted_from_the_claim_of_the_first_observed() -> None:
    assert [row.lag_s for row in rows(member("a"), member("b", 60)).values()] == [0, 3600]


def test_claims_before_the_first_observed_and_of_a_bare_day_have_no_lag() -> None:
    result = rows(
        member("a", 600, fetched_at=NOON + timedelta(hours=11)),
        member("b", outlet_credits=("Outlet a",)),
        member("c", 720, is_weakly_dated=True, claim_kind=DAY, outlet_credits=("Outlet a",)),
    )
    assert result["a"].role == "earliest_observed"
    assert [result[name].lag_s for name in "abc"] == [0, None, None]


def test_where_nobody_is_first_there_is_no_lag() -> None:
    assert [row.lag_s for row in rows(member("a"), member("b", 9)).values()] == [None, None]


def test_a_headline_is_compared_with_that_of_the_first() -> None:
    result = rows(member("a"), member("b", 60, title_key=2), member("c", 60, title_key=0))
    assert [result[name].headline_changed for name in "abc"] == [False, True, None]


def test_an_agency_is_the_credit_before_an_outlet() -> None:
    result = rows(member("a", wire_credits=("AFP",), outlet_credits=("Elsewhere",)))
    assert result["a"].credit == "wire:AFP"


def test_containment_looks_at_earlier_members_only() -> None:
    shares = {"b": {"a": 0.5, "c": 0.9}, "a": {"b": 0.4}}
    timeline_rows = timeline("x", [member("a"), member("b", 60), member("c", 90)], shares, RULES)
    assert [row.containment_in_earlier for row in timeline_rows] == [None, 0.5, None]


def test_credits_in_a_circle_leave_it_undetermined() -> None:
    result = roles(
        member("a", outlet_credits=("Outlet b",)), member("b", 60, outlet_credits=("Outlet a",))
    )
    assert set(result.values()) == {"undetermined"}


def test_a_circle_of_credits_behind_an_earlier_claim_does_not_matter() -> None:
    result = roles(
        member("a"),
        member("b", 60, outlet_credits=("Outlet c",)),
        member("c", 90, outlet_credits=("Outlet b",)),
    )
    assert result == {"a": "earliest_observed", "b": "copy", "c": "copy"}


def test_a_page_that_links_to_another_outlets_address_as_its_original_is_a_copy() -> None:
    result = rows(member("a", declared_host="www.b.example"), member("b", 60))
    assert result["a"].role == "copy"
    assert result["a"].from_source == "b"


def test_a_credit_may_be_a_host() -> None:
    result = roles(member("a", outlet_credits=("www.b.example",)), member("b", 60))
    assert result == {"a": "copy", "b": "earliest_observed"}


def test_of_claims_close_together_the_one_that_others_credit_is_first() -> None:
    result = roles(member("a"), member("b", 5), member("c", 60, outlet_credits=("Outlet b",)))
    assert result["b"] == "earliest_observed"


def test_of_a_tie_somebody_is_undetermined_though_all_repeat_what_their_source_had() -> None:
    result = roles(
        member("b1", 0, outlet_credits=("Outlet a",), fetched_at=None),
        member("d1", None, outlet_credits=("Outlet b",), fetched_at=None),
        member("a1", None),
        member("a2", 0, is_weakly_dated=True, fetched_at=None),
        member("b2", 5, fetched_at=None),
    )
    assert (result["b1"], result["d1"]) == ("copy", "copy")
    assert (result["a1"], result["b2"]) == ("undetermined", "undetermined")


def test_articles_that_credit_another_do_not_settle_a_tie_of_their_sources_others() -> None:
    result = roles(
        member("a1", outlet_credits=("Outlet c",)),
        member("b1", outlet_credits=("Outlet c",)),
        member("a2", 5),
        member("b2", 6),
        member("c1", 60),
    )
    assert (result["a1"], result["b1"]) == ("copy", "copy")
    assert (result["a2"], result["b2"]) == ("undetermined", "undetermined")


def named(pairs: dict[str, str], *given: Member) -> dict[str, str]:
    origins = {name: frozenset([source]) for name, source in pairs.items()}
    timeline_rows = timeline("x", given, {}, RULES, origins)
    return {row.article_id: row.role for row in timeline_rows}


def test_of_claims_close_together_the_outlet_that_the_texts_name_is_first() -> None:
    result = named({"a": "b"}, member("a"), member("b", 5))
    assert result == {"a": "copy", "b": "earliest_observed"}


def test_a_named_outlet_that_claims_a_later_time_is_undetermined() -> None:
    result = named({"a": "b"}, member("a"), member("b", 60))
    assert set(result.values()) == {"undetermined"}


def test_texts_that_name_each_other_say_nothing_for_sure() -> None:
    result = named({"a": "b", "b": "a"}, member("a"), member("b", 60))
    assert set(result.values()) == {"undetermined"}


def test_a_credit_goes_before_a_name() -> None:
    result = named({"b": "a"}, member("a", outlet_credits=("Outlet b",)), member("b", 60))
    assert result == {"a": "copy", "b": "earliest_observed"}


def test_what_a_page_calls_itself_makes_it_no_agency() -> None:
    result = roles(member("a", wire_credits=("AFP",)), member("b", 60, outlet="AFP"))
    assert result == {"a": "earliest_observed", "b": "copy"}


members = st.lists(
    st.builds(
        member,
        st.sampled_from(["a1", "a2", "b1", "b2", "c1", "d1"]),
        st.none() | st.sampled_from([0, 5, 9, 10, 60, 600]),
        text_key=st.integers(1, 2),
        is_weakly_dated=st.booleans(),
        fetched_at=st.none() | st.sampled_from([NOON, NOON + timedelta(hours=12)]),
        outlet_credits=st.sampled_from([(), ("Outlet a",), ("Outlet b",), ("Outlet c",)]),
    ),
    min_size=1,
    unique_by=lambda member: member.article_id,
)


@given(members, st.randoms())
def test_the_order_in_which_members_come_changes_nothing(given_: list[Member], chance: Any) -> None:
    shuffled = given_.copy()
    chance.shuffle(shuffled)
    assert timeline("x", given_, {}, RULES) == timeline("x", shuffled, {}, RULES)


@given(members)
def test_every_member_has_one_row_in_time_order(given_: list[Member]) -> None:
    timeline_rows = timeline("x", given_, {}, RULES)
    assert [row.article_id for row in timeline_rows] == [
        article.article_id for article in in_time_order(given_)
    ]


@given(members)
def test_one_at_most_is_first(given_: list[Member]) -> None:
    assert list(roles(*given_).values()).count("earliest_observed") <= 1


@given(members)
def test_no_weakly_dated_member_is_first_where_another_is_well_dated_and_nobody_credits(
    given_: list[Member],
) -> None:
    result = roles(*given_)
    credits = any(article.outlet_credits for article in given_)
    if not credits and any(is_well_dated(article) for article in given_):
        weak = [article.article_id for article in given_ if not is_well_dated(article)]
        assert "earliest_observed" not in [result[name] for name in weak]


@given(members)
def test_somebody_is_first_or_somebody_undetermined(given_: list[Member]) -> None:
    assert {"earliest_observed", "undetermined"} & set(roles(*given_).values())


def is_well_dated(article: Member) -> bool:
    return article.claimed_at is not None and not article.is_weakly_dated


def test_a_cluster_of_thousands_has_a_timeline() -> None:
    many = [member(f"a{n}", 10 * n, source_id=f"s{n}") for n in range(3000)]
    assert [row.role for row in timeline("x", many, {}, RULES)].count("copy") == 2999


def test_a_copy_that_credits_an_outlet_outside_the_story_is_nobodys_of_the_story() -> None:
    third: dict[str, Any] = {"outlet_credits": ("Elsewhere Post",)}
    result = rows(member("a", **third), member("b", 60, **third), member("c", 120))
    assert {name: row.role for name, row in result.items()}["b"] == "copy"
    assert [row.from_source for row in result.values()] == [None, None, None]


def test_a_copy_that_credits_the_first_is_the_firsts_whomever_that_credits() -> None:
    first = member("a", outlet_credits=("Elsewhere Post",))
    result = rows(first, member("b", 60, outlet_credits=("Outlet a",)), member("c", 90))
    assert (result["b"].from_source, result["c"].from_source) == ("a", None)


def test_a_name_that_another_source_of_the_run_answers_to_credits_nobody() -> None:
    answering = (("outleta", frozenset(["real"])),)
    creditor = member("b", 60, outlet_credits=("Outlet A",))
    story = [member("a", 30, fetched_at=NOON + timedelta(days=9)), creditor]
    assert rows(*story)["b"].evidence == "credit"
    credited = replace(creditor, answering=answering)
    result = rows(story[0], credited)
    assert {row.evidence for row in result.values()}.isdisjoint({"credit", "first_credited"})
    assert result["b"].from_source != "a"
