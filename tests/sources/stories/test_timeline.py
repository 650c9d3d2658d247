from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.member import Member
from sources.stories.timeline import TimelineRow, in_time_order, timeline

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MIN_GAP_S = 600


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
    return Member(**fields | changes)


def rows(*members: Member) -> dict[str, TimelineRow]:
    return {row.article_id: row for row in timeline("x", members, {}, MIN_GAP_S)}


def roles(*members: Member) -> dict[str, str]:
    return {name: row.role for name, row in rows(*members).items()}


def test_the_earlier_claim_is_observed_first_and_the_later_is_a_copy() -> None:
    assert roles(member("a"), member("b", 60)) == {"a": "earliest_observed", "b": "copy"}


def test_claims_closer_than_the_gap_say_nothing() -> None:
    assert set(roles(member("a"), member("b", 9)).values()) == {"undetermined"}


def test_claims_as_far_apart_as_the_gap_say_who_was_first() -> None:
    assert roles(member("a"), member("b", 10))["a"] == "earliest_observed"


def test_two_versions_of_one_source_are_no_tie() -> None:
    told = roles(member("a1"), member("a2", 1, text_key=2), member("b", 60))
    assert told == {"a1": "earliest_observed", "a2": "revision", "b": "copy"}


def test_the_same_text_on_another_host_of_the_source_is_a_mirror() -> None:
    assert roles(member("a1"), member("a2", 5, host="a2.example"))["a2"] == "mirror"


def test_the_same_text_on_the_same_host_is_a_copy() -> None:
    assert roles(member("a1"), member("a2", 5))["a2"] == "copy"


def test_who_credits_another_source_of_the_cluster_is_not_first() -> None:
    told = roles(member("a", outlet_credits=("outlet B",)), member("b", 60))
    assert told == {"a": "copy", "b": "earliest_observed"}


def test_a_credit_to_an_outlet_outside_the_cluster_changes_nothing() -> None:
    told = roles(member("a", outlet_credits=("Elsewhere",)), member("b", 60))
    assert told["a"] == "earliest_observed"


def test_a_weak_date_makes_nobody_first() -> None:
    told = roles(member("a", 60, is_weakly_dated=True), member("b", 30), member("c", 90))
    assert told == {"a": "copy", "b": "earliest_observed", "c": "copy"}


def test_an_older_claim_without_a_zone_leaves_it_undetermined() -> None:
    told = roles(member("a", is_weakly_dated=True), member("b", 60), member("c", 90))
    assert told == {"a": "undetermined", "b": "undetermined", "c": "copy"}


def test_a_bare_day_is_no_older_claim_than_a_time_of_that_day() -> None:
    told = roles(member("a", -12 * 60, is_weakly_dated=True), member("b", 60))
    assert told == {"a": "copy", "b": "earliest_observed"}


def test_who_was_fetched_before_the_first_claim_is_called_no_copy_and_nobody_first() -> None:
    fetched: dict[str, Any] = {"is_weakly_dated": True, "fetched_at": NOON}
    told = roles(member("a", **fetched), member("b", 60))
    assert told == {"a": "undetermined", "b": "undetermined"}


def test_a_weak_version_of_the_same_source_does_not_take_the_place_of_the_first() -> None:
    fetched: dict[str, Any] = {"is_weakly_dated": True, "fetched_at": NOON - timedelta(hours=1)}
    told = roles(member("a1", **fetched), member("a2"), member("b", 60))
    assert told == {"a1": "copy", "a2": "earliest_observed", "b": "copy"}


def test_without_any_claim_the_first_fetch_counts() -> None:
    told = roles(
        member("a", None, fetched_at=NOON), member("b", None, fetched_at=NOON + timedelta(hours=1))
    )
    assert told == {"a": "earliest_observed", "b": "copy"}


def test_claims_without_a_zone_do_not_put_the_first_fetch_in_doubt() -> None:
    weak: dict[str, Any] = {"is_weakly_dated": True}
    told = roles(
        member("a", -60, fetched_at=NOON, **weak),
        member("b", -60, fetched_at=NOON + timedelta(hours=1), **weak),
    )
    assert told == {"a": "earliest_observed", "b": "copy"}


def test_without_dates_and_fetches_nothing_is_said() -> None:
    told = roles(member("a", None, fetched_at=None), member("b", None, fetched_at=None))
    assert set(told.values()) == {"undetermined"}


def test_the_lag_is_counted_from_the_first_claim() -> None:
    assert [row.lag_s for row in rows(member("a"), member("b", 60)).values()] == [0, 3600]


def test_a_headline_is_compared_with_that_of_the_first() -> None:
    told = rows(member("a"), member("b", 60, title_key=2), member("c", 60, title_key=0))
    assert [told[name].headline_changed for name in "abc"] == [False, True, None]


def test_an_agency_is_the_credit_before_an_outlet() -> None:
    told = rows(member("a", wire_credits=("AFP",), outlet_credits=("Elsewhere",)))
    assert told["a"].credit == "wire:AFP"


def test_containment_looks_at_earlier_members_only() -> None:
    shares = {"b": {"a": 0.5, "c": 0.9}, "a": {"b": 0.4}}
    found = timeline("x", [member("a"), member("b", 60), member("c", 90)], shares, MIN_GAP_S)
    assert [row.containment_in_earlier for row in found] == [None, 0.5, None]


def test_credits_in_a_circle_leave_it_undetermined() -> None:
    told = roles(
        member("a", outlet_credits=("Outlet b",)), member("b", 60, outlet_credits=("Outlet a",))
    )
    assert set(told.values()) == {"undetermined"}


def test_a_circle_of_credits_behind_an_earlier_claim_does_not_matter() -> None:
    told = roles(
        member("a"),
        member("b", 60, outlet_credits=("Outlet c",)),
        member("c", 90, outlet_credits=("Outlet b",)),
    )
    assert told == {"a": "earliest_observed", "b": "copy", "c": "copy"}


def test_a_page_that_links_to_another_outlets_address_as_its_original_is_a_copy() -> None:
    told = rows(member("a", declared_host="www.b.example"), member("b", 60))
    assert told["a"].role == "copy"
    assert told["a"].from_source == "b"


def test_a_credit_may_be_a_host() -> None:
    told = roles(member("a", outlet_credits=("www.b.example",)), member("b", 60))
    assert told == {"a": "copy", "b": "earliest_observed"}


def test_of_claims_close_together_the_one_that_others_credit_is_first() -> None:
    told = roles(member("a"), member("b", 5), member("c", 60, outlet_credits=("Outlet b",)))
    assert told["b"] == "earliest_observed"


def test_of_a_tie_somebody_is_undetermined_though_all_repeat_what_their_source_had() -> None:
    told = roles(
        member("b1", 0, outlet_credits=("Outlet a",), fetched_at=None),
        member("d1", None, outlet_credits=("Outlet b",), fetched_at=None),
        member("a1", None),
        member("a2", 0, is_weakly_dated=True, fetched_at=None),
        member("b2", 5, fetched_at=None),
    )
    assert (told["b1"], told["d1"]) == ("copy", "copy")
    assert (told["a1"], told["b2"]) == ("undetermined", "undetermined")


def test_articles_that_credit_another_do_not_settle_a_tie_of_their_sources_others() -> None:
    told = roles(
        member("a1", outlet_credits=("Outlet c",)),
        member("b1", outlet_credits=("Outlet c",)),
        member("a2", 5),
        member("b2", 6),
        member("c1", 60),
    )
    assert (told["a1"], told["b1"]) == ("copy", "copy")
    assert (told["a2"], told["b2"]) == ("undetermined", "undetermined")


def named(pairs: dict[str, str], *given: Member) -> dict[str, str]:
    origins = {name: frozenset([source]) for name, source in pairs.items()}
    found = timeline("x", given, {}, MIN_GAP_S, origins)
    return {row.article_id: row.role for row in found}


def test_of_claims_close_together_the_outlet_that_the_texts_name_is_first() -> None:
    told = named({"a": "b"}, member("a"), member("b", 5))
    assert told == {"a": "copy", "b": "earliest_observed"}


def test_a_named_outlet_that_claims_a_later_time_is_undetermined() -> None:
    told = named({"a": "b"}, member("a"), member("b", 60))
    assert set(told.values()) == {"undetermined"}


def test_texts_that_name_each_other_say_nothing_for_sure() -> None:
    told = named({"a": "b", "b": "a"}, member("a"), member("b", 60))
    assert set(told.values()) == {"undetermined"}


def test_a_credit_goes_before_a_name() -> None:
    told = named({"b": "a"}, member("a", outlet_credits=("Outlet b",)), member("b", 60))
    assert told == {"a": "copy", "b": "earliest_observed"}


def test_what_a_page_calls_itself_makes_it_no_agency() -> None:
    told = roles(member("a", wire_credits=("AFP",)), member("b", 60, outlet="AFP"))
    assert told == {"a": "earliest_observed", "b": "copy"}


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
    unique_by=lambda one: one.article_id,
)


@given(members, st.randoms())
def test_the_order_in_which_members_come_changes_nothing(given_: list[Member], chance: Any) -> None:
    shuffled = given_.copy()
    chance.shuffle(shuffled)
    assert timeline("x", given_, {}, MIN_GAP_S) == timeline("x", shuffled, {}, MIN_GAP_S)


@given(members)
def test_every_member_has_one_row_in_time_order(given_: list[Member]) -> None:
    found = timeline("x", given_, {}, MIN_GAP_S)
    assert [row.article_id for row in found] == [one.article_id for one in in_time_order(given_)]


@given(members)
def test_one_at_most_is_first(given_: list[Member]) -> None:
    assert list(roles(*given_).values()).count("earliest_observed") <= 1


@given(members)
def test_no_weakly_dated_member_is_first_where_another_is_well_dated_and_nobody_credits(
    given_: list[Member],
) -> None:
    told = roles(*given_)
    credits = any(one.outlet_credits for one in given_)
    if not credits and any(is_well_dated(one) for one in given_):
        weak = [one.article_id for one in given_ if not is_well_dated(one)]
        assert "earliest_observed" not in [told[name] for name in weak]


@given(members)
def test_somebody_is_first_or_somebody_undetermined(given_: list[Member]) -> None:
    assert {"earliest_observed", "undetermined"} & set(roles(*given_).values())


def is_well_dated(one: Member) -> bool:
    return one.claimed_at is not None and not one.is_weakly_dated


def test_a_cluster_of_thousands_has_a_timeline() -> None:
    many = [member(f"a{n}", 10 * n, source_id=f"s{n}") for n in range(3000)]
    assert [row.role for row in timeline("x", many, {}, MIN_GAP_S)].count("copy") == 2999
