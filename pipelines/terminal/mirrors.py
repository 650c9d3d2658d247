"""Draws why a host counts with others as one outlet, for a terminal."""

from rich.console import Console

from pipelines.explain.mirrors import ExplainedHost, ExplainedPair
from pipelines.terminal.run import grid, plain
from sources.mirrors.evidence import CANDIDATE

SUGGEST = "copytrail registry suggest"


def show_mirrors(told: ExplainedHost, console: Console) -> None:
    """Shows a host's source and groups, then pair by pair evidence, rule and what is missing."""
    console.print(plain(told.host, 253), style="bold")
    if told.source:
        hosts = ", ".join(told.source["hosts"])
        line = f"source {told.source['source_id']} by {told.source['identity_basis']}: {hosts}"
        console.print(plain(line, 2000))
    else:
        console.print("no page of this host is in the run; others name it")
    for group in told.groups:
        line = (
            f"group {group['group_id']}, {group['confidence_class']}: {', '.join(group['hosts'])}"
        )
        console.print(plain(line, 2000))
        console.print(plain(f"  {group['rule']}", 4000))
    if not told.pairs:
        console.print("no page announces another host, and no other host shares its paths")
    for pair in told.pairs:
        _show_pair(told.host, pair, console)


def _show_pair(host: str, pair: ExplainedPair, console: Console) -> None:
    console.print()
    console.print(plain(f"{host} and {pair.other}: {pair.confidence_class}", 600), style="bold")
    shown = grid("observed", "of", "kind", "host", "names or shares", "example")
    for one in pair.evidence:
        shown.add_row(
            str(one.n_observed),
            str(one.n_checked),
            one.kind,
            plain(one.host_a, 60),
            plain(one.host_b, 60),
            plain(one.snippet, 80),
        )
    console.print(shown)
    console.print(plain(f"rule: {pair.rule}", 2000))
    if pair.missing:
        console.print(plain(f"to be one source: {pair.missing}", 2000))
    if pair.confidence_class == CANDIDATE:
        line = f"a person who knows that they are one prints the entry that says so: {SUGGEST}"
        console.print(plain(f"{line} {host}", 600))
