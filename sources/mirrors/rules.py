"""Whether two hosts are one outlet's: only where the registry says so, or where both consent.

Whoever imitates an outlet controls all that stands on its own pages: texts, paths, footers, links
and names. So nothing that one side shows, however much of it, joins two hosts. Consent is one of:

- each announces the other, or
- one announces the other, and that one says of itself, under the same name, that it is an address
  of the outlet, and no third host announces it in the same way. The page that this project began
  with is of this kind: a main site lists its mirrors, whose footers list themselves.

Announcing is a habit: most pages of the host do it in their frame. What stands in a story or in a
reader's comment is on few of a host's pages (design/sources.md, Identity).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.setting import Count, Share
from sources.hosts import registrable_domain
from sources.intervals import wilson
from sources.mirrors.evidence import (
    ANNOUNCED,
    CANDIDATE,
    CANONICAL,
    CLONE_CANDIDATE,
    DECLARED,
    HREFLANG,
    NAMES_ITSELF,
    REGISTRY,
    SAME_PATH,
    MirrorEvidence,
)
from sources.text.keys import title_key

_WORDS = {
    ANNOUNCED: "in its pages",
    CANONICAL: "by canonical links",
    HREFLANG: "by hreflang",
}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MirrorRules:
    """What is a habit, and what is worth a person's look."""

    habit_bound: Share = 0.5
    """Wilson lower bound of the share of a host's paths whose pages announce another: below it
    there is no habit, and nothing is announced. Only hosts that consent by habit are joined."""
    candidate_paths: Count = 3
    """Shared paths under which the same text makes two hosts candidates: for a person to look at,
    and never joined, however many they are, for a clone shares as many as it copies."""
    clone_paths: Count = 5
    """Shared paths from which a host that was seen later and is not announced is listed as one that
    repeats the other ..."""
    clone_bound: Share = 0.75
    """... and the Wilson lower bound of their share of the smaller host's paths: partners have
    stories of their own."""


@dataclass(frozen=True, slots=True)
class Consent:
    """How two hosts declare that they are one outlet's."""

    main_host: str | None
    """The one that announces the other, where only one does."""
    rule: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What was observed of two hosts, the smaller name first."""

    pair: Pair
    is_registered: bool = False
    announcers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Host -> the kinds by which it has the habit of announcing the other."""
    seldom: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Host -> on how many of its paths it announces the other, where that is no habit."""
    shared: int = 0
    paths: int = 0
    """Of the host that has fewer."""
    first: Mapping[str, int] = field(default_factory=dict)
    """Host -> under how many shared paths the text stood there first, as the crawl confirms."""
    consent: Consent | None = None
    ambiguous: tuple[str, ...] = ()
    """Third hosts that announce the one that names itself, so that its consent may mean them."""

    @property
    def bound(self) -> float:
        """The Wilson lower bound of the shared paths."""
        return wilson(min(self.shared, self.paths), self.paths)[0] if self.paths else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence on two hosts comes to."""

    confidence_class: str
    """declared, candidate, clone_candidate, or none: nothing worth a row of mirror_groups."""
    rule: str
    main_host: str | None = None


def facts_by_pair(
    evidence: Sequence[MirrorEvidence],
    rules: MirrorRules,
    unit_of: Callable[[str], str] = registrable_domain,
) -> dict[Pair, Facts]:
    """The evidence by pair of hosts, sorted.

    Args:
        evidence: all that the run observed, for whether consent is ambiguous depends on all hosts.
        rules: what is a habit.
        unit_of: what is one outlet before any evidence is looked at.
    """
    habits = _Habits(evidence, rules, unit_of)
    grouped: dict[Pair, list[MirrorEvidence]] = defaultdict(list)
    for row in evidence:
        if row.host_a != row.host_b:
            grouped[min(row.host_a, row.host_b), max(row.host_a, row.host_b)].append(row)
    return {pair: _facts(pair, grouped[pair], habits, rules) for pair in sorted(grouped)}


def verdict(facts: Facts, rules: MirrorRules) -> Verdict:
    """The confidence class and the rule with its figures."""
    shared = _shared_told(facts)
    if facts.is_registered:
        return Verdict(DECLARED, "the registry names both as one outlet's")
    if facts.consent is not None:
        return Verdict(DECLARED, f"{facts.consent.rule}; {shared}", facts.consent.main_host)
    announced = f"one announces the other ({_how(facts)}); " if facts.announcers else ""
    if facts.ambiguous:
        announced += f"its consent may mean {', '.join(facts.ambiguous[:3])} as well; "
    if (original := _repeated_host(facts, rules)) is not None:
        copies = facts.pair[0] if facts.pair[1] == original else facts.pair[1]
        rule = f"{copies} repeats {original}, which does not announce it; {announced}{shared}"
        return Verdict(CLONE_CANDIDATE, f"{rule}, {_first_told(facts)}", original)
    if facts.shared >= rules.candidate_paths or (facts.announcers and facts.shared):
        return Verdict(CANDIDATE, f"{announced}{shared}, {_first_told(facts)}")
    return Verdict("none", announced + shared)


def what_is_missing(facts: Facts, rules: MirrorRules) -> str:
    """What would have to be seen besides for the two to be one source; empty where they are."""
    if verdict(facts, rules).confidence_class == DECLARED:
        return ""
    if not facts.announcers:
        wanted = "announcements of each other, as a habit, in the frame of both hosts' pages"
    elif facts.ambiguous:
        wanted = f"no announcement of the same host by {', '.join(facts.ambiguous[:3])}"
    else:
        (announcer,) = facts.announcers
        other = facts.pair[0] if facts.pair[1] == announcer else facts.pair[1]
        wanted = f"an announcement of {announcer}, or of itself under one name, by {other}"
    return f"{wanted}, or an entry in the registry (copytrail registry suggest)"


class _Habits:
    """Who announces whom, and who names itself, on most of its pages."""

    def __init__(
        self,
        evidence: Sequence[MirrorEvidence],
        rules: MirrorRules,
        unit_of: Callable[[str], str],
    ) -> None:
        self._unit_of = unit_of
        self.kinds: dict[Pair, list[str]] = defaultdict(list)
        self.seldom: dict[Pair, tuple[int, int]] = {}
        self._examples: dict[Pair, MirrorEvidence] = {}
        self._announcers: dict[str, set[str]] = defaultdict(set)
        for row in evidence:
            if row.kind not in (ANNOUNCED, NAMES_ITSELF, CANONICAL, HREFLANG):
                continue
            pair = row.host_a, row.host_b
            if not _is_habit(row, rules.habit_bound):
                self.seldom[pair] = (row.n_observed, row.n_checked)
                continue
            self.kinds[pair].append(row.kind)
            self._announcers[row.host_b].add(row.host_a)
            if row.kind in (ANNOUNCED, NAMES_ITSELF):
                self._examples[pair] = row

    def consent(self, pair: Pair) -> tuple[Consent | None, tuple[str, ...]]:
        """How two hosts consent, else the third hosts that make it ambiguous."""
        if self.is_mutual(*pair):
            return Consent(None, f"each announces the other ({self.how(pair)})"), ()
        outside: tuple[str, ...] = ()
        for main, other in (pair, pair[::-1]):
            if self._names_itself_for(main, other):
                outside = self._outside(main, other)
                if not outside:
                    rule = f"{main} announces {other}, which names itself an address of that outlet"
                    return Consent(main, rule), ()
        return None, outside

    def is_mutual(self, a: str, b: str) -> bool:
        """Whether each announces the other."""
        return bool(self.kinds.get((a, b))) and bool(self.kinds.get((b, a)))

    def how(self, pair: Pair) -> str:
        """Who announces the other of the two in which ways."""
        shown = {ends[0]: self.kinds.get(ends, []) for ends in (pair, pair[::-1])}
        return "; ".join(
            f"{host} {' and '.join(_WORDS[kind] for kind in sorted(kinds))}"
            for host, kinds in shown.items()
            if kinds
        )

    def _names_itself_for(self, main: str, other: str) -> bool:
        """Whether `main` announces the other, which announces itself under one name with it."""
        theirs, own = self._examples.get((main, other)), self._examples.get((other, other))
        if theirs is None or own is None:
            return False
        if theirs.outlet and own.outlet:
            return title_key(theirs.outlet) == title_key(own.outlet)
        return _sentence_key(theirs.snippet) == _sentence_key(own.snippet) != 0

    def _outside(self, main: str, other: str) -> tuple[str, ...]:
        """Other announcers of a host that are not of its group: neither does it announce them, nor
        are they one with it or with `main` beforehand.
        """
        inside = {self._unit_of(main), self._unit_of(other)}
        return tuple(
            sorted(
                host
                for host in self._announcers[other] - {main, other}
                if not self.is_mutual(host, other) and self._unit_of(host) not in inside
            )
        )


def _facts(
    pair: Pair, evidence: Sequence[MirrorEvidence], habits: _Habits, rules: MirrorRules
) -> Facts:
    shared = next((row for row in evidence if row.kind == SAME_PATH), None)
    kinds = {ends[0]: tuple(sorted(habits.kinds.get(ends, ()))) for ends in (pair, pair[::-1])}
    consent, ambiguous = habits.consent(pair)
    return Facts(
        pair=pair,
        is_registered=any(row.kind == REGISTRY for row in evidence),
        announcers={host: host_kinds for host, host_kinds in kinds.items() if host_kinds},
        seldom={
            ends[0]: habits.seldom[ends] for ends in (pair, pair[::-1]) if ends in habits.seldom
        },
        shared=shared.n_observed if shared else 0,
        paths=shared.n_checked if shared else 0,
        first={shared.host_a: shared.n_a_first, shared.host_b: shared.n_b_first} if shared else {},
        consent=consent,
        ambiguous=ambiguous,
    )


def _is_habit(seen: MirrorEvidence, bound: float) -> bool:
    """Whether the host as a whole does so, by the Wilson lower bound over its paths.

    A mirror names its main host on all its pages; a partner links to another's address as its
    canonical one on those pages that it took over; a comment stands on one.
    """
    k = min(seen.n_observed, seen.n_checked)
    return seen.n_checked > 0 and wilson(k, seen.n_checked)[0] >= bound


def _repeated_host(facts: Facts, rules: MirrorRules) -> str | None:
    """The host that the other repeats nearly whole, and later, without being announced by it."""
    if facts.shared < rules.clone_paths or facts.bound < rules.clone_bound:
        return None
    for original, n in facts.first.items():
        if (
            original not in facts.announcers
            and wilson(min(n, facts.shared), facts.shared)[0] >= rules.habit_bound
        ):
            return original
    return None


def _sentence_key(snippet: str) -> int:
    """Equal for announcements that differ in the hosts they name; 0 for one without words."""
    return title_key(" ".join(word for word in snippet.split() if "." not in word.strip(".,:;")))


def _how(facts: Facts) -> str:
    return "; ".join(
        f"{host} {' and '.join(_WORDS[kind] for kind in kinds)}"
        for host, kinds in facts.announcers.items()
    )


def _shared_told(facts: Facts) -> str:
    return f"{facts.shared} of {facts.paths} paths shared, lower bound {facts.bound:.2f}"


def _first_told(facts: Facts) -> str:
    shown = [f"{n} of them seen first on {host}" for host, n in facts.first.items() if n]
    return ", ".join(shown) or "none of them seen first on either"
