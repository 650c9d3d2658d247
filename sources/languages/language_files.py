"""The language files beside this module as frozen records (records), read once.

docs/how-to/add-a-language.md shows how to write one. A module that needs the words of all
languages at once takes them by `words_of_all`, in the order of the files' names.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sources.languages.records import (
    Attribution,
    Bylines,
    Calendar,
    Credits,
    Language,
    Mirrors,
    Notices,
    Numbers,
    OutletWords,
    PageWords,
    Pictures,
    Policies,
    Quotations,
    Sentences,
    Words,
)

FOLDER = Path(__file__).parent
SHARED = "mul"
"""The file of what many languages write, called as ISO 639-2 calls texts of several."""

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
    "outlets": OutletWords,
    "policies": Policies,
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
