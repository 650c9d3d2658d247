import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from sources.extraction.boilerplate_removal import without_lines
from sources.text.code_points import code_points
from sources.text.line_hashes import _folded as folded
from sources.text.line_hashes import line_hashes
from tests.sources.makers import PARAGRAPHS, from_text

FOOTER = "The Willow Post is printed by the Willow Press on paper from the Willow Mill."
EMPTY = int(line_hashes(["\n"]).values[0])
CREDIT = "With reporting by Associated Press writer Lea Holt"


def article(*lines: str) -> Article:
    return from_text("\n".join([*PARAGRAPHS, *lines]))


def hash_of(line: str) -> int:
    return int(line_hashes([line])[0][0])


def cleaned(before: Article, *lines: str) -> Article:
    recurring = line_hashes(["\n".join(lines)]).values
    return without_lines(before, np.isin(line_hashes([before.text])[0], recurring))


def test_every_paragraph_has_a_hash() -> None:
    assert line_hashes(["one\ntwo\none", "", "three"]).lengths().tolist() == [3, 0, 1]


def test_case_and_digits_do_not_change_the_hash() -> None:
    assert hash_of("12 Shares!") == hash_of("7 shares")


def test_lines_of_digits_are_told_apart() -> None:
    assert hash_of("12") != hash_of("13")


def test_recurring_paragraphs_are_taken_out() -> None:
    after = cleaned(article(FOOTER), FOOTER)
    assert after.text == "\n".join(PARAGRAPHS)
    assert after.word_count < article(FOOTER).word_count


def test_the_identifier_stays() -> None:
    before = article(FOOTER)
    assert cleaned(before, FOOTER).article_id == before.article_id


def test_a_credit_on_every_page_is_no_credit_of_the_story() -> None:
    before = article(CREDIT)
    assert before.wire_credits == ("AP",)
    assert cleaned(before, CREDIT).wire_credits == ()


def test_a_text_of_nothing_else_stays_and_is_flagged() -> None:
    before = article(FOOTER)
    clean_article = cleaned(before, *PARAGRAPHS, FOOTER)
    assert clean_article.text == before.text
    assert "all-boilerplate" in clean_article.flags


def test_without_recurring_lines_nothing_changes() -> None:
    before = article(FOOTER)
    assert cleaned(before) is before


LINES = st.text(st.characters(exclude_characters="\n"), max_size=20)
TEXTS = st.lists(LINES, max_size=6).map("\n".join)


@given(st.lists(TEXTS, max_size=6))
def test_a_line_has_the_same_hash_in_any_company(texts: list[str]) -> None:
    hashes = line_hashes(texts)
    for place, text in enumerate(texts):
        lines = text.split("\n") if text else []
        assert hashes[place].tolist() == [hash_of(line) if line else EMPTY for line in lines]


@given(LINES, LINES)
def test_lines_share_a_hash_as_they_share_their_letters(first: str, other: str) -> None:
    def letters(line: str) -> str:
        return re.sub(r"[\W\d_]", "", line.casefold()) or line

    if first and other:
        assert (hash_of(first) == hash_of(other)) == (letters(first) == letters(other))


@given(st.text(st.sampled_from("aBßẞﬁİΣς’\n\u0345\U0010ffff\ud800") | st.characters()))
def test_case_is_folded_as_python_folds_it(text: str) -> None:
    assert folded(text).tolist() == code_points([text.casefold()]).tolist()
