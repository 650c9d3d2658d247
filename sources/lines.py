"""Lines of text in the form the tables hold: no invisible characters, one space between words.

Zero-width joiners and non-joiners stay: Persian, Kurdish and Indic words are spelt with them.
"""

import re
from collections.abc import Iterator

# Soft hyphen, zero-width space, word joiner, byte-order mark, and the marks that reverse text.
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]"
)
_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"\w+")
# Scripts that write no spaces: a character is counted as half a word.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uf900-\ufaff]")


def clean_line(line: str) -> str:
    """The line without invisible characters, with single spaces.

    >>> clean_line("  a\\u00adb \\u00a0 c ")
    'ab c'
    """
    return " ".join(_INVISIBLE.sub("", line).split())


def clean_lines(text: str) -> Iterator[str]:
    """The text's lines that hold anything, clean."""
    for line in _BREAK.split(text):
        if cleaned := clean_line(line):
            yield cleaned


def bounded(line: str, max_chars: int) -> str:
    """The clean line, cut at a character where it is longer."""
    cleaned = clean_line(line[: 4 * max_chars])
    return cleaned if len(cleaned) <= max_chars else cleaned[: max_chars - 1].rstrip() + "…"


def word_count(text: str) -> int:
    """How many words a text has; two Chinese, Japanese or Thai characters count as one.

    >>> word_count("two words"), word_count("中国外交部")
    (2, 3)
    """
    unspaced = len(_UNSPACED.findall(text))
    if not unspaced:
        return len(_WORD.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2
