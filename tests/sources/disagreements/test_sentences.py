"""Sentences end where a plain reading of the rule ends them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sources.disagreements.sentences import _END as ENDS
from sources.disagreements.sentences import sentences

_BEHIND = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"”“»’)]))\s+(?=[A-ZÀ-ÞА-ЯЁІЇЄҐ0-9\"“„«»‘(\u0600-\u06ff])"
    r"|(?<=[。！？؟])(?![」』”])\s*"
)
"""The rule as one would write it: what stands before white space is looked at from there."""
_MARKED = st.text('aA1 \u00a0\u2003.!?…。！？؟"”“»’)」』(‘«„ب', max_size=24) | st.text(max_size=24)


@given(_MARKED)
def test_ends_are_found_from_their_marks_as_from_the_space_behind_them(line: str) -> None:
    spans = [match.span(match.lastindex or 0) for match in ENDS.finditer(line)]
    assert spans == [match.span() for match in _BEHIND.finditer(line)]


@given(st.text(max_size=60))
def test_sentences_hold_all_of_a_text_but_white_space(text: str) -> None:
    assert "".join("".join(sentences("x\nx\n" + text)).split()) == "xx" + "".join(text.split())


def test_initials_titles_and_days_end_no_sentence() -> None:
    text = "Dr. Vale met J. Brook on 5. March. They left! «No,» she said.» Then rain."
    assert sentences(text) == [
        "Dr. Vale met J. Brook on 5. March.",
        "They left!",
        "«No,» she said.»",
        "Then rain.",
    ]
