"""Whose picture a caption says it is, and what is left of the caption."""

import pytest

from sources.credits.picture_credits import caption_and_credits, picture_credits


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("The bridge at dawn. (AP Photo/Ann Lee)", ("AP", "Ann Lee")),
        ("The bridge at dawn. (AP Photo/Ann Lee) Read More", ("AP", "Ann Lee")),
        ("The bridge at dawn [Photo: Ann Lee] Show all pictures", ("Ann Lee",)),
        ("Photo: Bo Ek", ("Bo Ek",)),
        ("Ann Lee of Reuters talks to the mayor", ()),
    ],
)
def test_a_credit_ends_where_its_bracket_closes(line: str, credits: tuple[str, ...]) -> None:
    assert picture_credits(line) == credits


def test_the_caption_ends_where_its_credit_begins() -> None:
    caption, credits = caption_and_credits("The bridge at dawn. (AP Photo/Ann Lee) Read More")
    assert caption == "The bridge at dawn."
    assert credits == ("AP", "Ann Lee")


@pytest.mark.parametrize("words", ["1", "12 / 14", "© Outlet Media. All pages."])
def test_numbers_and_notices_of_rights_are_no_captions(words: str) -> None:
    assert caption_and_credits(words)[0] is None
