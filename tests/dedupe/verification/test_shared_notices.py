"""What stands beside stories of their own on many outlets' pages."""

import numpy as np

from dedupe.verification.relations import Relation
from dedupe.verification.shared_notices import are_nobodys_pages
from dedupe.verification.similarity import Overlaps
from tests.dedupe.makers import all_pairs, judged, sentences, story


def notice(counter: int = 0) -> str:
    lines = sentences(8, 77)
    return "\n".join([*lines, f"some {counter} of them agreed to none of it"])


def relations(texts: list[str]) -> set[Relation]:
    return {Relation(relation) for relation in judged(texts).relations.tolist()}


def test_stories_above_one_notice_are_nothing_to_each_other() -> None:
    assert relations([f"{story(5, n)}\n{notice(n)}" for n in range(6)]) == {Relation.NONE}


def test_two_texts_with_one_passage_are_not_enough_to_tell() -> None:
    assert Relation.NONE not in relations([f"{story(5, n)}\n{notice()}" for n in range(2)])


def test_a_story_that_one_outlet_carries_whole_is_no_notice() -> None:
    texts = [f"{story(5, n)}\n{notice()}" for n in range(5)]
    assert Relation.NONE not in relations([*texts, notice()])


def test_a_story_that_is_cut_here_and_there_is_no_notice() -> None:
    lines = sentences(12, 77)
    texts = [
        "\n".join([story(5, n), *lines[:n], *lines[n + 2 :]])  # each lacks what the others have
        for n in range(6)
    ]
    assert Relation.NONE not in relations(texts)


def test_a_copy_above_the_notice_is_a_copy() -> None:
    texts = [f"{story(8, n)}\n{notice(n)}" for n in range(5)]
    measured = judged([*texts, f"{story(8, 2)}\nmore of it soon\n{notice(9)}"])
    is_related = measured.relations != Relation.NONE
    assert measured.pairs[is_related].tolist() == [[2, 5]]


def nobodys(is_bare: list[bool], outlets: list[int]) -> list[bool]:
    """Which pairs of pages with the same text are nobody's."""
    n = len(is_bare)
    same = Overlaps(*(np.full(n * (n - 1) // 2, 90) for _ in range(3)))
    pairs = all_pairs(n)
    related = np.ones(len(pairs), np.bool_)
    pages = (np.array(outlets), pairs, same, related, np.array(is_bare))
    return [bool(value) for value in are_nobodys_pages(*pages)]


def test_a_page_that_three_outlets_show_without_date_or_author_is_nobodys() -> None:
    assert nobodys([True, True, True], [1, 2, 3]) == [True, True, True]


def test_two_outlets_or_one_page_that_says_when_it_was_written_are_not_enough() -> None:
    assert nobodys([True, True, True], [1, 2, 2]) == [False, False, False]
    assert nobodys([True, True, True, False], [1, 2, 3, 4]) == [False] * 6
