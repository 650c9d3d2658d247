"""How many look-alikes are found among made hosts, and how many honest hosts become candidates.

`uv run python benchmarks/lookalikes.py [--hosts 1000] [--seeds 5] [--file HOSTS]`. Honest names are
made as papers are called: cities, days and articles before words such as times or herald, many of
them alike by chance, under the suffixes of several countries. Some honest hosts are then imitated
once by each rule. `by name` counts what the names alone make a candidate; `with text` what they do
if the two share text, which for honest hosts is an upper bound: all of them would have to share
text with every name that resembles theirs.
"""

import argparse
import random
import statistics
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import idna

from sources.credits.agencies import shipped_registry
from sources.hosts import normal_host, registrable_domain
from sources.lookalikes.domain_pairs import SHORTEST_NEAR, NamePair, name_pairs

WORDS = {
    kind: words.split()
    for kind, words in tomllib.loads(
        Path(__file__).with_name("newspaper_names.toml").read_text("utf-8")
    ).items()
}
LOOKS = {"a": "а", "e": "е", "o": "о", "i": "і", "c": "с", "p": "р", "s": "ѕ", "n": "ո", "u": "ú"}
ADDED = ("news", "online", "official", "live", "the", "24", "today", "my")


@dataclass(frozen=True, slots=True)
class Shares:
    """Of imitations found, or candidates per 1,000 honest hosts."""

    by_name: float
    with_text: float


Squat = Callable[[str, str, random.Random], str | None]


def honest_hosts(wanted: int, chance: random.Random) -> list[str]:
    """Names of papers that nobody imitates, each once."""
    hosts: dict[str, None] = {}
    while len(hosts) < wanted:
        city, before = chance.choice(WORDS["cities"]), chance.choice(WORDS["before"])
        paper, glue = chance.choice(WORDS["papers"]), chance.choice(["", "", "", "", "-"])
        shapes = (
            [[city, paper]] * 6 + [[before, paper]] * 3 + [[before, city, paper]] + [[paper, city]]
        )
        hosts[f"{glue.join(chance.choice(shapes))}.{chance.choice(WORDS['suffixes'])}"] = None
    return list(hosts)


def _edited(made: Callable[[str, int, random.Random], str]) -> Squat:
    def squat(label: str, suffix: str, chance: random.Random) -> str | None:
        name = made(label, chance.randrange(1, len(label) - 1), chance)
        return f"{name}.{suffix}" if name != label else None

    return squat


def _homoglyph(label: str, suffix: str, chance: random.Random) -> str | None:
    places = [place for place, letter in enumerate(label) if letter in LOOKS]
    if not places:
        return None
    place = chance.choice(places)
    name = label[:place] + LOOKS[label[place]] + label[place + 1 :]
    return f"{idna.encode(name, uts46=True).decode()}.{suffix}"


def _ascii_homoglyph(label: str, suffix: str, _: random.Random) -> str | None:
    swaps = (("m", "rn"), ("w", "vv"), ("o", "0"), ("l", "1"))
    changed = (label.replace(a, b, 1) for a, b in swaps if a in label)
    return next((f"{name}.{suffix}" for name in changed), None)


def _other_suffix(label: str, suffix: str, chance: random.Random) -> str | None:
    other = chance.choice(WORDS["suffixes"])
    return f"{label}.{other}" if other != suffix else None


def _letter(chance: random.Random) -> str:
    return chance.choice("abcdefghijklmnopqrstuvwxyz")


RULES: dict[str, Squat] = {
    "IDN homoglyph": _homoglyph,
    "ASCII homoglyph": _ascii_homoglyph,
    "letter doubled": _edited(lambda w, n, _: w[:n] + w[n] + w[n:]),
    "letter added": _edited(lambda w, n, chance: w[:n] + _letter(chance) + w[n:]),
    "letter dropped": _edited(lambda w, n, _: w[:n] + w[n + 1 :]),
    "letters swapped": _edited(lambda w, n, _: w[:n] + w[n + 1] + w[n] + w[n + 2 :]),
    "letter replaced": _edited(lambda w, n, chance: w[:n] + _letter(chance) + w[n + 1 :]),
    "hyphen": _edited(lambda w, n, _: w[:n] + "-" + w[n:]),
    "word added": lambda w, suffix, chance: (
        f"{w}{chance.choice(['', '-'])}{chance.choice(ADDED)}.{suffix}"
    ),
    "other suffix": _other_suffix,
    "domain in host": lambda w, suffix, chance: (
        f"{w}.{suffix}.{_letter(chance)}x{_letter(chance)}q.info"
    ),
}


def squatted(hosts: Sequence[str], squat: Squat, chance: random.Random) -> dict[str, str]:
    """Imitating host -> the imitated; nothing that is an honest host already."""
    made: dict[str, str] = {}
    for host in hosts:
        label, _, suffix = host.partition(".")
        name = squat(label, suffix, chance)
        if name and name not in hosts:
            made[name] = host
    return made


def partners(pairs: Iterable[NamePair]) -> dict[str, set[str]]:
    """The other domains of each domain's pairs."""
    by_rule: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        by_rule[pair.domain_a].add(pair.domain_b)
        by_rule[pair.domain_b].add(pair.domain_a)
    return by_rule


def trial(hosts: Sequence[str], imitated: int, chance: random.Random) -> dict[str, Shares]:
    """For each rule the shares of imitations found; for `honest` candidates per 1,000 hosts."""
    agencies = [domain.name for outlet in shipped_registry().outlets for domain in outlet.domains]
    honest = name_pairs(hosts, agencies)
    shares = {"honest": Shares(_per_1000(_telling(honest), hosts), _per_1000(honest, hosts))}
    worth = [host for host in hosts if len(host.partition(".")[0]) >= SHORTEST_NEAR]
    for rule, squat in RULES.items():
        made = squatted(chance.sample(worth, min(imitated, len(worth))), squat, chance)
        pairs = name_pairs([*hosts, *made], agencies)
        shares[rule] = Shares(_found(_telling(pairs), made), _found(pairs, made))
    return shares


def _telling(pairs: Iterable[NamePair]) -> list[NamePair]:
    return [pair for pair in pairs if pair.is_telling]


def _per_1000(pairs: Iterable[NamePair], hosts: Sequence[str]) -> float:
    return 1000 * len(partners(pairs).keys() & set(hosts)) / len(hosts)


def _found(pairs: Iterable[NamePair], made: dict[str, str]) -> float:
    known = partners(pairs)
    domain = {
        name: ".".join(name.split(".")[-2:]) if name.endswith("q.info") else name for name in made
    }
    return sum(host in known.get(domain[name], ()) for name, host in made.items()) / len(made)


def timed(n_hosts: int) -> float:
    """Seconds of CPU for all pairs of so many honest hosts."""
    chance = random.Random(0)
    hosts = [f"{chance.randrange(10**6)}{host}" for host in honest_hosts(2000, chance)]
    hosts = [
        f"{chance.choice(WORDS['cities'])}{chance.randrange(10**5)}{hosts[n % 2000]}"
        for n in range(n_hosts)
    ]
    start = time.process_time()
    name_pairs(hosts)
    return time.process_time() - start


def table(trials: Sequence[dict[str, Shares]]) -> Iterator[str]:
    """The lines of the report, mean over trials."""
    yield f"{'found share':20} {'by name':>8} {'with text':>10}"
    for rule in RULES:
        by_name, with_text = _means(rule, trials)
        yield f"{rule:20} {by_name:8.2f} {with_text:10.2f}"
    yield "false candidates per 1,000 honest hosts"
    by_name, with_text = _means("honest", trials)
    yield f"{'':20} {by_name:8.1f} {with_text:10.1f}"


def _means(rule: str, trials: Sequence[dict[str, Shares]]) -> tuple[float, float]:
    results = [trial[rule] for trial in trials]
    names, texts = [result.by_name for result in results], [result.with_text for result in results]
    return statistics.mean(names), statistics.mean(texts)


def read_hosts(path: Path) -> list[str]:
    """The domains of a list of hosts or addresses, one a line."""
    lines = path.read_text("utf-8").split()
    hosts = {normal_host(line.partition("//")[2].partition("/")[0] or line) for line in lines}
    return sorted({registrable_domain(host) for host in hosts if host})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--file", type=Path, help="honest hosts, one a line, instead of made ones")
    parser.add_argument("--imitated", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=1)
    arguments = parser.parse_args()
    trials = []
    for seed in range(arguments.first_seed, arguments.first_seed + arguments.seeds):
        chance = random.Random(seed)
        hosts = (
            read_hosts(arguments.file) if arguments.file else honest_hosts(arguments.hosts, chance)
        )
        trials.append(trial(hosts, arguments.imitated, chance))
    print(f"{len(hosts)} honest hosts, {arguments.seeds} seeds; mean over seeds")
    print("\n".join(table(trials)))
    small, large = timed(20_000), timed(100_000)
    print(f"100,000 hosts take {large / small:.1f} times the CPU of 20,000 ({large:.1f} s)")


if __name__ == "__main__":
    main()
