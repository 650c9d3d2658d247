"""The language files beside this module as frozen records, read once.

docs/how-to/add-a-language.md says what each key is for. A module that needs the words of all
languages at once takes them by `words_of_all`, in the order of the files' names.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SHARED = "mul"
"""The file of what many languages write, called as ISO 639-2 calls texts of several."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names of months and days, in lower case."""

    months: tuple[Words, ...] = ()
    """The forms of the twelve months in running text and in dates."""
    months_in_dates: tuple[Words, ...] = ()
    """Further forms that are read in dates only."""
    weekdays: tuple[Words, ...] = ()
    """The forms of the seven days, Monday first."""
    capitalised: bool = False
    """Whether they are names by their capital only, as `May` is in English."""
    month_leads: Words = ()
    """Words before a month that stands alone: needed where its name is another word too."""

    def __post_init__(self) -> None:
        for name, number in (("months", 12), ("months_in_dates", 12), ("weekdays", 7)):
            if len(getattr(self, name)) not in (0, number):
                raise ValueError(f"calendar.{name} has {len(getattr(self, name))}, not {number}")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are written, in digits and in words in lower case."""

    thousands: str = "point"
    """`comma`: 1,200 and 0.5. `point`: 1.200 and 0,5. `space`: 1 200 and 0,5."""
    words: Mapping[str, Words] = field(default_factory=dict)
    """Value -> words. No word for one where it is an article, none that has another meaning."""
    multipliers: Mapping[str, Words] = field(default_factory=dict)
    """Power of ten -> words that multiply the number before them."""
    units_before_tens: str = ""
    """What joins units and tens to one word: `und` in `einundzwanzig`."""
    one_before_tens: str = ""
    """One in such a word."""
    articles: Words = ()
    """`a` in `a million`."""
    links: Words = ()
    """`and` in `one hundred and twelve`."""
    more_than: Words = ()
    """Before a number that may stand for a larger one."""
    less_than: Words = ()
    about: Words = ()
    """Before a number that is rounded."""
    percent: Words = ()
    money: Mapping[str, Words] = field(default_factory=dict)
    """Sign -> words for the same money."""
    measures: Words = ()
    """Units of measure."""

    def __post_init__(self) -> None:
        if self.thousands not in ("comma", "point", "space"):
            raise ValueError(f"numbers.thousands is {self.thousands!r}, not comma, point or space")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Where sentences end."""

    abbreviations: Words = ()
    """Patterns of what a full stop may follow without an end, as written."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """How the same spoken words are written in two ways."""

    short_forms: Mapping[str, str] = field(default_factory=dict)
    """Short form -> the words it stands for."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """How sentences say who says so: patterns, in which <name> stands for words of that name.

    The rules are made of them in sources/attribution.
    """

    abbreviations: Words = ()
    """As those of sentences."""
    unsaid: Words = ()
    """Taken out first: looks like an attribution and is none."""
    attributed: Words = ()
    unnamed: Words = ()
    """Of a sentence that is attributed: to somebody without a name."""
    words: Mapping[str, Words] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    """Each may name words, and patterns before it."""


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of one language; a section that its file lacks is empty."""

    code: str
    """ISO 639-1, or SHARED."""
    calendar: Calendar = Calendar()
    numbers: Numbers = Numbers()
    sentences: Sentences = Sentences()
    quotations: Quotations = Quotations()
    attribution: Attribution = Attribution()


_SECTIONS: Mapping[str, Callable[..., Any]] = {
    "calendar": Calendar,
    "numbers": Numbers,
    "sentences": Sentences,
    "quotations": Quotations,
    "attribution": Attribution,
}


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """All languages by code, in the order of their codes."""
    files = sorted(FOLDER.glob("*.toml"))
    return {path.stem: read_language(path.stem, path.read_text("utf-8")) for path in files}


def language_file(code: str) -> Language:
    """What is known of a language: nothing where it has no file."""
    return languages().get(code, Language(code))


def words_of_all(words: Callable[[Language], Iterable[str]]) -> Words:
    """The words of a kind of all languages, each once, in the order of the languages' codes."""
    return tuple(dict.fromkeys(word for each in languages().values() for word in words(each)))


def read_language(code: str, written: str) -> Language:
    """The record of a language file's text.

    Raises:
        ValueError: with the file's name, for no TOML, no section or key, no twelve months.
    """
    try:
        sections = tomllib.loads(written)
        return Language(
            code,
            **{name: _SECTIONS[name](**_frozen(values)) for name, values in sections.items()},
        )
    except KeyError as error:
        raise ValueError(f"{code}.toml: no section {error}; there are {[*_SECTIONS]}") from None
    except (TypeError, ValueError) as error:
        raise ValueError(f"{code}.toml: {error}") from None


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
