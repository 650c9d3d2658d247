from hypothesis import given
from hypothesis import strategies as st

from dedupe.verification.side_by_side import Line, side_by_side

LINES = st.lists(st.sampled_from(["a b c d", "e f g h", "i j k", "l m", "a b c x"]), max_size=8)


def told(line: Line) -> str:
    return "".join(one.text for one in line)


def rows(left: list[str], right: list[str]) -> list[tuple[str, str]]:
    lines_beside = side_by_side("\n".join(left), "\n".join(right), size=3)
    return [(told(one), told(other)) for one, other in lines_beside]


@given(LINES, LINES)
def test_every_line_of_either_text_stands_in_one_row_in_its_order(
    left: list[str], right: list[str]
) -> None:
    found = rows(left, right)
    assert [one for one, _ in found if one] == left
    assert [other for _, other in found if other] == right


def test_a_changed_line_stands_beside_what_it_was() -> None:
    left, right = ["a b c d", "one two three four", "e f g h"], ["a b c d", "five six", "e f g h"]
    assert rows(left, right) == list(zip(left, right, strict=True))


def test_an_added_line_stands_beside_nothing() -> None:
    assert rows(["a b c d", "e f g h"], ["a b c d", "new line here", "e f g h"]) == [
        ("a b c d", "a b c d"),
        ("", "new line here"),
        ("e f g h", "e f g h"),
    ]


def test_words_that_differ_within_a_line_are_passages_of_their_own() -> None:
    (left, right), *_ = side_by_side("a b c x d e f", "a b c y d e f", size=3)
    assert [(one.text, one.is_shared) for one in left] == [
        ("a b c ", True),
        ("x ", False),
        ("d e f", True),
    ]
    assert [one.text for one in right] == ["a b c ", "y ", "d e f"]
