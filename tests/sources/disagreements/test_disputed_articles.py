from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.member import Member
from sources.disagreements.disagreements import disagreements
from sources.disagreements.disputed_articles import Compared, compared

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
STORY = (
    "The ferry sank off Brackwater on Monday night with {} people on board, the coast guard said."
    " Divers searched the wreck until the tide turned and will go on in the morning."
)


def member(name: str, text: str, minutes: int | None = 0, **changes: Any) -> Member:
    fields: dict[str, Any] = dict.fromkeys(("mirror_group_id", "outlet"))
    fields |= {
        "article_id": name,
        "source_id": name[0],
        "host": f"{name[0]}.example",
        "language": "en",
        "text_key": hash(text),
        "path_key": 0,
        "title_key": 0,
        "claimed_at": None if minutes is None else START + timedelta(minutes=minutes),
        "is_weakly_dated": False,
        "fetched_at": START,
        "wire_credits": (),
        "outlet_credits": (),
    }
    return Member(**fields | changes)


def disputed(*stated: tuple[str, int, int | None], **changes: Any) -> Compared:
    """Of articles that say how many were on board, and when they claim to say so."""
    texts = [(name, STORY.format(number), minutes) for name, number, minutes in stated]
    members = [member(name, text, minutes, **changes) for name, text, minutes in texts]
    by_text = {
        member.text_key: (member, text) for member, (_, text, _) in zip(members, texts, strict=True)
    }
    read = list(by_text.values())
    rows = disagreements("c", members, read, {})
    return compared(read, rows, {member.article_id: member for member in members})


def test_versions_that_state_another_number_at_the_same_time_all_disagree() -> None:
    disputes = disputed(("a1", 40, 0), ("b1", 44, 10), ("c1", 40, 20))
    assert disputes.disagreeing == {"a1", "b1", "c1"}
    assert len(disputes.texts) == 2


def test_an_article_disagrees_with_those_that_state_another_value() -> None:
    disputes = disputed(("a1", 40, 0), ("b1", 44, 10), ("c1", 40, 20))
    assert disputes.disagreeing_with("a1") == {"b1"}
    assert disputes.disagreeing_with("b1") == {"a1", "c1"}
    assert disputes.disagreeing_with("d1") == frozenset()


def test_a_number_that_gave_way_to_another_is_no_disagreement() -> None:
    assert disputed(("a1", 40, 0), ("b1", 40, 10), ("c1", 44, 20)).disagreeing == frozenset()


def test_where_nobody_knows_who_said_it_when_nobody_disagrees() -> None:
    dated = ("b1", 44, 10), ("c1", 40, 20), ("d1", 44, 30)
    assert disputed(("a1", 40, None), *dated).disagreeing == {"a1", "b1", "c1", "d1"}
    assert disputed(("a1", 40, None), ("b1", 44, None)).disagreeing == frozenset()


def test_who_changed_its_own_number_is_left_out() -> None:
    disputes = disputed(
        ("a1", 40, 0), ("a2", 44, 20), ("b1", 44, 10), ("c1", 40, 30), ("d1", 44, 40)
    )
    assert disputes.disagreeing == {"b1", "c1", "d1"}


def test_a_late_copy_of_a_number_that_its_first_source_changed_disagrees_with_nobody_left() -> None:
    disputes = disputed(("a1", 40, 0), ("a2", 44, 20), ("b1", 40, 30))
    assert disputes.disagreeing == frozenset()


def test_where_no_text_was_read_nothing_was_compared() -> None:
    assert compared([], [], {}) == Compared()
