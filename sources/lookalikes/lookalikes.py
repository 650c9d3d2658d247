"""Which pairs of resembling names become look-alikes of sources, and what is told of each.

Listed on both sides: which of two names imitates the other cannot be seen in a crawl, and nothing
here says that one does (design/sources.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.disjoint_sets import DisjointSets
from sources.lookalikes.domain_pairs import NamePair, name_pairs
from sources.mirrors.evidence import MirrorGroup
from sources.mirrors.groups import Units
from sources.outlets.outlets import HostSeen, Tenure, domain_of
from sources.outlets.registry import Registry

MIN_SHARED_TEXTS = 3
MIN_SHARED_SHARE = 0.1
"""Of the texts of the domain that has fewer: two outlets of one city have a few texts in common."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two domains whose names resemble each other, with what else is known of them."""

    pair: NamePair
    n_texts: int
    """Paths of the domain that has fewer; 0 where one is known from the registry only."""
    is_mirror_candidate: bool


def likenesses(
    hosts: Mapping[str, HostSeen],
    groups: Sequence[MirrorGroup],
    tenures: Mapping[str, Sequence[Tenure]],
    units: Units,
    registry: Registry,
) -> list[Likeness]:
    """Pairs of resembling names that are two sources', sorted; texts are not looked at yet.

    Not among them: what the registry tells apart, and a name under another suffix whose host may
    be a mirror, for which mirror_groups says all that can be said.

    Args:
        hosts: all hosts of the run.
        groups: the mirror groups among them.
        tenures: the sources of each host.
        units: what is one outlet before any evidence.
        registry: of outlets, of which names resemble too.
    """
    outlets = {
        domain.name: outlet.outlet_id for outlet in registry.outlets for domain in outlet.domains
    }
    sources: dict[str, set[str]] = defaultdict(set)
    for domain, outlet_id in outlets.items():
        sources[domain_of(domain)].add(outlet_id)
    paths: dict[str, int] = defaultdict(int)
    for host, seen in hosts.items():
        paths[domain_of(host)] += seen.paths
        sources[domain_of(host)].update(tenure.source.source_id for tenure in tenures[host])
    related = _related(groups)
    likenesses = []
    for pair in name_pairs(hosts, {domain_of(name) for name in outlets}):
        ends = (pair.domain_a, pair.domain_b)
        is_candidate = ends[0] in related.get(ends[1], ())
        if sources[ends[0]] & sources[ends[1]] or _told_apart(ends, sources, units):
            continue
        if not (pair.rule == "suffix" and is_candidate):
            n_texts = min(paths.get(end, 0) for end in ends)
            likenesses.append(Likeness(pair, n_texts, is_candidate))
    return likenesses


def lookalikes(
    likenesses: Iterable[Likeness],
    shared: Mapping[tuple[str, str], int],
    tenures: Mapping[str, Sequence[Tenure]],
) -> dict[str, list[dict[str, Any]]]:
    """For each source the entries of lookalike_of, sorted by host.

    Args:
        likenesses: resembling names.
        shared: how many texts without an agency's credit both domains have, by pair.
        tenures: the sources of each host.
    """
    hosts: dict[str, list[str]] = defaultdict(list)
    for host in sorted(tenures):
        hosts[domain_of(host)].append(host)
    entries: dict[str, dict[tuple[str, str], dict[str, Any]]] = defaultdict(dict)
    for likeness in likenesses:
        ends = (likeness.pair.domain_a, likeness.pair.domain_b)
        n_shared = shared.get(ends, 0)
        is_shared = n_shared >= max(MIN_SHARED_TEXTS, MIN_SHARED_SHARE * likeness.n_texts)
        if likeness.pair.is_telling or is_shared:
            for own, other in (ends, ends[::-1]):
                entry = _entry(likeness, own, _shown(other, hosts), n_shared)
                for source_id in {
                    tenure.source.source_id for host in hosts[own] for tenure in tenures[host]
                }:
                    entries[source_id][entry["host"], entry["rule"]] = entry
    return {name: [by_key[key] for key in sorted(by_key)] for name, by_key in entries.items()}


def _entry(likeness: Likeness, own: str, host: str, n_shared: int) -> dict[str, Any]:
    return {
        "host": host,
        "rule": likeness.pair.rule_for(own),
        "distance": likeness.pair.distance,
        "shares_text": n_shared > 0,
        "n_shared_texts": n_shared,
        "n_texts": likeness.n_texts,
        "is_mirror_candidate": likeness.is_mirror_candidate,
    }


def _shown(domain: str, hosts: Mapping[str, Sequence[str]]) -> str:
    """The domain as a host: itself, unless the run saw only hosts below it."""
    seen = hosts.get(domain)
    return domain if not seen or domain in seen else seen[0]


def _related(groups: Iterable[MirrorGroup]) -> dict[str, frozenset[str]]:
    """For each domain in a group of mirrors or candidates all domains that groups tie it to."""
    tied = DisjointSets()
    for group in groups:
        first, *others = [domain_of(host) for host in group.hosts]
        for domain in others or [first]:
            tied.join(first, domain)
    together = map(frozenset, tied.sets().values())
    return {domain: domains for domains in together for domain in domains}


def _told_apart(ends: tuple[str, str], sources: Mapping[str, set[str]], units: Units) -> bool:
    """Whether the registry says of one that the other is known and somebody else's."""
    names = [{end, *sources[end], *(f"outlet:{name}" for name in sources[end])} for end in ends]
    return any((a, b) in units.apart for a in names[0] for b in names[1])
