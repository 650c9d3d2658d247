"""Quotation marks of all scripts, and texts that share only what both quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.text.features import text_features
from dedupe.text.quotations import MARKS, quoted_spans
from dedupe.verification.relations import Relation
from tests.dedupe.makers import judged, sentences, story


def quoted(text: str) -> list[str]:
    places = [place for place, letter in enumerate(text) if letter in MARKS]
    return [text[start:end] for start, end in quoted_spans(text, places)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "We won\'t go." She went "home".', ['"We won\'t go."', '"home"']),
        ("“We won’t go,” he said.", ["“We won’t go,”"]),
        ("„Das ist gut“, sagte er. „Nein“, so sie.", ["„Das ist gut“", "„Nein“"]),
        ("»Ja tak«, sagde hun. Det var »godt«.", ["»Ja tak«", "»godt«"]),
        ("”Bra så”, sa han.", ["”Bra så”"]),
        ("« Oui », dit-il. «Non» aussi.", ["« Oui »", "«Non»"]),
        ("他说：“我们不去。”她走了，“好的”。", ["“我们不去。”", "“好的”"]),
        ("「はい」と言った。『本』を「読む」。", ["「はい」", "『本』", "「読む」"]),
        ("قال: «لن نذهب» ثم غادر.", ["«لن نذهب»"]),
        ('גם צה"ל אמר "שלום לך" היום', ['"שלום לך"']),
        ("‘The workers’ rights stand,’ he said.", ["‘The workers’ rights stand,’"]),
        ("It’s the ’90s, don’t you know", []),
        ('a 5" pipe and 6" of wire', []),
    ],
)
def test_marks_of_many_scripts_open_and_close(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_speech_of_several_paragraphs_opens_each_and_closes_the_last() -> None:
    speech = "“One thing.\n“Another thing.\n“The last thing.” He left.\nNobody spoke."
    assert quoted(speech) == ["“One thing.", "“Another thing.", "“The last thing.”"]


def test_a_mark_that_nothing_closes_quotes_nothing() -> None:
    assert quoted("“One thing\nand then “another” one.") == ["“another”"]


def test_a_paragraph_set_off_by_a_colon_is_quoted() -> None:
    assert quoted("She told us:\nWe will not go there again.\nThen she left.") == [
        "We will not go there again."
    ]


@given(st.text(alphabet=st.sampled_from([*MARKS, *"aé漢ไ .,:\n-"]), max_size=60))
def test_spans_ascend_and_keep_apart(text: str) -> None:
    places = [place for place, letter in enumerate(text) if letter in MARKS]
    ends = [bound for span in quoted_spans(text, places) for bound in span]
    assert ends == sorted(ends)
    assert all(0 <= bound <= len(text) for bound in ends)


def relation(left: str, right: str) -> Relation:
    return Relation(judged([left, right]).relations[0])


def speech(seed: int = 9) -> list[str]:
    return [f"“{line}”" for line in sentences(8, seed)]


def reported(seed: int) -> str:
    """A report of the one speech: words of its own between what was said."""
    own = sentences(9, seed)
    return "\n".join(line for pair in zip(own, [*speech(), ""], strict=True) for line in pair)


def test_two_reports_of_one_speech_quote_it() -> None:
    assert relation(reported(1), reported(2)) is Relation.QUOTATION


def test_it_is_enough_that_one_of_them_marks_it() -> None:
    bare = reported(2).replace("“", "").replace("”", "")
    assert relation(reported(1), bare) is Relation.QUOTATION


def test_a_copy_of_a_report_that_quotes_is_a_copy() -> None:
    first, *rest = reported(1).split("\n")
    edited = "\n".join([*sentences(1, 5), *rest, *sentences(2, 6)])
    assert relation("\n".join([first, *rest]), edited) is Relation.NEAR


def test_the_same_text_is_a_copy_though_all_of_it_is_quoted() -> None:
    whole = "\n".join(speech())
    assert relation(whole, whole) is Relation.EXACT


def test_a_story_without_marks_is_never_a_quotation() -> None:
    assert len(text_features([story()]).quoted.values) == 0
