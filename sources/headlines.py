"""The headline, chosen among the places where a page writes one."""

from collections import Counter
from collections.abc import Iterable

_SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " :: ", " » ")


def choose_headline(
    candidates: Iterable[tuple[str, str | None]], outlets: Iterable[str]
) -> tuple[str | None, str | None]:
    """The headline and the source of it; `candidates` are (source, headline), the best first.

    A headline on which most sources agree wins, the better source where none agree. The outlet's
    name behind a separator is no part of it.
    """
    names = {_folded(name) for name in outlets}
    written = [
        (source, stripped)
        for source, text in candidates
        if text and (stripped := _without_outlet(" ".join(text.split()), names))
    ]
    if not written:
        return None, None
    votes = Counter(_folded(text) for _, text in written)
    source, text = max(written, key=lambda one: votes[_folded(one[1])])
    return text, source


def _without_outlet(text: str, names: set[str]) -> str:
    for separator in _SEPARATORS:
        head, found, tail = text.rpartition(separator)
        if found and _folded(tail) in names:
            return head.strip()
    return text


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
