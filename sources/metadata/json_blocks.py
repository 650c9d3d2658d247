"""JSON that pages write by hand: read as it is, else repaired as far as that is safe.

Repaired are what surrounds a block (`<!--`, CDATA, a semicolon), comments, trailing commas, quotes
written as entities, several values one after another, and a quotation mark inside of a string that
is followed by no delimiter. Every repair is one pass over a block that is already bounded.
"""

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_BEFORE = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[")
_BEHIND = ("-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", "//", ";")
_MARK = re.compile(r'["/,]')
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BEFORE_END = re.compile(r",\s*+[}\]]")
_CLOSING = re.compile(r"\s*(?:[,:}\]]|$)")
_MAX_VALUES = 20


@dataclass(frozen=True, slots=True)
class JsonBlock:
    """The values in one block."""

    values: tuple[Any, ...]
    is_repaired: bool
    """Whether it was no JSON as it stood; without values where it could not be made any."""


def read_blocks(blocks: Iterable[str]) -> list[JsonBlock]:
    """The values of each block, in order."""
    return [_read(block) for block in blocks]


def _read(block: str) -> JsonBlock:
    text = block.strip()
    if (values := _loaded(text)) is not None:
        return JsonBlock(values, False)
    bare = _without_wrapping(text)
    bare_of_comments = _without_comments(bare)
    for repaired in (bare, bare_of_comments, html.unescape(bare), _escaped(bare_of_comments)):
        if (values := _loaded(repaired)) is not None:
            return JsonBlock(values, True)
    return JsonBlock((), bool(bare))


def _loaded(text: str) -> tuple[Any, ...] | None:
    """The value, or the values that follow each other; None where the text is no JSON."""
    text = text.lstrip()  # a comment may have stood before it
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(text) and len(values) < _MAX_VALUES:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return tuple(values) or None


def _without_wrapping(text: str) -> str:
    before = None
    while text != before:
        before = text
        for mark in _BEFORE:
            text = text.removeprefix(mark)
        for mark in _BEHIND:
            text = text.removesuffix(mark)
        text = text.strip()
    return text


def _without_comments(text: str) -> str:
    """The text without comments and trailing commas; each part of it is looked at once."""
    pieces: list[str] = []
    at = 0
    while (mark := _MARK.search(text, at)) is not None:
        pieces.append(text[at : mark.start()])
        at = mark.start()
        if mark[0] == '"':
            string = _STRING.match(text, at)
            end = len(text) if string is None else string.end()
            pieces.append(text[at:end])
        elif text.startswith("/*", at):
            end = text.find("*/", at + 2)
            end = len(text) if end < 0 else end + 2
        elif text.startswith("//", at):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
        else:
            end = at + 1
            pieces.append("" if _BEFORE_END.match(text, at) else text[at])
        at = end
    return "".join(pieces) + text[at:]


def _escaped(text: str) -> str:
    """Quotation marks inside of strings escaped: one that no delimiter follows closes nothing."""
    pieces: list[str] = []
    is_inside = False
    at = 0
    while at < len(text):
        letter = text[at]
        if letter == "\\" and is_inside:
            pieces.append(text[at : at + 2])
            at += 2
            continue
        if letter == '"':
            if is_inside and not _CLOSING.match(text, at + 1):
                letter = '\\"'
            else:
                is_inside = not is_inside
        pieces.append(letter)
        at += 1
    return "".join(pieces)
