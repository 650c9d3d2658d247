"""Pairs of hosts become groups: the surest are joined first, never against the registry."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sources.hosts import registrable_domain
from sources.mirrors.evidence import MirrorEvidence, MirrorGroup
from sources.mirrors.rules import Facts, MirrorRules, Verdict, facts_by_pair, verdict

Pair = tuple[str, str]
MERGING = ("declared", "corroborated")


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
    """Units joined so far; joins that the registry forbids are refused with the reason."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.parts: dict[str, frozenset[str]] = {}

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
        if any((one, other) in self.units.apart for one in left for other in right):
            return "the registry tells them apart"
        for unit in left | right:
            self.parts[unit] = left | right
        return ""


def mirror_groups(
    evidence: Sequence[MirrorEvidence], rules: MirrorRules, units: Units = NO_UNITS
) -> list[MirrorGroup]:
    """Groups of merged hosts, then every pair that stays a candidate; sorted by hosts.

    `n_checked` of same_path_same_text is the number of paths of the host that has fewer, of
    everything else that of the paths of the host that announces.
    """
    facts = facts_by_pair(evidence, rules)
    found = {pair: verdict(one, rules) for pair, one in facts.items()}
    merging = [pair for pair, told in found.items() if told.confidence_class in MERGING]
    joined, links, refused = _Joined(units), set[Pair](), dict[Pair, str]()
    for pair in sorted(merging, key=lambda pair: _strength(facts[pair], found[pair], pair)):
        a, b = units.of(pair[0]), units.of(pair[1])
        is_new = joined.part(a) != joined.part(b) or facts[pair].is_registered
        if why := joined.join(a, b):
            refused[pair] = f"{found[pair].rule}; not joined: {why}"
        elif is_new:
            links.add(pair)
    groups = _merged(set(merging) - set(refused), links, found, joined, units)
    groups += _candidates(found, refused, joined, units)
    return sorted(groups, key=lambda group: (group.hosts, group.confidence_class))


def _strength(facts: Facts, told: Verdict, pair: Pair) -> tuple[bool, bool, float, Pair]:
    """Sorts the surest first."""
    is_declared = told.confidence_class == "declared"
    return (not facts.is_registered, not is_declared, -facts.bound, pair)


def _merged(
    pairs: Set[Pair], links: Set[Pair], found: Mapping[Pair, Verdict], joined: _Joined, units: Units
) -> list[MirrorGroup]:
    """The groups; `links` are those pairs that joined them, the others came too late to."""
    parts = {joined.part(units.of(pair[0])) for pair in links}
    by_part: dict[frozenset[str], list[Pair]] = {part: [] for part in parts}
    for pair in sorted(pairs):
        if (part := joined.part(units.of(pair[0]))) in by_part:
            by_part[part].append(pair)
    return [_group(inside, links, found, units) for inside in by_part.values()]


def _group(
    pairs: Sequence[Pair], links: Set[Pair], found: Mapping[Pair, Verdict], units: Units
) -> MirrorGroup:
    hosts = tuple(sorted({host for pair in pairs for host in pair}))
    declared = _Joined(units)
    for a, b in (pair for pair in pairs if found[pair].confidence_class == "declared"):
        declared.join(units.of(a), units.of(b))
    is_declared = len({declared.part(units.of(host)) for host in hosts}) == 1
    rule = "; ".join(f"{a} = {b}: {found[a, b].rule}" for a, b in pairs if (a, b) in links)
    return MirrorGroup(group_id(hosts), hosts, "declared" if is_declared else "corroborated", rule)


def _candidates(
    found: Mapping[Pair, Verdict], refused: Mapping[Pair, str], joined: _Joined, units: Units
) -> Iterable[MirrorGroup]:
    weak = {pair: told.rule for pair, told in found.items() if told.confidence_class == "candidate"}
    for (a, b), rule in sorted((weak | dict(refused)).items()):
        if joined.part(units.of(a)) != joined.part(units.of(b)):
            yield MirrorGroup(group_id((a, b)), (a, b), "candidate", rule)


def group_id(hosts: tuple[str, ...]) -> str:
    """The id of a group, from its hosts."""
    return "m" + hashlib.blake2b(" ".join(hosts).encode(), digest_size=7).hexdigest()
