"""What a user or we know of outlets beforehand: their domains, and when each was theirs.

A registry goes before what pages say: its domains are one outlet's whatever they announce, and two
of its outlets are never joined (design/sources.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Domain:
    """A host name that, with all names below it, is an outlet's from a day to a day, inclusive."""

    name: str
    since: date | None = None
    until: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether it was the outlet's on that day; on an unknown day only where nothing bounds it.

        >>> Domain("a.example", until=date(2024, 6, 30)).holds(date(2024, 7, 1))
        False
        """
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def meets(self, other: "Domain") -> bool:
        """Whether both hold on some day."""
        first = max(self.since or date.min, other.since or date.min)
        return first <= min(self.until or date.max, other.until or date.max)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet as a registry tells it."""

    outlet_id: str
    """Without dots, so that no registrable domain is like it."""
    name: str
    """As the tables write it; of an agency, as its credits stand in them: `AP`."""
    kind: str = "outlet"
    """outlet or agency."""
    domains: tuple[Domain, ...] = ()
    """The first is its main one."""
    names: tuple[str, ...] = ()
    """Of an agency: names by which it is credited, in any case."""
    tags: tuple[str, ...] = ()
    """Of an agency: short names as datelines and credits write them, matched as written."""
    ignore: tuple[str, ...] = ()
    """Source ids (registry ids or domains) known to be others': never joined with it, and never
    listed as look-alikes of it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """That a host is an outlet's, in the words of the registry."""

    domain: Domain
    outlet_id: str


# eq=False: its look-ups are kept by identity, for the hash of all outlets costs 0.1 ms each time
@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """All outlets that are known beforehand, sorted by id."""

    outlets: tuple[Outlet, ...] = ()

    def outlet(self, outlet_id: str) -> Outlet:
        """The outlet with this id, which is there."""
        return _by_id(self)[outlet_id]

    def claims(self, host: str) -> tuple[Claim, ...]:
        """What the registry says of a host: its own name before the names above it."""
        known = _by_name(self)
        return tuple(claim for name in _upwards(host) for claim in known.get(name, ()))

    def holder(self, host: str, day: date | None) -> str | None:
        """The id of the outlet that had the host on that day; None where the registry is silent."""
        holders = (claim.outlet_id for claim in self.claims(host) if claim.domain.holds(day))
        return next(holders, None)


def joined_registries(first: Registry, then: Registry) -> Registry:
    """Both as one; where both know an id or a domain, only `first` is heard."""
    ids = {outlet.outlet_id for outlet in first.outlets}
    names = {domain.name for outlet in first.outlets for domain in outlet.domains}
    rest = [_without(outlet, names) for outlet in then.outlets if outlet.outlet_id not in ids]
    return Registry(tuple(sorted([*first.outlets, *rest], key=lambda outlet: outlet.outlet_id)))


def _without(outlet: Outlet, names: set[str]) -> Outlet:
    domains = tuple(domain for domain in outlet.domains if domain.name not in names)
    return Outlet(
        outlet.outlet_id,
        outlet.name,
        outlet.kind,
        domains,
        outlet.names,
        outlet.tags,
        outlet.ignore,
    )


def _upwards(host: str) -> Iterator[str]:
    while host:
        yield host
        host = host.partition(".")[2]


@lru_cache(maxsize=8)
def _by_name(registry: Registry) -> Mapping[str, tuple[Claim, ...]]:
    claims: dict[str, tuple[Claim, ...]] = {}
    for outlet in registry.outlets:
        for domain in outlet.domains:
            claims[domain.name] = (*claims.get(domain.name, ()), Claim(domain, outlet.outlet_id))
    return claims


@lru_cache(maxsize=8)
def _by_id(registry: Registry) -> Mapping[str, Outlet]:
    return {outlet.outlet_id: outlet for outlet in registry.outlets}
