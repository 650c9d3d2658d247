"""Observations about two hosts, added up, and the groups of hosts that they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

REGISTRY = "registry"
ANNOUNCED = "announced"
NAMES_ITSELF = "names_itself"
"""A page of `host_a`, which is `host_b`, names itself among the addresses of its outlet."""
CANONICAL = "canonical"
HREFLANG = "hreflang"
SAME_PATH = "same_path_same_text"
KINDS = (REGISTRY, ANNOUNCED, NAMES_ITSELF, CANONICAL, HREFLANG, SAME_PATH)

DECLARED = "declared"
CANDIDATE = "candidate"
CLONE_CANDIDATE = "clone_candidate"


@dataclass(frozen=True, slots=True)
class MirrorEvidence:
    """One observed fact about two hosts; a row of mirror_evidence."""

    host_a: str
    """The host that announces; for symmetric facts the smaller name."""
    host_b: str
    kind: str
    n_observed: int
    n_checked: int
    article_id: str | None
    """None for what the registry says: no page shows it."""
    snippet: str
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    outlet: str | None = None
    """What the example's page calls its outlet."""
    n_a_first: int = 0
    """Of shared paths: under how many the crawl confirms that the text stood on host_a first."""
    n_b_first: int = 0


@dataclass(frozen=True, slots=True)
class MirrorGroup:
    """Hosts that are, or may be, one outlet's, or that copy one; a row of mirror_groups."""

    group_id: str
    hosts: tuple[str, ...]
    confidence_class: str
    rule: str
    main_host: str | None = None
    """Of declared hosts the one that announces the others; of clone candidates the host that the
    others repeat; None of candidates."""


def merge_evidence(observed: Iterable[MirrorEvidence]) -> list[MirrorEvidence]:
    """One row for each pair of hosts and kind, counts added, the smallest example kept; sorted."""
    merged: dict[tuple[str, str, str], MirrorEvidence] = {}
    for row in observed:
        key = (row.host_a, row.host_b, row.kind)
        merged[key] = _added(merged[key], row) if key in merged else row
    return [merged[key] for key in sorted(merged)]


def merged_hosts(groups: Iterable[MirrorGroup]) -> dict[str, MirrorGroup]:
    """The group each merged host belongs to; hosts of candidates are not in it."""
    merged = [group for group in groups if group.confidence_class == DECLARED]
    return {host: group for group in merged for host in group.hosts}


def _added(left: MirrorEvidence, right: MirrorEvidence) -> MirrorEvidence:
    example = min(left, right, key=lambda row: (row.article_id or "", row.snippet))
    first = [at for at in (left.first_seen_at, right.first_seen_at) if at]
    last = [at for at in (left.last_seen_at, right.last_seen_at) if at]
    return MirrorEvidence(
        left.host_a,
        left.host_b,
        left.kind,
        left.n_observed + right.n_observed,
        max(left.n_checked, right.n_checked),
        example.article_id,
        example.snippet,
        min(first, default=None),
        max(last, default=None),
        example.outlet,
        left.n_a_first + right.n_a_first,
        left.n_b_first + right.n_b_first,
    )
