import re

from hypothesis import given
from hypothesis import strategies as st

from sources.text.code_points import LETTER, LIMIT, WORD, kinds
from sources.text.lines import _INVISIBLE as INVISIBLE
from sources.text.lines import clean_line, clean_lines, word_count, word_counts

ODD = "a1_ .\n\r\x0b\x1c\x1f\x85\u2028\u200b\u200c\u00ad\xa0\u3000中กขعé٣²\x00\t\U0001d49c\ud800"
TEXTS = st.text(st.sampled_from(ODD) | st.characters(), max_size=40)


@given(st.lists(TEXTS, max_size=6))
def test_words_are_counted_at_once_as_one_by_one(texts: list[str]) -> None:
    assert word_counts(texts) == [word_count(text) for text in texts]


def test_every_character_is_of_the_kind_that_patterns_say() -> None:
    characters = [chr(code) for code in range(LIMIT)]
    flags = kinds().tolist()
    for flag, pattern in ((WORD, r"\w"), (LETTER, r"[^\W\d_]")):
        matches = re.compile(pattern).match
        assert all(
            bool(f & flag) == bool(matches(c)) for c, f in zip(characters, flags, strict=False)
        )
    assert not any(chr(code).isalnum() for code in range(LIMIT, 0x110000))


@given(TEXTS)
def test_clean_lines_are_clean(text: str) -> None:
    for line in clean_lines(text):
        assert line == clean_line(line) == " ".join(line.split())
        assert not re.search("[\x00-\x1f\x7f\u00ad\u200b\u2028]", line)


@given(TEXTS)
def test_a_line_without_faults_is_told_from_others_at_a_glance(text: str) -> None:
    line = "".join(text.split("\n"))
    assert clean_line(line) == " ".join(INVISIBLE.sub("", line).split())
