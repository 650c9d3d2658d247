"""The source of every host of a run, small enough to be handed to every worker."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pyarrow as pa

from pipelines.stages.outlets.lookalikes import likeness_bytes
from pipelines.storage.arrow import from_bytes, joined, to_bytes
from schemas.exchange import HOSTS_SEEN
from sources.lookalikes.lookalikes import likenesses
from sources.metadata.person_names import folded
from sources.mirrors.evidence import REGISTRY, SAME_PATH, MirrorEvidence, MirrorGroup, merged_hosts
from sources.mirrors.groups import candidate_pairs
from sources.mirrors.groups import mirror_groups as grouped
from sources.mirrors.rules import MirrorRules
from sources.outlets.outlets import (
    HostSeen,
    Source,
    Tenure,
    registry_evidence,
    sources_of_hosts,
    units_of_hosts,
    with_candidates,
)
from sources.outlets.registry import Domain, Registry
from sources.outlets.usual_days import is_before_gap
from sources.stories.credited_names import given_names

SCHEMA = pa.schema(
    [
        ("host", pa.string()),
        ("domain", pa.string()),
        ("since", pa.date32()),
        ("until", pa.date32()),
        ("source_id", pa.string()),
        ("basis", pa.string()),
        ("group", pa.string()),
        ("home", pa.string()),
        ("name", pa.string()),
        ("agency", pa.string()),
        ("candidates", pa.list_(pa.string())),
        ("usual_since", pa.date32()),
        ("names", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class HostSources:
    """Looks up the source of an article by host and day, or by its outlet's name without a host."""

    by_host: Mapping[str, tuple[Tenure, ...]]
    usual_since: Mapping[str, date] = field(default_factory=dict)
    """Of hosts with pages that claim times years before nearly all others, the day of these."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a host answers to, folded: the name that most of its pages give their outlet, the label
    of its domain, its outlet's name in the registry."""

    def is_odd_claim(self, host: str | None, claimed_on: date | None) -> bool:
        """Whether a page claims a time years before nearly all else of its host."""
        return is_before_gap(claimed_on, self.usual_since.get(host or ""))

    def answering(self) -> dict[str, frozenset[str]]:
        """Each name with the sources of the run that answer to it."""
        sources_of: dict[str, set[str]] = defaultdict(set)
        for host, names in self.names.items():
            for tenure in self.by_host.get(host, ()):
                for name in names:
                    sources_of[name].add(tenure.source.source_id)
        return {name: frozenset(ids) for name, ids in sources_of.items()}

    def of(self, host: str | None, outlet: str | None, day: date | None = None) -> Source | None:
        """The source; None where neither host nor outlet is known."""
        if host is not None:
            tenures = self.by_host.get(host, ())
            return next((tenure.source for tenure in tenures if tenure.days.holds(day)), None)
        return Source(outlet, "input") if outlet else None

    def known(self) -> dict[str, Source]:
        """All sources that have a host, by id."""
        sources = [tenure.source for tenures in self.by_host.values() for tenure in tenures]
        return {source.source_id: source for source in sources}

    def to_bytes(self) -> bytes:
        """The look-up as a batch, sorted by host; the order of a host's tenures stays."""
        rows = [
            (
                *(host, days.name, days.since, days.until),
                *(own.source_id, own.basis, own.mirror_group_id, own.home, own.name, own.agency),
                *(list(own.candidates), self.usual_since.get(host), self.names.get(host)),
            )
            for host, tenures in sorted(self.by_host.items())
            for days, own in ((tenure.days, tenure.source) for tenure in tenures)
        ]
        columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
        arrays = [
            pa.array(values, field.type) for values, field in zip(columns, SCHEMA, strict=True)
        ]
        return to_bytes(pa.table(arrays, schema=SCHEMA))

    @staticmethod
    def from_bytes(content: bytes) -> "HostSources":
        """The inverse of to_bytes."""
        by_host: dict[str, tuple[Tenure, ...]] = {}
        usual: dict[str, date] = {}
        answered: dict[str, tuple[str, ...]] = {}
        columns = [values.to_pylist() for values in from_bytes(content).columns]
        for host, name, since, until, *own in zip(*columns, strict=True):
            *fields, candidates, usual_day, names = own
            if usual_day is not None:
                usual[host] = usual_day
            if names is not None:
                answered[host] = tuple(names)
            source = Source(*fields)
            tenure = Tenure(
                Domain(name, since, until), replace(source, candidates=tuple(candidates))
            )
            by_host[host] = (*by_host.get(host, ()), tenure)
        return HostSources(by_host, usual, answered)


def day_of(claimed_at: datetime | None, fetched_at: datetime | None) -> date | None:
    """The day by which an article's host is looked up: claimed, else fetched."""
    at = claimed_at or fetched_at
    return at.date() if at else None


def hosts_seen(batches: Iterable[bytes]) -> dict[str, HostSeen]:
    """What was seen of each host, in articles and in rejected pages together."""
    table = joined(list(batches), HOSTS_SEEN).group_by("host", use_threads=False)
    least = ("first_on", "usual_since", "outlet")
    added = table.aggregate(
        [("paths", "sum"), ("last_on", "max"), *((name, "min") for name in least)]
    )
    names = ("host", "paths_sum", "first_on_min", "last_on_max", "usual_since_min", "outlet_min")
    columns = [added.column(name).to_pylist() for name in names]
    return {host: HostSeen(*seen) for host, *seen in zip(*columns, strict=True)}


def find_mirrors(
    evidence: Sequence[MirrorEvidence],
    hosts: Mapping[str, HostSeen],
    rules: MirrorRules,
    registry: Registry,
) -> tuple[list[MirrorEvidence], list[MirrorGroup], HostSources, bytes]:
    """The checked evidence, the groups it makes, every host's source, and resembling names.

    An announcement was checked on all paths of the host that makes it, a shared path on all paths
    of the host that has fewer.
    """
    units = units_of_hosts(hosts, registry)
    observed = [*evidence, *registry_evidence(hosts, units, registry)]
    checked = [replace(fact, n_checked=_checked(fact, hosts)) for fact in observed]
    groups = grouped(checked, rules, units)
    sources = sources_of_hosts(hosts, merged_hosts(groups), units, registry)
    sources = with_candidates(sources, candidate_pairs(checked, rules, units))
    names = likeness_bytes(likenesses(hosts, groups, sources, units, registry))
    usual = {host: seen.usual_since for host, seen in hosts.items() if seen.usual_since}
    answered = {host: _names(hosts[host].outlet, host, sources[host]) for host in sources}
    return checked, groups, HostSources(sources, usual, answered), names


def _names(outlet: str | None, host: str, tenures: Sequence[Tenure]) -> tuple[str, ...]:
    registered = {folded(tenure.source.name) for tenure in tenures if tenure.source.name}
    return tuple(sorted(registered | set(given_names(outlet, host))))


def _checked(fact: MirrorEvidence, hosts: Mapping[str, HostSeen]) -> int:
    paths_a, paths_b = (hosts.get(host, HostSeen()).paths for host in (fact.host_a, fact.host_b))
    if fact.kind == REGISTRY:
        return fact.n_checked
    return min(paths_a, paths_b) if fact.kind == SAME_PATH else paths_a
