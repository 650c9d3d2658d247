"""A story's texts as numbers of its distinct sentences, with the facts in those that differ.

Copies share nearly all of their sentences: a story weighs little more than one of its texts.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sources.disagreements.fact_tokens import fact_tokens, plain_words
from sources.disagreements.quotes import quotes
from sources.disagreements.sentences import sentences
from sources.disagreements.tokens import DATE, MONTH, NUMBER, WEEKDAY, YEAR

KINDS = {NUMBER: "number", DATE: "date", MONTH: "date", WEEKDAY: "date", YEAR: "date"}
MAX_FACTS = 24
"""Marks of one sentence."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The different texts of a story."""

    sentences: list[str]
    texts: list[list[int]]
    """Each a list of places in `sentences`."""
    marks: dict[int, list[tuple[int, int, str]]]
    """By place in `sentences`: start, end and kind of its facts, counted in code points."""
    version_of: dict[str, int]
    """By article id: its place in `texts`."""


def versions(texts: Mapping[str, str], languages: Mapping[str, str], most: int) -> Versions:
    """The texts by article id, in their order, without those past the first `most` texts."""
    places: dict[str, int] = {}
    known: dict[tuple[int, ...], int] = {}
    version_of: dict[str, int] = {}
    spoken: dict[int, str] = {}
    for article, text in texts.items():
        lines = sentences(text)
        if tuple(places.get(line, -1) for line in lines) not in known and len(known) >= most:
            continue
        version = tuple(places.setdefault(line, len(places)) for line in lines)
        spoken.update(dict.fromkeys(version, languages.get(article, "")))
        version_of[article] = known.setdefault(version, len(known))
    listed = [list(version) for version in known]
    all_sentences = list(places)
    differing = _differing(listed)
    marks = {place: facts(all_sentences[place], spoken[place]) for place in differing}
    return Versions(
        all_sentences, listed, {n: numbers for n, numbers in marks.items() if numbers}, version_of
    )


def facts(sentence: str, language: str) -> list[tuple[int, int, str]]:
    """The numbers, dates and quotations of a sentence.

    >>> facts("On 4 May 1,200 ferries sailed.", "en")
    [(3, 8, 'date'), (9, 14, 'number')]
    """
    return sorted([*_tokens(sentence, language), *_quotes(sentence)])[:MAX_FACTS]


def _tokens(sentence: str, language: str) -> Iterator[tuple[int, int, str]]:
    if plain_words(sentence, language) is not None:
        return  # two sentences of three, told from others in a tenth of the time
    for token in fact_tokens(sentence, language):
        if token.kind in KINDS:
            yield token.start, token.end, KINDS[token.kind]


def _quotes(sentence: str) -> Iterator[tuple[int, int, str]]:
    for quote in quotes(sentence):
        yield quote.start, quote.end, "quote"


def _differing(texts: Sequence[Sequence[int]]) -> list[int]:
    """The sentences that do not stand in every text."""
    counts = Counter(place for text in texts for place in set(text))
    return sorted(place for place, n in counts.items() if n < len(texts))
