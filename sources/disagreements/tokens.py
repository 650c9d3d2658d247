"""A word or a fact of a sentence, as it is told."""

from decimal import Decimal
from typing import NamedTuple

WORD, NUMBER, DATE, WEEKDAY, YEAR, MONTH, OTHER = (
    "word",
    "number",
    "date",
    "weekday",
    "year",
    "month",
    "other",
)


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


def date_token(day: str, year: str, place: tuple[int, int]) -> Token:
    """A date: month and day, and the year where it is told."""
    shown = f"{year}-{day}" if year else day
    return Token(DATE, "@date", frozenset([day]), shown, year, *place)


def plain(value: Decimal) -> str:
    """The number without exponent and without zeros behind the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
