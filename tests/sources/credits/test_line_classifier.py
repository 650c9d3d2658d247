from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Snippet
from sources.credits import line_classifier
from sources.credits.line_classifier import _evidence as evidence
from sources.credits.line_classifier import _taken_out, sifted
from sources.text.lines import clean_lines
from tests.sources.makers import PARAGRAPHS

ODD_LINES = (
    "SHARE THIS ARTICLE",
    "(Associated Press)",
    "dpa",
    "Sign up for our newsletter",
    "A harbour. (AFP photo)",
    "Mayor Ines Aldane",
    "Correction: it was May.",
    "Also available at the following alternate addresses:",
    "www.example.net",
    "GENEVA (AFP) — The council met.",
    "Read more: The pier",
)


def test_what_is_no_story_becomes_evidence() -> None:
    sifted_text = sifted([*PARAGRAPHS, "(Associated Press)", "SHARE THIS ARTICLE"], 500)
    assert sifted_text.paragraphs == PARAGRAPHS
    assert sifted_text.values("wire_credit") == ("AP",)
    assert sifted_text.values("share_line") == ("SHARE THIS ARTICLE",)


def test_a_picture_of_an_agency_is_no_credit_of_the_text() -> None:
    sifted_text = sifted(["A harbour. (AFP photo)", *PARAGRAPHS], 500)
    assert sifted_text.values("photo_credit") == ("AFP",)
    assert sifted_text.values("wire_credit") == ()


def test_an_agencys_copyright_with_a_year_is_a_credit_of_the_text() -> None:
    sifted_text = sifted([*PARAGRAPHS, "© 2026 AP"], 500)
    assert (sifted_text.values("wire_credit"), sifted_text.values("photo_credit")) == (("AP",), ())


def test_an_agency_that_is_quoted_is_not_credited() -> None:
    sifted_text = sifted([*PARAGRAPHS, "The mayor told Reuters that she was glad."], 500)
    assert sifted_text.values("wire_credit") == ()


def test_a_dateline_stays_in_its_sentence() -> None:
    line = "GENEVA (AFP) — The council met."
    sifted_text = sifted([line, *PARAGRAPHS], 500)
    assert sifted_text.paragraphs[0] == line
    assert sifted_text.values("wire_credit") == ("AFP",)


def test_snippets_are_bounded() -> None:
    sifted_text = sifted(["Correction: " + "x" * 900, *PARAGRAPHS], 50)
    assert all(
        len(snippet.snippet) <= 50 and len(snippet.value) <= 50 for snippet in sifted_text.snippets
    )


@given(st.lists(st.sampled_from((*PARAGRAPHS, *ODD_LINES)), max_size=14))
def test_sifting_again_takes_nothing_more(lines: list[str]) -> None:
    once = sifted(lines, 500).paragraphs
    assert sifted(once, 500).paragraphs == once


@given(st.text(max_size=200))
def test_clean_lines_are_clean(text: str) -> None:
    lines = list(clean_lines(text))
    assert list(clean_lines("\n".join(lines))) == lines


def _by_whole_passes(lines: list[str]) -> tuple[tuple[str, ...], list[Snippet]]:
    """What is left where all lines are looked at again until nothing moves."""
    taken_out: list[Snippet] = []
    while True:
        gone, snippets = _taken_out(lines, (0, len(lines)), 500)
        taken_out.extend(snippets)
        if not gone:
            return tuple(lines), taken_out
        lines = [line for index, line in enumerate(lines) if index not in gone]


@given(st.lists(st.sampled_from((*PARAGRAPHS[:2], *ODD_LINES, "Reuters", "a.com")), max_size=60))
def test_looking_again_only_where_lines_moved_misses_nothing(lines: list[str]) -> None:
    sifted_text = sifted(lines, 500)
    left, taken_out = _by_whole_passes(lines)
    assert sifted_text.paragraphs == left
    assert list(sifted_text.snippets[: len(taken_out)]) == taken_out


def test_thousands_of_credits_cost_no_more_than_as_many_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[str] = []

    def counted(line: str, *place: Any) -> list[tuple[str, str]]:
        looks.append(line)
        return evidence(line, *place)

    monkeypatch.setattr(line_classifier, "_evidence", counted)
    sifted([*PARAGRAPHS, *["Reuters"] * 3_000], 500)
    assert len(looks) < 30_000
