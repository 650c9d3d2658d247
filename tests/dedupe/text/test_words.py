import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.text.features import text_features
from dedupe.text.words import read_words, word_bounds_of


def hashes(text: str) -> list[int]:
    return [int(value) for value in read_words([text]).hashes[0]]


def facts(text: str) -> int:
    return int(read_words([text]).is_fact.sum())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("Caf\u00e9", "cafe\u0301"),
        ("don't", "don\u2019t"),
        ("1.000", "1,000"),
        ("ﾃﾞｰﾀ", "データ"),
        ("co\u00adoperate", "cooperate"),
        ("علي كتاب", "علی کتاب"),
        ("عـربی", "عربی"),
        ("İstanbul", "i\u0307stanbul"),
    ],
)
def test_spellings_of_one_word_read_alike(left: str, right: str) -> None:
    assert hashes(left) == hashes(right)


def test_a_zero_width_non_joiner_keeps_one_word_that_differs_from_its_parts() -> None:
    joined, parted, merged = hashes("می\u200cرود"), hashes("می رود"), hashes("میرود")
    assert len(joined) == 1
    assert len(parted) == 2
    assert joined != merged


def test_letters_of_scripts_without_spaces_start_a_word_each() -> None:
    assert len(hashes("漢字かな")) == 4
    assert len(hashes("ภาษาไทย")) == 7
    assert len(hashes("대한민국 만세")) == 2


def test_numbers_and_names_within_a_sentence_are_facts() -> None:
    assert facts("The mayor met Anna Berg in 1999.") == 3
    assert facts("The mayor slept. Everyone slept.") == 0


def test_a_long_text_among_short_ones_is_read_whole() -> None:
    long = "word " * 100_000
    assert read_words(["a b", long, ""]).hashes.lengths().tolist() == [2, 100_000, 0]


def test_no_text_gives_no_lists() -> None:
    assert len(read_words([]).hashes) == 0


def test_lone_surrogates_and_code_points_beyond_all_letters_are_separators() -> None:
    assert len(hashes("a\ud800b\U000e0041c")) == 3


def test_another_process_reads_the_same_hashes() -> None:
    code = (
        "from dedupe.text.features import text_features; "
        "print(text_features(['One two three four five six']).shingles[0])"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert seen == {str(text_features(["One two three four five six"]).shingles[0])}


@given(st.lists(st.text(), max_size=6))
def test_a_text_reads_the_same_alone_and_among_others(texts: list[str]) -> None:
    together = read_words(texts).hashes
    assert [together[i].tolist() for i in range(len(texts))] == [hashes(text) for text in texts]


@given(st.text())
def test_composed_and_decomposed_forms_read_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert hashes(composed) == hashes(decomposed)


@given(st.text(), st.text())
def test_words_of_joined_texts_are_the_words_of_both(left: str, right: str) -> None:
    assert hashes(f"{left}\n{right}") == hashes(left) + hashes(right)


PLAIN = st.text("aB1٣ .\n?-ขก๑中本5", max_size=30)


@given(PLAIN)
def test_facts_are_those_that_one_word_after_the_other_tells(text: str) -> None:
    spans = list(zip(*(bounds.tolist() for bounds in word_bounds_of(text)), strict=True))
    before = [0, *(end for _, end in spans)]
    numbers = [any(character.isdecimal() for character in text[start:end]) for start, end in spans]
    gaps = [text[end:start] for end, (start, _) in zip(before, spans, strict=False)]
    opens = [True, *(any(character in ".\n?-" for character in gap) for gap in gaps[1:])]
    names = [
        text[start].isupper() and not is_opening
        for (start, _), is_opening in zip(spans, opens, strict=False)
    ]
    words = read_words([text])
    assert words.is_number.tolist() == numbers
    assert words.is_fact.tolist() == [a or b for a, b in zip(names, numbers, strict=True)]
