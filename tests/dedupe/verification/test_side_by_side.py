from hypothesis import given
from hypothesis import strategies as st

from dedupe.verification.side_by_side import passages

PLAIN = st.characters(max_codepoint=0xFF, exclude_categories=["No", "Sk", "Cf"])


def shared(text: str, other: str) -> list[str]:
    return [passage.text for passage in passages(text, other, size=3)[0] if passage.is_shared]


@given(st.text(PLAIN), st.text(PLAIN))
def test_passages_give_the_text_again(left: str, right: str) -> None:
    passages_of_both = passages(left, right, size=2)
    assert ["".join(passage.text for passage in side) for side in passages_of_both] == [left, right]


def test_moved_passages_are_shared() -> None:
    assert shared("one two three. four five six.", "four five six! one two three!") == [
        "one two three. four five six."
    ]


def test_an_inserted_word_parts_two_shared_passages() -> None:
    assert shared("a b c so d e f", "a b c d e f") == ["a b c ", "d e f"]


def test_texts_of_different_words_share_nothing() -> None:
    assert shared("one two three four", "five six seven eight") == []


def test_spelling_does_not_part_passages() -> None:
    left = "ﬁne Straße zwei drei"
    assert shared(left, "FINE STRASSE zwei drei") == [left]


def test_characters_that_normalise_to_two_words_do_no_harm() -> None:
    assert shared("½ a b c", "½ a b c d") == ["1⁄2 a b c"]
