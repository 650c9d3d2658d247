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
    modified: Words = ()
    """Patterns before a date that say that the text was changed then."""
    published: Words = ()
    """Patterns before a date that say that the text was published then."""

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
class Credits:
    """How lines say where a text is from: patterns, in which case does not matter."""

    source_labels: Words = ()
    """Before a colon, of a line of its own: `Quelle`."""
    page_labels: Words = ()
    """The same in lines around the headline of a page."""
    worked_with: Words = ()
    """Openings of a line, up to the name of whom the text has been worked with."""
    published: Words = ()
    """Openings of a line, up to the name of where the text was published."""
    with_words: Words = ()
    """Before a name that may be a person's as well: `with`."""
    name_first: Words = ()
    """Whole wordings that have the name before the verb, as their only group."""
    name_first_marks: Words = ()
    """One of them stands in all that name_first matches; none is of ASCII alone."""
    reported: Words = ()
    """Beside an outlet's name in a story: that it reported."""
    said: Words = ()
    """What makes a line a sentence of the story, and no credit."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Labels of pictures' credits: patterns."""

    labels: Words = ()
    sources: Words = ()


@dataclass(frozen=True, slots=True)
class Bylines:
    """How pages say who wrote a text: patterns, in which case does not matter."""

    openers: Words = ()
    """Before the names and a space or a colon; a longer one stands before its beginning."""
    roles: Words = ()
    """What writers are, beside their name."""
    role_nouns: Words = ()
    """The same behind their name, without anything between them."""
    desks: Words = ()
    """Where nobody is named."""
    controls: Words = ()
    """What stands beside bylines for readers to press."""
    writer_labels: Words = ()
    """Labels in metadata whose value is the author."""
    caption_openers: Words = ()
    """Words, often with a capital, that are no part of a name in a caption."""


@dataclass(frozen=True, slots=True)
class Notices:
    """Lines of a page that are no story: patterns, in which case does not matter."""

    share: Words = ()
    share_what: Words = ()
    """What may follow: `this`."""
    print_or_send: Words = ()
    follow: Words = ()
    """Before the name of a network."""
    adverts: Words = ()
    read_more: Words = ()
    read_more_of: Words = ()
    """The same before a headline."""
    subscribe: Words = ()
    subscribe_words: Words = ()
    """One of them stands in the line of an offer."""
    corrections: Words = ()
    """Openings of a line that says that the story was corrected or updated."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """What pages write that show a part of a story: patterns."""

    offers: Words = ()
    """To subscribe, to register, to sign in."""
    continue_reading: Words = ()


@dataclass(frozen=True, slots=True)
class Mirrors:
    """How pages announce other addresses of their outlet."""

    announces: Words = ()
    """Patterns."""
    announcing_words: Words = ()
    """One of these, in lower case, stands in all that the patterns match."""


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
    credits: Credits = Credits()
    pictures: Pictures = Pictures()
    bylines: Bylines = Bylines()
    notices: Notices = Notices()
    page: PageWords = PageWords()
    mirrors: Mirrors = Mirrors()


_SECTIONS: Mapping[str, Callable[..., Any]] = {
    "calendar": Calendar,
    "numbers": Numbers,
    "sentences": Sentences,
    "quotations": Quotations,
    "attribution": Attribution,
    "credits": Credits,
    "pictures": Pictures,
    "bylines": Bylines,
    "notices": Notices,
    "page": PageWords,
    "mirrors": Mirrors,
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


def any_of(patterns: Callable[[Language], Iterable[str]]) -> str:
    """A pattern for any of a kind of all languages, to be put in brackets."""
    return "|".join(words_of_all(patterns))


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
