"""Quotations: which characters of a text stand within quotation marks, in any script.

Marks are read by what stands beside them, as typesetters do: after a space and before a letter a
mark opens, the other way round it closes, so that German, Danish and Swedish usage and straight
marks need no list of languages. Only where both sides look alike, as between ideographs, does the
mark's own direction count. A quotation that a paragraph leaves open reaches the paragraph's end if
the next one opens with the mark again, as speeches of several paragraphs are set; otherwise it is
none. A paragraph without marks that follows a colon is set off as a quotation.
"""

import bisect
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_QUOTED = 4000
"""Characters between two marks from which on they are taken for stray ones."""
_OPENS, _CLOSES = 1, -1
_SINGLE = 3
_FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("“„‟〝", "”〞〟", '"＂'),
    ("«", "»", ""),
    ("‹", "›", ""),
    ("‘‚‛", "’", "'"),
    ("「﹁｢", "」﹂｣", ""),
    ("『﹃", "』﹄", ""),
)
"""Marks that open, that close, and that do either, by family: a family's marks close its own."""
_CORNERS = (4, 5)
_LINE_END = re.compile("\n")
_FULL_STOPS = ".!?…。！？۔।"
_COLONS = ":：︰"
_SETS_OFF = tuple(f"{colon}\n" for colon in _COLONS)
MARKS = "".join("".join(family) for family in _FAMILIES)
"""All characters that may begin or end a quotation."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark as it stands in a text."""

    place: int
    family: int
    direction: int
    """1 opens, -1 closes, 0 does what is missing."""
    is_doubtful: bool
    """Closes a quotation, or ends a possessive: `the workers’ rights`."""


@functools.lru_cache(maxsize=1)
def _marks() -> dict[str, tuple[int, int]]:
    """The family and the direction of each mark."""
    return {
        mark: (family, direction)
        for family, groups in enumerate(_FAMILIES)
        for marks, direction in zip(groups, (_OPENS, _CLOSES, 0), strict=True)
        for mark in marks
    }


def quoted_spans(text: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """Returns the quotations of a text as spans [start, end), ascending and apart.

    Args:
        text: paragraphs, each on a line.
        places: where its quotation marks stand, ascending.

    >>> quoted_spans('He said: "We will not go." She went.', [9, 25])
    [(9, 26)]
    """
    marks = [mark for mark in (_read_mark(text, place) for place in places) if mark is not None]
    spans = _set_off(text, places)
    ends = [match.start() for match in _LINE_END.finditer(text)]
    by_line = [
        list(group)
        for _, group in itertools.groupby(marks, lambda mark: bisect.bisect(ends, mark.place))
    ]
    for number, line in enumerate(by_line):
        following = by_line[number + 1] if number + 1 < len(by_line) else []
        spans += _spans_of_line(text, line, following)
    return sorted(spans)


def _spans_of_line(
    text: str, line: Sequence[_Mark], following: Sequence[_Mark]
) -> Iterator[tuple[int, int]]:
    """The quotations of one paragraph, given its marks and those of the next that has any."""
    opened: _Mark | None = None
    doubtful: int | None = None
    for mark in line:
        if opened is None:
            opened, doubtful = (mark, None) if mark.direction != _CLOSES else (None, None)
        elif mark.family != opened.family:
            continue
        elif mark.direction == _OPENS:
            if doubtful is not None:
                yield opened.place, doubtful
            opened, doubtful = mark, None
        elif mark.is_doubtful:
            doubtful = doubtful or mark.place + 1
        else:
            if mark.place - opened.place <= MAX_QUOTED:
                yield opened.place, mark.place + 1
            opened, doubtful = None, None
    if opened is None:
        return
    line_end = text.find("\n", opened.place)
    if doubtful is not None:
        yield opened.place, doubtful
    elif following and _continues(text, line_end, following[0], opened):
        yield opened.place, line_end


def _continues(text: str, line_end: int, mark: _Mark, opened: _Mark) -> bool:
    """Whether `mark` opens the paragraph after `line_end` as `opened` had opened its quotation."""
    is_first = not text[line_end : mark.place].strip()
    return is_first and mark.family == opened.family and mark.direction != _CLOSES


def _read_mark(text: str, place: int) -> _Mark | None:
    """The mark at this place; None for an apostrophe, and for inches between letters."""
    family, own = _marks()[text[place]]
    before = text[place - 1] if place else "\n"
    after = text[place + 1] if place + 1 < len(text) else "\n"
    direction = own
    is_doubtful = False
    if family not in _CORNERS and text[place] != "„":
        direction_beside = _direction(before, after, own, family)
        if direction_beside is None:
            return None
        direction = direction_beside
        is_doubtful = family == _SINGLE and direction == _CLOSES and before.isalnum()
    return _Mark(place, family, direction, is_doubtful)


def _direction(before: str, after: str, own: int, family: int) -> int | None:
    """What a mark does between these characters; None where it is no quotation mark."""
    if before.isalnum() and after.isalnum():
        is_unspaced = _is_unspaced(before) or _is_unspaced(after)
        return own if is_unspaced or (own != 0 and family != _SINGLE) else None
    if family == _SINGLE and own == _CLOSES and before.isspace():
        return None  # ’90s
    if before.isspace() != after.isspace():
        is_french = before.isspace() and own != 0 and not after.isalnum()  # « mots », dit-il
        return own if is_french else _OPENS if before.isspace() else _CLOSES
    if before.isspace() or (own != 0 and not (before.isalnum() and not _is_unspaced(before))):
        return own
    return _OPENS if after.isalnum() and before not in _FULL_STOPS else _CLOSES


def _is_unspaced(character: str) -> bool:
    """Whether its script sets no spaces between words: Thai to Khmer, kana and ideographs."""
    return (
        "\u0e00" <= character <= "\u0eff"
        or "\u1000" <= character <= "\u109f"
        or (
            "\u1780" <= character <= "\u17ff"
            or (character >= "\u2e80" and not "\uac00" <= character <= "\ud7af")
        )
    )


def _set_off(text: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """Paragraphs without marks, each after one that ends with a colon."""
    spans: list[tuple[int, int]] = []
    if not any(end in text for end in _SETS_OFF):
        return spans
    end = text.find("\n")
    while end >= 0:
        start = end + 1
        following = text.find("\n", start)
        stop = len(text) if following < 0 else following
        line = text[max(0, end - 8) : end].rstrip()
        if line[-1:] in _COLONS and line and stop - start <= MAX_QUOTED:
            at = bisect.bisect_left(places, start)
            if at == len(places) or places[at] >= stop:
                spans.append((start, stop))
        end = following
    return spans
