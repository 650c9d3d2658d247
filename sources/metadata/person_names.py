"""Names of people as bylines write them, and the names that a caption shares with its story."""

import re
from collections.abc import Iterable, Set

from sources.languages.language_files import (
    any_of,
    language_file,
    languages,
    words_of_all,
)
from sources.text.calendar_words import months
from sources.text.lines import clean_line

ROLE_WORD = (
    rf"(?:(?:{any_of(lambda each: each.bylines.role_leads)})\s)*"
    rf"(?:{any_of(lambda each: each.bylines.roles)})"
)
_ROLE_NOUN = f"(?:{any_of(lambda each: each.bylines.role_nouns)})"
_IS_ROLE = re.compile(
    rf"(?i)(?:(?:{any_of(lambda each: each.bylines.role_articles)}) )?(?:{ROLE_WORD}\b.{{0,40}}"
    rf"|(?:[\w&-]+\s){{0,3}}{_ROLE_NOUN}(?:,.{{0,40}})?)"
)
_TRAILING_ROLE = re.compile(rf"(?i)(?<=\w)\s(?:(?:[\w-]{{2,20}}\s)?{_ROLE_NOUN})$")
"""A role behind a name, without anything between them."""
_ROLES = re.compile(f"(?i){any_of(lambda each: each.bylines.desks)}")
_CONTROLS = re.compile(
    rf"(?i)(?:\d+\s*(?:{any_of(lambda each: each.bylines.counters)})?\s*)?"
    rf"(?:{any_of(lambda each: each.bylines.controls)})"
    r"(?:\s*[(（]?\d*[)）]?)"
)
"""What stands beside bylines for readers to press."""


_MAX_NAME_CHARS = 80
_BY = re.compile(
    rf"(?i)^(?:{any_of(lambda each: each.bylines.openers)})"
    r"(?:\s?[:：/／・●]\s*|\s+)"
)
_AND = re.compile(rf"\s*[,;|·•、，；]\s*|\s+(?:{any_of(lambda each: each.bylines.ands)})\s+")
_AMPERSAND = re.compile(r"\s+&\s+")
_NO_NAME = re.compile(r"https?://|www\.|[@<>{}=]|\d{3}")
_TAIL = re.compile(
    r"(?i)\s*(?:\(.{0,60}\)"
    rf"|[-–|,]\s*(?:associated press|{ROLE_WORD})\b.{{0,30}}"
    rf"|\s(?:{any_of(lambda each: each.bylines.roles_behind)}))$"
)
_IN_PLACE = re.compile(
    rf"\s(?:{any_of(lambda each: each.bylines.in_place)})\s[A-ZÀ-Þ][\w. -]{{2,30}}$"
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_PARTICLES = frozenset(words_of_all(lambda each: each.bylines.particles))
_MAX_NAME_WORDS = 6
_TELLING_CHARS = 5
"""Of a word that says what a caption is about: where half of them are the story's, it is of it."""
_CAPITALISED = re.compile(
    r"(?:(?<!\w)[A-ZÀ-ÞА-ЯΑ-Ω][\w'’.-]{0,30}(?:[ ]|$)){2,6}|(?<!\w)[A-ZÀ-ÞА-ЯΑ-Ω][\w'’-]{1,30}"
    r"(?:[ ][A-ZÀ-ÞА-ЯΑ-Ω][\w'’-]{1,30}){1,5}"
)
_GERMAN = language_file("de").bylines
_GERMAN_OPENERS = frozenset(_GERMAN.caption_openers)
_GERMAN_ENDING = re.compile(rf"(?:{'|'.join(_GERMAN.adjective_endings)})$")
_WORD = re.compile(r"\w+")
_PARTING = re.compile(r"\s[-–—|/]\s")


def split_names(written: str) -> list[str]:
    """The names in a byline: `By Ann Lee and Bo Ek` gives two.

    >>> split_names("By Ann Lee and Bo Ek")
    ['Ann Lee', 'Bo Ek']
    """
    line = _BY.sub("", " ".join(written[:500].split()))
    parts = [whole for part in _AND.split(line) for whole in _around_ampersand(part)]
    return [name for part in parts if (name := person(part))]


def _around_ampersand(written: str) -> list[str]:
    """The people on its sides; the whole where a side is no whole name, as in `Mac & i`."""
    sides = _AMPERSAND.split(written)
    are_names = all(len(side.split()) > 1 or _has_no_capitals(side) for side in sides)
    return sides if are_names else [written]


def _has_no_capitals(written: str) -> bool:
    """Whether its script has none."""
    return written.upper() == written.lower()


def opens_byline(line: str) -> bool:
    """Whether a line begins as bylines do: `By`, `Von`, `Автор:`."""
    return _BY.match(line) is not None


def person(written: str) -> str | None:
    """One name without its `By` and role, None where the text is no name."""
    name = _TAIL.sub("", _BY.sub("", clean_line(written[:500]))).strip(" ,;:|-–")
    name = _IN_PLACE.sub("", name)
    while len(name.split()) > 2 and name.rpartition(" ")[2].casefold().strip(".") in months("en"):
        name = name.rpartition(" ")[0]  # a day stands behind it, which was cut off
    if len(_TRAILING_ROLE.sub("", name).split()) > 1:
        name = _TRAILING_ROLE.sub("", name)
    if not 1 < len(name) <= _MAX_NAME_CHARS or _NO_NAME.search(name):
        return None
    return None if is_no_person(name) else name


def is_written_name(name: str) -> bool:
    """Whether words that are only marked as a byline look like a person's name.

    >>> is_written_name("Ann de la Tour"), is_written_name("Updated on Monday at noon")
    (True, False)
    """
    words = name.split()
    if not all(map(_NAME_WORD.fullmatch, words)) or len(words) > _MAX_NAME_WORDS:
        return False
    if _has_no_capitals(name):
        return len(name) >= 2
    return len(words) > 1 and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)


def without_outlet(names: Iterable[str], outlets: Iterable[str]) -> tuple[str, ...]:
    """The names, each once, that are not the outlet's own: an outlet is no author."""
    own = {folded(outlet) for outlet in outlets}
    names = [_beside(name, own) for name in names]
    names_left: dict[str, str] = {}
    for name in names:
        if folded(name) not in own:
            names_left.setdefault(folded(name), name)
    return tuple(names_left.values())


def _beside(name: str, own: Set[str]) -> str:
    """The name without the outlet's before or behind it."""
    parts = _PARTING.split(name)
    others = [part for part in parts if folded(part) not in own]
    return others[0] if len(parts) > 1 and len(others) == 1 else name


CAPTION_LANGUAGES = frozenset(
    code for code, known in languages().items() if known.pictures.names_by_capitals
)
"""Where a name is known by its capitals and stands in a story as in a caption."""


def shares_no_name(caption: str, story: str, language: str | None) -> bool:
    """True where a caption names somebody and nobody whom it names stands in the story.

    A name is two or more capitalised words in a row, compared by its last word, in German by any,
    as a noun before it is a part of the row. False in other than CAPTION_LANGUAGES.
    """
    if language not in CAPTION_LANGUAGES:
        return False
    names = [match[0].split() for match in _CAPITALISED.finditer(caption[:1_000])]
    if language == "de":
        names = [_german_name(name) for name in names]
    last_names = {
        word.strip(".'’-")
        for name in names
        if len(name) > 1
        for word in (name if language == "de" else name[-1:])
    }
    last_names -= {word for word in last_names if len(word) < 3}
    words = set(_WORD.findall(story))
    if not last_names or any(word in words or f"{word}s" in words for word in last_names):
        return False
    others = {word for word in _WORD.findall(caption[:1_000]) if len(word) >= _TELLING_CHARS}
    others = {word for word in others if word.strip(".'’-") not in last_names}
    return 2 * sum(word in words for word in others) < len(others) or not others


def _german_name(row: list[str]) -> list[str]:
    """The capitalised words less those that are no part of a name for sure.

    Articles and prepositions open sentences, and of two words one that may be an adjective may open
    one as well: `Ein Feuerwehrmann`, `Brennende Häuser`. A caption in doubt names nobody.
    """
    while row and row[0].casefold() in _GERMAN_OPENERS:
        row = row[1:]
    is_doubtful = len(row) == 2 and _GERMAN_ENDING.search(row[0]) is not None
    return [] if is_doubtful or len(row) < 2 else row


def folded(name: str) -> str:
    """The name's letters and digits, without case: equal for two spellings of one name."""
    return "".join(_WORD.findall(name.casefold()))


def is_no_person(written: str) -> bool:
    """Whether the words are nothing but a role, a desk, or a control.

    >>> is_no_person("Senior Correspondent"), is_no_person("留言 (3)"), is_no_person("Ann Lee")
    (True, True, False)
    """
    return any(pattern.fullmatch(written) for pattern in (_ROLES, _IS_ROLE, _CONTROLS))
