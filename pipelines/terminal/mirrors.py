"""Draws why a host counts with others as one outlet, for a terminal."""

from rich.console import Console

from pipelines.explain.mirrors import ExplainedHost, ExplainedPair
from pipelines.terminal.run import grid, plain
from sources.mirrors.evidence import CANDIDATE

SUGGEST = "copytrail registry suggest"


def show_mirrors(explained: ExplainedHost, console: Console) -> None:
    """Shows a host's source and groups, then pair by pair evidence, rule and what is missing."""
    console.print(plain(explained.host, 253), style="bold")
    if explained.source:
        hosts = ", ".join(explained.source["hosts"])
        source_id, basis = explained.source["source_id"], explained.source["identity_basis"]
        line = f"source {source_id} by {basis}: {hosts}"
        console.print(plain(line, 2000))
    else:
        console.print("no page of this host is in the run; others name it")
    for group in explained.groups:
        line = (
            f"group {group['group_id']}, {group['confidence_class']}: {', '.join(group['hosts'])}"
        )
        console.print(plain(line, 2000))
        console.print(plain(f"  {group['rule']}", 4000))
    if not explained.pairs:
        console.print("no page announces another host, and no other host shares its paths")
    for pair in explained.pairs:
        _show_pair(explained.host, pair, console)


def _show_pair(host: str, pair: ExplainedPair, console: Console) -> None:
    console.print()
    console.print(plain(f"{host} and {pair.other}: {pair.confidence_class}", 600), style="bold")
    shown = grid("observed", "of", "kind", "host", "names or shares", "example")
    for fact in pair.evidence:
        shown.add_row(
            str(fact.n_observed),
            str(fact.n_checked),
            fact.kind,
            plain(fact.host_a, 60),
            plain(fact.host_b, 60),
            plain(fact.snippet, 80),
        )
    console.print(shown)
    console.print(plain(f"rule: {pair.rule}", 2000))
    if pair.missing:
        console.print(plain(f"to be one source: {pair.missing}", 2000))
    if pair.confidence_class == CANDIDATE:
        line = f"a person who knows that they are one prints the entry that says so: {SUGGEST}"
        console.print(plain(f"{line} {host}", 600))
