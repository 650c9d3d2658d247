"""Numbers that are written out, words that multiply, and words beside numbers."""

from collections.abc import Mapping
from functools import lru_cache

from sources.languages.language_files import SHARED, language_file, languages, words_of_all
from sources.languages.records import Words


def _unit_words() -> Mapping[str, str]:
    units = dict.fromkeys(words_of_all(lambda each: each.numbers.percent), "%")
    for each in languages().values():
        for sign, words in each.numbers.money.items():
            units |= dict.fromkeys(words, sign)
    return units


UNIT_WORDS = _unit_words()
"""What turns a bare number into a share or an amount of money."""
MEASURES = frozenset(words_of_all(lambda each: each.numbers.measures))
"""Units of measure: a number before one is not compared with a number before another."""
MORE_THAN = frozenset(words_of_all(lambda each: each.numbers.more_than))
LESS_THAN = frozenset(words_of_all(lambda each: each.numbers.less_than))
ABOUT = frozenset(words_of_all(lambda each: each.numbers.about))
PER, CENT = language_file("en").numbers.per_cent
"""Percent in two words."""
ARTICLES = frozenset(words_of_all(lambda each: each.numbers.articles))
LINKS = frozenset(words_of_all(lambda each: each.numbers.links))


def _table(words: Mapping[str, Words]) -> dict[str, int]:
    return {word: int(value) for value, forms in words.items() for word in forms}


@lru_cache(maxsize=64)
def number_words(language: str) -> Mapping[str, int]:
    """Written-out numbers of a language; none where we know none."""
    return _table(language_file(language).numbers.words)


@lru_cache(maxsize=64)
def multipliers(language: str) -> Mapping[str, int]:
    """Words that multiply the number before them -> the power of ten."""
    return _table(language_file(SHARED).numbers.multipliers) | _table(
        language_file(language).numbers.multipliers
    )


def compound_joint(language: str) -> str:
    """What stands within a number of two parts: `und` in German, a hyphen elsewhere."""
    return language_file(language).numbers.units_before_tens or "-"


@lru_cache(maxsize=4096)
def compound(word: str, language: str) -> int | None:
    """The number that one word of two parts is: `twenty-one`, `einundzwanzig`.

    >>> compound("twenty-one", "en"), compound("einundzwanzig", "de"), compound("bilingual", "en")
    (21, 21, None)
    """
    values, numbers = number_words(language), language_file(language).numbers
    joint = numbers.units_before_tens
    if joint and joint in word:
        units, _, tens = word.partition(joint)
        low = 1 if units == numbers.one_before_tens else values.get(units)
    else:
        tens, _, units = word.partition("-")
        low = values.get(units)
    high = values.get(tens)
    if low is None or high is None or not 0 < low < 10 or not 20 <= high <= 90 or high % 10:
        return None
    return low + high
