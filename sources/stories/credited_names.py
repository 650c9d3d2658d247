"""Which source of a story a credit means, and whether a name alone says so.

Anybody can give itself any name: such a name takes a credit only where no other source of the story
answers to it. A host and a name of the registry are nobody else's (design/sources.md, Identity).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.member import Member
from sources.metadata.person_names import folded
from sources.outlets.outlets import domain_of

SHORTEST_LABEL = 6
"""Letters of a domain's label from which it answers to a name: shorter ones are common words."""
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CreditedSources:
    """The other sources of a story that an article credits or links to as its original."""

    certain: frozenset[str] = _NOBODY
    """By a host, a link, an agency, or a name of the registry."""
    by_name: frozenset[str] = _NOBODY
    """By a name that one source of the story alone answers to."""

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.certain | self.by_name


def credited_sources(members: Sequence[Member]) -> dict[str, CreditedSources]:
    """For each article that credits or links to other sources of the story, which ones."""
    if not any(
        member.outlet_credits or member.wire_credits or member.declared_host for member in members
    ):
        return {}  # most stories
    certain, given = _answering(members, _certain_names), _answering(members, _given_names)
    credited: dict[str, CreditedSources] = {}
    for member in members:
        credits = _credited(member, certain, given)
        if credits.all:
            credited[member.article_id] = credits
    return credited


def unambiguous_names(members: Iterable[Member]) -> dict[str, str]:
    """The names that sources of a story give themselves, as written, with the source of each.

    A name that two sources answer to is left out.
    """
    members = list(members)
    given = _answering(members, _given_names)
    names = {member.outlet: given[folded(member.outlet)] for member in members if member.outlet}
    return {name: min(sources) for name, sources in sorted(names.items()) if len(sources) == 1}


def _credited(
    member: Member, certain: Mapping[str, frozenset[str]], given: Mapping[str, frozenset[str]]
) -> CreditedSources:
    sources: set[str] = set()
    by_name: set[str] = set()
    for key in [*_hosts_of_credits(member), *(f"wire {member}" for member in member.wire_credits)]:
        sources |= certain.get(key, _NOBODY)
    for name in member.outlet_credits:
        registered = certain.get(f"name {folded(name)}", _NOBODY)
        answering = given.get(folded(name), _NOBODY)
        sources |= registered
        if not registered and len(answering) == 1:
            by_name |= answering
    own = {member.source_id}
    return CreditedSources(frozenset(sources - own), frozenset(by_name - sources - own))


def _answering(
    members: Iterable[Member], names_of: Callable[[Member], Iterable[str]]
) -> dict[str, frozenset[str]]:
    """Each name with the sources that answer to it."""
    sources: dict[str, set[str]] = defaultdict(set)
    for member in members:
        for name in names_of(member):
            sources[name].add(member.source_id)
    return {name: frozenset(sources_of_name) for name, sources_of_name in sources.items()}


def _certain_names(member: Member) -> Iterable[str]:
    if member.host:
        yield f"host {domain_of(member.host)}"
    # by the registry, never by the name that a page gives itself
    if member.agency:
        yield f"wire {member.agency}"
    if member.registered_name:
        yield f"name {folded(member.registered_name)}"


def _given_names(member: Member) -> Iterable[str]:
    if member.outlet:
        yield folded(member.outlet)
        yield folded(member.outlet.casefold().removeprefix("the "))
    label = folded(domain_of(member.host).partition(".")[0]) if member.host else ""
    if len(label) >= SHORTEST_LABEL:
        yield label


def _hosts_of_credits(member: Member) -> Iterable[str]:
    hosts = [name.casefold() for name in member.outlet_credits if "." in name and " " not in name]
    for host in [*hosts, *([member.declared_host] if member.declared_host else [])]:
        yield f"host {domain_of(host)}"
