"""Commands that look after an output folder: what is held back, kept, whole or old."""

from typing import Annotated

import typer

from pipelines.commands.exit_status import printed, shown
from pipelines.commands.options import OutputFolder
from pipelines.errors import FAILED

runs = typer.Typer()


@runs.command()
def publish(
    output: OutputFolder,
    run_id: Annotated[str, typer.Argument(help="The run that was held back.")],
) -> None:
    """Publish a run that a check held back; what held it stands in its warnings."""
    from pipelines.maintenance.held_runs import publish_run
    from pipelines.terminal.run import show_outcome

    outcome = publish_run(output, run_id)
    show_outcome(outcome, shown)
    raise typer.Exit(outcome.exit_code)


@runs.command()
def discard(
    output: OutputFolder,
    run_id: Annotated[str, typer.Argument(help="The run that was held back.")],
) -> None:
    """Delete a run that a check held back."""
    from pipelines.maintenance.held_runs import discard_run

    shown.print(f"deleted {discard_run(output, run_id)}", markup=False, soft_wrap=True)


@runs.command()
def forget(
    output: OutputFolder,
    window: Annotated[str, typer.Option(help="A day, or days A..B.")],
) -> None:
    """Take days out of the history: later runs are as if their pages had never been read."""
    from pipelines.maintenance.forget import forget_days

    print(forget_days(output, window))


@runs.command()
def status(folder: OutputFolder) -> None:
    """Show what an output folder holds: runs, what waits, the lock, the history, last checks."""
    from pipelines.maintenance import status as looking
    from pipelines.terminal.status import show_status

    show_status(looking.status(folder), printed)


@runs.command()
def verify(
    folder: Annotated[str, typer.Argument(help="A run, or an output folder for all of its runs.")],
) -> None:
    """Hold published runs against their manifests: files, versions, counts, ids; exit 5 if not."""
    from pipelines.terminal.status import show_audit

    if not show_audit(folder, printed):
        raise typer.Exit(FAILED)


@runs.command()
def prune(
    folder: OutputFolder,
    keep: Annotated[str, typer.Option(help="Runs published in so many days stay: 90d.")],
) -> None:
    """Delete runs published longer ago, and staged files as old; never the one `latest` names."""
    from pipelines.maintenance.prune import prune as pruned

    for path in pruned(folder, keep):
        print(f"deleted {path}")
