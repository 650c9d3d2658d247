"""A sentence as words, numbers and dates, so that two wordings can be compared.

Numbers are read by the text's language: 1,200 is 1.200 in German, `12 hundred`, and 1200. Where a
separator leaves it open a number has two values, and differs from another only if both do.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from sources.disagreements.compound_tokens import UNITS, multiplied, summed, with_dates, with_units
from sources.disagreements.number_words import (
    CENT,
    compound,
    compound_joint,
    multipliers,
    number_words,
)
from sources.disagreements.tokens import (
    DATE,
    NUMBER,
    OTHER,
    WEEKDAY,
    WORD,
    YEAR,
    Token,
    date_token,
    plain,
)
from sources.languages.language_files import any_of, language_file
from sources.text.calendar_words import DAY_SIGN, MONTH_SIGN, YEAR_SIGN, months, weekdays

_HOURS = "|".join(unit.capitalize() for unit in language_file("de").calendar.hour_units)
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?!\w)"
    rf"|(?P<cjk>(?:\d{{4}}(?:{YEAR_SIGN})\s?)?\d{{1,2}}(?:{MONTH_SIGN})\s?\d{{1,2}}(?:{DAY_SIGN}))"
    rf"|(?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}})?|\d{{1,2}}\.\d{{2}}(?=\s(?:{_HOURS})))"
    r"|(?P<day>\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))(?!\w)"
    # scores, ranges and telephone numbers: compared as they stand
    r"|(?P<range>\d{1,9}(?:[.,]\d{1,9})?(?:[-–:/]\d{1,9}(?:[.,]\d{1,9})?){1,6})"
    r"|(?P<code>[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,20}+-?\d[A-Za-z0-9-]*"
    rf"|\d+(?:{any_of(lambda each: each.numbers.ordinals)})(?!\w))"
    r"|(?P<number>\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)(?:[.,]\d{1,9})?|\d{1,18}(?:[.,]\d{1,9})?)"
    r"|(?P<single>[\u3040-\u30ff\u3400-\u9fff])"
    r"|(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)"
    r"|(?P<sign>[$€£¥%٪])"
)
_FACT_MARK = re.compile(r"[\d$€£¥%٪]")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""What _TOKEN finds where no such mark stands."""
MAX_TOKENS = 200
"""Of one sentence; a longer one is a list or a table."""


_OTHER_DIGIT = re.compile(r"(?![0-9])\d|[٫٬]")
"""A digit of another script than ASCII's, and the marks that Arabic sets within its numbers."""
_MARKS = {"٫": ".", "٬": ","}


def _with_ascii_digits(sentence: str) -> str:
    """The sentence, as long as it was, its digits (Unicode Nd) those of ASCII."""
    if sentence.isascii():
        return sentence
    return _OTHER_DIGIT.sub(
        lambda match: _MARKS.get(match[0]) or str(unicodedata.decimal(match[0])), sentence
    )


def fact_tokens(sentence: str, language: str) -> list[Token]:
    """The sentence's tokens in order, at most MAX_TOKENS."""
    raw: list[Token] = []
    for match in _TOKEN.finditer(_with_ascii_digits(sentence)):
        raw.append(_token(match, language))
        if len(raw) >= MAX_TOKENS:
            break
    # most words are nothing but words: what a step looks for is looked for in all of them at once
    forms = {token.form for token in raw}
    tokens = raw if forms.isdisjoint(multipliers(language)) else multiplied(raw, language)
    if sum([token.is_spelt for token in tokens]) > 1:
        tokens = summed(tokens)
    if not forms.isdisjoint(UNITS):
        tokens = with_units(tokens)
    return tokens if forms.isdisjoint(months(language)) else with_dates(tokens, language)


def plain_words(sentence: str, language: str) -> list[str] | None:
    """The forms of the sentence's tokens where all of them are words, else None: there may be more.

    Ten times as fast as fact_tokens, and most sentences are plain.
    """
    if _FACT_MARK.search(sentence):
        return None
    words = [word.casefold() for word in _WORD.findall(sentence)[:MAX_TOKENS]]
    if not _telling_words(language).isdisjoint(words):
        return None
    joint = compound_joint(language)
    if any(joint in word and compound(word, language) is not None for word in words):
        return None
    return words


@lru_cache(maxsize=64)
def _telling_words(language: str) -> frozenset[str]:
    """Words that are, or may make, a fact; `cent` follows `per`."""
    known = months(language), weekdays(language), number_words(language), multipliers(language)
    return frozenset([CENT]).union(*known)


def _token(match: re.Match[str], language: str) -> Token:
    kind, text = match.lastgroup or "", match[0]
    place = match.span()
    if kind in ("word", "single", "sign"):
        kind, form, value, shown, is_spelt = _word(text, language)
        return Token(kind, form, value, shown, "", *place, is_spelt)
    if kind == "iso":
        return date_token(text[5:], text[:4], place)
    if kind == "cjk":
        digits = [int(digits_written) for digits_written in re.findall(r"\d+", text)]
        year = f"{digits[0]:04}" if len(digits) == 3 else ""
        return date_token(f"{digits[-2]:02}-{digits[-1]:02}", year, place)
    if kind == "day":
        return _written_day(text, place)
    if kind == "number":
        return _number(text, language, place)
    form = NUMBER if kind == "range" else OTHER
    shown = text.replace("–", "-").casefold()
    unit = "range" if kind == "range" else ""
    return Token(form, f"#{kind}", frozenset([shown]), shown, unit, *place)


def _number(text: str, language: str, place: tuple[int, int]) -> Token:
    values = _values(text, language)
    is_year = len(text) == 4 and text.isdigit() and 1800 <= int(text) <= 2100
    if is_year:
        return Token(YEAR, "#", frozenset([values[0]]), text, "", *place)
    return Token(NUMBER, "#", frozenset(values), plain(values[0]), "", *place)


@lru_cache(maxsize=4_096)
def _values(text: str, language: str) -> Sequence[Decimal]:
    """What a number may be, the reading of its language first."""
    style = language_file(language).numbers.thousands
    if " " in text and style != "space":
        text = text.partition(" ")[0]
    text = re.sub(r"['’ ]", "", text)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return [Decimal(int(text))]
    whole, _, last = text.rpartition(marks[-1])
    as_thousands = Decimal(int(re.sub("[.,]", "", text)))
    as_decimals = Decimal(f"{int(re.sub('[.,]', '', whole) or 0)}.{last}")
    if len(marks) > 1 and len(set(marks)) == 1:
        return [as_thousands]
    if len(set(marks)) == 2 or len(last) != 3:
        return [as_decimals]
    thousands = "," if style == "comma" else "."
    both = [as_thousands, as_decimals]
    return both if marks[-1] == thousands else both[::-1]


# Words come back: reading one anew takes three times as long as looking it up.
@lru_cache(maxsize=8_192)
def _word(
    text: str, language: str
) -> tuple[str, str, frozenset[str] | frozenset[Decimal], str, bool]:
    """Kind, form, value and shown value of a word, and whether it is a number."""
    form = text.casefold()
    if (day := weekdays(language).get(form)) and (
        text[0].isupper() or not language_file(language).calendar.capitalised
    ):
        return WEEKDAY, "@weekday", frozenset([str(day)]), text, False
    # a word that multiplies waits for the number before it
    written = None if form in multipliers(language) else number_words(language).get(form)
    written = compound(form, language) if written is None else written
    if written is not None:
        return NUMBER, "#", frozenset([Decimal(written)]), str(written), True
    return WORD, form, frozenset(), text, False


def _written_day(text: str, place: tuple[int, int]) -> Token:
    first, second, year = (int(part) for part in re.split("[./]", text))
    days = [(second, first)] if "." in text else [(first, second), (second, first)]
    readings = [f"{month:02}-{day:02}" for month, day in days if month <= 12 and day <= 31]
    if not readings:
        return Token(OTHER, "#code", frozenset([text]), text, "", *place)
    written = str(year if year > 99 else 2000 + year)
    return Token(DATE, "@date", frozenset(readings), f"{written}-{readings[0]}", written, *place)
