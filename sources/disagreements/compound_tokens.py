"""Tokens that say one thing together: numbers of several words, units, dates."""

import re
from collections.abc import Sequence
from decimal import Decimal

from sources.disagreements.number_words import (
    ARTICLES,
    CENT,
    LINKS,
    PER,
    UNIT_WORDS,
    multipliers,
    number_words,
)
from sources.disagreements.tokens import MONTH, NUMBER, WORD, YEAR, Token, date_token, plain
from sources.languages.language_files import language_file, words_of_all
from sources.languages.records import Calendar
from sources.text.calendar_words import months

_BEFORE_MONTH = words_of_all(lambda each: each.calendar.before_month)
UNITS = frozenset([CENT, *UNIT_WORDS])
"""Forms without which no token is a unit."""


def multiplied(tokens: Sequence[Token], language: str) -> list[Token]:
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
        elif last is not None and last.form in ARTICLES and len(token.form) > 4:
            made[-1] = _scaled(token, power)._replace(start=last.start)
        elif (value := number_words(language).get(token.form)) is not None:
            values = frozenset([Decimal(value)])
            made.append(
                token._replace(kind=NUMBER, form="#", value=values, shown=str(value), is_spelt=True)
            )
        else:
            made.append(token)
    return made


def _is_counted(last: Token, word: Token) -> bool:
    """Whether the word multiplies the number; `m` and `k` only where nothing is between them."""
    is_near = word.start - last.end <= (1 if len(word.form) > 1 or not word.form.isascii() else 0)
    return is_near and last.form == "#" and last.kind in (NUMBER, YEAR) and last.unit == ""


def _times(number: Token, power: int, end: int) -> Token:
    values = frozenset(Decimal(value).scaleb(power) for value in number.value)
    shown = plain(Decimal(number.shown).scaleb(power))
    return number._replace(kind=NUMBER, value=values, shown=shown, end=end)


def _scaled(token: Token, power: int) -> Token:
    value = Decimal(10) ** power
    return token._replace(kind=NUMBER, form="#", value=frozenset([value]), shown=plain(value))


def summed(tokens: Sequence[Token]) -> list[Token]:
    """`thirty four`, `treinta y cuatro` and `one hundred and twelve` as one number."""
    made: list[Token] = []
    for token in tokens:
        linked = len(made) > 1 and made[-1].form in LINKS
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


def with_units(tokens: Sequence[Token]) -> list[Token]:
    """Signs and words of money and per cent become the unit of the number beside them."""
    made: list[Token] = []
    pending = ""
    for token in tokens:
        unit = UNIT_WORDS.get(token.shown.casefold(), "") if token.kind == WORD else ""
        last = made[-1] if made else None
        if unit and last is not None and last.form == "#" and token.start - last.end <= 1:
            made[-1] = last._replace(kind=NUMBER, unit=unit, end=token.end)
        elif token.shown == CENT and last is not None and last.form == PER:
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


def with_dates(tokens: Sequence[Token], language: str) -> list[Token]:
    """`March 5, 2026`, `5. März` and `5 de marzo de 2026` as one date; a month alone as a month."""
    names, calendar = months(language), language_file(language).calendar
    made: list[Token] = []
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        month = names.get(token.form) if token.kind == WORD else None
        if month is None or (calendar.capitalised and not token.shown[0].isupper()):
            made.append(token)
            continue
        made.append(_dated(month, token, made, waiting, calendar))
    return made


def _dated(
    month: int, token: Token, before: list[Token], after: list[Token], calendar: Calendar
) -> Token:
    start, end, day = token.start, token.end, None
    while before and before[-1].form in _BEFORE_MONTH and len(before) > 1 and _day(before[-2]):
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
        return date_token(f"{month:02}-{day:02}", year, (start, end))
    is_month = (
        not calendar.capitalised
        or len(token.form) > 5
        or _is_led(before, after, calendar.month_leads)
    )
    if not is_month:
        return token
    return Token(MONTH, "@month", frozenset([str(month)]), token.shown, "", start, end)


def _is_led(before: Sequence[Token], after: Sequence[Token], leads: Sequence[str]) -> bool:
    """Whether `May` and `March` stand where a month does."""
    is_year = bool(after) and after[-1].kind == YEAR
    return is_year or bool(before and before[-1].form in leads)


def _day(token: Token) -> int | None:
    """The day of a month that a number may be."""
    if token.kind == NUMBER and token.form == "#" and token.unit == "" and token.shown.isdigit():
        return int(token.shown) if 1 <= int(token.shown) <= 31 else None
    if token.form == "#code":
        digits = re.match(r"\d+", token.shown)
        return int(digits[0]) if digits and 1 <= int(digits[0]) <= 31 else None
    return None
