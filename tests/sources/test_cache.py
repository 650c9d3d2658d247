from sources.cache import MAX_KEPT_CHARS, cached_if_short
from sources.disagreements.sentence_alignment import MAX_KEPT_CHARS as MAX_KEPT_CHARS_OF_A_SENTENCE
from sources.disagreements.sentence_alignment import version

texts: list[str] = []


@cached_if_short(8)
def _shouted(text: str) -> str:
    texts.append(text)
    return text.upper()


def test_what_a_short_text_gives_is_kept() -> None:
    texts.clear()
    assert [_shouted("a"), _shouted("a")] == ["A", "A"]
    assert texts == ["a"]


def test_a_long_text_is_not_kept_and_gives_the_same() -> None:
    texts.clear()
    long = "a" * (MAX_KEPT_CHARS + 1)
    assert _shouted(long) == _shouted(long) == long.upper()
    assert len(texts) == 2


def test_sentences_that_the_page_made_long_are_not_kept() -> None:
    short, long = "Two plus two is four.", "1 " * MAX_KEPT_CHARS_OF_A_SENTENCE
    (first,), (again,) = version(short, "en"), version(short, "en")
    assert first is again
    (first,), (again,) = version(long, "en"), version(long, "en")
    assert first is not again
    assert first == again
