"""How sure it is that two hosts are one outlet's, by what was observed of them.

One side's announcement alone never merges two hosts: a clone can announce the real site. Sister
papers of a chain share many paths too, but each has its own: that is why the bound is over all
paths of the smaller host (design/sources.md).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.setting import Count, Share
from sources.intervals import wilson
from sources.mirrors.evidence import (
    ANNOUNCED,
    CANONICAL,
    HREFLANG,
    REGISTRY,
    SAME_PATH,
    MirrorEvidence,
)

_WORDS = {
    ANNOUNCED: "in its pages",
    CANONICAL: "by canonical links",
    HREFLANG: "by hreflang",
}
_MOST_PATHS = 10_000
"""No answer to "how many more shared paths" is looked for beyond these."""


@dataclass(frozen=True, slots=True)
class MirrorRules:
    """How much evidence makes two hosts one outlet's."""

    paths_announced: Count = 5
    """Shared paths that corroborate one side's announcement. That alone merges nothing: a clone can
    announce the real site."""
    bound_announced: Share = 0.5
    """And the Wilson lower bound of their share of the smaller host's paths: sister papers share
    many paths, but each has its own."""
    paths_silent: Count = 15
    """The same without any announcement: so many that syndication is no explanation ..."""
    bound_silent: Share = 0.75
    """... and the lower bound for these."""
    paths_candidate: int = 3
    """Shared paths from which two hosts are listed as candidates, which merges nothing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was observed of two hosts, the smaller name first."""

    is_registered: bool = False
    announcers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Host -> the kinds by which it announces the other."""
    shared: int = 0
    paths: int = 0
    """Of the host that has fewer."""

    @property
    def bound(self) -> float:
        """The Wilson lower bound of the shared paths."""
        return wilson(min(self.shared, self.paths), self.paths)[0] if self.paths else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence on two hosts comes to."""

    confidence_class: str
    """declared, corroborated, candidate, or none: nothing worth a row of mirror_groups."""
    rule: str


def facts_by_pair(
    evidence: Sequence[MirrorEvidence], rules: MirrorRules
) -> dict[tuple[str, str], Facts]:
    """The evidence by pair of hosts, sorted."""
    grouped: dict[tuple[str, str], list[MirrorEvidence]] = defaultdict(list)
    for one in evidence:
        grouped[min(one.host_a, one.host_b), max(one.host_a, one.host_b)].append(one)
    return {pair: _facts(grouped[pair], rules) for pair in sorted(grouped)}


def verdict(facts: Facts, rules: MirrorRules) -> Verdict:
    """The confidence class and the rule with its figures."""
    told = _shared_told(facts)
    if facts.is_registered:
        return Verdict("declared", "the registry names both as one outlet's")
    if len(facts.announcers) == 2:
        return Verdict("declared", f"each announces the other ({_how(facts)}); {told}")
    announced = f"one announces the other ({_how(facts)}); " if facts.announcers else ""
    paths, bound = _asked(facts, rules)
    if facts.shared >= paths and facts.bound >= bound:
        return Verdict("corroborated", announced + told)
    if announced or facts.shared >= rules.paths_candidate:
        return Verdict("candidate", announced + told)
    return Verdict("none", told)


def what_is_missing(facts: Facts, rules: MirrorRules) -> str:
    """What would have to be seen besides for the two to be one source; empty where they are."""
    if verdict(facts, rules).confidence_class in ("declared", "corroborated"):
        return ""
    ways = [_paths_missing(facts, *_asked(facts, rules))]
    if facts.announcers:
        ways.append("an announcement by the other host as well")
    else:
        silent = _paths_missing(facts, rules.paths_announced, rules.bound_announced)
        ways += [f"an announcement by one of them{silent and f' and {silent}'}", "by both"]
    return ", or ".join(way for way in ways if way) + ", or an entry in the registry"


def _facts(evidence: Sequence[MirrorEvidence], rules: MirrorRules) -> Facts:
    announcers: dict[str, list[str]] = defaultdict(list)
    shared = next((one for one in evidence if one.kind == SAME_PATH), None)
    for one in evidence:
        if one.kind == ANNOUNCED or (
            one.kind in (CANONICAL, HREFLANG) and _is_habit(one, rules.bound_announced)
        ):
            announcers[one.host_a].append(one.kind)
    return Facts(
        is_registered=any(one.kind == REGISTRY for one in evidence),
        announcers={host: tuple(sorted(kinds)) for host, kinds in sorted(announcers.items())},
        shared=shared.n_observed if shared else 0,
        paths=shared.n_checked if shared else 0,
    )


def _is_habit(link: MirrorEvidence, bound: float) -> bool:
    """Whether the host as a whole links so: syndicated stories name their origin as canonical too.

    A mirror names its main host on all its pages, a partner on those that it took over.
    """
    seen = min(link.n_observed, link.n_checked)
    return link.n_checked > 0 and wilson(seen, link.n_checked)[0] >= bound


def _how(facts: Facts) -> str:
    return "; ".join(
        f"{host} {' and '.join(_WORDS[kind] for kind in kinds)}"
        for host, kinds in facts.announcers.items()
    )


def _shared_told(facts: Facts) -> str:
    return f"{facts.shared} of {facts.paths} paths shared, lower bound {facts.bound:.2f}"


def _asked(facts: Facts, rules: MirrorRules) -> tuple[int, float]:
    """How many shared paths, and which lower bound, merge these two."""
    if facts.announcers:
        return rules.paths_announced, rules.bound_announced
    return rules.paths_silent, rules.bound_silent


def _paths_missing(facts: Facts, paths: int, bound: float) -> str:
    """How many more shared paths reach both, if all the smaller host gains are shared."""
    for more in range(_MOST_PATHS):
        k, n = min(facts.shared, facts.paths) + more, facts.paths + more
        if k >= paths and n and wilson(k, n)[0] >= bound:
            asked = f"of {paths} and a lower bound of {bound:g}"
            return f"{more} more shared paths ({asked})" if more else ""
    return ""
