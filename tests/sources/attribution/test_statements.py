import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.attribution.statements import sentences, sourcing_of


def counts(text: str, language: str = "en") -> tuple[int, int]:
    """Attributed statements, and of them those of unnamed sources."""
    sourcing = sourcing_of(pa.array([text]), pa.array([language]))
    return int(sourcing.attributed[0]), int(sourcing.unnamed[0])


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will close on Monday, Mayor Ines Aldane said.",
        "According to the harbour office, two ships were turned away.",
        "“We have waited long enough,” she added.",
        "Residents say the noise has grown worse.",
        "He told reporters that the plan had been dropped.",
        "The union warned that more strikes would follow.",
        "The tunnel stays shut until May, the ministry confirmed.",
    ],
)
def test_an_english_sentence_that_says_who_says_so(text: str) -> None:
    assert counts(text) == (1, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Die Brücke bleibt gesperrt, sagte Bürgermeisterin Ines Aldane.",
        "Laut Polizei wurde niemand verletzt.",
        "Der Vertrag sei gültig, die Stadt habe gezahlt.",
        "„Wir haben lange gewartet“, so die Sprecherin.",
        "Nach Angaben der Stadt kostet der Umbau acht Millionen Euro.",
        "Die Gewerkschaft teilte am Montag mit, der Streik gehe weiter.",
    ],
)
def test_a_german_sentence_that_says_who_says_so(text: str) -> None:
    assert counts(text, "de") == (1, 0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge closed on Monday after eleven years.", "en"),
        ("That said, the rest of the town is quiet.", "en"),
        ("Everything went according to plan on the first day.", "en"),
        ("The club added two players to its squad.", "en"),
        ("He was told to leave the hall.", "en"),
        ("Die Brücke wurde am Montag gesperrt.", "de"),
        ("Es war laut auf dem Markt, so dass niemand schlief.", "de"),
        ("Alle kommen, es sei denn, es regnet.", "de"),
        ("Ich habe das Haus gesehen.", "de"),
    ],
)
def test_a_sentence_that_only_looks_like_it(text: str, language: str) -> None:
    assert counts(text, language) == (0, 0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sources said the talks had failed.", "en"),
        ("Officials who asked not to be named said the talks had failed.", "en"),
        ("The talks failed, according to two people familiar with the matter.", "en"),
        ("A senior official said the talks had failed.", "en"),
        ("Die Gespräche sind gescheitert, verlautete aus Regierungskreisen.", "de"),
        ("Insider sagten, die Gespräche seien gescheitert.", "de"),
        ("Aus Kreisen der Koalition hieß es, man habe sich geeinigt.", "de"),
        ("Ein Beamter, der ungenannt bleiben wollte, sagte das am Abend.", "de"),
    ],
)
def test_a_speaker_without_a_name_is_unnamed(text: str, language: str) -> None:
    assert counts(text, language) == (1, 1)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A city official, Ines Aldane, said the road was safe.", "en"),
        ("The company bought open source software, its director Ann Lee said.", "en"),
        ("Police said the road was safe.", "en"),
        ("In drei Landkreisen gilt das, sagte Minister Ruben Hale.", "de"),
        ("Ein Sprecher der Polizei sagte, die Straße sei frei.", "de"),
    ],
)
def test_a_named_speaker_and_an_office_are_not_unnamed(text: str, language: str) -> None:
    assert counts(text, language) == (1, 0)


def test_a_statement_is_a_sentence_however_often_it_says_so() -> None:
    assert counts("He said that she said so. According to him, it rains. It rains.") == (2, 0)


def test_titles_and_initials_end_no_sentence() -> None:
    sentences_read = sentences(pa.array(["Dr. Hale met J. Okafor on 3. March. They spoke."]))
    assert len(sentences_read[0]) == 2


@given(st.text(max_size=300), st.sampled_from(["en", "de", "fa"]))
def test_any_text_has_at_most_as_many_statements_as_sentences(text: str, language: str) -> None:
    attributed, unnamed = counts(text, language)
    assert 0 <= unnamed <= attributed <= text.count("\n") + len(text) + 1


def test_texts_are_counted_each_for_itself() -> None:
    texts = ["He said so.", "It rains.", "Er sagte das.", "He said so. She said no."]
    sourcing = sourcing_of(pa.array(texts), pa.array(["en", "en", "de", "fr"]))
    assert sourcing.attributed.tolist() == [1, 0, 1, 0]
    assert sourcing.is_ruled.tolist() == [True, True, True, False]
