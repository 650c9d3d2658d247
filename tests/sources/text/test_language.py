"""The language of a text whose page does not say it, says a wrong one, or contradicts itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.language import TextLanguage, detected_language, language_of
from sources.text.language import _has_enough_words as has_enough_words
from sources.text.lines import word_count
from tests.sources.extraction.test_extract import ld, meta
from tests.sources.extraction.test_golden import PAGES, expected
from tests.sources.makers import extracted, html

GERMAN = (
    "Der Rat der kleinen Stadt hat am Dienstag beschlossen, die alte Brücke zu erhalten, während",
    "Fachleute den nördlichen Bogen ausbessern. Mehr als zweihundert Bewohner hatten an den Rat",
    "geschrieben, und fast alle baten darum, die einzige Straße zum Markt nicht zu sperren.",
)


@pytest.mark.parametrize("name", PAGES)
def test_the_text_alone_tells_the_language_of_each_golden_page(name: str) -> None:
    wanted = expected(name)
    assert language_of("\n".join(wanted["text"]), []) == TextLanguage(wanted["language"], "text")


def test_a_page_that_declares_nothing_has_the_language_of_its_text() -> None:
    page = html(GERMAN).replace("<html lang=en>", "<html>")
    assert (extracted(page).language, extracted(page).language_source) == ("de", "text")


@pytest.mark.parametrize(
    ("lang", "locale", "in_language"),
    [("en", "de_DE", "de"), ("de", "en_US", "en"), ("fr", "en_GB", "de-AT"), ("en", "fr_FR", "it")],
)
def test_where_declarations_contradict_each_other_the_text_decides(
    lang: str, locale: str, in_language: str
) -> None:
    head = meta("og:locale", locale) + ld(inLanguage=in_language, headline="Brücke bleibt offen")
    page = html(GERMAN, head=head).replace("<html lang=en>", f"<html lang={lang}>")
    assert extracted(page).language == "de"


def test_declarations_that_contradict_each_other_need_less_to_be_overruled() -> None:
    """As near a text to two languages as any that a declaration of one outweighs."""
    near = next(" ".join(NEAR[:words]) for words in range(30, 60) if _is_near(NEAR[:words]))
    assert language_of(near, ["sv"]) == TextLanguage("sv", "declared")
    assert language_of(near, ["sv", "no"]).source == "text"


NEAR = [
    *("Kommunen", "i", "den", "lille", "byen", "ved", "elven", "besluttet", "tirsdag", "kveld"),
    *("at", "den", "gamle", "broen", "skal", "holdes", "åpen", "mens", "ingeniører", "reparerer"),
    *("den", "nordlige", "buen", "og", "ordføreren", "sier", "at", "mer", "enn", "to", "hundre"),
    *("innbyggere", "har", "skrevet", "brev", "til", "kommunen", "og", "nesten", "alle", "ba"),
    *("om", "at", "den", "eneste", "veien", "til", "markedet", "ikke", "måtte", "bli", "stengt"),
    *("om", "vinteren", "når", "fergen", "ikke", "går"),
]


def _is_near(words: list[str]) -> bool:
    text = " ".join(words)
    return detected_language(text, 15) is not None and detected_language(text, 40) is None


def test_a_text_too_short_to_tell_has_the_language_that_is_declared_first() -> None:
    assert language_of("Die Brücke bleibt offen.", ["nl", "fr"]) == TextLanguage("nl", "declared")
    assert language_of("Die Brücke bleibt offen.", ["x-default", None]) == TextLanguage(None, None)


PARTS = st.lists(st.text("ab1_ -.\n中ขé", max_size=4) | st.just("word "), max_size=120)


@given(PARTS.map("".join))
def test_enough_words_are_thirty_counted_one_by_one(text: str) -> None:
    assert has_enough_words(text) == (word_count(text) >= 30)
