"""The sample's stories: prose of our own about invented places, kept in TOML beside this module."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "de", "es", "uk", "fa", "zh")


@dataclass(frozen=True, slots=True)
class SampleStory:
    """A story as its author wrote it, before any outlet shortens or edits it."""

    key: str
    language: str
    title: str
    section: str
    paragraphs: tuple[str, ...]
    author: str = ""
    dateline: str = ""
    wire: str | None = None
    """AP, Reuters, AFP or dpa where the dateline names one of them."""
    outlet_credit: str | None = None
    """The outlet named in the dateline, where it is not one of the big agencies."""
    caption: str = ""
    photo: str = ""


def read_toml(name: str) -> dict[str, Any]:
    """Return a packaged TOML file of the sample as a dictionary."""
    return tomllib.loads((files("pipelines.sample") / name).read_text(encoding="utf-8"))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text in which blank lines separate them.

    >>> paragraphs_of("one\\n\\ntwo\\n")
    ('one', 'two')
    """
    return tuple(part.strip() for part in text.strip().split("\n\n"))


@cache
def stories() -> Mapping[str, SampleStory]:
    """Return all stories of the sample by their key."""
    frames = read_toml("frames.toml")
    return {
        key: _story(key, language, entry, frames)
        for language in LANGUAGES
        for key, entry in read_toml(f"texts/{language}.toml").items()
    }


def _story(
    key: str, language: str, entry: Mapping[str, Any], frames: Mapping[str, str]
) -> SampleStory:
    """Return one story; a framed one gets its text from the frame and the day's facts."""
    fields = dict(entry)
    frame, facts = fields.pop("frame", None), fields.pop("facts", {})
    text = frames[frame].format(**facts) if frame else fields.pop("text")
    return SampleStory(key=key, language=language, paragraphs=paragraphs_of(text), **fields)
