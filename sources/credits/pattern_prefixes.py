"""With which characters a text can begin that a regular expression matches.

Patterns for whole lines begin with words of their own (`share`, `fuente:`), and hardly any line of
a story begins so. One look at a line's first characters then saves matching dozens of patterns.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # how re itself reads a pattern
from re import _parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 3
_MOST = 50_000
_MANY = 200
_ANYTHING = "\0"
"""Stands in a prefix for what can be too much to list, and for all that follows."""
Prefixes = frozenset[str]


class Openings:
    """Tells which clean lines (lines) any of some patterns may match at their beginning.

    Args:
        patterns: those that may match.
        unlisted: beginnings that may be anything's before the lists are made: they take .2 s, for
            which dozens of patterns are tried on a thousand lines.
    """

    def __init__(self, patterns: Iterable[re.Pattern[str]], unlisted: int = 0) -> None:
        self._patterns = tuple(patterns)
        self._unlisted = unlisted
        self._may_open: dict[str, bool] = {}

    def may_open(self, line: str) -> bool:
        """False only where no pattern matches at the beginning of the line."""
        beginning = line[:LENGTH]
        may_open = self._may_open.get(beginning)
        return self._look(beginning) if may_open is None else may_open

    def _look(self, beginning: str) -> bool:
        """Keeps what it finds: asking all short ones again takes five times as long."""
        if self._unlisted:
            self._unlisted -= 1
            return True
        if len(self._may_open) >= _MOST:
            self._may_open.clear()
        may_open = self._may_open[beginning] = beginning in self._whole or beginning.startswith(
            self._short
        )
        return may_open

    # at first use: the lists of all patterns take .4 s, and many processes see no text or one

    @cached_property
    def _prefixes(self) -> Prefixes:
        return frozenset[str]().union(*map(openings, self._patterns))

    @cached_property
    def _whole(self) -> Prefixes:
        return frozenset(prefix for prefix in self._prefixes if len(prefix) == LENGTH)

    @cached_property
    def _short(self) -> tuple[str, ...]:
        return tuple(sorted(self._prefixes - self._whole))


def openings(pattern: re.Pattern[str]) -> Prefixes:
    """All beginnings, of LENGTH characters or fewer, of what the pattern matches in clean lines.

    >>> sorted(openings(re.compile("(?:the )?cat|ox")))
    ['cat', 'ox', 'the']

    Raises:
        ValueError: the pattern can begin with anything.
    """
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    prefixes = _sequence(parsed, bool(pattern.flags & re.IGNORECASE), frozenset([""]))
    beginnings = frozenset(prefix.partition(_ANYTHING)[0] for prefix in prefixes)
    if "" in beginnings or len(beginnings) > _MOST:
        raise ValueError(f"{pattern.pattern[:80]!r} can begin with anything; look for its words")
    return beginnings


def _sequence(parsed: Iterable[Any], ignores_case: bool, before: Prefixes) -> Prefixes:
    for code, argument in parsed:
        if all(len(prefix) == LENGTH for prefix in before):
            break
        before = _step(code, argument, ignores_case, before)
    return before


def _step(code: Any, argument: Any, ignores_case: bool, before: Prefixes) -> Prefixes:
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return before  # they take no character; what they forbid is not looked at
    if code is codes.BRANCH:
        return frozenset[str]().union(
            *(_sequence(branch, ignores_case, before) for branch in argument[1])
        )
    if code is codes.SUBPATTERN:
        _, added, removed, inner = argument
        is_loose = (ignores_case or bool(added & re.IGNORECASE)) and not removed & re.IGNORECASE
        return _sequence(inner, is_loose, before)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _repeated(argument, ignores_case, before)
    return _followed(before, _characters(code, argument, ignores_case))


def _repeated(argument: tuple[int, int, Any], ignores_case: bool, before: Prefixes) -> Prefixes:
    least, most, inner = argument
    prefixes: Prefixes = before if least == 0 else frozenset()
    for times in range(1, min(int(most), LENGTH) + 1):
        before = _sequence(inner, ignores_case, before)
        if times >= min(least, LENGTH):
            prefixes |= before
    return prefixes


def _followed(before: Prefixes, characters: Sequence[str]) -> Prefixes:
    longer = (prefix + more for prefix in before if len(prefix) < LENGTH for more in characters)
    return frozenset(prefix for prefix in before if len(prefix) == LENGTH).union(
        prefix.ljust(LENGTH, _ANYTHING) if _ANYTHING in prefix else prefix for prefix in longer
    )


@lru_cache(maxsize=4_096)
def _matching(written: str, ignores_case: bool) -> tuple[str, ...]:
    """The single characters that a character, or a set of them in brackets, matches."""
    flags = re.IGNORECASE if ignores_case else re.NOFLAG
    characters = re.findall(written, _characters_of_clean_lines(), flags)
    return tuple(characters) if len(characters) <= _MANY else (_ANYTHING,)


@lru_cache(maxsize=1)
def _characters_of_clean_lines() -> str:
    # a set that matches characters beyond these matches too many of these to be listed
    return "".join(character for character in map(chr, range(0x10000)) if character.isprintable())


def _characters(code: Any, argument: Any, ignores_case: bool) -> tuple[str, ...]:
    if code is codes.LITERAL:
        return _variants(chr(argument)) if ignores_case else (chr(argument),)
    return _matching(_brackets(argument), ignores_case) if code is codes.IN else (_ANYTHING,)


@lru_cache(maxsize=4_096)
def _variants(character: str) -> tuple[str, ...]:
    """The characters that match it where case is ignored."""
    variants = re.findall(re.escape(character), _characters_with_case(), re.IGNORECASE)
    return tuple(variants) or (character,)


@lru_cache(maxsize=1)
def _characters_with_case() -> str:
    return "".join(
        character
        for character in map(chr, range(0x10000))
        if character.lower() != character.upper()
    )


def _brackets(members: Sequence[tuple[Any, Any]]) -> str:
    """The set as it would be written."""
    parts = []
    for code, value in members:
        if code is codes.NEGATE:
            parts.append("^")
        elif code is codes.LITERAL:
            parts.append(re.escape(chr(value)))
        elif code is codes.RANGE:
            parts.append("-".join(re.escape(chr(end)) for end in value))
        else:
            parts.append(_CATEGORIES[value])
    return f"[{''.join(parts)}]"


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_NOT_WORD: r"\W",
}
