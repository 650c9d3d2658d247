"""The headline, chosen among the places where a page writes one."""

from collections import Counter
from collections.abc import Iterable, Sequence

_SEPARATORS = (
    " | ",
    " - ",
    " – ",
    " — ",
    " · ",
    " • ",
    " :: ",
    " » ",
    " « ",
    "｜",
    " _ ",
    "_",
    ": ",
)
_MIN_LABEL_CHARS = 4


def choose_headline(
    candidates: Iterable[tuple[str, str | None]], outlets: Iterable[str], host: str | None = None
) -> tuple[str | None, str | None]:
    """The headline and the source of it; `candidates` are (source, headline), the best first.

    A headline on which most sources agree wins, the better source where none agree. An outlet's
    name is no headline and, before or behind a separator, no part of one. Where no source says what
    the outlet is called, its host does, or another candidate: of `A` and `A - B` the shorter is the
    headline, unless it is the shorter part of the longer one as well, as a logo's words are.
    """
    names = {_folded(name) for name in outlets}
    texts = [(source, " ".join(text.split())) for source, text in candidates if text]
    names |= _logos([text for _, text in texts])
    written = [
        (source, stripped)
        for source, text in texts
        if _folded(text) not in names and (stripped := _without_outlet(text, names, host))
    ] or texts
    if not written:
        return None, None
    bare = {_folded(text) for _, text in written}
    written = [(source, _known_part(text, bare)) for source, text in written]
    votes = Counter(_folded(text) for _, text in written)
    source, text = max(written, key=lambda one: votes[_folded(one[1])])
    return text, source


def _logos(texts: Sequence[str]) -> set[str]:
    """Candidates that are the shorter part of another one, which then has the headline besides.

    >>> _logos(["Harbour Post", "Harbour Post: Old bridge stays open to all"])
    {'harbourpost'}
    """
    folded = {_folded(text) for text in texts}
    return {
        _folded(name)
        for text in texts
        for head, tail in _partings(text)
        for name, rest in ((head, tail), (tail, head))
        if _folded(name) in folded and 2 * len(name) < len(rest)
    }


def _known_part(text: str, bare: set[str]) -> str:
    """The part of the text that stands alone elsewhere on the page, the text where none does."""
    parts = (part for parting in _partings(text) for part in parting)
    return next((part for part in parts if _folded(part) in bare), text)


def _without_outlet(text: str, names: set[str], host: str | None) -> str:
    for head, tail in _partings(text):
        if _is_outlet(tail, names, host):
            return head
        if _is_outlet(head, names, host):
            return tail
    return text


def _is_outlet(part: str, names: set[str], host: str | None) -> bool:
    folded = _folded(part)
    labels = (host or "").split(".")[:-1]
    return folded in names or (
        len(folded) >= _MIN_LABEL_CHARS and any(folded == _folded(label) for label in labels)
    )


def _partings(text: str) -> list[tuple[str, str]]:
    """What stands before and behind the first and the last of each kind of separator."""
    found: list[tuple[str, str]] = []
    for separator in _SEPARATORS:
        if separator in text:
            for head, _, tail in (text.rpartition(separator), text.partition(separator)):
                if head.strip() and tail.strip():
                    found.append((head.strip(), tail.strip()))
    return list(dict.fromkeys(found))


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
