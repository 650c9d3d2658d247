"""Which outlet an article belongs to: a registry's, else the registrable domain of its host.

Never by brand label: presstv.com and presstv.ir are one outlet, brightherald.com and
brighthherald.com are not, and only evidence can say which (design/sources.md).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sources.hosts import has_registrable_domain, registrable_domain
from sources.mirrors.evidence import REGISTRY, MirrorEvidence, MirrorGroup
from sources.mirrors.groups import Units
from sources.outlets.registry import AGENCY, Domain, Outlet, Registry


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet as the tables see it."""

    source_id: str
    basis: str
    """registry, declared_mirrors, registrable_domain, host or input."""
    mirror_group_id: str | None = None
    home: str | None = None
    """The registrable domain of its main host; None where it has no host."""
    name: str | None = None
    """The registry's name for it."""
    agency: str | None = None
    """The same, where the registry calls it an agency."""
    candidates: tuple[str, ...] = ()
    """Sources that may be the same outlet's, or repeat it; sorted, at most MOST_CANDIDATES."""


@dataclass(frozen=True, slots=True)
class HostSeen:
    """What the run saw of a host."""

    paths: int = 0
    """Different paths of its articles; 0 where all its pages were rejected."""
    first_on: date | None = None
    """Of the dates of its articles and rejected pages; None where none has any."""
    last_on: date | None = None
    usual_since: date | None = None
    """The day since when nearly all of its articles are, where few are years before it."""
    outlet: str | None = None
    """The name that most of its pages give their outlet."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A source that a host belongs to, for all time or in the days its domain is known for."""

    days: Domain
    source: Source


domain_of = registrable_domain
MOST_CANDIDATES = 64
"""Of a source, so that a thousand clones of each other stay in proportion to their number."""


def outlet_name(host: str | None, outlet: str | None) -> str | None:
    """The outlet before mirrors are known: registrable domain, else the name the input gives."""
    return domain_of(host) if host else outlet


def units_of_hosts(hosts: Mapping[str, HostSeen], registry: Registry) -> Units:
    """What the registry and the registrable domains make one, before any evidence is looked at."""
    by_host: dict[str, str] = {}
    divided: set[str] = set()
    for host, seen in hosts.items():
        holder = _holder(host, seen, registry)
        by_host[host] = f"outlet:{holder}" if holder else domain_of(host)
        if holder is None and _is_claimed(host, seen, registry):
            by_host[host] = f"divided:{host}"  # its domain may be the unit of hosts below it
            divided.add(by_host[host])
    registered = {f"outlet:{outlet.outlet_id}": outlet.ignore for outlet in registry.outlets}
    told_apart = [
        (unit, other)
        for unit, ignored in registered.items()
        for outlet_id in ignored
        for other in (outlet_id, f"outlet:{outlet_id}")
    ]
    apart = frozenset([*told_apart, *((b, a) for a, b in told_apart)])
    return Units(by_host, frozenset(registered), frozenset(divided), apart)


def registry_evidence(
    hosts: Mapping[str, HostSeen], units: Units, registry: Registry
) -> list[MirrorEvidence]:
    """The registry's word that hosts of several domains are one outlet's: main host and others."""
    held: dict[str, list[str]] = defaultdict(list)
    for host in sorted(hosts):
        if units.of(host) in units.registered:
            held[units.of(host)].append(host)
    evidence = []
    for unit, hosts_of_unit in sorted(held.items()):
        home = _main(hosts_of_unit, hosts)
        outlet = registry.outlet(unit.partition(":")[2])
        snippet = f"{outlet.outlet_id}: {', '.join(domain.name for domain in outlet.domains)}"[:500]
        others = {domain_of(host): host for host in reversed(hosts_of_unit)}
        del others[domain_of(home)]
        for host in others.values():
            a, b = sorted((home, host))
            evidence.append(MirrorEvidence(a, b, REGISTRY, 1, 1, None, snippet, None, None))
    return sorted(evidence, key=lambda row: (row.host_a, row.host_b))


def sources_of_hosts(
    hosts: Mapping[str, HostSeen],
    groups: Mapping[str, MirrorGroup],
    units: Units,
    registry: Registry,
) -> dict[str, tuple[Tenure, ...]]:
    """The sources of each host; of those whose days hold an article the first is its own.

    A mirror group is one source, named by the registry, else after the registrable domain of the
    group's host with the most paths, ties by name.

    Args:
        hosts: all hosts of the run.
        groups: by host the mirror group that it is in; hosts in none are left out.
        units: what is one outlet before any evidence.
        registry: names outlets, and the days on which a host was whose.
    """
    group_of = {units.of(host): group for host, group in sorted(groups.items())}
    members: dict[str, list[str]] = defaultdict(list)
    for host in sorted(hosts):
        unit = units.of(host)
        members[group_of[unit].group_id if unit in group_of else unit].append(host)
    sources: dict[str, Source] = {}
    for together in members.values():
        group = group_of.get(units.of(together[0]))
        sources |= dict.fromkeys(together, _source(together, group, hosts, units, registry))
    known = {source.source_id: source for source in sources.values() if source.basis == "registry"}
    return {
        host: (*_claimed(host, known, registry), Tenure(Domain(host), sources[host]))
        for host in sorted(hosts)
    }


def with_candidates(
    sources: Mapping[str, tuple[Tenure, ...]], pairs: Sequence[tuple[str, str]]
) -> dict[str, tuple[Tenure, ...]]:
    """The sources of hosts, each told of those that it may be one with.

    Args:
        sources: of each host.
        pairs: hosts that may be one outlet's.
    """
    tied: dict[str, set[str]] = defaultdict(set)
    ids = {
        host: {tenure.source.source_id for tenure in tenures} for host, tenures in sources.items()
    }
    for a, b in pairs:
        for left in ids.get(a, ()):
            tied[left] |= ids.get(b, set()) - {left}
        for right in ids.get(b, ()):
            tied[right] |= ids.get(a, set()) - {right}
    return {
        host: tuple(
            replace(
                tenure,
                source=replace(tenure.source, candidates=_few(tied[tenure.source.source_id])),
            )
            for tenure in tenures
        )
        for host, tenures in sources.items()
    }


def _few(sources: set[str]) -> tuple[str, ...]:
    return tuple(sorted(sources)[:MOST_CANDIDATES])


def common_name(names: Counter[str]) -> str | None:
    """The name given most often, ties by name; None where none is given."""
    return min(names, key=lambda name: (-names[name], name), default=None)


def _holder(host: str, seen: HostSeen, registry: Registry) -> str | None:
    """The outlet that had the host on all days that the run saw, by the registry."""
    return _only([registry.holder(host, day) for day in _days(host, seen, registry)])


def _only(holders: Sequence[str | None]) -> str | None:
    return holders[0] if len(set(holders)) == 1 else None


def _is_claimed(host: str, seen: HostSeen, registry: Registry) -> bool:
    """Whether the registry gives the host to an outlet on some of the days that the run saw."""
    return any(registry.holder(host, day) for day in _days(host, seen, registry))


def _days(host: str, seen: HostSeen, registry: Registry) -> list[date | None]:
    """The first and last day, and those between them on which the registry changes its answer."""
    if seen.first_on is None or seen.last_on is None:
        return [None]
    bounds: set[date | None] = {
        day
        for claim in registry.claims(host)
        for day in (claim.domain.since, claim.domain.until)
        if day and seen.first_on < day < seen.last_on
    }
    return [seen.first_on, *bounds, seen.last_on]


def _main(hosts: Sequence[str], seen: Mapping[str, HostSeen]) -> str:
    return min(hosts, key=lambda host: (-seen[host].paths, host))


def _source(
    together: Sequence[str],
    group: MirrorGroup | None,
    hosts: Mapping[str, HostSeen],
    units: Units,
    registry: Registry,
) -> Source:
    main = _main(together, hosts)
    home = domain_of(main)
    group_id = group.group_id if group else None
    named = sorted({units.of(host) for host in together} & units.registered)
    if named:
        return _registered(registry.outlet(named[0].partition(":")[2]), group_id, home)
    if group:
        return Source(home, f"{group.confidence_class}_mirrors", group_id, home)
    return Source(
        home, "registrable_domain" if has_registrable_domain(main) else "host", None, home
    )


def _registered(outlet: Outlet, group_id: str | None, home: str) -> Source:
    agency = outlet.name if outlet.kind == AGENCY else None
    return Source(outlet.outlet_id, "registry", group_id, home, outlet.name, agency)


def _claimed(host: str, known: Mapping[str, Source], registry: Registry) -> list[Tenure]:
    """What the registry says of the host, its surest word first."""
    tenures = []
    for claim in registry.claims(host):
        own = _registered(registry.outlet(claim.outlet_id), None, domain_of(host))
        tenures.append(Tenure(claim.domain, known.get(claim.outlet_id, own)))
    return tenures
