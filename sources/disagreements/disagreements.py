"""Numbers, dates and quotations in which the versions of one story differ.

Versions are laid beside the cluster's representative, sentence by sentence. A fact of it that
another version states otherwise is a disagreement; every value stands in a row of its own with who
says so and since when. No value is called the right one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from schemas.member import Member
from sources.disagreements.differences import fact_pairs
from sources.disagreements.independent_sources import independent
from sources.disagreements.quotes import Quote, quote_pairs, quotes
from sources.disagreements.sentence_alignment import Sentence, aligned, version
from sources.disagreements.tokens import NUMBER, Token

MAX_TEXT_CHARS = 60_000
"""Longer texts are left out: they are lists, transcripts and books."""
MAX_FACTS = 50
"""Facts of one cluster that are reported, those that stand first in the text."""
_CONTEXT_CHARS = 60
"""On either side of a fact."""


@dataclass(frozen=True, slots=True)
class DisagreementRow:
    """One value of one fact; a row of cluster_disagreements."""

    cluster_id: str
    fact_id: str
    kind: str
    context: str
    value: str
    article_ids: tuple[str, ...]
    source_ids: tuple[str, ...]
    n_versions: int
    n_independent: int
    first_claimed_at: datetime | None
    last_claimed_at: datetime | None
    time_ordered: bool | None
    revising_source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one version says of a fact."""

    value: str
    context: str


Fact = tuple[str, int, int]
"""Kind and place in the representative: of its sentence and token, or of its quotation."""


def disagreements(
    cluster_id: str,
    members: Sequence[Member],
    texts: Sequence[tuple[Member, str]],
    containments: Mapping[str, Mapping[str, float]],
) -> list[DisagreementRow]:
    """The rows of one cluster, by the place of the fact and the time of the value.

    Args:
        cluster_id: the cluster.
        members: all its articles.
        texts: one member and its text for each version that is compared, the one that the others
            are laid beside first.
        containments: see sources.disagreements.independent_sources.
    """
    said = _said(texts)
    by_text: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        by_text[member.text_key].append(member)
    rows: list[DisagreementRow] = []
    facts = [fact for fact in sorted(said) if len(_values(said[fact])) > 1]
    for fact in facts[:MAX_FACTS]:
        rows.extend(_rows(cluster_id, fact, said[fact], by_text, containments))
    return rows


def _said(texts: Sequence[tuple[Member, str]]) -> dict[Fact, dict[int, Said]]:
    """For each fact that versions state, what each says, by the key of its text."""
    short = [(member, text) for member, text in texts if len(text) <= MAX_TEXT_CHARS]
    said: dict[Fact, dict[int, Said]] = defaultdict(dict)
    if len(short) < 2:
        return said
    first, text = short[0]
    language = first.language or ""
    base, base_quotes = version(text, language), quotes(text)
    word_for_word: dict[int, list[int]] = defaultdict(list)
    for member, other in short[1:]:
        if (member.language or "") == language:
            keys = first.text_key, member.text_key
            same = _add_facts(said, keys, base, version(other, language))
            for place in same:
                word_for_word[place].append(member.text_key)
            pair = (first.text_key, text), (member.text_key, other)
            _add_quotes(said, *pair, base_quotes, quotes(other), language)
    _add_repeated(said, first.text_key, word_for_word)
    return said


def _add_repeated(
    said: dict[Fact, dict[int, Said]], base: int, word_for_word: Mapping[int, Sequence[int]]
) -> None:
    """Adds the versions that say of a fact what the base says, in the same sentence."""
    for fact, by_key in said.items():
        if fact[0] != "quote":
            by_key.update(dict.fromkeys(word_for_word.get(fact[1], ()), by_key[base]))


def _add_facts(
    said: dict[Fact, dict[int, Said]],
    keys: tuple[int, int],
    base: Sequence[Sentence],
    other: Sequence[Sentence],
) -> list[int]:
    """Adds the facts of sentences that differ; gives the places of those that do not.

    Most sentences of a copy do not: reading numbers out of them too took half of a run's time.
    """
    same: list[int] = []
    for a, b in aligned(base, other).items():
        if base[a].text == other[b].text:
            same.append(a)
            continue
        if base[a].words is not None or other[b].words is not None:
            continue  # one of them states nothing
        for pair in fact_pairs(base[a].tokens, other[b].tokens):
            kind = "number" if base[a].tokens[pair.left].kind == NUMBER else "date"
            fact = (kind, a, pair.left)
            stated = _fact_said(base[a], pair.left)
            said[fact][keys[0]] = stated
            own = _fact_said(other[b], pair.right)
            said[fact][keys[1]] = Said(stated.value, own.context) if pair.is_equal else own
    return same


def _add_quotes(
    said: dict[Fact, dict[int, Said]],
    base: tuple[int, str],
    other: tuple[int, str],
    base_quotes: Sequence[Quote],
    other_quotes: Sequence[Quote],
    language: str,
) -> None:
    for a, b, is_same in quote_pairs(base_quotes, other_quotes, language):
        fact = ("quote", a, 0)
        stated = _quote_said(base[1], base_quotes[a])
        own = _quote_said(other[1], other_quotes[b])
        said[fact][base[0]] = stated
        said[fact][other[0]] = Said(stated.value, own.context) if is_same else own


def _fact_said(sentence: Sentence, place: int) -> Said:
    token = sentence.tokens[place]
    return Said(_value(token), _context(sentence.text, token.start, token.end))


def _value(token: Token) -> str:
    unit = token.unit if token.unit in ("%", "$", "€", "£", "¥") else ""
    return f"{token.shown} {unit}".strip() if token.kind == NUMBER else token.shown


def _quote_said(text: str, quote: Quote) -> Said:
    return Said(quote.text, _context(text, quote.start, quote.end))


def _context(text: str, start: int, end: int) -> str:
    """The words around a place of a text, whole words, the place itself included."""
    first, last = max(0, start - _CONTEXT_CHARS), min(len(text), end + _CONTEXT_CHARS)
    before, after = text[first:start], text[end:last]
    if first and " " in before:
        before = before.partition(" ")[2]
    if last < len(text) and " " in after:
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{text[start:end]}{after}".split())


def _values(said: Mapping[int, Said]) -> set[str]:
    return {stated.value for stated in said.values()}


def _rows(
    cluster_id: str,
    fact: Fact,
    said: Mapping[int, Said],
    by_text: Mapping[int, Sequence[Member]],
    containments: Mapping[str, Mapping[str, float]],
) -> list[DisagreementRow]:
    saying: dict[str, list[Member]] = defaultdict(list)
    for key, stated in said.items():
        saying[stated.value].extend(by_text[key])
    claims = {value: claims_of(members) for value, members in saying.items()}
    order = sorted(saying, key=lambda value: (not claims[value], claims[value][:1], value))
    name = " ".join(map(str, (cluster_id, *fact)))
    fact_id = "f" + hashlib.blake2b(name.encode(), digest_size=7).hexdigest()
    is_ordered = time_ordered([claims[value] for value in order])
    return [
        DisagreementRow(
            cluster_id=cluster_id,
            fact_id=fact_id,
            kind=fact[0],
            context=_first_context(said, value),
            value=value,
            article_ids=tuple(sorted(member.article_id for member in saying[value])),
            source_ids=tuple(sorted({member.source_id for member in saying[value]})),
            n_versions=len(saying[value]),
            n_independent=independent(saying[value], containments),
            first_claimed_at=min(claims[value], default=None),
            last_claimed_at=max(claims[value], default=None),
            time_ordered=is_ordered,
            revising_source_ids=_revising(value, saying),
        )
        for value in order
    ]


def _first_context(said: Mapping[int, Said], value: str) -> str:
    return min(stated.context for stated in said.values() if stated.value == value)


def claims_of(members: Sequence[Member]) -> list[datetime]:
    """The times that members claim, ascending, less those that are weak."""
    return sorted(
        member.claimed_at for member in members if member.claimed_at and not member.is_weakly_dated
    )


def time_ordered(claims: Sequence[Sequence[datetime]]) -> bool | None:
    """Whether each value was given up before the next came up; None where a value has no date."""
    if not all(claims):
        return None
    return all(earlier[-1] < other[0] for earlier, other in pairwise(claims))


def _revising(value: str, saying: Mapping[str, Sequence[Member]]) -> tuple[str, ...]:
    """Sources that say this and said something else before: they changed it themselves."""
    earlier: dict[str, datetime] = {}
    for other, members in saying.items():
        for member in members:
            if other != value and member.claimed_at and not member.is_weakly_dated:
                first = earlier.get(member.source_id, member.claimed_at)
                earlier[member.source_id] = min(first, member.claimed_at)
    return tuple(
        sorted(
            {
                member.source_id
                for member in saying[value]
                if member.claimed_at
                and not member.is_weakly_dated
                and member.source_id in earlier
                and member.claimed_at > earlier[member.source_id]
            }
        )
    )
