"""The source of every host of a run, small enough to be handed to every worker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from pipelines.batches import from_bytes, joined, to_bytes
from schemas.exchange import HOST_COUNTS
from sources.mirrors import SAME_PATH, MirrorEvidence, MirrorGroup, MirrorRules, merged_hosts
from sources.mirrors import mirror_groups as grouped
from sources.outlets import Source, sources_of_hosts

SCHEMA = pa.schema(
    [
        ("host", pa.string()),
        ("source_id", pa.string()),
        ("basis", pa.string()),
        ("group", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class HostSources:
    """Looks up the source of an article by its host, or by its outlet's name without one."""

    by_host: Mapping[str, Source]

    def of(self, host: str | None, outlet: str | None) -> Source | None:
        """The source; None where neither host nor outlet is known."""
        if host is not None:
            return self.by_host.get(host)
        return Source(outlet, "input", None) if outlet else None

    def to_bytes(self) -> bytes:
        """The look-up as a batch, sorted by host."""
        rows = [
            (host, one.source_id, one.basis, one.mirror_group_id)
            for host, one in sorted(self.by_host.items())
        ]
        columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
        return to_bytes(pa.table([pa.array(one, pa.string()) for one in columns], schema=SCHEMA))

    @staticmethod
    def from_bytes(content: bytes) -> "HostSources":
        """The inverse of to_bytes."""
        columns = [one.to_pylist() for one in from_bytes(content).columns]
        return HostSources({host: Source(*rest) for host, *rest in zip(*columns, strict=True)})


def host_counts(batches: Iterable[bytes]) -> dict[str, int]:
    """How many different paths each host has."""
    table = joined(list(batches), HOST_COUNTS)
    return dict(zip(*(one.to_pylist() for one in table.columns), strict=True))


def find_mirrors(
    evidence: Sequence[MirrorEvidence], paths: Mapping[str, int], rules: MirrorRules
) -> tuple[list[MirrorEvidence], list[MirrorGroup], HostSources]:
    """The evidence with what it was checked against, the groups it makes, and every host's source.

    An announcement was checked on all paths of the host that makes it, a shared path on all paths
    of the host that has fewer.
    """
    checked = [replace(fact, n_checked=_checked(fact, paths)) for fact in evidence]
    groups = grouped(checked, rules)
    sources = sources_of_hosts(paths, merged_hosts(groups))
    return checked, groups, HostSources(sources)


def _checked(fact: MirrorEvidence, paths: Mapping[str, int]) -> int:
    if fact.kind == SAME_PATH:
        return min(paths.get(fact.host_a, 0), paths.get(fact.host_b, 0))
    return paths.get(fact.host_a, 0)
