import pytest

from sources.metadata.person_names import CAPTION_LANGUAGES, shares_no_name

GERMAN = (
    "Der Rat hat am Dienstag beschlossen, die alte Brücke zu erhalten. Bürgermeisterin Aldane"
    " dankte den Anwohnern; die Feuerwehr rückte mit zwölf Fahrzeugen an. Wendts Antrag fiel durch."
)
ENGLISH = "Mayor Aldane thanked the council on Tuesday. The fire brigade came with twelve engines."


@pytest.mark.parametrize(
    "caption",
    [
        "Ein Feuerwehrmann löscht den Brand in der Lagerhalle.",
        "Im Rathaus wird getagt. Die Sitzung dauerte bis Mitternacht.",
        "Brennende Häuser am Fluss, Junge Leute am Ufer",
        "Blick auf den Hafen am Abend",
        "Bürgermeisterin Ines Aldane am Rednerpult",
        "Karla Wendt nach der Abstimmung",
    ],
)
def test_german_nouns_are_no_names(caption: str) -> None:
    assert not shares_no_name(caption, GERMAN, "de")


@pytest.mark.parametrize(
    "caption", ["Kanzler Osmund Fell in Hohenwalde", "Die Malerin Edda Moll Ferber", "Imran Talvik"]
)
def test_a_german_caption_of_somebody_else_shares_no_name(caption: str) -> None:
    assert shares_no_name(caption, GERMAN, "de")


def test_an_english_caption_is_compared_by_last_names() -> None:
    assert shares_no_name("Osmund Fell at the pier", ENGLISH, "en")
    assert not shares_no_name("Ines Aldane at the pier", ENGLISH, "en")
    assert not shares_no_name("Crowds at the pier", ENGLISH, "en")


@pytest.mark.parametrize("language", ["ru", "pl", "fi", "zh", "fa", None])
def test_where_names_cannot_be_told_nothing_is_said(language: str | None) -> None:
    assert language not in CAPTION_LANGUAGES
    assert not shares_no_name("Владимир Путин Osmund Fell", "Об этом сообщил Путин", language)
