from dataclasses import replace

from schemas.member import Member
from sources.disagreements.independent_sources import independent, without_candidates
from tests.sources.makers import story_member


def member(name: str, *candidates: str) -> Member:
    """An article with a text of its own, of a source that may be one with others."""
    made = story_member(name, None, None, None)
    return replace(made, text_key=ord(name[0]), candidate_sources=frozenset(candidates))


def test_different_texts_of_different_sources_are_voices_of_their_own() -> None:
    assert independent([member("a"), member("b")], {}) == 2


def test_sources_that_may_be_one_outlet_are_one_voice() -> None:
    assert independent([member("a", "b"), member("b", "a"), member("c")], {}) == 2


def test_fifteen_hosts_that_may_be_one_outlet_are_one_voice() -> None:
    names = "abcdefghijklmno"
    members = [member(name, *(set(names) - {name})) for name in names]
    assert independent(members, {}) == 1


def test_a_clone_of_two_outlets_makes_no_single_voice_of_them() -> None:
    clone = member("x", "a", "b")
    assert independent([member("a", "x"), member("b", "x"), clone], {}) == 2


def test_two_texts_of_one_source_stay_two_voices_for_other_candidates() -> None:
    first, other = member("a", "c"), replace(member("b"), source_id="a")
    assert without_candidates([[first], [other]]) == 2
