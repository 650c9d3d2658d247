"""Which source of a story a credit means, and whether a name alone says so."""

from typing import Any

from sources.stories.credited_names import credited_sources, share_a_third, unambiguous_names
from sources.stories.versions import named_by
from tests.sources.stories.test_timeline import member

HARBOUR: dict[str, Any] = {"outlet": "Harbour Gazette"}


def test_a_name_that_two_sources_of_the_story_give_themselves_is_nobodys() -> None:
    members = [member("a", **HARBOUR), member("b", **HARBOUR), member("c", outlet="Quay News")]
    assert unambiguous_names(members) == {"Quay News": "c"}


def test_a_name_that_another_outlet_of_the_run_has_is_nobodys_in_the_story() -> None:
    impostor = member("x", **HARBOUR, answering=(("harbourgazette", frozenset(["harbour"])),))
    reader = member("b", 60)
    text = "The Harbour Gazette reported on Tuesday that the bridge stays."
    honest = named_by([member("a", **HARBOUR), reader], [(reader, text)])
    assert honest == {"b": frozenset(["a"])}
    assert named_by([impostor, reader], [(reader, text)]) == {}


def test_a_credit_to_nobody_of_the_story_is_a_third_outlets() -> None:
    third = credited_sources([member("a", outlet_credits=("Elsewhere Post",)), member("b")])
    assert third["a"].third == {"elsewherepost"}
    assert third["a"].all == frozenset()
    known = credited_sources([member("a", outlet_credits=("Outlet B", "b.example")), member("b")])
    assert known["a"].third == frozenset()
    assert known["a"].all == {"b"}


def test_two_that_credit_one_outlet_that_is_neither_s_share_a_third() -> None:
    third: dict[str, Any] = {"outlet_credits": ("Elsewhere Post",)}
    assert share_a_third(member("a", **third), member("b", **third))
    assert not share_a_third(member("a", **third), member("b"))
    assert not share_a_third(
        member("a", outlet_credits=("Outlet b",)), member("b", outlet_credits=("Outlet b",))
    )
