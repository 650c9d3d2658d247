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
class MatchedRating:
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
        for rating in sorted(
            set(ratings), key=lambda rating: (rating.dataset, rating.key, rating.value)
        ):
            self._by_key[rating.key_kind, rating.key].append(rating)

    def of(
        self, source_id: str, is_registered: bool, hosts: Sequence[str], registry: Registry
    ) -> list[MatchedRating]:
        """The ratings that concern a source, sorted by data set and key."""
        matched = [
            MatchedRating(rating, level, covered)
            for kind, key, level, covered in _keys(source_id, is_registered, hosts, registry)
            for rating in self._by_key.get((kind, key), ())
        ]
        return sorted(
            matched, key=lambda match: (match.rating.dataset, match.rating.key, match.rating.value)
        )


def rating_rows(matched: Iterable[MatchedRating]) -> list[dict[str, Any]]:
    """The entries of ext_ratings."""
    return [
        {
            "dataset": match.rating.dataset,
            "key_matched": match.rating.key,
            "match_level": match.level,
            "value": match.rating.value,
            "scale": match.rating.scale,
            "licence": match.rating.licence,
            "hosts": list(match.hosts),
        }
        for match in matched
    ]


def conflict_rows(matched: Iterable[MatchedRating]) -> list[dict[str, Any]]:
    """The entries of rating_conflicts: data sets that say different things of one source's keys."""
    by_dataset: dict[str, list[Rating]] = defaultdict(list)
    for match in matched:
        by_dataset[match.rating.dataset].append(match.rating)
    return [
        {
            "dataset": dataset,
            "keys": [rating.key for rating in ratings],
            "values": [rating.value for rating in ratings],
        }
        for dataset, ratings in sorted(by_dataset.items())
        if len({_comparable(rating.value) for rating in ratings}) > 1
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
    hosts_by_domain: dict[str, list[str]] = defaultdict(list)
    for host in hosts:
        hosts_by_domain[domain_of(host)].append(host)
    return hosts_by_domain


def _comparable(value: str) -> str | float:
    """The number that a value is, else its text: `0.5` and `0.50` are no conflict."""
    try:
        return float(value)
    except ValueError:
        return value.strip().casefold()
