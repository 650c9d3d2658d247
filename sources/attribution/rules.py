"""The form of the rules by which a sentence says who says so, whatever their language.

Patterns are for RE2: no lookaround, linear time whatever a page holds.
"""

from dataclasses import dataclass

CLOSED = '[”"’“»«]'
OPENED = '[“"„‘»«]'


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


def rules(unsaid: tuple[str, ...], attributed: tuple[str, ...], unnamed: tuple[str, ...]) -> Rules:
    """The alternatives of each kind as one pattern."""
    return Rules("|".join(unsaid), "|".join(attributed), "|".join(unnamed))


def one_of(words: str) -> str:
    """A pattern for any of the words; an underscore in a word is a space.

    >>> one_of("said told_us")
    '(?:said|told us)'
    """
    return f"(?:{'|'.join(words.split())})".replace("_", " ")
