from hypothesis import given
from hypothesis import strategies as st

from dedupe.verification.side_by_side import Line, side_by_side

LINES = st.lists(st.sampled_from(["a b c d", "e f g h", "i j k", "l m", "a b c x"]), max_size=8)


def text_of(line: Line) -> str:
    return "".join(passage.text for passage in line)


def rows(left: list[str], right: list[str]) -> list[tuple[str, str]]:
    lines_beside = side_by_side("\n".join(left), "\n".join(right), size=3)
    return [(text_of(line), text_of(other)) for line, other in lines_beside]


@given(LINES, LINES)
def test_every_line_of_either_text_stands_in_one_row_in_its_order(
    left: list[str], right: list[str]
) -> None:
    rows_beside = rows(left, right)
    assert [line for line, _ in rows_beside if line] == left
    assert [other for _, other in rows_beside if other] == right


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
    assert [(passage.text, passage.is_shared) for passage in left] == [
        ("a b c ", True),
        ("x ", False),
        ("d e f", True),
    ]
    assert [passage.text for passage in right] == ["a b c ", "y ", "d e f"]
