import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from sources.boilerplate import line_hashes, without_lines
from tests.sources.makers import PARAGRAPHS, from_text

FOOTER = "The Willow Post is printed by the Willow Press on paper from the Willow Mill."
CREDIT = "With reporting by Associated Press writer Lea Holt"


def article(*lines: str) -> Article:
    return from_text("\n".join([*PARAGRAPHS, *lines]))


def hashes_of(*lines: str) -> set[int]:
    return set(line_hashes("\n".join(lines)).tolist())


def test_every_paragraph_has_a_hash() -> None:
    assert line_hashes("one\ntwo\none").shape == (3,)
    assert line_hashes("").shape == (0,)


def test_case_and_digits_do_not_change_the_hash() -> None:
    assert line_hashes("12 Shares!")[0] == line_hashes("7 shares")[0]


def test_lines_of_digits_are_told_apart() -> None:
    assert line_hashes("12")[0] != line_hashes("13")[0]


def test_recurring_paragraphs_are_taken_out() -> None:
    cleaned = without_lines(article(FOOTER), hashes_of(FOOTER))
    assert cleaned.text == "\n".join(PARAGRAPHS)
    assert cleaned.word_count < article(FOOTER).word_count


def test_hashes_may_come_as_an_array() -> None:
    recurring = np.array(sorted(hashes_of(FOOTER)), dtype=np.uint64)
    assert without_lines(article(FOOTER), recurring) == without_lines(
        article(FOOTER), hashes_of(FOOTER)
    )


def test_the_identifier_stays() -> None:
    before = article(FOOTER)
    assert without_lines(before, hashes_of(FOOTER)).article_id == before.article_id


def test_a_credit_on_every_page_is_no_credit_of_the_story() -> None:
    before = article(CREDIT)
    assert before.wire_credits == ("AP",)
    assert without_lines(before, hashes_of(CREDIT)).wire_credits == ()


def test_a_text_of_nothing_else_stays_and_is_flagged() -> None:
    before = article(FOOTER)
    kept = without_lines(before, hashes_of(*PARAGRAPHS, FOOTER))
    assert kept.text == before.text
    assert "all-boilerplate" in kept.flags


def test_without_recurring_lines_nothing_changes() -> None:
    before = article(FOOTER)
    assert without_lines(before, set()) is before


@given(st.lists(st.text(max_size=20), max_size=6))
def test_hashes_follow_their_lines(lines: list[str]) -> None:
    text = "\n".join(line.replace("\n", " ") for line in lines)
    assert len(line_hashes(text)) == (len(text.split("\n")) if text else 0)
