"""The command line: `copytrail run`, and all that looks at runs or looks after them."""

import contextlib
import json
import logging
import os
import signal
import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer
from rich.console import Console

from pipelines import log
from pipelines.errors import FAILED, LOCKED, USAGE, LockedError, UsageError

app = typer.Typer(
    name="copytrail",
    help="Who published this text first, who carried it, with what credit, on which mirrors.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
config = typer.Typer(help="Show, describe or check settings.", no_args_is_help=True)
app.add_typer(config, name="config")
explain = typer.Typer(help="Say why a run says what it says.", no_args_is_help=True)
app.add_typer(explain, name="explain")

shown = Console(stderr=True, highlight=False)
printed = Console(highlight=False)

Inputs = Annotated[
    list[str] | None,
    typer.Option("--input", help="A file, folder or glob; may be given again."),
]
OutputDir = Annotated[str, typer.Option("--output", help="The folder that holds the runs.")]
ConfigFile = Annotated[Path | None, typer.Option("--config", help="A TOML file of settings.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", help="section.key=value, goes before the file; may be given again."),
]

RunDir = Annotated[
    str, typer.Option("--run", help="A run, or an output folder for its latest run.")
]

OutputFolder = Annotated[str, typer.Argument(help="The folder that holds the runs.")]
FileKind = Annotated[
    Literal["settings", "outlets", "ratings"],
    typer.Option("--kind", help="Settings of a run, known outlets, or where ratings stand."),
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
    from pipelines.metrics import write_metrics
    from pipelines.run import Request, execute
    from pipelines.settings import load_settings
    from pipelines.showing import show_outcome
    from pipelines.window import window_of

    def made() -> int:
        if not inputs:
            raise UsageError("--input is missing; name a file, a folder or a glob")
        told = [*(overrides or []), *([f"run.workers={workers}"] if workers is not None else [])]
        request = Request(
            inputs=tuple(inputs),
            output=output,
            settings=load_settings(config_file, told),
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
        _failed(f"metrics.prom was not written: {error}", code)
    raise typer.Exit(code)


def _progress(is_quiet: bool) -> Literal["none", "bars", "lines"]:
    if is_quiet:
        return "none"
    if log.is_json():
        return "lines"
    return "bars" if shown.is_terminal else "none"


@app.command()
def publish(
    output: Annotated[str, typer.Argument(help="The folder that holds the runs.")],
    run_id: Annotated[str, typer.Argument(help="The run that was held back.")],
) -> None:
    """Publish a run that a check held back; what held it stands in its warnings."""
    from pipelines.held import publish_run
    from pipelines.showing import show_outcome

    outcome = publish_run(output, run_id)
    show_outcome(outcome, shown)
    raise typer.Exit(outcome.exit_code)


@app.command()
def discard(
    output: Annotated[str, typer.Argument(help="The folder that holds the runs.")],
    run_id: Annotated[str, typer.Argument(help="The run that was held back.")],
) -> None:
    """Delete a run that a check held back."""
    from pipelines.held import discard_run

    shown.print(f"deleted {discard_run(output, run_id)}", markup=False, soft_wrap=True)


@app.command()
def forget(
    output: Annotated[str, typer.Argument(help="The folder that holds the runs.")],
    window: Annotated[str, typer.Option(help="A day, or days A..B.")],
) -> None:
    """Take days out of the history: later runs are as if their pages had never been read."""
    from pipelines.forgetting import forget_days

    print(forget_days(output, window))


@app.command()
def status(folder: OutputFolder) -> None:
    """Show what an output folder holds: runs, what waits, the lock, the history, last checks."""
    from pipelines import status as looking
    from pipelines.showing_status import show_status

    show_status(looking.status(folder), printed)


@app.command()
def verify(
    folder: Annotated[str, typer.Argument(help="A run, or an output folder for all of its runs.")],
) -> None:
    """Hold published runs against their manifests: files, versions, counts, ids; exit 5 if not."""
    from pipelines.showing_status import show_audit

    if not show_audit(folder, printed):
        raise typer.Exit(FAILED)


@app.command()
def prune(
    folder: OutputFolder,
    keep: Annotated[str, typer.Option(help="Runs published in so many days stay: 90d.")],
) -> None:
    """Delete runs published longer ago, and staged files as old; never the one `latest` names."""
    from pipelines.pruning import prune as pruned

    for path in pruned(folder, keep):
        print(f"deleted {path}")


@app.command()
def demo(
    output: OutputDir = "copytrail-demo",
    force: Annotated[bool, typer.Option("--force", help="Make it anew.")] = False,
) -> None:
    """Make a small crawl of invented outlets, run it, and say what to look at next."""
    from pipelines.demo import run_demo

    run_demo(output, force, shown, printed)


@app.command()
def inspect(
    folder: Annotated[str, typer.Argument(help="A run, or an output folder for its latest.")],
    top: Annotated[int, typer.Option(min=1, max=200, help="Rows of each list.")] = 8,
) -> None:
    """Show a published run: tables, largest clusters, sources, what was rejected and why."""
    from pipelines.showing import show_run

    show_run(folder, top, printed)


@app.command()
def export(
    output: Annotated[str, typer.Argument(help="The folder that holds the runs.")],
    run_id: Annotated[
        str | None, typer.Option("--run", help="A run; unless named the latest.")
    ] = None,
    kind: Annotated[
        Literal["csv", "duckdb", "delta"], typer.Option("--format", help="What to write.")
    ] = "csv",
) -> None:
    """Write a run's tables for other tools, below OUTPUT/export.

    csv: cells hold no formulas. duckdb: one file with views and a comment on every column. delta:
    one Delta table for each.
    """
    from pipelines.export_formats import export_run

    print(export_run(output, run_id, kind))


@app.command()
def report(
    output: Annotated[str, typer.Argument(help="The folder that holds the runs.")],
    run_id: Annotated[
        str | None, typer.Option("--run", help="A run; unless named the latest.")
    ] = None,
    is_opened: Annotated[bool, typer.Option("--open", help="Show it in a browser.")] = False,
) -> None:
    """Make a run's report.html anew from its tables, below OUTPUT/export."""
    from pipelines.report.write import rebuild

    path = rebuild(output, run_id)
    print(path)
    if is_opened:
        webbrowser.open(path.as_uri())


@explain.command("pair")
def explain_pair(
    left: Annotated[str, typer.Argument(help="An article_id or an address.")],
    right: Annotated[str, typer.Argument(help="Another.")],
    folder: RunDir = ".",
) -> None:
    """Show how similar two articles are, what rule decided, what they share, how they differ."""
    from pipelines import explain as explaining
    from pipelines.showing_pairs import show_pair

    show_pair(explaining.explain_pair(folder, left, right), printed)


@explain.command("cluster")
def explain_cluster(
    cluster: Annotated[str, typer.Argument(help="A cluster_id, an article_id or an address.")],
    folder: RunDir = ".",
) -> None:
    """Show who was observed first, who came later and why, and on what the versions differ."""
    from pipelines import explain_cluster as explaining
    from pipelines.showing_cluster import show_cluster

    show_cluster(explaining.explain_cluster(folder, cluster), printed)


@explain.command("mirrors")
def explain_mirrors(
    host: Annotated[str, typer.Argument(help="A host, or an address on it.")],
    folder: RunDir = ".",
) -> None:
    """Show what says that hosts are one outlet's with HOST, the rule, and what is missing."""
    from pipelines import explain_mirrors as explaining
    from pipelines.showing_mirrors import show_mirrors

    show_mirrors(explaining.explain_mirrors(folder, host), printed)


@app.command()
def match(
    file: Annotated[str, typer.Argument(help="A text file or an HTML page.")],
    against: Annotated[str, typer.Option("--against", help="A run, or an output folder.")],
) -> None:
    """Say which published articles a text is a copy of, or shares passages with."""
    from pipelines.match_text import match_text
    from pipelines.showing_pairs import show_matches

    show_matches(*match_text(file, against), printed)


@config.command("show")
def config_show(config_file: ConfigFile = None, overrides: Overrides = None) -> None:
    """Print the settings in force as JSON, with the file and --set applied."""
    from pipelines.settings import load_settings

    print(load_settings(config_file, overrides or []).model_dump_json(indent=2))


@config.command("schema")
def config_schema(kind: FileKind = "settings") -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    from pipelines.config_files import schema_of

    print(json.dumps(schema_of(kind), indent=2))


@config.command("check")
def config_check(
    config_file: Annotated[Path, typer.Argument(help="A TOML file.")], kind: FileKind = "settings"
) -> None:
    """Say whether a file is right; exit 2 with one line where it is not."""
    from pipelines.config_files import check

    check(kind, config_file)
    print(f"{config_file} is right")


class Stopped(BaseException):
    """Ctrl-C or SIGTERM. No KeyboardInterrupt, of which typer makes an exit without a word."""


_signals: list[int] = []
"""Those that stopped this process: Beam makes a RuntimeError of what is raised inside a stage."""


def main() -> NoReturn:
    """The command; every failure is one line on standard error and an exit code."""
    log.start()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    _leave(guarded(lambda: app(standalone_mode=False)))


def _leave(code: int) -> NoReturn:
    """Ends the process at once, with all that was written flushed.

    Beam and grpc leave daemon threads behind. Python stops them while it finishes, and one that is
    inside C++ then takes the process down: `terminate called without an active exception`, exit
    code 134 after a run that was published (seen in a CI run).
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # a reader that closed the pipe
            stream.flush()
    os._exit(code)


def _stop(number: int, _: object) -> NoReturn:
    _signals.append(number)
    logging.disable()  # Beam would log the place that it was stopped at as an error
    raise Stopped


def guarded(command: Callable[[], object]) -> int:
    """The exit code of a command that may fail in the ways we know."""
    try:
        code = command()
        return code if isinstance(code, int) else 0
    except UsageError as error:
        return _failed(str(error), USAGE)
    except LockedError as error:
        return _failed(str(error), LOCKED)
    except Stopped:
        return _stopped()
    except Exception as error:  # noqa: BLE001 - whatever it is becomes one line
        if _signals:
            return _stopped()
        if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
            shown.print(str(getattr(error, "message", error)), markup=False)
            return USAGE
        if type(error).__module__.startswith(("click", "typer")):
            return _failed(_usage(error), USAGE)
        return _failed(_cause(error), FAILED)


def _cause(error: Exception) -> str:
    """The error in one line; Beam makes a RuntimeError of a stage's, its traceback first."""
    lines = str(error).strip().splitlines() or [""]
    is_beams = isinstance(error, RuntimeError) and "[while running " in lines[-1]
    return lines[-1] if is_beams else f"{type(error).__name__}: {lines[-1]}"


def _stopped() -> int:
    message = "stopped; nothing was published, the next start goes on from here"
    return _failed(message, 128 + _signals[-1])


def _usage(error: Exception) -> str:
    told = getattr(error, "format_message", None)
    return f"{told() if told else error}; see `copytrail --help`"


def _failed(message: str, code: int) -> int:
    if log.is_json():
        log.failure(message, code)
        return code
    logging.getLogger("copytrail").debug("traceback", exc_info=True)
    shown.print(f"copytrail: {message}", markup=False, soft_wrap=True)
    return code
