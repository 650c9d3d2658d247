"""Domains whose names resemble each other: candidates for a closer look, and no more than that.

Most names that resemble each other are honest: papers are called after the same words and cities.
So a name alone makes a candidate only where it is telling: it is read as the other one, or differs
by a letter as no third name does. Everything else has to share text too (design/sources.md).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sources.hosts import has_public_suffix, registrable_domain
from sources.lookalikes.confusables import Label, label_of
from sources.lookalikes.edit_distance import (
    Pieces,
    edit_of,
    first_difference,
    is_near_key,
    near_names,
)

MOST_NEIGHBOURS = 32
"""Domains with one label, and labels that hold one, beyond which the name says nothing, and pairs
of a domain that has no rarer partner: the work is linear, whatever hosts somebody makes up."""
SHORTEST_NEAR = 6
SHORTEST_TELLING = 8
SHORTEST_SAME = 4
FIRST_TELLING = 2
"""Letters before the one that differs: `la`, `le`, `el` and `il` begin honest names."""

_SEEN_FROM_THE_OTHER = {
    "letter_added": "letter_dropped",
    "letter_dropped": "letter_added",
    "words_added": "words_dropped",
    "words_dropped": "words_added",
    "holds_domain": "held_in_host",
    "held_in_host": "holds_domain",
    "holds_label": "label_in_host",
    "label_in_host": "holds_label",
}


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two domains whose names resemble each other, the smaller first."""

    domain_a: str
    domain_b: str
    rule: str
    """What makes the label of `domain_a` of the other's."""
    distance: int
    """Letters in which they differ; 1 for another suffix."""
    is_telling: bool
    """Whether the names alone make a candidate."""

    def rule_for(self, domain: str) -> str:
        """The rule as seen from one of the two."""
        if domain == self.domain_a:
            return self.rule
        return _SEEN_FROM_THE_OTHER.get(self.rule, self.rule)


def name_pairs(hosts: Iterable[str], known: Iterable[str] = ()) -> list[NamePair]:
    """All pairs of domains whose names resemble each other, each with its closest rule; sorted.

    Args:
        hosts: hosts of the corpus.
        known: domains of a registry; two of which are in no hosts make no pair.
    """
    hosts = sorted(set(hosts))
    seen = {registrable_domain(host) for host in hosts}
    outside = set(known) - seen
    labels = [label_of(domain) for domain in sorted(seen | outside)]
    by_ends: dict[tuple[str, str], NamePair] = {}
    counts: Counter[str] = Counter()
    for pair in _pairs(labels, hosts, outside):
        ends = (pair.domain_a, pair.domain_b)
        is_full = min(counts[end] for end in ends) >= MOST_NEIGHBOURS
        if ends not in by_ends and not outside.issuperset(ends) and not is_full:
            by_ends[ends] = pair
            counts.update(ends)
    return [by_ends[ends] for ends in sorted(by_ends)]


def _pairs(labels: Sequence[Label], hosts: Sequence[str], outside: set[str]) -> Iterator[NamePair]:
    """Pairs by each rule, the closest rule first."""
    by_text = _grouped((label.text, label) for label in labels)
    by_skeleton = _grouped((label.skeleton, label) for label in labels)
    yield from _same_label(by_text, outside)
    yield from _same_skeleton(by_skeleton)
    yield from _one_letter(by_skeleton)
    yield from _inside_hosts(hosts, {label.domain for label in labels})
    yield from _below_other_domains(hosts, by_text)
    yield from _more_words(by_skeleton)


def _grouped(pairs: Iterable[tuple[str, Label]]) -> dict[str, list[Label]]:
    groups: dict[str, list[Label]] = defaultdict(list)
    for key, label in pairs:
        groups[key].append(label)
    return groups


def _same_label(by_text: Mapping[str, Sequence[Label]], outside: set[str]) -> Iterator[NamePair]:
    """Another suffix. What a registry knows all domains of is told of, others share many names."""
    for text, labels in by_text.items():
        if len(text) < SHORTEST_SAME:
            continue
        for a, b in _neighbours(labels, labels):
            is_known = bool(outside & {a.domain, b.domain}) and len(text) >= SHORTEST_NEAR
            yield NamePair(a.domain, b.domain, "suffix", 1, is_known)


def _same_skeleton(by_skeleton: Mapping[str, Sequence[Label]]) -> Iterator[NamePair]:
    """Read as the other: by letters of another script, `rn` for `m`, or but for hyphens."""
    for text, labels in by_skeleton.items():
        if len(text) < SHORTEST_SAME:
            continue
        for a, b in _neighbours(labels, labels):
            if a.text != b.text:
                is_hyphen = a.text.replace("-", "") == b.text.replace("-", "")
                rule = "hyphens" if is_hyphen else "homoglyph"
                yield NamePair(a.domain, b.domain, rule, _distance(a.text, b.text), not is_hyphen)


def _one_letter(by_skeleton: Mapping[str, Sequence[Label]]) -> Iterator[NamePair]:
    near = near_names(list(by_skeleton), SHORTEST_NEAR)
    pieces = Pieces(by_skeleton, near)
    for word, other in near:
        is_slip = not (pieces.is_common(word, other) and pieces.is_common(other, word))
        is_telling = is_slip and min(len(word), len(other)) >= SHORTEST_TELLING
        is_telling = is_telling and first_difference(word, other) >= FIRST_TELLING
        is_telling = is_telling and _letters(word) != _letters(other)
        is_telling = is_telling and _may_be_slip(word, other)
        for a, b in _neighbours(by_skeleton[word], by_skeleton[other]):
            rule = edit_of(*((word, other) if a in by_skeleton[word] else (other, word)))
            yield NamePair(a.domain, b.domain, rule, 1, is_telling)


def _inside_hosts(hosts: Iterable[str], known: set[str]) -> Iterator[NamePair]:
    """A host that begins with another's domain: `harbourpost.example.quay.example`."""
    for host in hosts:
        domain = registrable_domain(host)
        front = host.removesuffix(domain).rstrip(".")
        if "." in front and has_public_suffix(front):
            inner = registrable_domain(front)
            if inner in known and inner != domain:
                a, b = sorted((domain, inner))
                rule = "holds_domain" if a == domain else "held_in_host"
                yield NamePair(a, b, rule, len(domain) + 1, True)


def _below_other_domains(
    hosts: Iterable[str], by_text: Mapping[str, Sequence[Label]]
) -> Iterator[NamePair]:
    """A host that has another's label below a domain of its own: `harbourpost.quay.example`."""
    for host in hosts:
        domain = registrable_domain(host)
        for text in set(host.removesuffix(domain).rstrip(".").split(".")):
            named = by_text.get(text, ()) if len(text) >= SHORTEST_TELLING else ()
            for label in named[:MOST_NEIGHBOURS]:
                if label.domain != domain:
                    a, b = sorted((domain, label.domain))
                    rule = "holds_label" if a == domain else "label_in_host"
                    yield NamePair(a, b, rule, len(domain) + 1, True)


def _may_be_slip(word: str, other: str) -> bool:
    """Whether a hand may write one for the other: a letter replaced by one far from it on the keys
    makes another word, as `politics` of `politico`.
    """
    if edit_of(word, other) != "letter_replaced":
        return True
    place = first_difference(word, other)
    return is_near_key(word[place], other[place])


def _more_words(by_skeleton: Mapping[str, Sequence[Label]]) -> Iterator[NamePair]:
    """A label that begins or ends with another and goes on; not with a word that many hold."""
    held: dict[str, list[str]] = defaultdict(list)
    for word in sorted(by_skeleton):
        for cut in range(SHORTEST_NEAR, len(word) - 1):
            for part in {word[:cut], word[-cut:]}:
                if part in by_skeleton and len(held[part]) <= MOST_NEIGHBOURS:
                    held[part].append(word)
    for part, words in held.items():
        if len(words) <= MOST_NEIGHBOURS:
            for word in words:
                for a, b in _neighbours(by_skeleton[word], by_skeleton[part]):
                    rule = "words_added" if a in by_skeleton[word] else "words_dropped"
                    yield NamePair(a.domain, b.domain, rule, len(word) - len(part), False)


def _neighbours(labels: Sequence[Label], others: Sequence[Label]) -> Iterator[tuple[Label, Label]]:
    """Pairs of the two, the smaller domain first, at most MOST_NEIGHBOURS for each."""
    for place, label in enumerate(labels):
        after = others[place + 1 :] if labels is others else others
        for other in after[:MOST_NEIGHBOURS]:
            yield (label, other) if label.domain < other.domain else (other, label)


def _letters(word: str) -> str:
    """A word without its digits: `news24` and `news25` differ in nothing else."""
    return "".join(letter for letter in word if not letter.isdigit())


def _distance(word: str, other: str) -> int:
    """Letters to put in, take out or replace (Wagner and Fischer 1974)."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        before, row[0] = row[0], place
        for column, two in enumerate(other, 1):
            best = min(row[column] + 1, row[column - 1] + 1, before + (letter != two))
            before, row[column] = row[column], best
    return row[-1]
