"""Ratings that others publish, joined to sources: nothing of copytrail's own is made of them.

A rating is of a key, a host or an outlet of the registry, and stays with it: where mirrors are one
source, each rating names the hosts that it covers, and those that differ are listed as a conflict.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.outlets.outlets import domain_of
from sources.outlets.registry import Registry

HOST, OUTLET = "host", "outlet"


@dataclass(frozen=True, slots=True)
class Rating:
    """What a data set says of one key."""

    dataset: str
    key_kind: str
    """host, or outlet: an id of the registry."""
    key: str
    """A normal host, or the id."""
    value: str
    """As the file writes it."""
    scale: str
    licence: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A rating that concerns a source, and why."""

    rating: Rating
    level: str
    """host, registrable_domain or registry."""
    hosts: tuple[str, ...]
    """The hosts of the source that the key covers."""


class Ratings:
    """All ratings by key."""

    def __init__(self, ratings: Iterable[Rating]) -> None:
        self._by_key: dict[tuple[str, str], list[Rating]] = defaultdict(list)
        for one in sorted(set(ratings), key=lambda one: (one.dataset, one.key, one.value)):
            self._by_key[one.key_kind, one.key].append(one)

    def of(
        self, source_id: str, is_registered: bool, hosts: Sequence[str], registry: Registry
    ) -> list[Matched]:
        """The ratings that concern a source, sorted by data set and key."""
        found = [
            Matched(rating, level, covered)
            for kind, key, level, covered in _keys(source_id, is_registered, hosts, registry)
            for rating in self._by_key.get((kind, key), ())
        ]
        return sorted(found, key=lambda one: (one.rating.dataset, one.rating.key, one.rating.value))


def rating_rows(found: Iterable[Matched]) -> list[dict[str, Any]]:
    """The entries of ext_ratings."""
    return [
        {
            "dataset": one.rating.dataset,
            "key_matched": one.rating.key,
            "match_level": one.level,
            "value": one.rating.value,
            "scale": one.rating.scale,
            "licence": one.rating.licence,
            "hosts": list(one.hosts),
        }
        for one in found
    ]


def conflict_rows(found: Iterable[Matched]) -> list[dict[str, Any]]:
    """The entries of rating_conflicts: data sets that say different things of one source's keys."""
    by_dataset: dict[str, list[Rating]] = defaultdict(list)
    for one in found:
        by_dataset[one.rating.dataset].append(one.rating)
    return [
        {
            "dataset": dataset,
            "keys": [one.key for one in ratings],
            "values": [one.value for one in ratings],
        }
        for dataset, ratings in sorted(by_dataset.items())
        if len({_comparable(one.value) for one in ratings}) > 1
    ]


def _keys(
    source_id: str, is_registered: bool, hosts: Sequence[str], registry: Registry
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Kind and key, the level at which it matches, and the hosts it covers."""
    if is_registered:
        yield OUTLET, source_id, "registry", tuple(hosts)
    for host in hosts:
        yield HOST, host, "host", (host,)
    for domain, below in _by_domain(hosts).items():
        holders = {claim.outlet_id for claim in registry.claims(domain)}
        # a blog that the registry tells from the paper above it is not what the paper's rating says
        if domain not in hosts and (not holders or source_id in holders):
            yield HOST, domain, "registrable_domain", tuple(below)


def _by_domain(hosts: Sequence[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for host in hosts:
        found[domain_of(host)].append(host)
    return found


def _comparable(value: str) -> str | float:
    """The number that a value is, else its text: `0.5` and `0.50` are no conflict."""
    try:
        return float(value)
    except ValueError:
        return value.strip().casefold()
