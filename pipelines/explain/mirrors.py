"""Why the run counts a host with others as one outlet, or why it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pipelines.config.settings import settings_of_run
from pipelines.errors import UsageError
from pipelines.output.read_run import find_run, manifest_of, read_rows
from sources.hosts import normal_host
from sources.mirrors.evidence import MirrorEvidence
from sources.mirrors.rules import facts_by_pair, verdict, what_is_missing
from sources.urls import host_of


@dataclass(frozen=True, slots=True)
class ExplainedPair:
    """The evidence on the host and one other, and what it comes to."""

    other: str
    evidence: Sequence[MirrorEvidence]
    confidence_class: str
    """Of these two by themselves; none: too little for a candidate."""
    rule: str
    missing: str
    """What would have to be seen besides; empty where nothing is missing."""


@dataclass(frozen=True, slots=True)
class ExplainedHost:
    """A host, the source and the groups it is in, and its pairs with other hosts."""

    host: str
    source: Mapping[str, Any] | None
    """Its row of sources; None where the run has no page of it."""
    groups: Sequence[Mapping[str, Any]]
    pairs: Sequence[ExplainedPair]


def explain_mirrors(folder: str, name: str) -> ExplainedHost:
    """All that the run in `folder` says of a host and others.

    Raises:
        UsageError: there is no run, or it saw nothing of the host.
    """
    path = find_run(folder)
    sources = read_rows(
        path, "sources", None, ["source_id", "source_name", "identity_basis", "hosts"]
    )
    host = host_of(name) if "//" in name else _of_outlet(name, sources) or normal_host(name)
    if host is None:
        raise UsageError(
            f"{name!r} is no host; write it as `example.com`, as an address on it, or give the "
            "name of its outlet"
        )
    source = next((row for row in sources if host in row["hosts"]), None)
    everything = _evidence(path)
    evidence = [fact for fact in everything if host in (fact.host_a, fact.host_b)]
    if source is None and not evidence:
        raise UsageError(f"{path} has no page of {host}, and no page that announces it")
    groups = [row for row in read_rows(path, "mirror_groups", None) if host in row["hosts"]]
    rules = settings_of_run(manifest_of(path)["settings"]).mirrors
    pairs = []
    for pair, facts in facts_by_pair(everything, rules).items():
        if host not in pair:
            continue
        judged = verdict(facts, rules)
        rows = [fact for fact in evidence if {fact.host_a, fact.host_b} == set(pair)]
        other = pair[0] if pair[1] == host else pair[1]
        missing = what_is_missing(facts, rules)
        pairs.append(ExplainedPair(other, rows, judged.confidence_class, judged.rule, missing))
    return ExplainedHost(host, source, groups, pairs)


def _of_outlet(name: str, sources: Sequence[Mapping[str, Any]]) -> str | None:
    """The first host of the outlet with this id or name; None where it is no outlet's."""
    folded = name.strip().casefold()
    hosts = [
        str(row["hosts"][0])
        for row in sources
        if row["hosts"] and folded in (row["source_id"], (row["source_name"] or "").casefold())
    ]
    if len(hosts) > 1:
        raise UsageError(f"{len(hosts)} outlets are called {name}: give one of {', '.join(hosts)}")
    return hosts[0] if hosts else None


def _evidence(path: str) -> list[MirrorEvidence]:
    """All of it: whether a host's consent is ambiguous depends on what third hosts announce."""
    rows = read_rows(path, "mirror_evidence", None)
    evidence = [
        MirrorEvidence(*(row[field.name] for field in fields(MirrorEvidence))) for row in rows
    ]
    return sorted(evidence, key=lambda fact: (fact.host_a, fact.host_b, fact.kind))
