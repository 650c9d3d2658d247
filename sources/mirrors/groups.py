"""Pairs of hosts become groups: the surest are joined first, never against the registry."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sources.disjoint_sets import DisjointSets
from sources.hosts import registrable_domain
from sources.mirrors.evidence import (
    CANDIDATE,
    CLONE_CANDIDATE,
    DECLARED,
    MirrorEvidence,
    MirrorGroup,
)
from sources.mirrors.rules import Facts, MirrorRules, Pair, Verdict, facts_by_pair, verdict

MOST_RULES = 20
"""Pairs of a group whose rules its row tells; all stand in mirror_evidence."""


@dataclass(frozen=True, slots=True)
class Units:
    """What is one outlet before any evidence is looked at: registry outlets, else domains."""

    by_host: Mapping[str, str] = field(default_factory=dict)
    """The unit of each host; a host that is not in it stands for its registrable domain."""
    registered: frozenset[str] = frozenset()
    """Units that are outlets of the registry: no two of them are ever joined."""
    divided: frozenset[str] = frozenset()
    """Units of hosts that changed hands in the window: what was seen of them cannot be divided."""
    apart: frozenset[Pair] = frozenset()
    """Units that the registry tells apart, both ways round."""

    def of(self, host: str) -> str:
        """The unit of a host."""
        return self.by_host.get(host) or registrable_domain(host)


NO_UNITS = Units()


class _Joined:
    """Units joined so far; joins that the registry forbids are refused with the reason.

    So are joins of two outlets by a third: there has to be a unit that declares itself one with
    each other of the group.
    """

    def __init__(self, units: Units, declared: Iterable[Pair] = ()) -> None:
        self.units = units
        self.parts: dict[str, frozenset[str]] = {}
        self._declared: dict[str, set[str]] = defaultdict(set)
        for a, b in declared:
            self._declared[units.of(a)].add(units.of(b))
            self._declared[units.of(b)].add(units.of(a))

    def part(self, unit: str) -> frozenset[str]:
        return self.parts.get(unit, frozenset((unit,)))

    def join(self, a: str, b: str) -> str:
        """Joins two units; gives why not, empty where they are one now."""
        left, right = self.part(a), self.part(b)
        if left == right:
            return ""
        if (left | right) & self.units.divided:
            return "a host changed hands in the window"
        if len((left | right) & self.units.registered) > 1:
            return "the registry names two outlets"
        if any((unit, other) in self.units.apart for unit in left for other in right):
            return "the registry tells them apart"
        if not any(left | right <= self._declared[unit] | {unit} for unit in left | right):
            return "no host of the group is declared one with all of its others"
        for unit in left | right:
            self.parts[unit] = left | right
        return ""


def mirror_groups(
    evidence: Sequence[MirrorEvidence], rules: MirrorRules, units: Units = NO_UNITS
) -> list[MirrorGroup]:
    """Groups of merged hosts, of clone candidates and of other candidates; sorted by hosts.

    `n_checked` of same_path_same_text is the number of paths of the host that has fewer, of
    everything else that of the paths of the host that announces.
    """
    facts = facts_by_pair(evidence, rules, units.of)
    verdicts = {pair: verdict(pair_facts, rules) for pair, pair_facts in facts.items()}
    declared = [pair for pair, judged in verdicts.items() if judged.confidence_class == DECLARED]
    joined, links, refused = _Joined(units, declared), set[Pair](), dict[Pair, str]()
    for pair in sorted(declared, key=lambda pair: _strength(facts[pair], pair)):
        a, b = units.of(pair[0]), units.of(pair[1])
        is_new = joined.part(a) != joined.part(b) or facts[pair].is_registered
        if why := joined.join(a, b):
            refused[pair] = f"{verdicts[pair].rule}; not joined: {why}"
        elif is_new:
            links.add(pair)
    groups = _merged(set(declared) - set(refused), links, verdicts, joined, units)
    weak = {
        pair: judged
        for pair, judged in verdicts.items()
        if judged.confidence_class in (CANDIDATE, CLONE_CANDIDATE)
        and not _is_one(pair, joined, units)
    }
    weak |= {pair: Verdict(CANDIDATE, rule) for pair, rule in refused.items()}
    groups += [*_clones(weak), *_candidates(weak)]
    return sorted(groups, key=lambda group: (group.hosts, group.confidence_class))


def candidate_pairs(
    evidence: Sequence[MirrorEvidence], rules: MirrorRules, units: Units = NO_UNITS
) -> list[Pair]:
    """The pairs of hosts that may be one outlet's, or of which one repeats the other; sorted."""
    facts = facts_by_pair(evidence, rules, units.of)
    verdicts = {
        pair: verdict(pair_facts, rules).confidence_class for pair, pair_facts in facts.items()
    }
    return [pair for pair, confidence in verdicts.items() if confidence != "none"]


def _is_one(pair: Pair, joined: _Joined, units: Units) -> bool:
    return joined.part(units.of(pair[0])) == joined.part(units.of(pair[1]))


def _strength(facts: Facts, pair: Pair) -> tuple[bool, bool, float, Pair]:
    """Sorts the surest first: the registry, each the other, then one the other."""
    is_one_sided = facts.consent is None or facts.consent.main_host is not None
    return (not facts.is_registered, is_one_sided, -facts.bound, pair)


def _merged(
    pairs: Set[Pair],
    links: Set[Pair],
    verdicts: Mapping[Pair, Verdict],
    joined: _Joined,
    units: Units,
) -> list[MirrorGroup]:
    """The groups; `links` are those pairs that joined them, the others came too late to."""
    parts = {joined.part(units.of(pair[0])) for pair in links}
    by_part: dict[frozenset[str], list[Pair]] = {part: [] for part in parts}
    for pair in sorted(pairs):
        if (part := joined.part(units.of(pair[0]))) in by_part:
            by_part[part].append(pair)
    return [_declared(inside, links, verdicts) for inside in by_part.values()]


def _declared(
    pairs: Sequence[Pair], links: Set[Pair], verdicts: Mapping[Pair, Verdict]
) -> MirrorGroup:
    main = min((host for pair in pairs if (host := verdicts[pair].main_host)), default=None)
    return _group(pairs, DECLARED, {pair: verdicts[pair] for pair in pairs if pair in links}, main)


def _clones(weak: Mapping[Pair, Verdict]) -> list[MirrorGroup]:
    """A group for each host that others repeat: itself and these."""
    by_host: dict[str, list[Pair]] = defaultdict(list)
    for pair, judged in weak.items():
        if judged.confidence_class == CLONE_CANDIDATE and judged.main_host:
            by_host[judged.main_host].append(pair)
    return [_group(pairs, CLONE_CANDIDATE, weak, host) for host, pairs in sorted(by_host.items())]


def _candidates(weak: Mapping[Pair, Verdict]) -> list[MirrorGroup]:
    """A group for all candidates that pairs of them connect, not one for each pair."""
    tied = DisjointSets()
    pairs = [pair for pair, judged in sorted(weak.items()) if judged.confidence_class == CANDIDATE]
    for a, b in pairs:
        tied.join(a, b)
    by_name: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_name[tied.name_of(pair[0])].append(pair)
    return [_group(pairs_of_group, CANDIDATE, weak, None) for pairs_of_group in by_name.values()]


def _group(
    pairs: Sequence[Pair], kind: str, verdicts: Mapping[Pair, Verdict], main: str | None
) -> MirrorGroup:
    hosts = tuple(sorted({host for pair in pairs for host in pair}))
    shown = [pair for pair in sorted(pairs) if pair in verdicts]
    rule = "; ".join(f"{a} = {b}: {verdicts[a, b].rule}" for a, b in shown[:MOST_RULES])
    more = len(shown) - MOST_RULES
    return MirrorGroup(
        group_id(hosts), hosts, kind, rule + (f"; and {more} more pairs" if more > 0 else ""), main
    )


def group_id(hosts: tuple[str, ...]) -> str:
    """The id of a group, from its hosts."""
    return "m" + hashlib.blake2b(" ".join(hosts).encode(), digest_size=7).hexdigest()
