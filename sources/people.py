"""Names of people as bylines write them, and the names that a caption shares with its story."""

import re
from collections.abc import Iterable

_MAX_NAME_CHARS = 80
_BY = re.compile(
    r"(?i)^(?:by|von|par|por|di|door|av|written by|story by|words by|autor(?:in)?|author)\s?:?\s+"
)
_AND = re.compile(r"\s*[,;|·•]\s*|\s+(?:and|und|et|y|en|og|och|&)\s+")
_NO_NAME = re.compile(r"https?://|www\.|[@<>{}=]|\d{3}")
_TAIL = re.compile(
    r"\s*(?:\(.{0,60}\)|[-–|,]\s*(?:associated press|reporter|staff writer)\b.{0,30})$"
)
_ROLES = re.compile(
    r"(?i)(?:staff(?: writer| reporter)?|admin(?:istrator)?|editor(?:ial)?(?: team| staff)?"
    r"|redaktion|newsroom|news ?desk|web ?desk|agencies|agenturen|correspondent"
    r"|reporter|null|none|unknown|redacción|la rédaction|redazione|guest(?: author)?|contributor)"
)
_CAPITALISED = re.compile(
    r"(?:(?<!\w)[A-ZÀ-ÞА-ЯΑ-Ω][\w'’.-]{0,30}(?:[ ]|$)){2,6}|(?<!\w)[A-ZÀ-ÞА-ЯΑ-Ω][\w'’-]{1,30}"
    r"(?:[ ][A-ZÀ-ÞА-ЯΑ-Ω][\w'’-]{1,30}){1,5}"
)
_WORD = re.compile(r"\w+")


def split_names(written: str) -> list[str]:
    """The names in a byline: `By Ann Lee and Bo Ek` gives two.

    >>> split_names("By Ann Lee and Bo Ek")
    ['Ann Lee', 'Bo Ek']
    """
    line = _BY.sub("", " ".join(written[:500].split()))
    return [name for part in _AND.split(line) if (name := person(part))]


def person(written: str) -> str | None:
    """One name without its `By` and role, None where the text is no name."""
    name = _TAIL.sub("", _BY.sub("", " ".join(written[:500].split()))).strip(" ,;:|-–")
    if not 1 < len(name) <= _MAX_NAME_CHARS or _NO_NAME.search(name) or _ROLES.fullmatch(name):
        return None
    return name


def without_outlet(names: Iterable[str], outlets: Iterable[str]) -> tuple[str, ...]:
    """The names, each once, that are not the outlet's own: an outlet is no author."""
    own = {folded(outlet) for outlet in outlets}
    kept: dict[str, str] = {}
    for name in names:
        if folded(name) not in own:
            kept.setdefault(folded(name), name)
    return tuple(kept.values())


def shares_no_name(caption: str, story: str) -> bool:
    """True where a caption names somebody and nobody whom it names stands in the story.

    A name is two or more capitalised words in a row, compared by its last word; in scripts
    without capitals, and for captions without a name, the answer is False.
    """
    names = [match[0].split() for match in _CAPITALISED.finditer(caption[:1_000])]
    last_words = {name[-1].strip(".'’-") for name in names if len(name) > 1}
    last_words -= {word for word in last_words if len(word) < 3}
    return bool(last_words) and last_words.isdisjoint(_WORD.findall(story))


def folded(name: str) -> str:
    """The name's letters and digits, without case: equal for two spellings of one name."""
    return "".join(_WORD.findall(name.casefold()))
