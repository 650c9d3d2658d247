"""Resembling names as batches, and the texts that two of them share."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.storage.arrow import from_bytes, joined, to_bytes
from schemas.exchange import LIKENESSES, SHARED_TEXTS
from sources.lookalikes.domain_pairs import NamePair
from sources.lookalikes.lookalikes import Likeness
from sources.outlets.outlets import domain_of


def likeness_bytes(likenesses: Sequence[Likeness]) -> bytes:
    """The pairs as a batch, in their order."""
    rows = [
        (
            *(likeness.pair.domain_a, likeness.pair.domain_b, likeness.pair.rule),
            *(
                likeness.pair.distance,
                likeness.pair.is_telling,
                likeness.n_texts,
                likeness.is_mirror_candidate,
            ),
        )
        for likeness in likenesses
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(LIKENESSES)
    arrays = [
        pa.array(values, field.type) for values, field in zip(columns, LIKENESSES, strict=True)
    ]
    return to_bytes(pa.table(arrays, schema=LIKENESSES))


def likenesses_of(content: bytes) -> list[Likeness]:
    """The inverse of likeness_bytes."""
    columns = [values.to_pylist() for values in from_bytes(content).columns]
    return [Likeness(NamePair(*row[:5]), *row[5:]) for row in zip(*columns, strict=True)]


def shared_texts(members: pa.Table, likenesses: Sequence[Likeness]) -> pa.Table:
    """In how many clusters both domains of a pair have an article, agency copy left out.

    Args:
        members: schema CLUSTERED, all members of each of its clusters.
        likenesses: resembling names.
    """
    partners: dict[str, list[str]] = defaultdict(list)
    for likeness in likenesses:
        partners[likeness.pair.domain_a].append(likeness.pair.domain_b)
    counts: Counter[tuple[str, str]] = Counter()
    names = {
        name for likeness in likenesses for name in (likeness.pair.domain_a, likeness.pair.domain_b)
    }
    for domains in _domains_by_cluster(members, names).values():
        for domain, is_wire in domains.items():
            for other in partners.get(domain, ()):
                # two members of one agency share its stories whatever they are called
                if other in domains and not is_wire and not domains[other]:
                    counts[domain, other] += 1
    columns = [[a for a, _ in counts], [b for _, b in counts], list(counts.values())]
    arrays = [
        pa.array(likeness, field.type)
        for likeness, field in zip(columns, SHARED_TEXTS, strict=True)
    ]
    return pa.table(arrays, schema=SHARED_TEXTS)


def shared_by_pair(batches: Sequence[bytes]) -> dict[tuple[str, str], int]:
    """All counts added up."""
    columns = [values.to_pylist() for values in joined(list(batches), SHARED_TEXTS).columns]
    counts: Counter[tuple[str, str]] = Counter()
    for a, b, n in zip(*columns, strict=True):
        counts[a, b] += n
    return dict(counts)


def _domains_by_cluster(members: pa.Table, names: Set[str]) -> Mapping[int, Mapping[str, bool]]:
    """Those of the asked domains that each cluster has, and whether an article of theirs in it
    credits an agency.
    """
    hosts = members.column("host").unique().drop_null().to_pylist()
    domains = {host: domain for host in hosts if (domain := domain_of(host)) in names}
    is_named = pc.is_in(members.column("host"), pa.array(list(domains), pa.string()))
    by_cluster: dict[int, dict[str, bool]] = defaultdict(dict)
    columns = members.select(["cluster", "host", "wire_credits"]).filter(is_named).columns
    for cluster, host, wires in zip(*(values.to_pylist() for values in columns), strict=True):
        domain = domains[host]
        by_cluster[cluster][domain] = by_cluster[cluster].get(domain, False) or bool(wires)
    return by_cluster
