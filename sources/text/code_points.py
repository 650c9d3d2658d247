"""Many texts as one array of code points with their kinds: what is counted is counted at once.

Python's own `str` methods decide what a letter is, so that arrays and regular expressions agree.
"""

import functools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

WORD, LETTER, UNSPACED = 1, 2, 4
"""Flags: matched by `\\w`; by `[^\\W\\d_]`; of a script that writes no spaces."""
LIMIT = 0x323B0
"""No code point from here on is a letter or digit."""
MANY = 0xFFFFFFFF
"""Stands for several code points, of which a table has no room."""
BLOCK = 1 << 16
"""Code points looked at together: their arrays, of 512 kB at most, stay near the processor. Of 2 MB
each the kernel maps every one anew (pipelines.engine.allocator), in a third more of the time."""
_UNSPACED = ((0x3040, 0x3100), (0x3400, 0xA000), (0x0E00, 0x0E80), (0xF900, 0xFB00))


def blocks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in order, some at a time, together not much longer than BLOCK."""
    start = size = 0
    for number, text in enumerate(texts):
        size += len(text) + 1
        if size > BLOCK:
            yield texts[start : number + 1]
            start, size = number + 1, 0
    if start < len(texts):
        yield texts[start:]


def code_points(texts: Sequence[str]) -> NDArray[np.uint32]:
    """The code points of all texts, each text followed by a line feed."""
    joined = "\n".join([*texts, ""])
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, np.uint32(LIMIT)) if codes.size and codes.max() > LIMIT else codes


@functools.lru_cache(maxsize=1)
def kinds() -> NDArray[np.uint8]:
    """The flags of each code point up to LIMIT; 30 ms at the first call of a process."""
    characters = [chr(code) for code in range(LIMIT)]
    is_word = np.array([character.isalnum() for character in characters])
    is_digit = np.array([character.isdecimal() for character in characters])
    flags = np.zeros(LIMIT + 1, np.uint8)
    flags[:LIMIT] = is_word * WORD | (is_word & ~is_digit) * LETTER
    flags[ord("_")] = WORD
    for first, end in _UNSPACED:
        flags[first:end] |= UNSPACED
    return flags


@functools.lru_cache(maxsize=1)
def folds() -> NDArray[np.uint32]:
    """What str.casefold makes of each code point up to LIMIT, MANY where that is more than one."""
    folded = [chr(code).casefold() for code in range(LIMIT + 1)]
    return np.array([ord(text) if len(text) == 1 else MANY for text in folded], np.uint32)
