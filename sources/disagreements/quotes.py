"""Words that versions put in somebody's mouth, and where two versions put different ones.

A quotation that is cut, joined, or spelt another way is no difference; nor are its numbers, which
are facts of their own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from sources.disagreements.number_words import number_words
from sources.languages.language_files import languages
from sources.text.calendar_words import months, weekdays

MIN_WORDS = 5
"""Shorter quotations are single words and titles."""
MAX_QUOTES = 80
_MAX_WORDS = 120
MIN_SIMILARITY = 0.6
_SAME_SPEAKER = 0.4
"""Enough where the same words stand beside both, as `, sagte Ines Aldane` does."""
_MIN_BESIDE = 3
_MAX_BESIDE = 6
"""Words beside a quotation, in its paragraph, that are compared."""
_BESIDE_CHARS = 80
_MIN_RUN = 3
"""Words in a row that two versions of one quotation share."""
_SAME_SPELLING = 0.8
"""Similarity of two words' letters from which they are one word: colour, color."""
_MIN_SPELT = 5
_QUOTED = re.compile(
    r"“(?P<a>[^“”\n]{10,900})[”“]|„(?P<b>[^„“”\n]{10,900})[“”]|«\s?(?P<c>[^«»\n]{10,900})\s?»"
    r"|»(?P<d>[^«»\n]{10,900})«|「(?P<e>[^「」\n]{5,400})」|『(?P<f>[^『』\n]{5,400})』"
    r'|(?<!\w)"(?P<g>[^"\n]{10,900})"(?!\w)|(?<!\w)‘(?P<h>[^‘\n]{10,900}?)’(?!\w)'
    r"|‹(?P<i>[^‹›\n]{10,900})›|``(?P<j>[^`\n]{10,900})''"
)
_MARKS = '“„«»「『"‘‹`'
"""One of them opens every quotation."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+(?:['’]\w+)*")
_LEFT_OUT = re.compile(r"\[[^\]]{0,60}\]|\(\.{3}\)|\(…\)|…|\.{3}")
_SHORT_FORMS = {
    short: whole
    for each in languages().values()
    for short, whole in each.quotations.short_forms.items()
}
_USUAL_SPELLINGS = {
    written: usual
    for each in languages().values()
    for written, usual in each.quotations.usual_spellings.items()
}


@dataclass(frozen=True)
class Quote:
    """A quotation and where it stands in its text."""

    text: str
    start: int
    end: int
    before: tuple[str, ...] = ()
    """The last words before it in its paragraph."""
    after: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words as they are compared."""
        plain = _LEFT_OUT.sub(" ", self.text).casefold().replace("’", "'")
        spelt = (_SHORT_FORMS.get(word, word) for word in _WORD.findall(plain))
        joined = " ".join(spelt)
        for written, usual in _USUAL_SPELLINGS.items():
            joined = joined.replace(written, usual)
        return tuple(joined.split())[:_MAX_WORDS]


def quotes(text: str) -> list[Quote]:
    """The quotations of at least MIN_WORDS words, in order, at most MAX_QUOTES."""
    quotations: list[Quote] = []
    if not any(mark in text for mark in _MARKS):
        return quotations
    for match in _QUOTED.finditer(text):
        quoted = next(group for group in match.groups() if group)
        quote = Quote(quoted.strip().rstrip(",.;"), *match.span(), *_beside(text, *match.span()))
        if len(quote.words) >= MIN_WORDS:
            quotations.append(quote)
        if len(quotations) >= MAX_QUOTES:
            break
    return quotations


def quote_pairs(
    left: Sequence[Quote], right: Sequence[Quote], language: str
) -> Iterator[tuple[int, int, bool]]:
    """Places of one quotation in two versions, and whether it has the same words in both.

    A quotation of which one version has a part only is the same, as far as it goes.
    """
    used: set[int] = set()
    waiting: list[int] = []
    for a, quote in enumerate(left):
        same = next(
            (b for b in range(len(right)) if b not in used and _is_same(quote, right[b])), -1
        )
        if same >= 0:
            used.add(same)
            yield a, same, True
        else:
            waiting.append(a)
    scored = [
        (-score, a, b)
        for a in waiting
        for b in range(len(right))
        if b not in used and (score := _similarity(left[a], right[b])) >= _least(left[a], right[b])
    ]
    done: set[int] = set()
    for _, a, b in sorted(scored):
        if a not in done and b not in used:
            done.add(a)
            used.add(b)
            yield a, b, not _differ(left[a].words, right[b].words, language)


def _beside(text: str, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before = text[max(0, start - _BESIDE_CHARS) : start].rpartition("\n")[2]
    after = text[end : end + _BESIDE_CHARS].partition("\n")[0]
    words = [tuple(_WORD.findall(side.casefold())) for side in (before, after)]
    return words[0][-_MAX_BESIDE:], words[1][:_MAX_BESIDE]


def _least(left: Quote, right: Quote) -> float:
    """How similar two quotations are at least if they are versions of one."""
    beside = (left.before, right.before), (left.after, right.after)
    is_same = any(a == b and len(a) >= _MIN_BESIDE for a, b in beside)
    return _SAME_SPEAKER if is_same else MIN_SIMILARITY


def _is_same(left: Quote, right: Quote) -> bool:
    return left.words == right.words


def _similarity(left: Quote, right: Quote) -> float:
    """Shared words over the words of the shorter, 0 where they lie scattered over the longer."""
    short, long = sorted((left.words, right.words), key=len)
    blocks = SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()[:-1]
    if not blocks or max(block.size for block in blocks) < _MIN_RUN:
        return 0.0
    span = blocks[-1].b + blocks[-1].size - blocks[0].b
    shared = sum(block.size for block in blocks)
    return shared / len(short) if span <= len(short) + _MIN_RUN else 0.0


def _differ(left: Sequence[str], right: Sequence[str], language: str) -> bool:
    """Whether one says something that the other says otherwise, and not only less."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return any(
        tag == "replace" and not _is_spelling(left[a:b], right[c:d], language)
        for tag, a, b, c, d in matcher.get_opcodes()
    )


def _is_spelling(left: Sequence[str], right: Sequence[str], language: str) -> bool:
    spelling, other = "".join(left), "".join(right)
    if spelling == other or (_is_fact(left, language) and _is_fact(right, language)):
        return True
    if min(len(spelling), len(other)) < _MIN_SPELT:
        return False
    return SequenceMatcher(None, spelling, other, autojunk=False).ratio() >= _SAME_SPELLING


def _is_fact(words: Sequence[str], language: str) -> bool:
    """Numbers and days, which are compared as facts of their own."""
    known = number_words(language).keys() | months(language).keys() | weekdays(language).keys()
    return all(any(letter.isdigit() for letter in word) or word in known for word in words)
