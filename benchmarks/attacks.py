"""What imitators gain: made attackers of eight kinds against outlets, and honest mirrors beside.

`uv run python benchmarks/attacks.py [--attackers 1000] [--seed 1]`. Each attacker has a victim of
its own, and carriers that copy the victim honestly, as the crawl would know them: observations
about hosts, and times, names and credits of each story's articles. The rules are the product's own
(sources.mirrors, sources.stories). An attacker gains

- identity, where its host is joined with the victim's, or with its mirror;
- first, where it is the earliest observed of a story of the victim;
- credit, where the victim or a carrier is said to carry the attacker's text;
- hidden, where its copies count as the victim's own, or two victims as one voice.

Honest controls in the same corpus: mirrors of the seed page's kind have to be joined; victims have
to be first; an original that was fetched late has to be first where others credit it; honest copies
stay copies. So a tool that says nothing fails.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from schemas.member import MOMENT, Member
from sources.disagreements.independent_sources import independent
from sources.mirrors.evidence import (
    ANNOUNCED,
    CANONICAL,
    DECLARED,
    NAMES_ITSELF,
    SAME_PATH,
    MirrorEvidence,
)
from sources.mirrors.groups import candidate_pairs, mirror_groups
from sources.mirrors.rules import MirrorRules
from sources.stories.sightings import TimeRules
from sources.stories.timeline import timeline

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
STORIES = 20
GAINS = ("identity", "first", "credit", "hidden")
"""What none may have. `denied` is no gain and is printed beside: stories that it copied of which
the victim is not first any more, for a claim within two days of a sighting contradicts it."""
RULES, TIMES = MirrorRules(), TimeRules()


@dataclass(frozen=True, slots=True)
class Attack:
    """What the crawl knows of an attacker's host, and how its copies look."""

    evidence: tuple[MirrorEvidence, ...]
    copy: Callable[[Member], Member]
    share: float = 1.0
    """Of the victim's stories that it copies."""
    others: tuple[str, ...] = ()
    """Further victims."""


@dataclass(frozen=True, slots=True)
class Corner:
    """A victim with its mirror and carriers, and an attacker."""

    victim: str
    mirror: str
    attacker: str
    name: str
    chance: random.Random


def seen(
    a: str, b: str, kind: str, n: int, of: int, name: str | None, **more: int
) -> MirrorEvidence:
    """One row of evidence."""
    return MirrorEvidence(a, b, kind, n, of, "1", "", None, None, name, **more)


def shared(corner: Corner, victim: str, n: int) -> MirrorEvidence:
    """The attacker's copies under the victim's paths; the crawl saw the victim first."""
    a, b = sorted((victim, corner.attacker))
    first = {"n_a_first": n} if a == victim else {"n_b_first": n}
    return seen(a, b, SAME_PATH, n, STORIES, None, **first)


def announcing(corner: Corner, *hosts: str) -> list[MirrorEvidence]:
    """The attacker's footer."""
    return [seen(corner.attacker, host, ANNOUNCED, STORIES, STORIES, corner.name) for host in hosts]


def carried(
    corner: Corner, days: float, hours_back: float, name: str | None
) -> Callable[[Member], Member]:
    """Copies that are fetched days later and claim to be older than the original."""

    def copy(original: Member) -> Member:
        assert original.claimed_at is not None
        assert original.fetched_at is not None
        return replace(
            original,
            article_id=f"{corner.attacker} {original.article_id}",
            source_id=corner.attacker,
            host=corner.attacker,
            outlet=name,
            claimed_at=original.claimed_at - timedelta(hours=hours_back),
            fetched_at=original.fetched_at + timedelta(days=days),
        )

    return copy


def silent(corner: Corner) -> Attack:
    """Clones all pages under their paths and says nothing."""
    days = corner.chance.uniform(2.1, 9)
    return Attack((shared(corner, corner.victim, STORIES),), carried(corner, days, 1, corner.name))


def announcing_clone(corner: Corner) -> Attack:
    """Clones, and says in footer and links that it is the victim and its mirror."""
    rows = [
        *announcing(corner, corner.victim, corner.mirror),
        seen(corner.attacker, corner.victim, CANONICAL, STORIES, STORIES, corner.name),
        seen(corner.attacker, corner.attacker, NAMES_ITSELF, STORIES, STORIES, corner.name),
        shared(corner, corner.victim, STORIES),
    ]
    return Attack(tuple(rows), carried(corner, corner.chance.uniform(2.1, 9), 1, corner.name))


def partial(corner: Corner) -> Attack:
    """Clones some pages and has some of its own."""
    n = corner.chance.randint(3, STORIES - 1)
    rows = [*announcing(corner, corner.victim), shared(corner, corner.victim, n)]
    copy = carried(corner, corner.chance.uniform(2.1, 9), 2, corner.name)
    return Attack(tuple(rows), copy, n / STORIES)


def slow(corner: Corner) -> Attack:
    """Copies weeks later, with the victim's dates."""
    copy = carried(corner, corner.chance.uniform(14, 60), 0, corner.name)
    return Attack((shared(corner, corner.victim, STORIES),), copy)


def backdated(corner: Corner) -> Attack:
    """Claims to be hours to decades older; the crawl sees it on the same day or later.

    Fetched on the same day it claims more than a day: within the bound of witnessing a claim is
    taken at its word, which is a limit that docs/concepts.md tells of.
    """
    days = corner.chance.choice([0.2, 0.9, 2.1, 5])
    back = corner.chance.choice([31, 48, 24 * 365, 24 * 365 * 27])
    return Attack(
        (shared(corner, corner.victim, STORIES),), carried(corner, days, back, "Copy Post")
    )


def bridging(corner: Corner) -> Attack:
    """Clones two victims and announces both."""
    other = f"other-{corner.victim}"
    rows = [*announcing(corner, corner.victim, other), shared(corner, corner.victim, STORIES // 2)]
    rows.append(shared(corner, other, STORIES // 2))
    copy = carried(corner, corner.chance.uniform(2.1, 9), 1, corner.name)
    return Attack(tuple(rows), copy, 0.5, (other,))


def laundering(corner: Corner) -> Attack:
    """Copies without a path or a footer in common, credits nobody and a host of its own."""
    credit = (f"second-{corner.attacker}",)
    made = carried(corner, corner.chance.uniform(2.1, 9), 3, "Copy Post")
    return Attack((), lambda original: replace(made(original), outlet_credits=credit))


def naming(corner: Corner) -> Attack:
    """Calls itself what carriers credit."""
    return Attack((), carried(corner, corner.chance.uniform(2.1, 9), 1, corner.name))


KINDS: Mapping[str, Callable[[Corner], Attack]] = {
    "silent": silent,
    "announcing": announcing_clone,
    "partial": partial,
    "slow": slow,
    "backdated": backdated,
    "bridging": bridging,
    "laundering": laundering,
    "naming": naming,
}


def honest_evidence(corner: Corner) -> Iterator[MirrorEvidence]:
    """A mirror of the seed page's kind: the victim lists it, and its footer lists itself."""
    yield seen(corner.victim, corner.mirror, ANNOUNCED, STORIES, STORIES, corner.name)
    yield seen(corner.mirror, corner.mirror, NAMES_ITSELF, STORIES, STORIES, corner.name)


def originals(corner: Corner) -> list[Member]:
    """The victim's stories, each fetched within hours of its claim."""
    return [
        Member(
            article_id=f"{corner.victim} {n}",
            source_id=corner.victim,
            mirror_group_id=None,
            host=corner.victim,
            outlet=corner.name,
            language="en",
            text_key=n + 1,
            path_key=n + 1,
            title_key=1,
            claimed_at=START + timedelta(hours=n),
            is_weakly_dated=False,
            fetched_at=START + timedelta(hours=n + corner.chance.uniform(0.1, 9)),
            wire_credits=(),
            outlet_credits=(),
            claim_kind=MOMENT,
        )
        for n in range(STORIES)
    ]


def carrier(original: Member, name: str, is_credited: bool) -> Member:
    """An honest copy, some hours later."""
    assert original.claimed_at is not None
    claimed = original.claimed_at + timedelta(hours=2)
    return replace(
        original,
        article_id=f"{name} {original.article_id}",
        source_id=name,
        host=name,
        outlet=name.partition(".")[0],
        claimed_at=claimed,
        fetched_at=claimed + timedelta(hours=10),
        outlet_credits=(original.outlet or "",) if is_credited else (),
    )


def attacked(kind: str, number: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """What one attacker gained, and which honest controls hold, of how many."""
    chance = random.Random(f"{seed} {kind} {number}")
    victim = f"harbourpost{number}.example"
    corner = Corner(
        victim, f"harbourpost{number}.press", f"copy{number}.test", f"Harbour Post {number}", chance
    )
    attack = KINDS[kind](corner)
    evidence = list(honest_evidence(corner))
    if kind == "announcing":  # it makes the mirror's consent ambiguous, which joins nothing
        evidence = evidence[:1]
    gains, controls = _identity(corner, attack, evidence)
    pairs = candidate_pairs([*evidence, *attack.evidence], RULES)
    tied: dict[str, set[str]] = {}
    for a, b in pairs:
        tied.setdefault(a, set()).add(b)
        tied.setdefault(b, set()).add(a)
    for original in originals(corner):
        has_copy = chance.random() <= attack.share
        more, held = _story(corner, original, attack if has_copy else None, tied)
        gains.update(more)
        controls.update(held)
    return gains, controls


def _identity(
    corner: Corner, attack: Attack, evidence: Sequence[MirrorEvidence]
) -> tuple[Counter[str], Counter[str]]:
    groups = mirror_groups([*evidence, *attack.evidence], RULES)
    joined = [set(group.hosts) for group in groups if group.confidence_class == DECLARED]
    gains = Counter(identity=int(any(corner.attacker in hosts for hosts in joined)))
    if any({corner.victim, *attack.others} <= hosts for hosts in joined if attack.others):
        gains["hidden"] += 1
    controls: Counter[str] = Counter()
    if len(evidence) > 1:
        is_joined = any({corner.victim, corner.mirror} <= hosts for hosts in joined)
        controls.update({"mirror joined": int(is_joined), "mirror joined of": 1})
    return gains, controls


def _story(
    corner: Corner, original: Member, attack: Attack | None, tied: Mapping[str, set[str]]
) -> tuple[Counter[str], Counter[str]]:
    members = [original, carrier(original, "carrier.example", False)]
    members.append(carrier(original, "creditor.example", True))
    if attack is not None:
        members.append(attack.copy(original))
    members = [
        replace(member, candidate_sources=frozenset(tied.get(member.source_id, ())))
        for member in members
    ]
    rows = {row.source_id: row for row in timeline("story", members, {}, TIMES)}
    gains: Counter[str] = Counter()
    attacker = rows.get(corner.attacker)
    if attacker is not None:
        gains["first"] += attacker.role == "earliest_observed"
        gains["hidden"] += attacker.role in ("mirror", "revision")
        gains["denied"] += rows[corner.victim].role != "earliest_observed"
        gains["stories"] += 1
        gains["credit"] += any(row.from_source == corner.attacker for row in rows.values())
    controls = Counter({"copies stay copies of": 2})
    controls["copies stay copies"] = sum(
        rows[name].role == "copy" for name in ("carrier.example", "creditor.example")
    )
    if attack is None or attack.share < 1 or corner.attacker not in tied:
        voices = independent(members, {})
        controls.update({"one text is one voice": int(voices == 1), "one text is one voice of": 1})
    if attack is None:
        controls["first"] += rows[corner.victim].role == "earliest_observed"
        controls["first of"] += 1
    late = replace(original, fetched_at=START + timedelta(days=30))
    credited = [late, *members[2:3]]
    roles = {row.source_id: row.role for row in timeline("late", credited, {}, TIMES)}
    controls["late original first"] += roles[corner.victim] == "earliest_observed"
    controls["late original first of"] += 1
    return gains, controls


def main() -> None:
    """Prints what each kind gained, and the share of honest controls that hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attackers", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    gained: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    controls: Counter[str] = Counter()
    for number in range(options.attackers):
        kind = list(KINDS)[number % len(KINDS)]
        gains, held = attacked(kind, number, options.seed)
        gained[kind].update(gains)
        gained[kind]["attackers"] += 1
        controls.update(held)
    names = (*GAINS, "stories", "denied")
    print(f"{'attackers':12s} {'n':>5s}" + "".join(f"{name:>10s}" for name in names))
    for kind, sums in gained.items():
        print(f"{kind:12s} {sums['attackers']:5d}" + "".join(f"{sums[name]:10d}" for name in names))
    for name in sorted(controls):
        if not name.endswith(" of"):
            print(f"{name:26s} {controls[name]} of {controls[f'{name} of']}")


if __name__ == "__main__":
    main()
