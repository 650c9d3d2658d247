"""`copytrail explain`: why a run says what it says."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.exit_status import printed
from pipelines.commands.options import RunDir

explain = typer.Typer(help="Say why a run says what it says.", no_args_is_help=True)


@explain.command("pair")
def explain_pair(
    left: Annotated[
        str, typer.Argument(help="An article_id, an address, or words of its headline.")
    ],
    right: Annotated[str, typer.Argument(help="Another.")],
    folder: RunDir = ".",
    html: Annotated[
        Path | None, typer.Option(help="Write an evidence sheet to this file instead.")
    ] = None,
) -> None:
    """Show how similar two articles are, what rule decided, what they share, how they differ.

    With --html FILE as an evidence sheet to file or send: addresses, times, credits, passages,
    where the bytes are, and what it may not be taken to say.
    """
    from pipelines.explain import pair as explaining
    from pipelines.terminal.pairs import show_pair

    if html is not None:
        from pipelines.explain.evidence_sheet import evidence_sheet
        from pipelines.storage import filesystem

        filesystem.write_bytes(str(html), evidence_sheet(folder, left, right))
        print(html)
        return
    show_pair(explaining.explain_pair(folder, left, right), printed)


@explain.command("cluster")
def explain_cluster(
    cluster: Annotated[
        str, typer.Argument(help="A cluster_id, an article_id, an address or words of a headline.")
    ],
    folder: RunDir = ".",
) -> None:
    """Show who was observed first, who came later and why, and on what the versions differ."""
    from pipelines.explain import cluster as explaining
    from pipelines.terminal.cluster import show_cluster

    show_cluster(explaining.explain_cluster(folder, cluster), printed)


@explain.command("mirrors")
def explain_mirrors(
    host: Annotated[
        str, typer.Argument(help="A host, an address on it, or the name of its outlet.")
    ],
    folder: RunDir = ".",
) -> None:
    """Show what says that hosts are one outlet's with HOST, the rule, and what is missing."""
    from pipelines.explain import mirrors as explaining
    from pipelines.terminal.mirrors import show_mirrors

    show_mirrors(explaining.explain_mirrors(folder, host), printed)
