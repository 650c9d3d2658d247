"""The language of a text: what the page declares, checked against the text itself.

resiliparse's detector compares letter n-grams out of place (Cavnar and Trenkle, 1994): 30 us a
text, its tables ship with the package. Its score is a distance that falls with the text's length;
how far off the second language lies says whether the first is to be believed.
"""

import re
from dataclasses import dataclass
from typing import cast

from resiliparse.parse.lang import detect_fast

from sources.text.lines import word_count

_MAX_CHARS = 3_000
_MIN_WORDS = 30
_BEGINNING = 300
_ENOUGH = re.compile(rf"\W*+(?:\w++\W++){{{_MIN_WORDS - 1}}}\w")
"""Matches _MIN_WORDS words, in a fifth of the time that counting all of them takes."""
_OVERRULES = 40
"""Lead over the second language: 36 or more in 99 % of 699 news texts of 3,000 characters, at most
15 for Xhosa and Zulu, which the detector does not know."""
_CONTRADICTS = 100
"""Distance of the declared language beyond the nearest: 110 at most among neighbours."""
_ALL = 120
_SUFFICES = 15
"""Where nothing is declared, or where declarations contradict each other."""
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
# ISO 639-2 codes and old names that pages write for what ISO 639-1 calls otherwise.
_OTHER_CODES = {
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "ita": "it",
    "rus": "ru",
    "fas": "fa",
    "per": "fa",
    "ara": "ar",
    "zho": "zh",
    "chi": "zh",
    "jpn": "ja",
    "kor": "ko",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "nb": "no",
    "nn": "no",
}


@dataclass(frozen=True, slots=True)
class TextLanguage:
    """A language and who says so."""

    code: str | None
    """ISO 639-1, lower case."""
    source: str | None
    """declared, text, or None where neither is known."""


def language_of(text: str, declared: list[str | None]) -> TextLanguage:
    """The language of a text; `declared` is what html lang, og:locale and JSON-LD say."""
    codes = [code for written in declared if written and (code := language_code(written))]
    if codes and (other := _contradicting(text, codes[0])):
        return TextLanguage(other, "text")
    is_agreed = len(set(codes)) == 1
    detected = detected_language(text, _OVERRULES if is_agreed else _SUFFICES)
    if detected is None or (codes and detected == codes[0]):
        return TextLanguage(codes[0], "declared") if codes else TextLanguage(None, None)
    return TextLanguage(detected, "text")


def _contradicting(text: str, declared: str) -> str | None:
    """The language that a text is in where it is far from the declared one, None elsewhere.

    A theme declares English whatever is written in it; the text is nearer to its own neighbours
    (Catalan to Spanish) than to that.
    """
    sample = text[:_MAX_CHARS]
    if not _has_enough_words(sample):
        return None
    nearest = cast("list[tuple[str, int]]", detect_fast(sample, n_results=_ALL))
    distances = {language_code(name): distance for name, distance in reversed(nearest)}
    best = language_code(nearest[0][0]) if nearest else None
    if best is None or declared not in distances or best == declared:
        return None
    return best if distances[declared] - nearest[0][1] >= _CONTRADICTS else None


def detected_language(text: str, lead: int) -> str | None:
    """What the text is written in, None where it is short or the second language is near."""
    sample = text[:_MAX_CHARS]
    if not _has_enough_words(sample):
        return None
    nearest = cast("list[tuple[str, int]]", detect_fast(sample, n_results=2))
    # Texts without letters have no nearest language.
    if len(nearest) < 2 or nearest[1][1] - nearest[0][1] < lead:
        return None
    return language_code(nearest[0][0])


def _has_enough_words(sample: str) -> bool:
    # a beginning has no more words than the whole, and is enough for nearly all texts
    beginning = sample[:_BEGINNING]
    if beginning.isascii():  # no letter of it is half a word
        is_enough = _ENOUGH.match(beginning) is not None
    else:
        is_enough = word_count(beginning) >= _MIN_WORDS
    return is_enough or word_count(sample) >= _MIN_WORDS


def language_code(written: str) -> str | None:
    """`en` for `en-US`, `eng` or `EN_gb`; None for what is no language code."""
    match = _CODE.fullmatch(written.strip())
    if match is None:
        return None
    code = match[1].lower()
    code = _OTHER_CODES.get(code, code)
    return code if len(code) == 2 else None
