from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.member import MOMENT, NO_ZONE, Member
from sources.disagreements.disputed_articles import Compared
from sources.stories.article_roles import Assignment, assignments, first_claim
from sources.stories.sightings import TimeRules
from sources.stories.timeline import timeline

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def member(name: str, minutes: int | None = 0, **changes: Any) -> Member:
    fields: dict[str, Any] = {
        "article_id": name,
        "source_id": name[0],
        "mirror_group_id": None,
        "host": f"{name[0]}.example",
        "outlet": None,
        "language": "en",
        "text_key": 1,
        "path_key": 0,
        "title_key": 7,
        "claimed_at": None if minutes is None else START + timedelta(minutes=minutes),
        "is_weakly_dated": False,
        "fetched_at": START + timedelta(days=1),
        "wire_credits": (),
        "outlet_credits": (),
    }
    made = fields | changes
    if made["claimed_at"] is not None:
        made.setdefault("claim_kind", NO_ZONE if made["is_weakly_dated"] else MOMENT)
    return Member(**made)


def assigned(*members: Member) -> dict[str, Assignment]:
    rows = timeline("c", members, {}, TimeRules())
    known = {article.article_id: article for article in members}
    assignment_rows = assignments(rows, known, Compared(), dict.fromkeys(known), 120)
    return {row.article_id: row for row in assignment_rows}


def test_the_source_that_claims_the_earliest_time_is_first_by_its_claim() -> None:
    by_article = assigned(member("a1"), member("b1", 30))
    assert [by_article[name].is_claim_first for name in ("a1", "b1")] == [1, 0]
    assert [by_article[name].is_claim_directed for name in ("a1", "b1")] == [1, 1]


def test_claims_within_the_gap_count_for_neither() -> None:
    by_article = assigned(member("a1"), member("b1", 1))
    assert [by_article[name].is_claim_directed for name in ("a1", "b1")] == [0, 0]


def test_a_weak_claim_is_none() -> None:
    by_article = assigned(member("a1", is_weakly_dated=True), member("b1", 30), member("c1", 60))
    assert [by_article[name].is_claim_directed for name in ("a1", "b1", "c1")] == [0, 1, 1]
    assert by_article["b1"].is_claim_first == 1


def test_a_source_alone_in_its_claims_is_first_of_nobody() -> None:
    assert first_claim([member("a1"), member("b1", None)], 120) is None
    assert first_claim([], 120) is None


def test_versions_of_one_source_are_no_tie() -> None:
    first = first_claim([member("a1"), member("a2", 1), member("b1", 30)], 120)
    assert first is not None
    assert first.article_id == "a1"


def test_a_verbatim_copy_under_another_headline_is_counted_as_such() -> None:
    by_article = assigned(member("a1"), member("b1", 30), member("c1", 60, title_key=8))
    assert [by_article[name].headline_changed for name in ("a1", "b1", "c1")] == [None, 0, 1]


def test_of_a_copy_that_was_edited_the_headline_says_nothing() -> None:
    by_article = assigned(member("a1"), member("b1", 30, text_key=2, title_key=8))
    assert by_article["b1"].headline_changed is None


def test_a_copy_of_what_an_agencys_own_site_had_before_is_one_of_its_text() -> None:
    by_article = assigned(member("w1", agency="AFP"), member("b1", 30), member("c1", 60))
    assert [by_article[name].is_wire_text for name in ("w1", "b1", "c1")] == [0, 1, 1]


def test_an_agency_that_came_later_was_not_copied() -> None:
    by_article = assigned(member("a1"), member("b1", 30), member("w1", 60, agency="AFP"))
    assert [by_article[name].is_wire_text for name in ("a1", "b1", "w1")] == [0, 0, 0]


def test_what_came_after_the_agency_and_not_before_it_is_its_text() -> None:
    by_article = assigned(member("a1"), member("w1", 30, agency="AFP"), member("b1", 60))
    assert [by_article[name].is_wire_text for name in ("a1", "w1", "b1")] == [0, 0, 1]


def test_one_agency_that_carries_another_is_no_outlet_that_does() -> None:
    by_article = assigned(member("w1", agency="AFP"), member("b1", 30, agency="dpa"))
    assert by_article["b1"].is_wire_text == 0


def test_a_text_that_its_source_publishes_again_is_repeated_and_no_copy_of_another() -> None:
    by_article = assigned(member("a1"), member("a2", 30), member("b1", 60), member("b2", 90))
    order = ("a1", "a2", "b1", "b2")
    assert [by_article[name].role for name in order] == [
        "earliest_observed",
        "copy",
        "copy",
        "copy",
    ]
    assert [by_article[name].is_copy for name in order] == [0, 0, 1, 0]
    assert [by_article[name].is_repeated for name in order] == [0, 1, 0, 1]
    assert [by_article[name].lag_s for name in order] == [None, None, 3600, None]
    assert [by_article[name].headline_changed for name in order] == [None, None, 0, None]


def test_a_weak_claim_has_no_lag_and_starts_none() -> None:
    weak = member("b1", 60, is_weakly_dated=True, declared_host="a.example")
    by_article = assigned(member("a1", 30), weak, member("c1", 90))
    assert [by_article[name].lag_s for name in ("b1", "c1")] == [None, 3600]
    early = assigned(member("a1", -300, is_weakly_dated=True), member("b1"), member("c1", 5))
    assert [early[name].lag_s for name in ("b1", "c1")] == [None, None]


def test_a_later_version_of_its_own_is_no_second_chance_to_be_first() -> None:
    by_article = assigned(member("a1"), member("a2", 5, text_key=2), member("b1", 30))
    order = ("a1", "a2", "b1")
    assert [by_article[name].role for name in order] == ["earliest_observed", "revision", "copy"]
    assert [by_article[name].is_directed for name in order] == [1, 0, 1]
    assert [by_article[name].is_claim_directed for name in order] == [1, 0, 1]


def test_where_a_mirror_claims_the_same_second_the_main_hosts_article_is_first_by_claim() -> None:
    mirror = member("a1", host="mirror.example", is_at_home=False)
    by_article = assigned(mirror, member("a2"), member("b1", 30))
    assert [by_article[name].role for name in ("a2", "a1")] == ["earliest_observed", "mirror"]
    assert [by_article[name].is_claim_first for name in ("a2", "a1")] == [1, 0]
    assert [by_article[name].is_claim_directed for name in ("a2", "a1")] == [1, 0]


def numbered(*members: Member) -> list[tuple[int, int]]:
    """Whether each carries the first's text, and another number than it, where c1 has another."""
    values = frozenset({"a1", "b1", "d1"}), frozenset({"c1"})
    compared_articles = Compared(frozenset({1, 2}), (values,))
    known = {article.article_id: article for article in members}
    assignment_rows = assignments(
        timeline("c", members, {}, TimeRules()), known, compared_articles, dict.fromkeys(known), 120
    )
    return [(row.is_kept, row.has_new_number) for row in assignment_rows]


def test_a_copy_with_another_number_than_the_text_it_carries_is_told_from_those_that_keep_it() -> (
    None
):
    members = (member("a1"), member("b1", 30), member("c1", 60, text_key=2), member("d1", 90))
    assert numbered(*members) == [(0, 0), (1, 0), (1, 1), (1, 0)]


def test_what_carries_an_agencys_text_kept_or_changed_nothing_of_the_firsts() -> None:
    wire: dict[str, Any] = {"wire_credits": ("AFP",)}
    members = (member("a1", **wire), member("b1", 30, **wire), member("c1", 60, text_key=2, **wire))
    assert numbered(*members) == [(0, 0)] * 3


def test_a_text_that_was_not_compared_kept_nothing() -> None:
    assert numbered(member("a1"), member("b1", 30, text_key=3)) == [(0, 0)] * 2
    assert numbered(member("a1", text_key=3), member("b1", 30)) == [(0, 0)] * 2


claims = st.lists(st.integers(0, 10), min_size=2, max_size=6)


@given(claims, st.permutations(range(6)))
def test_the_first_claim_does_not_depend_on_the_order(minutes: list[int], order: list[int]) -> None:
    members = [member(f"{'abc'[at % 3]}{at}", minute) for at, minute in enumerate(minutes)]
    mixed = [members[at] for at in order if at < len(members)]
    assert first_claim(members, 120) == first_claim(mixed, 120)
