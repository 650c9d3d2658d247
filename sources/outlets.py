"""Which outlet an article belongs to: the registrable domain of its host, mirrors folded into one.

Never by brand label: presstv.com and presstv.ir are one outlet, brightherald.com and
brighthherald.com are not, and only evidence can say which (design/sources.md).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sources.hosts import registrable_domain
from sources.mirrors import MirrorGroup


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet as the tables see it."""

    source_id: str
    basis: str
    """declared_mirrors, corroborated_mirrors, registrable_domain or input."""
    mirror_group_id: str | None


domain_of = lru_cache(maxsize=65_536)(registrable_domain)


def outlet_name(host: str | None, outlet: str | None) -> str | None:
    """The outlet before mirrors are known: registrable domain, else the name the input gives."""
    return domain_of(host) if host else outlet


def sources_of_hosts(
    hosts: Mapping[str, int], merged: Mapping[str, MirrorGroup]
) -> dict[str, Source]:
    """The source of each host.

    A mirror group is one source, named after the registrable domain of the group's host with the
    most articles (`hosts` holds the counts), ties by name.
    """
    leaders: dict[str, str] = {}
    for host, group in merged.items():
        best = leaders.get(group.group_id, host)
        leaders[group.group_id] = min(best, host, key=lambda one: (-hosts.get(one, 0), one))
    by_domain = {domain_of(host): group for host, group in sorted(merged.items())}
    return {host: _source(host, by_domain.get(domain_of(host)), leaders) for host in hosts}


def _source(host: str, group: MirrorGroup | None, leaders: Mapping[str, str]) -> Source:
    """Hosts of one registrable domain are one outlet, so a group takes its hosts' domains along."""
    if group is None:
        return Source(domain_of(host), "registrable_domain", None)
    basis = f"{group.confidence_class}_mirrors"
    return Source(domain_of(leaders[group.group_id]), basis, group.group_id)


def common_name(names: Counter[str]) -> str | None:
    """The name given most often, ties by name; None where none is given."""
    return min(names, key=lambda name: (-names[name], name), default=None)
