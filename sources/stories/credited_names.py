"""Which source of a story a credit means, and whether a name alone says so.

Anybody can give itself any name: such a name takes a credit only where no other source of the run
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
    """By a name that one source of the story, and no other of the run, answers to."""

    third: frozenset[str] = _NOBODY
    """Names, folded, to which nobody of the story answers: the text is an outlet's that has no part
    in it, as far as the run saw."""

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.certain | self.by_name


def credited_sources(members: Sequence[Member]) -> dict[str, CreditedSources]:
    """For each article that credits others or links to other sources of the story, which ones."""
    if not any(
        member.outlet_credits or member.wire_credits or member.declared_host for member in members
    ):
        return {}  # most stories
    certain, given = _answering(members, _certain_names), _given(members)
    present = frozenset(member.source_id for member in members)
    credited: dict[str, CreditedSources] = {}
    for member in members:
        credits = _credited(member, certain, given, present)
        if credits.all or credits.third:
            credited[member.article_id] = credits
    return credited


def unambiguous_names(members: Iterable[Member]) -> dict[str, str]:
    """The names that sources of a story give themselves, as written, with the source of each.

    A name that two sources of the run answer to is left out.
    """
    members = list(members)
    given = _given(members)
    names = {member.outlet: given[folded(member.outlet)] for member in members if member.outlet}
    present = {member.source_id for member in members}
    return {
        name: min(sources)
        for name, sources in sorted(names.items())
        if len(sources) == 1 and sources <= present
    }


def _credited(
    member: Member,
    certain: Mapping[str, frozenset[str]],
    given: Mapping[str, frozenset[str]],
    present: frozenset[str],
) -> CreditedSources:
    sources: set[str] = set()
    by_name: set[str] = set()
    third: set[str] = set()
    for key in [*_hosts_of_credits(member), *(f"wire {member}" for member in member.wire_credits)]:
        sources |= certain.get(key, _NOBODY)
    for name in member.outlet_credits:
        registered = certain.get(f"name {folded(name)}", _NOBODY)
        answering = given.get(folded(name), _NOBODY)
        sources |= registered
        if not registered and len(answering) == 1:
            by_name |= answering & present
        hosts = certain.get(f"host {domain_of(name.casefold())}", _NOBODY)
        if not (registered or hosts or answering & present):
            third.add(folded(name))
    own = {member.source_id}
    by_name -= sources | own
    return CreditedSources(frozenset(sources - own), frozenset(by_name), frozenset(third))


def share_a_third(left: Member, right: Member) -> bool:
    """Whether two articles credit one outlet that is neither's: what they share may be its text."""
    credits = credited_sources([left, right])
    names = (credits.get(article.article_id, CreditedSources()).third for article in (left, right))
    return bool(frozenset.intersection(*names))


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


def _given(members: Iterable[Member]) -> dict[str, frozenset[str]]:
    """Names that sources of the story give themselves, and what the run answers to those credited.

    Each with the sources that answer to it.
    """
    members = list(members)
    sources = _answering(members, lambda member: given_names(member.outlet, member.host))
    for member in members:
        for name, others in member.answering:
            sources[name] = sources.get(name, _NOBODY) | others
    return sources


def given_names(outlet: str | None, host: str | None) -> Iterable[str]:
    """The names, folded, that a page answers to: its outlet's as it writes it, its domain's label.

    >>> list(given_names("The Harbour Gazette", "www.hgazette.example"))
    ['theharbourgazette', 'harbourgazette', 'hgazette']
    """
    if outlet:
        yield folded(outlet)
        yield folded(outlet.casefold().removeprefix("the "))
    label = folded(domain_of(host).partition(".")[0]) if host else ""
    if len(label) >= SHORTEST_LABEL:
        yield label


def _hosts_of_credits(member: Member) -> Iterable[str]:
    hosts = [name.casefold() for name in member.outlet_credits if "." in name and " " not in name]
    for host in [*hosts, *([member.declared_host] if member.declared_host else [])]:
        yield f"host {domain_of(host)}"
