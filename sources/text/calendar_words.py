"""Names of months and weekdays as texts write them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sources.languages.language_files import language_file, languages


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
    """Month names of all languages -> 1 to 12, in lower case, for dates of unknown language.

    Names of running text go before other forms: `listopada` is the November of Polish.
    """
    calendars = [each.calendar for each in languages().values()]
    further = [_numbered(calendar.months_in_dates) for calendar in calendars]
    names = [_numbered(calendar.months) for calendar in calendars]
    return {
        name.casefold(): month
        for numbered in (*further, *names)
        for name, month in numbered.items()
    }


def _numbered(forms: Iterable[Iterable[str]]) -> dict[str, int]:
    return {form: number for number, same in enumerate(forms, 1) for form in same}
