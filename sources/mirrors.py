"""Which hosts are one outlet's, by what they announce and what stands on both under one path.

One side's announcement alone never merges two hosts: a clone can announce the real site. Sister
papers of a chain share many paths too, but each has its own: that is why the bound is over all
paths of the smaller host (design/sources.md).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sources.intervals import wilson

ANNOUNCED = "announced"
SAME_PATH = "same_path_same_text"


@dataclass(frozen=True, slots=True)
class MirrorEvidence:
    """One observed fact about two hosts; a row of mirror_evidence."""

    host_a: str
    """The host that announces; for symmetric facts the smaller name."""
    host_b: str
    kind: str
    n_observed: int
    n_checked: int
    article_id: str
    snippet: str
    first_seen_at: datetime | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class MirrorGroup:
    """Hosts that are, or may be, one outlet's; a row of mirror_groups."""

    group_id: str
    hosts: tuple[str, ...]
    confidence_class: str
    rule: str


@dataclass(frozen=True, slots=True)
class MirrorRules:
    """How much evidence merges two hosts."""

    paths_announced: int = 5
    bound_announced: float = 0.5
    paths_silent: int = 15
    bound_silent: float = 0.75
    paths_candidate: int = 3


def merge_evidence(observed: Iterable[MirrorEvidence]) -> list[MirrorEvidence]:
    """One row for each pair of hosts and kind, counts added, the smallest example kept; sorted."""
    merged: dict[tuple[str, str, str], MirrorEvidence] = {}
    for one in observed:
        key = (one.host_a, one.host_b, one.kind)
        merged[key] = _added(merged[key], one) if key in merged else one
    return [merged[key] for key in sorted(merged)]


def mirror_groups(evidence: Sequence[MirrorEvidence], rules: MirrorRules) -> list[MirrorGroup]:
    """Groups of merged hosts, then every pair that stays a candidate; sorted by hosts.

    `n_checked` of same_path_same_text is the number of paths of the host that has fewer.
    """
    ruled = {pair: _rule(facts, rules) for pair, facts in _by_pair(evidence).items()}
    merging = {pair: found for pair, found in ruled.items() if found[0] != "candidate"}
    groups = [_group(hosts, merging) for hosts in _components(merging)]
    home = {host: group.group_id for group in groups for host in group.hosts}
    for (a, b), (confidence, rule) in ruled.items():
        inside = a in home and home[a] == home.get(b)
        if confidence == "candidate" and rule and not inside:
            groups.append(MirrorGroup(_group_id((a, b)), (a, b), confidence, rule))
    return sorted(groups, key=lambda group: (group.hosts, group.confidence_class))


def merged_hosts(groups: Iterable[MirrorGroup]) -> dict[str, MirrorGroup]:
    """The group each merged host belongs to; hosts of candidates are not in it."""
    merged = [group for group in groups if group.confidence_class != "candidate"]
    return {host: group for group in merged for host in group.hosts}


def _added(left: MirrorEvidence, right: MirrorEvidence) -> MirrorEvidence:
    example = min(left, right, key=lambda one: (one.article_id, one.snippet))
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
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    announcers: frozenset[str]
    shared: int
    paths: int


def _by_pair(evidence: Sequence[MirrorEvidence]) -> Mapping[tuple[str, str], _Facts]:
    pairs: dict[tuple[str, str], _Facts] = {}
    for one in evidence:
        pair = (min(one.host_a, one.host_b), max(one.host_a, one.host_b))
        facts = pairs.get(pair, _Facts(frozenset(), 0, 0))
        if one.kind == ANNOUNCED:
            facts = _Facts(facts.announcers | {one.host_a}, facts.shared, facts.paths)
        if one.kind == SAME_PATH:
            facts = _Facts(facts.announcers, one.n_observed, one.n_checked)
        pairs[pair] = facts
    return dict(sorted(pairs.items()))


def _rule(facts: _Facts, rules: MirrorRules) -> tuple[str, str]:
    """The confidence class and the rule with its figures; no rule: nothing worth a row."""
    bound = wilson(min(facts.shared, facts.paths), facts.paths)[0] if facts.paths else 0.0
    told = f"{facts.shared} of {facts.paths} paths shared, lower bound {bound:.2f}"
    if len(facts.announcers) == 2:
        return "declared", f"each announces the other; {told}"
    announced = bool(facts.announcers)
    paths = rules.paths_announced if announced else rules.paths_silent
    least = rules.bound_announced if announced else rules.bound_silent
    if facts.shared >= paths and bound >= least:
        return "corroborated", ("one announces the other; " if announced else "") + told
    if announced:
        return "candidate", f"one announces the other; {told}"
    return "candidate", told if facts.shared >= rules.paths_candidate else ""


def _components(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    home: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = home.get(a, {a}) | home.get(b, {b})
        for host in joined:
            home[host] = joined
    return sorted({tuple(sorted(hosts)) for hosts in home.values()})


def _group(
    hosts: tuple[str, ...], merging: Mapping[tuple[str, str], tuple[str, str]]
) -> MirrorGroup:
    links = {pair: found for pair, found in merging.items() if pair[0] in hosts}
    declared = [pair for pair, found in links.items() if found[0] == "declared"]
    is_declared = _components(declared) == [hosts]
    rule = "; ".join(f"{a} = {b}: {found[1]}" for (a, b), found in links.items())
    return MirrorGroup(_group_id(hosts), hosts, "declared" if is_declared else "corroborated", rule)


def _group_id(hosts: tuple[str, ...]) -> str:
    return "m" + hashlib.blake2b(" ".join(hosts).encode(), digest_size=7).hexdigest()
