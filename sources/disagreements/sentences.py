"""A text cut into sentences, bounded, without its dateline."""

import re
from collections.abc import Iterator

from sources.cache import cached_if_short
from sources.credits.datelines import dateline
from sources.languages.language_files import words_of_all

MAX_SENTENCES = 400
_MAX_CHARS = 1_200
_ABBREVIATED = "|".join(words_of_all(lambda each: each.sentences.abbreviations))
# A full stop ends a sentence before a space and a capital, a digit or a quotation mark, unless an
# initial, a title or a day stands before it. Begun with the mark itself, for which a search can
# skip what is none: looking behind each space takes three times as long.
_END = re.compile(
    r"[.!?…][\"”“»’)]?(\s+)(?=[A-ZÀ-ÞА-ЯЁІЇЄҐ0-9\"“„«»‘(\u0600-\u06ff])"
    r"|[。！？؟](?![」』”])(\s*)"
)
_NO_END = re.compile(rf"(?:(?:^|[\s(])(?:[A-ZÀ-ÞА-ЯЁІЇЄҐ]|{_ABBREVIATED})\.|\s\d{{1,2}}\.)$")


def sentences(text: str) -> list[str]:
    """The text's sentences in order, at most MAX_SENTENCES, each of at most 1,200 characters."""
    sentences_read: list[str] = []
    for number, line in enumerate(text.split("\n")):
        filed = dateline(line) if number < 2 else None
        for sentence in _of_line(line[len(filed.text) :] if filed else line):
            sentences_read.append(sentence[:_MAX_CHARS])
            if len(sentences_read) >= MAX_SENTENCES:
                return sentences_read
    return sentences_read


@cached_if_short(4_096)
def _of_line(line: str) -> tuple[str, ...]:
    # the versions of a story are read one after the other, and have most lines in common
    return tuple(_pieces(line))


def _pieces(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        piece = line[start : end.start(end.lastindex or 0)]
        if _NO_END.search(piece[-12:]):
            continue
        if piece.strip():
            yield piece.strip()
        start = end.end()
    if line[start:].strip():
        yield line[start:].strip()
