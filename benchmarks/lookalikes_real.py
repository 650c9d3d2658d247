"""Look-alikes among real domain names, and squats made by dnstwist's rules: who finds what.

uv run --locked --with dnstwist==20250130 --with hstspreload==2025.1.1 \
    python benchmarks/lookalikes_real.py [--domains 5000] [--imitated 300] [--seed 1]

The names are those that Chrome preloads for HTTPS (hstspreload ships them): a sample of all, and
all that have a word of newspapers. No name of theirs is known to imitate another, so that whatever
is told of them counts as false; some do imitate, and many were registered under several suffixes
by one owner. dnstwist tells two names where one is among the permutations of the other; of its
rules homoglyphs, nine tenths of all that it makes, are left out among real names, not with squats.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.resources import files
from typing import Any

from lookalikes import ADDED, RULES, partners, squatted

from sources.hosts import has_public_suffix, registrable_domain
from sources.lookalikes.domain_pairs import SHORTEST_NEAR, name_pairs

PAPERS = re.compile(
    "news|times|post|herald|zeitung|tribun|gazet|journal|daily|nachricht|noticia|notizi|nieuws|"
    "diario|press|kurier|courier|chronicle|observer|telegra|guardian|monde|figaro|corriere"
)
SUFFIXES = ("com", "net", "org", "info", "co", "news", "de", "fr", "es", "it", "ru", "co.uk")
EDITS = (
    *("addition", "bitsquatting", "cyrillic", "hyphenation", "insertion", "omission", "plural"),
    *("repetition", "replacement", "subdomain", "transposition", "vowel-swap", "dictionary"),
    *("tld-swap", "various"),
)
MADE = (*EDITS, "homoglyph")
Partners = dict[str, set[str]]


def real_domains() -> list[str]:
    """Names that somebody registered, each once, sorted."""
    content = files("hstspreload").joinpath("hstspreload.bin").read_bytes()
    names = {registrable_domain(name) for name in _names(content) if "." in name}
    return sorted(name for name in names if has_public_suffix(name))


def _names(content: bytes) -> Iterator[str]:
    """Records of a flag, a length and a name."""
    place = 0
    while place < len(content):
        size = content[place + 1]
        yield content[place + 2 : place + 2 + size].decode("ascii")
        place += 2 + size


def permutations(domain: str, rules: Sequence[str]) -> dict[str, str]:
    """What dnstwist makes of a name, name -> rule; nothing of one that IDNA 2008 refuses."""
    fuzzer_of = import_module("dnstwist").Fuzzer
    try:
        fuzzer: Any = fuzzer_of(domain, dictionary=list(ADDED), tld_dictionary=list(SUFFIXES))
    except UnicodeError:
        return {}
    fuzzer.generate(list(rules))
    return {made["domain"]: made["fuzzer"] for made in fuzzer.domains}


def by_dnstwist(domains: Sequence[str], probes: Iterable[str]) -> Partners:
    """Names among the domains that are permutations of a probe, both ways."""
    known, resembling = set(domains), defaultdict[str, set[str]](set)
    for probe in probes:
        for name in permutations(probe, EDITS).keys() & known - {probe}:
            resembling[probe].add(name)
            resembling[name].add(probe)
    return resembling


def by_name(domains: Iterable[str]) -> Partners:
    """What copytrail tells by names alone."""
    return partners(pair for pair in name_pairs(domains) if pair.is_telling)


def with_text(domains: Iterable[str]) -> Partners:
    """What copytrail tells if every two names that resemble each other shared text."""
    return partners(name_pairs(domains))


def per_1000(resembling: Partners, domains: Sequence[str]) -> float:
    """Of the domains those that are told, of a thousand."""
    return 1000 * len(resembling.keys() & set(domains)) / len(domains)


def found_share(
    find: Callable[[Sequence[str]], Partners], domains: Sequence[str], squats: dict[str, str]
) -> float:
    """Of the squats, name -> the imitated, those that are told beside it."""
    resembling = find([*domains, *squats])
    hits = [
        victim in resembling.get(registrable_domain(name), ()) for name, victim in squats.items()
    ]
    return sum(hits) / len(hits) if hits else float("nan")


def squats_of_dnstwist(
    victims: Sequence[str], domains: Sequence[str], chance: random.Random
) -> dict[str, dict[str, str]]:
    """For each of its rules one squat of each victim, squat -> victim."""
    known = set(domains)
    squats: dict[str, dict[str, str]] = defaultdict(dict)
    for victim in victims:
        by_rule: dict[str, list[str]] = defaultdict(list)
        for name, rule in permutations(victim, MADE).items():
            if name not in known and rule in MADE:
                by_rule[rule].append(name)
        for rule, names in by_rule.items():
            squats[rule][chance.choice(sorted(names))] = victim
    return squats


def main() -> None:
    """Prints false candidates of each list, and the found share of each rule's squats."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domains", type=int, default=5000)
    parser.add_argument("--imitated", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, every = random.Random(options.seed), real_domains()
    papers = [name for name in every if PAPERS.search(name)]
    lists = {"any": sorted(chance.sample(every, options.domains)), "of papers": papers}
    print(f"{len(every)} real domain names; false candidates per 1,000")
    print("| names | | by name | with text | dnstwist |\n|---|---|---|---|---|")
    for name, domains in lists.items():
        rates = (
            per_1000(resembling, domains)
            for resembling in (by_name(domains), with_text(domains), by_dnstwist(domains, domains))
        )
        print(f"| {name} | {len(domains)} | {' | '.join(f'{rate:.1f}' for rate in rates)} |")
    worth = [domain for domain in lists["any"] if len(domain.partition(".")[0]) >= SHORTEST_NEAR]
    victims = chance.sample(worth, options.imitated)
    print(f"\nsquats of {len(victims)} of them: found share")
    print("| made by | rule | squats | by name | with text | dnstwist |\n|---|---|---|---|---|---|")
    made = [("dnstwist", rule, listed) for rule, listed in _by_rule(victims, lists["any"], chance)]
    made += [("copytrail", rule, squatted(victims, squat, chance)) for rule, squat in RULES.items()]
    twists = {victim: permutations(victim, MADE).keys() for victim in victims}
    for maker, rule, squats in made:
        shares = [found_share(find, lists["any"], squats) for find in (by_name, with_text)]
        hits = sum(name in twists[victim] for name, victim in squats.items())
        shares.append(hits / max(1, len(squats)))
        row = " | ".join(f"{share:.2f}" for share in shares)
        print(f"| {maker} | {rule} | {len(squats)} | {row} |", flush=True)


def _by_rule(
    victims: Sequence[str], domains: Sequence[str], chance: random.Random
) -> Iterator[tuple[str, dict[str, str]]]:
    yield from sorted(squats_of_dnstwist(victims, domains, chance).items())


if __name__ == "__main__":
    main()
