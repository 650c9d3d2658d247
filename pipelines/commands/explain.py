"""`copytrail explain`: why a run says what it says."""

from typing import Annotated

import typer

from pipelines.commands.exit_status import printed
from pipelines.commands.options import RunDir

explain = typer.Typer(help="Say why a run says what it says.", no_args_is_help=True)


@explain.command("pair")
def explain_pair(
    left: Annotated[str, typer.Argument(help="An article_id or an address.")],
    right: Annotated[str, typer.Argument(help="Another.")],
    folder: RunDir = ".",
) -> None:
    """Show how similar two articles are, what rule decided, what they share, how they differ."""
    from pipelines.explain import pair as explaining
    from pipelines.terminal.pairs import show_pair

    show_pair(explaining.explain_pair(folder, left, right), printed)


@explain.command("cluster")
def explain_cluster(
    cluster: Annotated[str, typer.Argument(help="A cluster_id, an article_id or an address.")],
    folder: RunDir = ".",
) -> None:
    """Show who was observed first, who came later and why, and on what the versions differ."""
    from pipelines.explain import cluster as explaining
    from pipelines.terminal.cluster import show_cluster

    show_cluster(explaining.explain_cluster(folder, cluster), printed)


@explain.command("mirrors")
def explain_mirrors(
    host: Annotated[str, typer.Argument(help="A host, or an address on it.")],
    folder: RunDir = ".",
) -> None:
    """Show what says that hosts are one outlet's with HOST, the rule, and what is missing."""
    from pipelines.explain import mirrors as explaining
    from pipelines.terminal.mirrors import show_mirrors

    show_mirrors(explaining.explain_mirrors(folder, host), printed)
