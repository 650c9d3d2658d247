"""`copytrail registry`: what a user tells of outlets beforehand."""

from typing import Annotated

import typer

from pipelines.commands.options import RunDir

registry = typer.Typer(help="Known outlets: entries for a registry.", no_args_is_help=True)


@registry.callback()
def registry_commands() -> None:
    """Known outlets: entries for a registry."""


@registry.command("suggest")
def registry_suggest(
    host: Annotated[str, typer.Argument(help="A host, or an address on it.")],
    folder: RunDir = ".",
) -> None:
    """Print the entry that makes HOST and its candidates one outlet, to be checked by a person."""
    from pipelines.explain.registry_entry import suggested_entry

    print(suggested_entry(folder, host), end="")
