"""A sentence as words, numbers and dates, so that two wordings can be compared.

Numbers are read by the text's language: 1,200 is 1.200 in German, `12 hundred`, and 1200. Where a
separator leaves it open a number has two values, and differs from another only if both do.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from sources.day_words import months, weekdays
from sources.number_words import (
    COMMA_THOUSANDS,
    SPACE_THOUSANDS,
    UNIT_WORDS,
    compound,
    multipliers,
    number_words,
)

WORD, NUMBER, DATE, WEEKDAY, YEAR, MONTH, OTHER = (
    "word",
    "number",
    "date",
    "weekday",
    "year",
    "month",
    "other",
)
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?!\w)"
    r"|(?P<cjk>(?:\d{4}[年년]\s?)?\d{1,2}[月월]\s?\d{1,2}[日일])"
    r"|(?P<time>\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}\.\d{2}(?=\sUhr))"
    r"|(?P<day>\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2}))(?!\w)"
    # scores, ranges and telephone numbers: compared as they stand
    r"|(?P<range>\d{1,9}(?:[.,]\d{1,9})?(?:[-–:/]\d{1,9}(?:[.,]\d{1,9})?){1,6})"
    r"|(?P<code>[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,20}+-?\d[A-Za-z0-9-]*|\d+(?:st|nd|rd|th|er|re|e|º|ª)(?!\w))"
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
_UNITS = frozenset(["cent", *UNIT_WORDS])
"""Forms without which no token is a unit."""
_ARTICLES = ("a", "an", "eine", "einer", "un", "une", "una", "um")
_LINKS = ("and", "y", "e", "et", "und", "en")
_MONTH_LEADS = ("in", "of", "since", "until", "by", "last", "next", "early", "late", "this")


# a tuple, as twenty are made of a sentence: a frozen dataclass takes four times as long to make
class Token(NamedTuple):
    """A word or a fact; `form` is equal for facts of one kind whatever they say."""

    kind: str
    form: str
    value: frozenset[str] | frozenset[Decimal]
    """What it says; more than one where its writing leaves that open."""
    shown: str
    """The value as the tables write it."""
    unit: str
    start: int
    end: int
    is_spelt: bool = False
    """A number in words."""


def fact_tokens(sentence: str, language: str) -> list[Token]:
    """The sentence's tokens in order, at most MAX_TOKENS."""
    raw: list[Token] = []
    for found in _TOKEN.finditer(sentence):
        raw.append(_token(found, language))
        if len(raw) >= MAX_TOKENS:
            break
    # most words are nothing but words: what a step looks for is looked for in all of them at once
    forms = {one.form for one in raw}
    tokens = raw if forms.isdisjoint(multipliers(language)) else _multiplied(raw, language)
    if sum([one.is_spelt for one in tokens]) > 1:
        tokens = _summed(tokens)
    if not forms.isdisjoint(_UNITS):
        tokens = _with_units(tokens)
    return tokens if forms.isdisjoint(months(language)) else _with_dates(tokens, language)


def plain_words(sentence: str, language: str) -> list[str] | None:
    """The forms of the sentence's tokens where all of them are words, else None: there may be more.

    Ten times as fast as fact_tokens, and most sentences are plain.
    """
    if _FACT_MARK.search(sentence):
        return None
    words = [one.casefold() for one in _WORD.findall(sentence)[:MAX_TOKENS]]
    if not _telling_words(language).isdisjoint(words):
        return None
    joint = "und" if language == "de" else "-"
    if any(joint in one and compound(one, language) is not None for one in words):
        return None
    return words


@lru_cache(maxsize=64)
def _telling_words(language: str) -> frozenset[str]:
    """Words that are, or may make, a fact; `cent` follows `per`."""
    known = months(language), weekdays(language), number_words(language), multipliers(language)
    return frozenset(["cent"]).union(*known)


def _token(found: re.Match[str], language: str) -> Token:
    kind, text = found.lastgroup or "", found[0]
    place = found.span()
    if kind in ("word", "single", "sign"):
        kind, form, value, shown, is_spelt = _word(text, language)
        return Token(kind, form, value, shown, "", *place, is_spelt)
    if kind == "iso":
        return _date(text[5:], text[:4], place)
    if kind == "cjk":
        digits = [int(one) for one in re.findall(r"\d+", text)]
        year = f"{digits[0]:04}" if len(digits) == 3 else ""
        return _date(f"{digits[-2]:02}-{digits[-1]:02}", year, place)
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
    if " " in text and language not in SPACE_THOUSANDS:
        text = text.partition(" ")[0]
    text = re.sub(r"['’ ]", "", text)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return [Decimal(int(text))]
    whole, _, last = text.rpartition(marks[-1])
    as_thousands = Decimal(int(re.sub("[.,]", "", text)))
    as_decimals = Decimal(f"{int(re.sub('[.,]', '', whole) or 0)}.{_ascii(last)}")
    if len(marks) > 1 and len(set(marks)) == 1:
        return [as_thousands]
    if len(set(marks)) == 2 or len(last) != 3:
        return [as_decimals]
    thousands = "," if language in COMMA_THOUSANDS else "."
    both = [as_thousands, as_decimals]
    return both if marks[-1] == thousands else both[::-1]


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)


# Words come back: reading one anew takes three times as long as looking it up.
@lru_cache(maxsize=8_192)
def _word(
    text: str, language: str
) -> tuple[str, str, frozenset[str] | frozenset[Decimal], str, bool]:
    """Kind, form, value and shown value of a word, and whether it is a number."""
    form = text.casefold()
    if (day := weekdays(language).get(form)) and (text[0].isupper() or language != "en"):
        return WEEKDAY, "@weekday", frozenset([str(day)]), text, False
    # a word that multiplies waits for the number before it
    written = None if form in multipliers(language) else number_words(language).get(form)
    written = compound(form, language) if written is None else written
    if written is not None:
        return NUMBER, "#", frozenset([Decimal(written)]), str(written), True
    return WORD, form, frozenset(), text, False


def _date(day: str, year: str, place: tuple[int, int]) -> Token:
    shown = f"{year}-{day}" if year else day
    return Token(DATE, "@date", frozenset([day]), shown, year, *place)


def _written_day(text: str, place: tuple[int, int]) -> Token:
    first, second, year = (int(one) for one in re.split("[./]", text))
    days = [(second, first)] if "." in text else [(first, second), (second, first)]
    told = [f"{month:02}-{day:02}" for month, day in days if month <= 12 and day <= 31]
    if not told:
        return Token(OTHER, "#code", frozenset([text]), text, "", *place)
    written = str(year if year > 99 else 2000 + year)
    return Token(DATE, "@date", frozenset(told), f"{written}-{told[0]}", written, *place)


def plain(value: Decimal) -> str:
    """The number without exponent and without zeros behind the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _multiplied(tokens: Sequence[Token], language: str) -> list[Token]:
    """`3.4 million` and `dos mil` as one number; `a million` too."""
    powers = multipliers(language)
    made: list[Token] = []
    for token in tokens:
        last = made[-1] if made else None
        power = powers.get(token.form) if token.kind == WORD else None
        if power is None:
            made.append(token)
        elif last is not None and _is_counted(last, token):
            made[-1] = _times(last, power, token.end)
        elif last is not None and last.form in _ARTICLES and len(token.form) > 4:
            made[-1] = _scaled(token, power)._replace(start=last.start)
        elif (value := number_words(language).get(token.form)) is not None:
            told = frozenset([Decimal(value)])
            made.append(
                token._replace(kind=NUMBER, form="#", value=told, shown=str(value), is_spelt=True)
            )
        else:
            made.append(token)
    return made


def _is_counted(last: Token, word: Token) -> bool:
    """Whether the word multiplies the number; `m` and `k` only where nothing is between them."""
    is_near = word.start - last.end <= (1 if len(word.form) > 1 or not word.form.isascii() else 0)
    return is_near and last.form == "#" and last.kind in (NUMBER, YEAR) and last.unit == ""


def _times(number: Token, power: int, end: int) -> Token:
    values = frozenset(Decimal(one).scaleb(power) for one in number.value)
    shown = plain(Decimal(number.shown).scaleb(power))
    return number._replace(kind=NUMBER, value=values, shown=shown, end=end)


def _scaled(token: Token, power: int) -> Token:
    value = Decimal(10) ** power
    return token._replace(kind=NUMBER, form="#", value=frozenset([value]), shown=plain(value))


def _summed(tokens: Sequence[Token]) -> list[Token]:
    """`thirty four`, `treinta y cuatro` and `one hundred and twelve` as one number."""
    made: list[Token] = []
    for token in tokens:
        linked = len(made) > 1 and made[-1].form in _LINKS
        last = made[-2] if linked else made[-1] if made else None
        if last is None or not (_is_written(last) and _is_written(token)):
            made.append(token)
            continue
        whole, part = Decimal(last.shown), Decimal(token.shown)
        # the part fills the zeros of the whole: 30 and 4, 100 and 12
        if 0 < part < 10 ** _zeros(whole) and token.start - last.end <= 5:
            del made[-2 if linked else -1 :]
            total = whole + part
            made.append(last._replace(value=frozenset([total]), shown=plain(total), end=token.end))
        else:
            made.append(token)
    return made


def _is_written(token: Token) -> bool:
    is_number = token.kind == NUMBER and token.form == "#" and token.unit == ""
    return is_number and token.is_spelt


def _zeros(number: Decimal) -> int:
    digits = plain(number)
    return len(digits) - len(digits.rstrip("0")) if digits.isdigit() else 0


def _with_units(tokens: Sequence[Token]) -> list[Token]:
    """Signs and words of money and per cent become the unit of the number beside them."""
    made: list[Token] = []
    pending = ""
    for token in tokens:
        unit = UNIT_WORDS.get(token.shown.casefold(), "") if token.kind == WORD else ""
        last = made[-1] if made else None
        if unit and last is not None and last.form == "#" and token.start - last.end <= 1:
            made[-1] = last._replace(kind=NUMBER, unit=unit, end=token.end)
        elif token.shown == "cent" and last is not None and last.form == "per":
            made.pop()
            if made and made[-1].form == "#":
                made[-1] = made[-1]._replace(kind=NUMBER, unit="%", end=token.end)
        elif unit and not token.shown[0].isalpha():
            pending = unit
            continue
        elif token.form == "#" and pending:
            made.append(token._replace(kind=NUMBER, unit=pending))
        else:
            made.append(token)
        pending = ""
    return made


def _with_dates(tokens: Sequence[Token], language: str) -> list[Token]:
    """`March 5, 2026`, `5. März` and `5 de marzo de 2026` as one date; a month alone as a month."""
    names = months(language)
    made: list[Token] = []
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        month = names.get(token.form) if token.kind == WORD else None
        if month is None or (language == "en" and not token.shown[0].isupper()):
            made.append(token)
            continue
        made.append(_dated(month, token, made, waiting, language))
    return made


def _dated(
    month: int, token: Token, before: list[Token], after: list[Token], language: str
) -> Token:
    start, end, day = token.start, token.end, None
    while before and before[-1].form in ("de", "of") and len(before) > 1 and _day(before[-2]):
        before.pop()
    if before and (day := _day(before[-1])) and token.start - before[-1].end <= 8:
        start = before.pop().start
    elif after and (day := _day(after[-1])) and after[-1].start - token.end <= 2:
        end = after.pop().end
    else:
        day = None
    while len(after) > 1 and after[-1].form == "de" and after[-2].kind == YEAR:
        after.pop()
    year = ""
    if day and after and after[-1].kind == YEAR and after[-1].start - end <= 5:
        year, end = after[-1].shown, after[-1].end
        after.pop()
    if day:
        return _date(f"{month:02}-{day:02}", year, (start, end))
    is_month = language != "en" or len(token.form) > 5 or _is_led(before, after)
    if not is_month:
        return token
    return Token(MONTH, "@month", frozenset([str(month)]), token.shown, "", start, end)


def _is_led(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether `May` and `March` stand where a month does."""
    is_year = bool(after) and after[-1].kind == YEAR
    return is_year or bool(before and before[-1].form in _MONTH_LEADS)


def _day(token: Token) -> int | None:
    """The day of a month that a number may be."""
    if token.kind == NUMBER and token.form == "#" and token.unit == "" and token.shown.isdigit():
        return int(token.shown) if 1 <= int(token.shown) <= 31 else None
    if token.form == "#code":
        digits = re.match(r"\d+", token.shown)
        return int(digits[0]) if digits and 1 <= int(digits[0]) <= 31 else None
    return None
