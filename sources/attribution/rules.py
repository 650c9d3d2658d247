"""The rules by which a sentence says who says so, as a language's file has them.

Patterns are for RE2: no lookaround, linear time whatever a page holds.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sources.languages.language_files import languages
from sources.languages.records import Attribution

_MARKS = {"closed": '[”"’“»«]', "opened": '[“"„‘»«]'}
_NAME = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns of one language.

    Sentences of spokespeople and of offices ("police said") are attributed and not unnamed: the
    office answers for them.
    """

    unsaid: str
    """Taken out first: looks like an attribution and is none."""
    attributed: str
    unnamed: str
    """Of a sentence that is attributed: to somebody without a name."""


def rules_by_language() -> Mapping[str, Rules]:
    """The rules of each language whose file has any, by its code."""
    files = languages().values()
    return {each.code: _rules(each.attribution) for each in files if each.attribution.attributed}


def _rules(written: Attribution) -> Rules:
    """The alternatives of each kind as one pattern.

    Raises:
        KeyError: a pattern names words that stand nowhere before it.
    """
    parts = _MARKS | {name: f"(?:{'|'.join(words)})" for name, words in written.words.items()}
    for name, pattern in written.patterns.items():
        parts[name] = _filled(pattern, parts)

    def joined(patterns: Iterable[str]) -> str:
        return "|".join(_filled(pattern, parts) for pattern in patterns)

    return Rules(joined(written.unsaid), joined(written.attributed), joined(written.unnamed))


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with each <name> replaced by the part of that name."""
    return _NAME.sub(lambda name: parts[name[1]], pattern)
