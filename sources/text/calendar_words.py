"""Names of months and weekdays as texts write them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from unicodedata import normalize

from sources.languages.language_files import any_of, language_file, languages

YEAR_SIGN = any_of(lambda each: each.calendar.year_signs)
MONTH_SIGN = any_of(lambda each: each.calendar.month_signs)
DAY_SIGN = any_of(lambda each: each.calendar.day_signs)
"""Patterns for what stands behind the numbers of dates as in 2026年3月5日."""


@lru_cache(maxsize=64)
def months(language: str) -> Mapping[str, int]:
    """Month names of a language -> 1 to 12; none where it has no file."""
    return _numbered(language_file(language).calendar.months)


@lru_cache(maxsize=64)
def weekdays(language: str) -> Mapping[str, int]:
    """Weekday names of a language -> 1 (Monday) to 7; none where it has no file."""
    return _numbered(language_file(language).calendar.weekdays)


@lru_cache(maxsize=1)
def months_in_dates() -> Mapping[str, int]:
    """Month names of all languages -> 1 to 12, without case and in NFC, for dates.

    Names of running text go before other forms: `listopada` is the November of Polish.
    """
    calendars = [each.calendar for each in languages().values()]
    further = [calendar.months_in_dates for calendar in calendars]
    names = [calendar.months for calendar in calendars]
    listed = map(_numbered, (*further, *names))
    return {
        normalize("NFC", name): month for numbered in listed for name, month in numbered.items()
    }


def _numbered(forms: Iterable[Iterable[str]]) -> dict[str, int]:
    return {form.casefold(): number for number, same in enumerate(forms, 1) for form in same}
