"""Plain sentences are told from those that state a fact without reading them token by token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.disagreements.compound_tokens import multiplied, summed, with_dates, with_units
from sources.disagreements.fact_tokens import _TOKEN as TOKEN
from sources.disagreements.fact_tokens import (
    MAX_TOKENS,
    _token,
    _with_ascii_digits,
    fact_tokens,
    plain_words,
)
from sources.disagreements.number_words import multipliers, number_words
from sources.disagreements.tokens import WORD
from sources.text.calendar_words import months, weekdays

_LANGUAGES = ("en", "de", "fr", "es", "uk", "")
_TELLING = sorted(
    {
        *("per", "cent", "percent", "a", "and", "und", "einundzwanzig", "twenty-one", "May", "may"),
        *(word for name in ("en", "de", "fr") for word in (*months(name), *weekdays(name))),
        *(
            word
            for name in ("en", "de", "es")
            for word in (*number_words(name), *multipliers(name))
        ),
        *("$", "12", "٣", "3,000", "%", "Kyiv", "café", "don’t", "北京", "x_y", "İzmir", "·"),
    }
)
_SENTENCES = st.lists(st.sampled_from(_TELLING) | st.text(max_size=6), max_size=9).map(" ".join)


@given(_SENTENCES, st.sampled_from(_LANGUAGES))
def test_a_plain_sentence_has_the_words_that_its_tokens_have(sentence: str, language: str) -> None:
    words = plain_words(sentence, language)
    tokens = fact_tokens(sentence, language)
    assert words is None or words == [token.form for token in tokens]
    assert words is None or {token.kind for token in tokens} <= {WORD}


@given(_SENTENCES, st.sampled_from(_LANGUAGES))
def test_a_step_is_left_out_only_where_it_would_change_nothing(
    sentence: str, language: str
) -> None:
    raw = [_token(match, language) for match in TOKEN.finditer(_with_ascii_digits(sentence))][
        :MAX_TOKENS
    ]
    all_steps = with_dates(with_units(summed(multiplied(raw, language))), language)
    assert fact_tokens(sentence, language) == all_steps


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The river rose on Friday.", "en"),
        ("Two of them left.", "en"),
        ("Es kamen einundzwanzig Gäste.", "de"),
        ("Prices rose by 3 per cent.", "en"),
    ],
)
def test_a_sentence_with_a_fact_is_not_plain(sentence: str, language: str) -> None:
    assert plain_words(sentence, language) is None


def test_a_sentence_without_one_is_plain() -> None:
    assert plain_words("The well-known river rose", "en") == ["the", "well-known", "river", "rose"]


DIGITS = "0123456789"


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙"])
@pytest.mark.parametrize(
    "sentence",
    ["2026-03-02", "12.5.2026", "1,250", "3:2", "14:30", "2-1", "1250.5", "A4", "2026年3月2日"],
)
def test_a_fact_in_digits_of_another_script_is_the_same_fact(sentence: str, digits: str) -> None:
    written = sentence.translate(str.maketrans(DIGITS, digits))
    assert fact_tokens(f"x {written} y", "en") == fact_tokens(f"x {sentence} y", "en")


def test_arabic_marks_within_a_number_are_those_of_others() -> None:
    (arabic,) = fact_tokens("٢٬٥٠٠٫٧٥", "ar")
    assert arabic.value == fact_tokens("2,500.75", "en")[0].value
