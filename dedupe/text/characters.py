"""What each code point means to a word: its kind and its folded form, as two lookup tables.

A table makes reading words a matter of array operations. Only texts holding a code point whose
folding needs its neighbours (a ligature, a loose combining mark) are normalised one by one.
The Unicode version is Python's own: letters first assigned after it count as separators.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.hashing import mix64
from dedupe.text.quotations import MARKS

SEPARATOR, WORD, IDEOGRAPH, UNSPACED = 0, 1, 2, 3
"""Kinds: between words; in a word; a word by itself (Han, Kana); a letter of a script that sets
no spaces between words (Thai, Lao, Khmer, Burmese)."""
KIND = 0x03
"""Mask of the kind within a code point's flags; the flags follow."""
IS_UPPER, IS_DIGIT, ENDS_SENTENCE, IS_QUOTE, NEEDS_NORMALISING = 0x04, 0x08, 0x10, 0x20, 0x80
"""The last: the code point cannot be folded without its neighbours, or into one code point."""
LIMIT = 0x323B0
"""Code points from here on hold no letters (private use, tags, variation selectors)."""

_IDEOGRAPHS: tuple[tuple[int, int], ...] = (
    (0x3041, 0x3100),
    (0x31F0, 0x3200),
    (0x2E80, 0x2FE0),
    (0x3005, 0x3008),
)
_IDEOGRAPHS += ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, LIMIT))
_UNSPACED: tuple[tuple[int, int], ...] = (
    (0x0E00, 0x0F00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
    (0x1950, 0x19E0),
)
# Persian pages mix the Arabic and the Persian code points of yeh and kaf for the same letter.
_SAME_LETTER = {0x064A: 0x06CC, 0x0649: 0x06CC, 0x0643: 0x06A9}
# Also what opens a quotation or a clause, where many languages set a capital.
_SENTENCE_ENDS = '.!?:;\n\r"“”„«»|-–—•؟۔।。！？'
_ZWNJ = 0x200C  # a letter's neighbour in Persian: "می‌رود" is one word, neither two nor "میرود"
# Shaping only: soft hyphen, tatweel, zero-width joiner, directions, byte order marks, selectors.
_IGNORED = re.compile(
    "[\u00ad\u0640\u200d\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """Tables indexed by code point, of length LIMIT."""

    flags: NDArray[np.uint8]
    """The kind, with the flags named above."""
    values: NDArray[np.uint64]
    """A random-looking number for the folded form; 0 for separators."""


def normalised(text: str) -> str:
    """`text` in NFKC without characters that only shape its display, its case kept.

    Letters that fold to several (`ß`) are folded; the tables fold the others.

    >>> normalised("Eﬃcient Straße")
    'Efficient Strasse'
    """
    composed = _IGNORED.sub("", unicodedata.normalize("NFKC", text))
    folded = composed.casefold()
    if len(folded) == len(composed):
        return composed
    return "".join(_fold_if_longer(character) for character in composed)


def _fold_if_longer(character: str) -> str:
    folded = character.casefold()
    return character if len(folded) == 1 else folded


@functools.lru_cache(maxsize=1)
def letters() -> Letters:
    """The tables; 0.4 s at the first call of a process, 2 MB."""
    characters = [chr(code) for code in range(LIMIT)]
    categories = [unicodedata.category(character) for character in characters]
    folded = _folded(characters)
    kinds = _kinds(categories, folded)
    values = mix64(np.array([ord(form) if len(form) == 1 else 0 for form in folded], np.uint64))
    values[(kinds & KIND) == SEPARATOR] = 0
    return Letters(kinds | _flags(characters, categories), values)


def _flags(characters: list[str], categories: list[str]) -> NDArray[np.uint8]:
    category = np.array(categories)
    is_upper = np.isin(category, ["Lu", "Lt"]) * IS_UPPER
    is_digit = (category == "Nd") * IS_DIGIT
    ends_sentence = np.isin(characters, list(_SENTENCE_ENDS)) * ENDS_SENTENCE
    is_quote = np.isin(characters, list(MARKS)) * IS_QUOTE
    flags: NDArray[np.uint8] = (is_upper | is_digit | ends_sentence | is_quote).astype(np.uint8)
    return flags


def _folded(characters: list[str]) -> list[str]:
    """The normalised form of each character; surrogates, which no text holds, are blank."""
    safe = [
        " " if 0xD800 <= ord(character) < 0xE000 or character in "\n\r" else character
        for character in characters
    ]
    # A line feed between them keeps neighbours from being composed.
    folded = unicodedata.normalize("NFKC", "\n".join(safe)).casefold().split("\n")
    for code, same in _SAME_LETTER.items():
        folded[code] = chr(same)
    for code, character in enumerate(characters):
        if character.isdecimal():
            folded[code] = str(unicodedata.decimal(character))
    return folded


def _kinds(categories: list[str], folded: list[str]) -> NDArray[np.uint8]:
    is_word = [category[0] in "LMN" or category == "Pc" for category in categories]
    kinds = np.where(is_word, WORD, SEPARATOR).astype(np.uint8)
    for first, last in _IDEOGRAPHS:
        kinds[first:last][kinds[first:last] == WORD] = IDEOGRAPH
    for first, last in _UNSPACED:
        kinds[first:last][kinds[first:last] == WORD] = UNSPACED
    kinds[_ZWNJ] = WORD
    codes = [ord(form) if len(form) == 1 else code for code, form in enumerate(folded)]
    kinds = kinds[np.minimum(codes, LIMIT - 1)]
    kinds[_needing_neighbours(folded)] |= NEEDS_NORMALISING
    return kinds


def _needing_neighbours(folded: list[str]) -> list[int]:
    longer = [code for code, form in enumerate(folded) if len(form) != 1 and _has_word(form)]
    ignored = [code for code in range(LIMIT) if _IGNORED.match(chr(code))]
    # Combining Hangul and everything that stands second in a canonical composition.
    composed = {form[1] for form in map(_decomposition, range(LIMIT)) if len(form) == 2}
    composed |= set(map(chr, range(0x1160, 0x1200)))
    seconds = [code for code, form in enumerate(folded) if form in composed]
    return sorted({*longer, *ignored, *seconds})


def _has_word(form: str) -> bool:
    return any(unicodedata.category(character)[0] in "LMN" for character in form)


def _decomposition(code: int) -> str:
    parts = unicodedata.decomposition(chr(code))
    return "" if not parts or parts[0] == "<" else "".join(chr(int(p, 16)) for p in parts.split())
