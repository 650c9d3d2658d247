from typing import Any

from sources.stories.copy_edges import Carried, carried, excerpted
from sources.stories.timeline import timeline
from tests.sources.stories.test_timeline import RULES, member


def edges(*members: Any) -> list[Carried]:
    return carried(timeline("x", members, {}, RULES))


def test_a_copy_is_carried_from_the_first_source() -> None:
    (edge,) = edges(member("a"), member("b", 60))
    assert (edge.from_source, edge.to_source, edge.kind, edge.lag_s) == ("a", "b", "copy", 3600)


def test_members_that_credit_one_agency_are_copies_of_the_wire() -> None:
    copy_edges_of = edges(
        member("a", wire_credits=("AFP",)), member("b", 60, wire_credits=("AFP",))
    )
    assert [(edge.from_source, edge.to_source) for edge in copy_edges_of] == [
        ("wire:AFP", "a"),
        ("wire:AFP", "b"),
    ]


def test_tied_members_that_credit_one_agency_are_no_undetermined_copies_of_each_other() -> None:
    copy_edges_of = edges(member("a", wire_credits=("AFP",)), member("b", 1, wire_credits=("AFP",)))
    assert {edge.from_source for edge in copy_edges_of} == {"wire:AFP"}


def test_where_a_carrier_credits_an_agency_nobody_is_said_to_carry_an_outlets_text() -> None:
    copy_edges_of = edges(member("a"), member("b", 60, wire_credits=("AFP",)), member("c", 90))
    assert copy_edges_of == []


def test_where_a_carrier_credits_an_agency_a_credit_to_an_outlet_still_counts() -> None:
    copy_edges_of = edges(
        member("a", wire_credits=("AFP",)), member("b", 60, outlet_credits=("Outlet a",))
    )
    assert [edge.from_source for edge in copy_edges_of] == ["a"]


def test_copies_of_an_agencys_own_page_are_copies_of_the_wire() -> None:
    own = member("a", source_id="afp", agency="AFP", outlet="AFP")
    copy_edges_of = edges(own, member("b", 60, wire_credits=("AFP",)))
    assert [(edge.from_source, edge.to_source) for edge in copy_edges_of] == [("wire:AFP", "b")]


def test_who_credits_another_outlet_carries_from_it_though_a_third_was_first() -> None:
    copy_edges_of = edges(
        member("a"), member("b", 60), member("c", 90, outlet_credits=("Outlet b",))
    )
    assert [(edge.from_source, edge.to_source, edge.lag_s) for edge in copy_edges_of] == [
        ("a", "b", 3600),
        ("b", "c", 5400),
    ]


def test_copies_of_an_agencys_own_page_that_credit_nobody_are_carried_from_it() -> None:
    own = member("a", source_id="afp", agency="AFP", outlet="AFP")
    assert [edge.from_source for edge in edges(own, member("b", 60))] == ["afp"]


def test_what_a_source_repeats_of_its_own_is_no_edge() -> None:
    assert edges(member("a1"), member("a2", 60)) == []


def test_a_tie_is_an_edge_both_ways() -> None:
    expected = {
        (edge.from_source, edge.to_source, edge.kind) for edge in edges(member("a"), member("b"))
    }
    assert expected == {("a", "b", "undetermined"), ("b", "a", "undetermined")}


def test_ties_of_thousands_stay_in_proportion_to_them() -> None:
    tied = [member(f"{chr(97 + n % 26)}{n}", source_id=f"s{n}") for n in range(500)]
    assert len(edges(*tied)) <= 20 * 500


def test_a_passage_is_carried_from_the_earlier_claim() -> None:
    edge = excerpted(member("b", 60), member("a"), RULES)
    assert edge is not None
    assert (edge.from_source, edge.to_source, edge.lag_s) == ("a", "b", 3600)


def test_a_passage_of_close_or_weak_claims_has_no_direction() -> None:
    assert excerpted(member("a"), member("b", 5), RULES) is None
    assert excerpted(member("a"), member("b", 60, is_weakly_dated=True), RULES) is None
    assert excerpted(member("a"), member("b", None), RULES) is None
