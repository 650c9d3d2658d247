"""Stories out of one frame in texts that name nobody in capitals."""

import random

import numpy as np

from dedupe.text.features import text_features
from dedupe.verification.relations import Relation
from tests.dedupe.makers import VOCABULARY, judged, matched

FRAME = random.Random(11).choices(VOCABULARY, k=90)
NAMES = [f"{first}{second}" for first in VOCABULARY[:40] for second in ("dra", "bek", "zul")]


def notice(seed: int) -> str:
    """A frame of words with five names of its own in it, all in small letters."""
    names = random.Random(seed).sample(NAMES, 5)
    words = list(FRAME)
    for place, name in zip((70, 55, 38, 22, 9), names, strict=True):
        words.insert(place, name)
    return " ".join(words)


def edited(text: str, places: tuple[int, ...]) -> str:
    words = text.split()
    for place in places:
        words[place] = "zorvet"
    return " ".join(words)


def relations(texts: list[str]) -> list[Relation]:
    return [Relation(relation) for relation in judged(texts).relations.tolist()]


def test_notices_out_of_one_frame_are_nothing_to_each_other() -> None:
    assert set(relations([notice(seed) for seed in range(6)])) == {Relation.NONE}
    assert relations([notice(1), notice(2)]) == [Relation.NONE]


def test_a_copy_among_notices_is_found() -> None:
    texts = [*(notice(seed) for seed in range(5)), notice(2) + " kelbo tarin vos"]
    assert matched(texts).labels.tolist() == [0, 1, 2, 3, 4, 2]


def test_an_edited_copy_stays_one() -> None:
    assert relations([notice(1), edited(notice(1), (30, 80))]) == [Relation.NEAR]


def test_one_slot_is_enough_where_many_texts_fill_it() -> None:
    words = [*FRAME[:45], "NAME", *FRAME[45:]]
    texts = [" ".join(words).replace("NAME", name) for name in NAMES[:6]]
    assert set(relations(texts)) == {Relation.NONE}


def test_copies_that_were_each_edited_elsewhere_agree_against_each_edit() -> None:
    texts = [notice(1), *(edited(notice(1), (20 + 7 * n, 60 + 5 * n)) for n in range(5))]
    assert set(relations(texts)) == {Relation.NEAR}


def test_lines_of_its_own_before_and_after_a_copy_fill_no_slot() -> None:
    texts = [f"{NAMES[n]} {NAMES[n + 9]} {notice(1)} {NAMES[n + 20]}" for n in range(5)]
    assert Relation.NONE not in relations(texts)


def test_only_texts_with_few_facts_keep_their_words() -> None:
    named = " ".join(f"{word} {word.capitalize()}" for word in FRAME)
    assert (text_features([notice(1), named]).sequences.lengths() > 0).tolist() == [True, False]


def test_digits_of_any_script_are_one_number() -> None:
    western = "the mast stands 148 feet over 2096 stones at 37 paces"
    for zero in "٠۰०๐０":
        digits = str.maketrans("0123456789", "".join(chr(ord(zero) + n) for n in range(10)))
        both = text_features([western, western.translate(digits)])
        assert np.array_equal(both.facts[0], both.facts[1])
        assert both.text_hashes[0] == both.text_hashes[1]
