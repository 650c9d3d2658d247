"""Numbers and dates in which two wordings of one sentence differ. Precise rather than complete.

A reworded sentence, a rounded number, the other unit of a measure and a fact that one wording
leaves out are no differences: a pair of facts counts only where the same words stand around both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from sources.disagreements.number_words import ABOUT, LESS_THAN, MEASURES, MORE_THAN
from sources.disagreements.tokens import DATE, MONTH, NUMBER, WEEKDAY, WORD, YEAR, Token

DATES = (DATE, MONTH, WEEKDAY, YEAR)
_AROUND = 4
"""Words on either side of a fact that are looked at."""
_MIN_AROUND = 3
"""Of those, how many the two wordings share."""
_ABOUT = Decimal("0.1")
"""A number called `about` something may lie so far from it, as a share of the larger."""
_BEYOND = Decimal("1.5")
"""`More than 200` may stand for up to so many times 200."""


@dataclass(frozen=True, slots=True)
class FactPair:
    """The places of one fact in two wordings."""

    left: int
    right: int
    is_equal: bool


def fact_pairs(left: Sequence[Token], right: Sequence[Token]) -> Iterator[FactPair]:
    """The facts of `left` that `right` states as well, alike or otherwise."""
    paired = _paired(left, right)
    for a, b in paired.items():
        if left[a].kind != right[b].kind or left[a].kind not in (NUMBER, *DATES):
            continue
        if agree(left[a], right[b]):
            yield FactPair(a, b, is_equal=True)
        elif _is_difference(left, right, a, b, paired):
            yield FactPair(a, b, is_equal=False)


def agree(left: Token, right: Token) -> bool:
    """Whether two facts of one kind can mean the same."""
    if left.kind == DATE and left.unit and right.unit and left.unit != right.unit:
        return False
    return not left.value.isdisjoint(right.value)


def _paired(left: Sequence[Token], right: Sequence[Token]) -> dict[int, int]:
    forms = [token.form for token in left], [token.form for token in right]
    blocks = SequenceMatcher(None, *forms, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _is_difference(
    left: Sequence[Token], right: Sequence[Token], a: int, b: int, paired: dict[int, int]
) -> bool:
    token, other = left[a], right[b]
    if token.unit != other.unit and token.kind == NUMBER:
        return False
    if _stands_elsewhere(token, right) or _stands_elsewhere(other, left):
        return False  # the same facts in another order
    if _shared_around(left, right, a, b, paired) < _MIN_AROUND:
        return False
    if token.kind != NUMBER:
        return True
    if _measure(left, a) != _measure(right, b):
        return False
    return not _is_rounded(left, right, a, b)


def _stands_elsewhere(fact: Token, tokens: Sequence[Token]) -> bool:
    return any(token.kind == fact.kind and agree(token, fact) for token in tokens)


def _shared_around(
    left: Sequence[Token], right: Sequence[Token], a: int, b: int, paired: dict[int, int]
) -> int:
    """Words near the fact that the wordings share, in places that belong together."""
    near = [place for place in range(a - _AROUND, a + _AROUND + 1) if place != a]
    return sum(
        paired.get(place, -1_000) - b in range(-_AROUND - 1, _AROUND + 2)
        and left[place].kind == WORD
        for place in near
    )


def _measure(tokens: Sequence[Token], place: int) -> str:
    behind = tokens[place + 1].form if place + 1 < len(tokens) else ""
    return behind if behind in MEASURES else ""


def _is_rounded(left: Sequence[Token], right: Sequence[Token], a: int, b: int) -> bool:
    """Whether one number may be a looser way to write the other."""
    if left[a].form == "#range":
        return False
    number, other = Decimal(left[a].shown), Decimal(right[b].shown)
    if _is_bound(left, a, other) or _is_bound(right, b, number):
        return True
    gap = abs(number - other)
    is_about = not ABOUT.isdisjoint(_before(left, a) | _before(right, b))
    if is_about and gap <= _ABOUT * max(number, other):
        return True
    return gap <= max(_slack(number, other), _slack(other, number))


def _is_bound(tokens: Sequence[Token], place: int, other: Decimal) -> bool:
    """Whether `more than` or `nearly` stands before the number and the other one fulfils it."""
    number, words = Decimal(tokens[place].shown), _before(tokens, place)
    if words & MORE_THAN and number <= other <= _BEYOND * number:
        return True
    return bool(words & LESS_THAN) and other <= number <= _BEYOND * other


def _before(tokens: Sequence[Token], place: int) -> set[str]:
    return {token.form for token in tokens[max(0, place - 3) : place]}


def _slack(coarse: Decimal, fine: Decimal) -> Decimal:
    """Half a unit of the last digit that `coarse` shows, where `fine` shows more; else 0.

    20 is a count, 200 may be rounded: trailing zeros count from 100 on.
    """
    last = _last_digit(coarse)
    return last / 2 if last > _last_digit(fine) and (last < 1 or coarse >= 100) else Decimal(0)


def _last_digit(number: Decimal) -> Decimal:
    exponent = number.normalize().as_tuple().exponent
    power = exponent if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(min(power, 0) if abs(number) < 100 else power)
