"""Which sentence of one version says what a sentence of another does, in other words.

Identical sentences are paired first and are most of a copy; what is left is paired by the words it
shares, each sentence once, the most similar first. Numbers and dates count by their kind only, so
that a changed figure does not part two sentences.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sources.cache import cached_if_short
from sources.disagreements.fact_tokens import fact_tokens, plain_words
from sources.disagreements.sentences import sentences
from sources.disagreements.tokens import Token

MIN_SIMILARITY = 0.6
"""Shared words over all words of both sentences."""
MIN_TOKENS = 5
"""Shorter sentences are alike by chance."""
MAX_KEPT_CHARS = 400
"""Of sentences that are kept for the story's other versions."""
MAX_REST = 120
"""Sentences of either version that are compared with each other: a copy has few changed ones."""
_NO_LETTERS = re.compile(r"[\W_]+")
_ASCII_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())


@dataclass(frozen=True)
class Sentence:
    """A sentence and what it is compared by."""

    text: str
    language: str

    @cached_property
    def key(self) -> str:
        """Equal for sentences that differ in marks and spaces only."""
        if self.text.isascii():  # in a tenth of the time
            return self.text.lower().encode().translate(None, _ASCII_MARKS).decode()
        return _NO_LETTERS.sub("", self.text.casefold())

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words, numbers and dates."""
        return fact_tokens(self.text, self.language)

    @cached_property
    def words(self) -> list[str] | None:
        """The forms of its tokens where it is plain: it states no number and no date."""
        return plain_words(self.text, self.language)

    @cached_property
    def forms(self) -> Counter[str]:
        """How often each form stands in it."""
        words = self.words
        return Counter([token.form for token in self.tokens] if words is None else words)

    @cached_property
    def size(self) -> int:
        """How many tokens it has."""
        return self.forms.total()


def version(text: str, language: str) -> list[Sentence]:
    """The text as sentences."""
    return [_sentence(sentence, language) for sentence in sentences(text)]


@cached_if_short(1_024, chars=MAX_KEPT_CHARS)
def _sentence(text: str, language: str) -> Sentence:
    # The versions of a story have most sentences in common: each is looked into once. Of a table's
    # rows of 1,200 characters 4,096 kept 449 MB, for every number is a token.
    return Sentence(text, language)


def aligned(left: Sequence[Sentence], right: Sequence[Sentence]) -> dict[int, int]:
    """Places in `left` -> places in `right` of the sentence that says the same; each at most once.

    Sentences that are not identical are paired only where two that may state facts say the same,
    for what others say in other words tells nothing, and not where they are short (MIN_TOKENS).
    """
    pairs = _identical(left, right)
    used = set(pairs.values())
    rest_left = [n for n in range(len(left)) if n not in pairs][:MAX_REST]
    rest_right = [n for n in range(len(right)) if n not in used][:MAX_REST]
    if _may_disagree([left[n] for n in rest_left], [right[n] for n in rest_right]):
        pairs.update(_similar(left, right, rest_left, rest_right))
    return pairs


def _may_disagree(left: Sequence[Sentence], right: Sequence[Sentence]) -> bool:
    """Whether any two sentences, neither of which is plain, say the same."""
    telling = [sentence for sentence in right if sentence.words is None]
    return any(
        similarity(sentence, other) >= MIN_SIMILARITY
        for sentence in left
        if sentence.words is None
        for other in telling
    )


def _identical(left: Sequence[Sentence], right: Sequence[Sentence]) -> dict[int, int]:
    places: dict[str, list[int]] = {}
    for place in range(len(right) - 1, -1, -1):
        places.setdefault(right[place].key, []).append(place)
    return {
        n: places[sentence.key].pop() for n, sentence in enumerate(left) if places.get(sentence.key)
    }


def _similar(
    left: Sequence[Sentence],
    right: Sequence[Sentence],
    rest_left: Sequence[int],
    rest_right: Sequence[int],
) -> dict[int, int]:
    scored = [
        (-score, abs(a - b), a, b)
        for a in rest_left
        for b in rest_right
        if (score := similarity(left[a], right[b])) >= MIN_SIMILARITY
    ]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, a, b in sorted(scored):
        if a not in pairs and b not in used:
            pairs[a] = b
            used.add(b)
    return pairs


def similarity(left: Sentence, right: Sentence) -> float:
    """Shared forms over all forms of both, 0 where either is short."""
    sizes = left.size, right.size
    # no more can be shared than the shorter has
    if min(sizes) < MIN_TOKENS or min(sizes) < MIN_SIMILARITY * max(sizes):
        return 0.0
    forms, other = left.forms, right.forms
    shared = sum([min(forms[form], other[form]) for form in forms.keys() & other.keys()])
    return shared / (sum(sizes) - shared)
