"""The headline, chosen among the places where a page writes one."""

import re
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
    " -- ",
    " › ",
    " ‹ ",
    " ⋆ ",
    " » ",
    " / ",
    " @ ",
    "_",
    ": ",
)
_MIN_LABEL_CHARS = 4
_MAX_SECTION_CHARS = 30
_MAX_LABELS = 4
_MIN_SHARED = 0.3
_MIN_HEADLINE_WORDS = 5
"""Of a heading that says something, whatever other titles say."""
_WORD = re.compile(r"\w+")


def choose_headline(
    candidates: Iterable[tuple[str, str | None]],
    outlets: Iterable[str],
    host: str | None = None,
    sections: Iterable[str] = (),
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
    # a section behind the headline is what a link of the page's frame is called
    labels = {folded for name in sections if 2 < len(folded := _folded(name)) <= _MAX_SECTION_CHARS}
    written = [
        (source, stripped)
        for source, text in texts
        if _folded(text) not in names and (stripped := _bare(text, names, host, labels))
    ] or texts
    if not written:
        return None, None
    bare = {_folded(text) for _, text in written}
    written = [(source, _known_part(text, bare)) for source, text in written]
    votes = Counter(_folded(text) for _, text in written)
    source, text = max(written, key=lambda choice: votes[_folded(choice[1])])
    return text, source


def is_shown_headline(
    shown: str, declared: Sequence[str], outlets: Iterable[str], host: str | None
) -> bool:
    """Whether the heading that a page shows is its headline: no outlet's name, and declared so.

    Systems write other titles for search engines and networks; a good part of their words is the
    headline's.
    """
    names = {_folded(name) for name in outlets} | _logos([shown, *declared])
    if _is_outlet(shown, names, host):
        return False
    words = _words(shown)
    titles = [title for title in declared if not _is_outlet(title, names, host)]
    is_told = len(_WORD.findall(shown)) >= _MIN_HEADLINE_WORDS
    return (
        not titles
        or is_told
        or any(
            len(words & other) >= _MIN_SHARED * min(len(words), len(other))
            for title in titles
            if (other := _words(_without_outlet(title, names, host)))
        )
    )


def without_outlet_name(text: str, outlets: Iterable[str], host: str | None) -> str:
    """A headline without the outlet's name before or behind it."""
    return _without_outlet(text, {_folded(name) for name in outlets}, host)


def _words(text: str) -> set[str]:
    """The longer words of a title; pairs of characters where a script writes no spaces."""
    folded = text.casefold()
    words = {word for word in _WORD.findall(folded) if len(word) > 3}
    return words or {folded[at : at + 2] for at in range(max(1, len(folded) - 1))}


def _bare(text: str, names: set[str], host: str | None, labels: set[str]) -> str:
    """The text less outlet and sections, one after the other."""
    for _ in range(_MAX_LABELS):
        shorter = _without_outlet(text, names, host)
        if shorter == text:
            shorter = next(
                (head for head, tail in _partings(text) if _folded(tail) in labels), text
            )
        if shorter == text:
            break
        text = shorter
    return text


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
        len(folded) >= _MIN_LABEL_CHARS
        and (
            any(folded in (_folded(label), f"the{_folded(label)}") for label in labels)
            or folded == _folded(host or "")
        )
    )


def _partings(text: str) -> list[tuple[str, str]]:
    """What stands before and behind the first and the last of each kind of separator."""
    parted: list[tuple[str, str]] = []
    for separator in _SEPARATORS:
        if separator in text:
            for head, _, tail in (text.rpartition(separator), text.partition(separator)):
                if head.strip() and tail.strip():
                    parted.append((head.strip(), tail.strip()))
    return list(dict.fromkeys(parted))


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
