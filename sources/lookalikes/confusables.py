"""What a reader sees of a domain's label: the name less its suffix, and what it is mistaken for.

After Unicode Technical Standard 39, section 4: two labels with one skeleton look alike. The
confusable characters are those of confusable-homoglyphs, which ships Unicode's table.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import idna

# Two letters that are read as one, and digits that are read as letters.
_ASCII = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"))
_MOST_FOLDS = 8


@dataclass(frozen=True, slots=True)
class Label:
    """The first label of a registrable domain."""

    domain: str
    text: str
    """In Unicode, as a browser may show it."""
    skeleton: str
    """Equal for labels that look alike; without hyphens."""

    @property
    def suffix(self) -> str:
        """What follows the label."""
        return self.domain.partition(".")[2]


def label_of(domain: str) -> Label:
    """The label of a registrable domain.

    >>> label_of("xn--brghtherald-0vj.example").skeleton
    'brightherald'
    """
    first = domain.partition(".")[0]
    text = _unicode(first)
    return Label(domain, text, skeleton(text))


def skeleton(text: str) -> str:
    """The letters that a text is read as, without hyphens and accents.

    Folded until nothing changes: a sign may decompose into capitals (㎴ is pV).
    """
    for _ in range(_MOST_FOLDS):
        folded = _folded(text)
        if folded == text:
            break
        text = folded
    return text


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower().replace("-", ""))
    plain = "".join(map(_prototype, letters))
    for seen, read in _ASCII:
        plain = plain.replace(seen, read)
    return plain


def _unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return label  # some registries let through what IDNA 2008 forbids


@lru_cache(maxsize=65_536)
def _prototype(character: str) -> str:
    """The ASCII letter or digit that a character is mistaken for; nothing for a mark on another."""
    if character.isascii():
        return character
    if unicodedata.category(character).startswith("M"):
        return ""
    # imported here: the table takes 0.07 s, and most commands need no look-alikes
    from confusable_homoglyphs.confusables import confusables_data

    # small letters of one form as capitals (К and к, М and м) are read as those are
    for letter in (character, character.upper()):
        others = {_without_marks(entry["c"].lower()) for entry in confusables_data.get(letter, ())}
        letters = {other for other in others if other.isascii() and other.isalnum()}
        if letters:
            return min(letters)
    return character


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
