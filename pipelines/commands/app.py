"""The command line: `copytrail run`, and what shows the runs it published."""

import os
import signal
import time
import webbrowser
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from pipelines import log
from pipelines.commands.config import config
from pipelines.commands.daily import daily
from pipelines.commands.exit_status import failed, guarded, leave, printed, shown, stop
from pipelines.commands.explain import explain
from pipelines.commands.lookup import lookup
from pipelines.commands.maintenance import runs
from pipelines.commands.options import ConfigFile, OutputDir, OutputFolder, Overrides, RunName
from pipelines.commands.registry import registry
from pipelines.engine.allocator import give_back
from pipelines.engine.worker import collect_rarely
from pipelines.errors import UsageError

app = typer.Typer(
    name="copytrail",
    help="Who published this text first, who carried it, with what credit, on which mirrors.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(runs)
app.add_typer(config, name="config")
app.add_typer(explain, name="explain")
app.add_typer(registry, name="registry")
app.add_typer(lookup)
app.add_typer(daily)


Inputs = Annotated[
    list[str] | None,
    typer.Option("--input", help="A file, folder or glob; may be given again."),
]


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": False},
)
def run(
    context: typer.Context,
    output: OutputDir,
    inputs: Inputs = None,
    config_file: ConfigFile = None,
    overrides: Overrides = None,
    runner: Annotated[str, typer.Option(help="embedded, or a Beam runner by name.")] = "embedded",
    work: Annotated[str | None, typer.Option(help="Where unpublished files go.")] = None,
    run_id: Annotated[str | None, typer.Option(help="Name of the run.")] = None,
    window: Annotated[
        str | None, typer.Option(help="Publish this day, or days A..B, with the days before kept.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make it anew.")] = False,
    workers: Annotated[int | None, typer.Option(help="Same as --set run.workers=N.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
    kind: Annotated[
        log.Kind, typer.Option("--log", help="Lines for people, or JSON lines for machines.")
    ] = "human",
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Tracebacks, and what Beam says.")
    ] = False,
) -> None:
    """Read a crawl and publish its tables below OUTPUT/runs; Beam's options go behind `--`."""
    give_back()  # before the imports: pyarrow chooses its allocator when it is imported
    from pipelines.config.settings import load_settings
    from pipelines.run.execute import execute
    from pipelines.run.metrics import write_metrics
    from pipelines.run.request import Request
    from pipelines.terminal.run import show_outcome
    from pipelines.window import window_of

    def made() -> int:
        if not inputs:
            raise UsageError("--input is missing; name a file, a folder or a glob")
        changes = [*(overrides or []), *([f"run.workers={workers}"] if workers is not None else [])]
        request = Request(
            inputs=tuple(inputs),
            output=output,
            settings=load_settings(config_file, changes),
            runner=runner,
            beam_options=tuple(context.args),
            work=work,
            run_id=run_id,
            is_forced=force,
            progress=_progress(quiet),
            window=window_of(window) if window else None,
        )
        log.event("started", {"output": output, "inputs": inputs})
        outcome = execute(request)
        show_outcome(outcome, shown)
        return outcome.exit_code

    log.start(kind, verbose)
    started_s = time.time()
    code = guarded(made)
    try:
        write_metrics(output, code, started_s)
    except OSError as error:  # a full disk, say; what came of the run stays what it is
        failed(f"metrics.prom was not written: {error}", code)
    raise typer.Exit(code)


def _progress(is_quiet: bool) -> Literal["none", "bars", "lines"]:
    if is_quiet:
        return "none"
    if log.is_json():
        return "lines"
    return "bars" if shown.is_terminal else "none"


@app.command()
def demo(
    output: OutputDir = "copytrail-demo",
    force: Annotated[bool, typer.Option("--force", help="Make it anew.")] = False,
    is_opened: Annotated[bool, typer.Option("--open", help="Show it in a browser.")] = False,
) -> None:
    """Make a small crawl of invented outlets, run it, and say what to look at next."""
    from pipelines.commands.demo import run_demo

    run_demo(output, force, shown, printed)
    if is_opened:
        webbrowser.open(Path(output, "latest", "report.html").resolve().as_uri())


@app.command()
def inspect(
    folder: Annotated[str, typer.Argument(help="A run, or an output folder for its latest.")],
    top: Annotated[int, typer.Option(min=1, max=200, help="Rows of each list.")] = 8,
) -> None:
    """Show a published run: tables, largest clusters, sources, what was rejected and why."""
    from pipelines.terminal.run import show_run

    show_run(folder, top, printed)


@app.command()
def export(
    output: OutputFolder,
    run_id: RunName = None,
    kind: Annotated[
        Literal["csv", "duckdb", "delta"], typer.Option("--format", help="What to write.")
    ] = "csv",
) -> None:
    """Write a run's tables for other tools, below OUTPUT/export.

    csv: cells hold no formulas. duckdb: one file with views and a comment on every column. delta:
    one Delta table for each.
    """
    from pipelines.export.formats import export_run

    print(export_run(output, run_id, kind))


@app.command()
def report(
    output: OutputFolder,
    run_id: RunName = None,
    is_opened: Annotated[bool, typer.Option("--open", help="Show it in a browser.")] = False,
) -> None:
    """Make a run's report.html anew from its tables, below OUTPUT/export."""
    from pipelines.report.write import rebuild

    path = rebuild(output, run_id)
    print(path)
    if is_opened:
        webbrowser.open(path.as_uri())


def main() -> NoReturn:
    """The command; every failure is one line on standard error and an exit code."""
    log.start()
    # what lies in the folder it is started in is no code of ours, in no process that it starts
    os.environ["PYTHONSAFEPATH"] = "1"
    collect_rarely()  # one worker alone works in this process
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    leave(guarded(lambda: app(standalone_mode=False)))
